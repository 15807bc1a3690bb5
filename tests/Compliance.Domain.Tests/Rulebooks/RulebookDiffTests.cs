using System.Text.Json.Nodes;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>What people read before they publish: what a version adds, drops and changes, and whom it would hit.</summary>
public sealed class RulebookDiffTests
{
    static readonly string First = RulebookVersionSpecs.Text("1", "2026-01-01");

    [Fact]
    public void A_text_does_not_differ_from_itself()
    {
        var diff = RulebookDiff.Between(First, First);
        Assert.Empty(diff.Head);
        Assert.Empty(diff.Added.Concat(diff.Removed).Concat(diff.Changed));
    }

    [Fact]
    public void A_parameter_is_told_from_and_to_and_so_is_each_language_of_a_requirement()
    {
        var second = RulebookVersionSpecs.Text("2", "2027-01-01", change: book =>
        {
            var rule = book["rules"]!.AsArray().First(r => r!["params"] is JsonObject { Count: > 0 })!;
            var name = rule["params"]!.AsObject().First(p => p.Value!.GetValueKind() == System.Text.Json.JsonValueKind.Number).Key;
            rule["params"]![name] = 12345;
            rule["requirement"]!["ru"] = "Иначе.";
        });
        var diff = RulebookDiff.Between(First, second);
        var changed = Assert.Single(diff.Changed);
        Assert.Contains(changed.Parts, part => part.Part.StartsWith("params.", StringComparison.Ordinal) && part.To == "12345" && part.From != "12345");
        Assert.Contains(changed.Parts, part => part is { Part: "requirement.ru", To: "Иначе." });
        Assert.Equal(2, changed.Parts.Count);
        Assert.Contains(diff.Head, part => part is { Part: "validFrom", From: "2026-01-01", To: "2027-01-01" });
        Assert.Equal(("1", "2"), (diff.From, diff.To));
    }

    [Fact]
    public void Rules_that_come_and_go_are_named()
    {
        var second = RulebookVersionSpecs.Text("2", "2027-01-01", change: book =>
        {
            book["rules"]![0]!["id"] = "KZ.NEW.001";
        });
        var diff = RulebookDiff.Between(First, second);
        Assert.Equal("KZ.NEW.001", Assert.Single(diff.Added).RuleId);
        Assert.Equal($"{JsonNode.Parse(First)!["rules"]![0]!["id"]}", Assert.Single(diff.Removed).RuleId);
        Assert.Empty(diff.Changed);
    }

    [Fact]
    public void A_trial_tells_who_would_newly_fail_each_rule()
    {
        var book = RulebookShelf.All["kz-nightclub-2025-2026"];
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var rule = book.Rules[0].Id;
        var turns = WhatIf.Turns(Says(one, rule, Outcome.Pass), Says(one, rule, Outcome.Fail))
            .Concat(WhatIf.Turns(Says(other, rule, Outcome.Fail), Says(other, rule, Outcome.Fail)));
        var shift = Assert.Single(WhatIf.Sum(book, turns));
        Assert.Equal((rule, one), (shift.RuleId, Assert.Single(shift.NewlyFail)));
        Assert.Empty(shift.NewlyPass.Concat(shift.NewlyUnknown));
    }

    [Fact]
    public void In_a_trial_rules_that_begin_later_bind_at_once() => Assert.All(
        WhatIf.AtOnce(RulebookShelf.All["kz-nightclub-2025-2026"]).Rules, rule => Assert.True(rule.BindsOn(new(2026, 1, 1))));

    static VenueCompliance Says(Guid venue, string rule, Outcome outcome) => new(venue, DateTimeOffset.UnixEpoch, "kz", "1", "",
        [new(rule, "exit", new("к", "р", "e"), Severity.Major, outcome, null, Basis.Law, Confidence.Read, Answerable.Owner, null, false, [], [])]);
}
