using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Venues;

public sealed class PersonPostsTests
{
    static readonly Guid Person = new("00000000-0000-0000-0000-000000000001");
    static readonly Guid First = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Second = new("00000000-0000-0000-0000-00000000000b");
    static readonly DateOnly June = new(2026, 6, 1);

    static PersonPosts Posts => PersonPosts.View.Build(Story.Of(
        (First, new VenueEvent.PersonAppointed(First, new(Person, Post.Owner, June, null, []))),
        (Second, new VenueEvent.PersonAppointed(Second, new(Person, Post.Manager, June, null, []))),
        (First, new VenueEvent.PersonRelieved(First, Person, Post.Owner, June.AddDays(9)))))[Person];

    [Fact]
    public void A_post_counts_from_its_first_day() => Assert.Empty(Posts.On(June.AddDays(-1), Enum.GetValues<Post>()));

    [Fact]
    public void A_post_counts_until_its_last_day() => Assert.Equal([First, Second], Posts.On(June.AddDays(9), Enum.GetValues<Post>()));

    [Fact]
    public void Whoever_was_relieved_holds_nothing_there() => Assert.Equal([Second], Posts.On(June.AddDays(10), Enum.GetValues<Post>()));

    [Fact]
    public void Only_the_posts_asked_for_count() => Assert.Equal([First], Posts.On(June, [Post.Owner]));
}
