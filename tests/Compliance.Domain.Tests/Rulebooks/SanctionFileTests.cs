using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Laws;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>A sanction table with a fault gives no table, and says which row and why; the delivered one has none.</summary>
public sealed class SanctionFileTests
{
    const string Row = """
        { "id": "A", "article": "132(1)", "stage": "First", "confidence": "Read", "sources": ["S1"], "fines": { "Small": { "from": 15, "to": 20 } }, "note": "" }
        """;

    const string Index = """{ "from": "2025-01-01", "tenge": 3932, "confidence": "Secondary", "sources": ["S1"] }""", Next = """{ "from": "2026-01-01", "tenge": 4325, "confidence": "Secondary", "sources": ["S1"] }""";

    static string Table(string mci = $"{Index}, {Next}", string rows = Row, string source = """{ "act": "An act", "url": "https://example.org/", "read": "R" }""") =>
        $$"""{ "id": "t", "version": "1", "jurisdiction": "KZ", "sources": { "S1": {{source}} }, "mci": [{{mci}}], "rows": [{{rows}}] }""";

    static void Refused(string text, string? row, string because)
    {
        var (table, faults) = SanctionFile.Read("t.json", text);
        Assert.Null(table);
        Assert.Contains(faults, fault => fault.File == "t.json" && fault.RuleId == row && fault.Because.Contains(because, StringComparison.Ordinal));
    }

    [Fact]
    public void A_table_is_read()
    {
        var (table, faults) = SanctionFile.Read("t.json", Table());
        Assert.Empty(faults);
        Assert.Equal(new MciRange(15, 20), Assert.Single(table!.Rows).Fines[SizeClass.Small]);
    }

    [Fact]
    public void Years_follow_each_other_without_a_gap_and_without_a_second_value()
    {
        Refused(Table(mci: ""), null, "It lists no monthly calculation index.");
        Refused(Table(mci: $"{Index}, {Next.Replace("2026", "2027", StringComparison.Ordinal)}"), null, "No index holds from 1 January 2026.");
        Refused(Table(mci: $"{Index}, {Index}"), null, "Two indices hold from 2025-01-01.");
        Refused(Table(mci: Index.Replace("3932", "0", StringComparison.Ordinal)), null, "is no amount");
        Refused(Table(mci: Index.Replace("[\"S1\"]", "[]", StringComparison.Ordinal)), null, "names no source");
        Assert.NotNull(SanctionFile.Read("t.json", Table(mci: $"{Index}, {Index.Replace("01-01", "04-01", StringComparison.Ordinal)}")).Table); // it may change within a year
    }

    [Fact]
    public void A_fine_without_an_index_of_its_year_is_refused() =>
        Refused(Table(rows: Row.Replace("\"note\"", "\"from\": \"2027-01-01\", \"note\"", StringComparison.Ordinal)), "A", "no index of 2027 is listed");

    [Fact]
    public void Two_editions_of_a_row_are_never_law_on_one_day()
    {
        string With(string days) => Row.Replace("\"note\"", $"{days}, \"note\"", StringComparison.Ordinal);
        Refused(Table(rows: $"{Row}, {Row}"), "A", "Two rows of this id are law on the same day.");
        Refused(Table(rows: $"{With("\"until\": \"2026-05-01\"")}, {With("\"from\": \"2026-05-01\"")}"), "A", "Two rows");
        Assert.NotNull(SanctionFile.Read("t.json", Table(rows: $"{With("\"until\": \"2026-04-30\"")}, {With("\"from\": \"2026-05-01\"")}")).Table);
    }

    [Fact]
    public void A_row_names_its_article_and_sources_that_say_what_they_are()
    {
        Refused(Table(rows: Row.Replace("132(1)", "", StringComparison.Ordinal)), "A", "It names no article.");
        Refused(Table(rows: Row.Replace("[\"S1\"]", "[]", StringComparison.Ordinal)), "A", "It names no source.");
        Refused(Table(rows: Row.Replace("S1", "S2", StringComparison.Ordinal)), "A", "The source 'S2' is not listed.");
        Refused(Table(source: """{ "act": "", "url": "https://example.org/", "read": "R" }"""), null, "The source 'S1' does not say");
        Refused(Table(rows: Row.Replace("\"to\": 20", "\"to\": 10", StringComparison.Ordinal)), "A", "The fine of Small is no amount.");
        Refused(Table(rows: Row.Replace("Small", "Tiny", StringComparison.Ordinal)), "A", "Tiny");
        Refused("[]", null, "an object with a list of rows");
    }

    [Fact]
    public void The_delivered_table_reads_and_lists_the_sources_it_uses_and_no_other()
    {
        var (table, faults) = SanctionFile.Read("sanctions.json", Sanctions.Text);
        Assert.Empty(faults);
        Assert.Equal(
            table!.Rows.SelectMany(r => r.Sources).Concat(table.Mci.SelectMany(m => m.Sources)).Distinct().Order(StringComparer.Ordinal),
            table.Sources.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_published_schema_is_current()
    {
        var file = Path.Combine(Repo.Root, "docs/sanctions.schema.json");
        if (Environment.GetEnvironmentVariable("LOCK") == "1") File.WriteAllText(file, RulebookSchema.OfSanctions());
        Assert.Equal(RulebookSchema.OfSanctions(), File.ReadAllText(file)); // the types have changed: run with LOCK=1 and commit the file
    }
}
