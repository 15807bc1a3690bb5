using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Laws;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>What is published of the rulebooks is what the code reads.</summary>
public sealed class RulebookDocsTests
{
    static readonly string Page = File.ReadAllText(Path.Combine(Repo.Root, "docs/rulebooks.md"));

    [Fact]
    public void The_published_schema_is_current()
    {
        var file = Path.Combine(Repo.Root, "docs/rulebook.schema.json");
        if (Environment.GetEnvironmentVariable("LOCK") == "1") File.WriteAllText(file, RulebookSchema.Text());
        Assert.Equal(RulebookSchema.Text(), File.ReadAllText(file)); // the types have changed: run with LOCK=1 and commit the file
    }

    [Fact]
    public void The_schema_leads_nowhere_else() => Assert.All(
        Regex.Matches(RulebookSchema.Text(), "\"\\$ref\": \"([^\"]*)\"").Select(m => m.Groups[1].Value),
        reference => Assert.Contains(reference, (string[])["#/$defs/check", "#/$defs/param"]));

    [Fact]
    public void Every_word_of_the_check_language_is_explained() => Assert.Equal(Words(), Explained("## The words of a check"));

    [Fact]
    public void Every_rule_that_is_not_expressed_is_listed_by_name() => Assert.Equal(
        RulebookShelf.All.Values.SelectMany(b => b.Rules).Where(r => r.Check is Check.NotExpressed).Select(r => r.Id), Explained("## Rules that are not expressed"));

    [Fact]
    public void Every_rule_with_a_value_nobody_has_read_is_listed_by_name() => Assert.Equal(
        RulebookShelf.Ids.SelectMany(id => JsonNode.Parse(RulebookShelf.Text(id))!["rules"]!.AsArray())
            .Where(rule => (rule!["params"] as JsonObject)?.Any(p => p.Value is null) == true).Select(rule => (string)rule!["id"]!),
        Explained("## Values nobody has read"));

    static IEnumerable<string> Words() => JsonNode.Parse(RulebookSchema.Text())!["$defs"]!["check"]!["oneOf"]!.AsArray()
        .Select(word => (string)word!["properties"]!["check"]!["const"]!).Order(StringComparer.Ordinal);

    /// <summary>The first cells of a section's table.</summary>
    static IEnumerable<string> Explained(string heading) => Regex
        .Matches(Page.Split(heading)[1].Split("\n## ")[0], @"^\| ((?:`[^`]+`(?:, )?)+) \|", RegexOptions.Multiline)
        .SelectMany(row => Regex.Matches(row.Groups[1].Value, "`([^`]+)`")).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);
}
