using System.Text.Json.Nodes;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Laws;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>The delivered rulebooks: they read, and they say what the law's own list says.</summary>
public sealed class RulebookShelfTests
{
    /// <summary>It lies beside the checkout, or above it where the checkout is a work tree.</summary>
    static readonly string? Regulation = ((string[])["..", "../.."])
        .Select(up => Path.Combine(Repo.Root, up, "shared/rulebooks/regulation.rules.json")).FirstOrDefault(File.Exists);

    public static TheoryData<string> Books => [.. RulebookShelf.Ids];

    [Fact]
    public void Five_books_stand_on_the_shelf() => Assert.Equal(
        ["au-qld-142ah", "kz-nightclub-2025-2026", "uk-premises-licence", "us-detroit-pgl", "us-nyc-10-177"], RulebookShelf.Ids);

    [Theory, MemberData(nameof(Books))]
    public void A_book_reads_without_a_fault(string id)
    {
        var (book, faults) = RulebookFile.Read(id, RulebookShelf.Text(id));
        Assert.Empty(faults);
        Assert.Equal(id, book!.Id);
    }

    [Theory, MemberData(nameof(Books))]
    public void A_sentence_stands_in_three_languages(string id) => Assert.All(RulebookShelf.All[id].Rules, rule =>
    {
        Assert.All((string[])[rule.Requirement.Kk, rule.Requirement.Ru, rule.Requirement.En], sentence => Assert.EndsWith(".", sentence, StringComparison.Ordinal));
        Assert.Equal(3, new HashSet<string>([rule.Requirement.Kk, rule.Requirement.Ru, rule.Requirement.En]).Count);
    });

    [Theory, MemberData(nameof(Books))]
    public void A_book_lists_the_sources_it_uses_and_no_other(string id) => Assert.Equal(
        RulebookShelf.All[id].Rules.SelectMany(r => r.Sources).Distinct().Order(StringComparer.Ordinal),
        RulebookShelf.All[id].Sources.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Books))]
    public void Every_rule_of_the_list_is_carried_over(string id)
    {
        var listed = Listed(id);
        var book = RulebookShelf.All[id];
        Assert.Equal(listed.Select(r => (string)r["id"]!), book.Rules.Select(r => r.Id));
        foreach (var (rule, written) in book.Rules.Zip(listed))
        {
            Assert.Equal((string)written["severity"]!, $"{rule.Severity}", ignoreCase: true);
            Assert.Equal(written["sources"]!.AsArray().Select(s => (string)s!), rule.Sources);
            Assert.Equal((string?)written["sanction"], rule.Sanction);
            Assert.Equal((string)written["scope"]! == "all", rule.Scope is null);
        }
    }

    /// <summary>No rule is printed as surer law than its source is.</summary>
    [Theory, MemberData(nameof(Books))]
    public void Nothing_stands_surer_than_its_source(string id)
    {
        foreach (var (rule, written) in RulebookShelf.All[id].Rules.Zip(Listed(id)))
        {
            var (basis, marks) = ((string)written["legal_basis"]!, (string)written["confidence"]!);
            Assert.All(rule.Standings, standing =>
            {
                Assert.True(standing.Basis is not (Basis.Law or Basis.LawUto) || basis.StartsWith("LAW", StringComparison.Ordinal), rule.Id);
                Assert.True(standing.Basis is not Basis.Law || !basis.StartsWith("LAW-UTO", StringComparison.Ordinal), rule.Id);
                Assert.True(standing.Confidence >= Surest(marks), $"{rule.Id} says {standing.Confidence}, its source {marks}");
            });
            if (marks.Contains('G', StringComparison.Ordinal)) Assert.DoesNotContain(rule.Standings, s => s.Wording == Wording.Violation);
        }
    }

    static Confidence Surest(string marks) => marks[0] switch
    {
        'R' => Confidence.Read,
        'S' => Confidence.Secondary,
        'G' => Confidence.General,
        _ => Confidence.Project,
    };

    static JsonNode[] Listed(string id)
    {
        if (Regulation is null) Assert.Skip("The list of the law's facts is not here.");
        return [.. JsonNode.Parse(File.ReadAllText(Regulation))!["rulebooks"]!.AsArray().First(b => (string)b!["id"]! == id)!["rules"]!.AsArray().Select(r => r!)];
    }
}
