using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Venues;

/// <summary>Who answered on a day is never lost, and one person never holds one post twice on the same day.</summary>
public sealed class TermsTests
{
    static readonly Guid Person = new("00000000-0000-0000-0000-0000000000e1");

    [Theory]
    [InlineData("1-", "10-", "1-9 10-")]
    [InlineData("1-5", "10-", "1-5 10-")]
    [InlineData("10-", "1-5", "10- 1-5")]
    [InlineData("1-20", "10-15", "1-9 10-15")]
    [InlineData("10-15", "1-", "1-")]
    [InlineData("10-", "10-20", "10-20")]
    public void A_new_term_ends_what_it_overlaps(string held, string next, string then) =>
        Assert.Equal(then, Say(((IReadOnlyList<Appointment>)[Term(held)]).Appoint(Term(next))));

    [Fact]
    public void Another_post_and_another_person_keep_their_terms()
    {
        IReadOnlyList<Appointment> held = [Term("1-") with { Post = Post.Manager }, Term("1-") with { SubjectId = Guid.Empty }];
        Assert.Equal("1- 1- 10-", Say(held.Appoint(Term("10-"))));
    }

    [Fact]
    public void Only_the_last_term_is_relieved() => Assert.Equal("1-5 10-12", Say(
        ((IReadOnlyList<Appointment>)[Term("1-5"), Term("10-")]).Relieve(new(Guid.Empty, Person, Post.Owner, Day(12)))));

    static DateOnly Day(int day) => new(2026, 6, day);

    static Appointment Term(string text) => text.Split('-') is [var from, var until]
        ? new(Person, Post.Owner, Day(int.Parse(from, null)), until == "" ? null : Day(int.Parse(until, null)), []) : throw new FormatException(text);

    static string Say(IEnumerable<Appointment> terms) => string.Join(' ', terms.Select(t => $"{t.From.Day}-{t.Until?.Day}"));
}
