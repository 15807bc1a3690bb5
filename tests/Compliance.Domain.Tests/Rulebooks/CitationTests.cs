using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>What stands as a ground in an official paper is called by its name in the paper's language.</summary>
public sealed class CitationTests
{
    static IEnumerable<Source> Cited => [.. RulebookShelf.All[RulebookShelf.Usual].Sources.Values, .. Sanctions.Table.Sources.Values];

    [Fact]
    public void Every_source_of_the_kazakh_book_and_of_the_sanction_table_is_named_in_three_languages()
    {
        Assert.All(Cited, source => Assert.True(Citations.All.ContainsKey(source.Act), source.Act));
        Assert.All(Citations.All.Values, name => Assert.All((string[])[name.Kk, name.Ru, name.En], said => Assert.False(string.IsNullOrWhiteSpace(said))));
    }

    [Fact]
    public void Nothing_is_named_that_is_no_source() => Assert.All(Citations.All.Keys, act => Assert.Contains(Cited, source => source.Act == act));

    [Fact]
    public void What_nobody_named_stands_as_its_note() => Assert.Equal("A note", new Source("A note", "https://law.example", "R").Cite("kk"));

    [Fact]
    public void A_source_of_the_table_is_named_and_a_rule_stands_by_its_id()
    {
        Assert.DoesNotContain("K25", Citations.Named("K25", "ru"), StringComparison.Ordinal);
        Assert.Equal("KZ.CAM.014", Citations.Named("KZ.CAM.014", "ru"));
    }
}
