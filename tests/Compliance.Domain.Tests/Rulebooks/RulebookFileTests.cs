using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>A file with a fault gives no rulebook, and says which file, which rule and why.</summary>
public sealed class RulebookFileTests
{
    const string Exits = """
        { "id": "X.1", "subject": "exit", "severity": "Major", "answerable": "Owner", "requirement": { "kk": "Шығу.", "ru": "Выход.", "en": "An exit." },
          "standings": [{ "basis": "Law", "confidence": "Read" }], "sources": ["S1"], "params": { "n": 2 },
          "check": { "check": "count", "of": "exit", "min": "$n" } }
        """;

    static string Book(params string[] rules) => $$"""
        { "id": "x", "version": "1.0.0", "title": { "kk": "Х", "ru": "Х", "en": "X" }, "jurisdiction": "KZ", "validFrom": "2026-01-01", "validUntil": null,
          "holidays": [], "sources": { "S1": { "act": "An act", "url": "https://example.org/", "read": "R" } }, "rules": [{{string.Join(",\n", rules)}}] }
        """;

    static string With(string check, string parameters = "{}") =>
        Exits.Replace("""{ "check": "count", "of": "exit", "min": "$n" }""", check, StringComparison.Ordinal).Replace("""{ "n": 2 }""", parameters, StringComparison.Ordinal);

    static void Refused(string text, string? rule, string because)
    {
        var (book, faults) = RulebookFile.Read("x.json", text);
        Assert.Null(book);
        Assert.Contains(faults, f => f.File == "x.json" && f.RuleId == rule && f.Because.Contains(because, StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameter_stands_where_the_check_names_it()
    {
        var (book, faults) = RulebookFile.Read("x.json", Book(Exits));
        Assert.Empty(faults);
        Assert.Equal(new Check.Count("exit", 2), Assert.Single(book!.Rules).Check);
    }

    [Fact]
    public void A_number_nobody_has_read_stays_unread()
    {
        var (book, _) = RulebookFile.Read("x.json", Book(With("""{ "check": "at-least", "attribute": "capacity", "min": "$n" }""", """{ "n": null }""")));
        Assert.Equal(new Check.AtLeast("capacity", null), Assert.Single(book!.Rules).Check);
    }

    [Theory]
    [InlineData("""{ "check": "count", "of": "exit", "min": "$m" }""", """{ "n": 2 }""", "There is no parameter 'm'.")]
    [InlineData("""{ "check": "count", "of": "exit", "min": 2 }""", """{ "n": 2 }""", "The parameter 'n' is used by no check.")]
    [InlineData("""{ "check": "count", "of": "exit", "min": "$n" }""", """{ "n": "two" }""", "$.check.min")]
    [InlineData("""{ "check": "age", "attribute": "drillAt", "max": "$n" }""", """{ "n": "half a year" }""", "Not a length of time")]
    [InlineData("""{ "check": "guess", "of": "exit" }""", "{}", "guess")]
    [InlineData("""{ "check": "count", "of": "window", "min": 1 }""", "{}", "There is no kind of thing 'window'.")]
    [InlineData("""{ "check": "at-least", "attribute": "beauty", "min": 1 }""", "{}", "A venue has no 'beauty'.")]
    [InlineData("""{ "check": "at-least", "attribute": "uto", "min": 1 }""", "{}", "'uto' is a Flag, not a Number.")]
    [InlineData("""{ "check": "is", "attribute": "uto", "value": "yes" }""", "{}", "'uto' is true or false, not 'yes'.")]
    [InlineData("""{ "check": "not-past", "attribute": "headcount", "other": "drillAt" }""", "{}", "cannot be compared")]
    [InlineData("""{ "check": "share", "attribute": "online", "min": 1, "over": "P2WD" }""", "{}", "no window to look back over")]
    [InlineData("""{ "check": "count-by-table", "of": "exit", "by": "capacity", "steps": [{ "upTo": 50, "min": 1 }] }""", "{}", "The last step")]
    [InlineData("""{ "check": "count-by-table", "of": "exit", "by": "capacity", "steps": [{ "upTo": 50, "min": 1 }, { "upTo": 40, "min": 2 }, { "upTo": null, "min": 3 }] }""", "{}", "rise")]
    public void A_check_that_cannot_be_asked_is_refused(string check, string parameters, string because) => Refused(Book(With(check, parameters)), "X.1", because);

    [Fact]
    public void A_rule_without_a_source_is_refused() => Refused(Book(Exits.Replace("""["S1"]""", "[]", StringComparison.Ordinal)), "X.1", "It names no source.");

    [Fact]
    public void A_list_with_a_hole_is_refused() =>
        Refused(Book(Exits.Replace("""["S1"]""", "[null]", StringComparison.Ordinal)), "X.1", "A list holds nothing");

    [Fact]
    public void A_word_said_twice_is_refused() =>
        Refused(Book(Exits.Replace("\"params\"", "\"id\": \"X.2\", \"params\"", StringComparison.Ordinal)), null, "This is no JSON");

    [Fact]
    public void A_source_that_is_not_listed_is_refused() =>
        Refused(Book(Exits.Replace("S1", "S2", StringComparison.Ordinal)), "X.1", "The source 'S2' is not listed.");

    [Fact]
    public void A_sanction_that_is_not_in_the_table_is_refused() =>
        Refused(Book(Exits.Replace("\"params\"", "\"sanction\": \"KOAP-1\", \"params\"", StringComparison.Ordinal)), "X.1", "The sanction 'KOAP-1'");

    [Fact]
    public void A_word_nobody_knows_is_refused() =>
        Refused(Book(Exits.Replace("\"params\"", "\"urgent\": true, \"params\"", StringComparison.Ordinal)), "X.1", "urgent");

    [Fact]
    public void Two_rules_of_one_id_may_not_bind_on_the_same_day() => Refused(Book(Exits, Exits), "X.1", "Two rules of this id bind on the same day.");

    [Fact]
    public void Rules_of_one_id_are_compared_in_turn_not_as_written() => Refused(Book(
        Exits.Replace("\"params\"", "\"until\": \"2026-06-30\", \"params\"", StringComparison.Ordinal),
        Exits.Replace("\"params\"", "\"from\": \"2026-10-01\", \"params\"", StringComparison.Ordinal),
        Exits.Replace("\"params\"", "\"from\": \"2026-06-01\", \"until\": \"2026-09-30\", \"params\"", StringComparison.Ordinal)), "X.1", "Two rules");

    [Fact]
    public void A_rule_may_follow_another_of_its_id()
    {
        string From(string dates) => Exits.Replace("\"params\"", dates + ", \"params\"", StringComparison.Ordinal);
        var (book, faults) = RulebookFile.Read("x.json", Book(From("\"until\": \"2026-06-30\""), From("\"from\": \"2026-07-01\"")));
        Assert.Empty(faults);
        Assert.Equal(2, book!.Rules.Count);
    }

    [Fact]
    public void A_rulebook_without_a_rule_is_refused() => Refused(Book(), null, "It has no rule.");

    [Fact]
    public void What_is_no_json_is_refused() => Refused("{ \"id\": ", null, "This is no JSON");

    [Fact]
    public void A_list_is_no_rulebook() => Refused("[]", null, "A rulebook is an object with a list of rules.");

    [Fact]
    public void A_head_that_lacks_a_date_is_refused() => Refused(Book(Exits).Replace("\"validFrom\": \"2026-01-01\",", "", StringComparison.Ordinal), null, "validFrom");

    [Fact]
    public void A_fault_names_file_rule_and_reason() => Assert.Equal("x.json, X.1: Why.", new Fault("x.json", "X.1", "Why.").ToString());
}
