namespace Compliance.Domain.Rulebooks;

/// <summary>What one rule says of one venue at one instant. No data is never a pass.</summary>
public enum Outcome { Pass, Fail, NotApplicable, Unknown }

/// <summary>How a found value is compared with what is needed.</summary>
public enum Need { AtLeast, AtMost, Is, OneOf, HoldsAll, HoldsAny, HoldsNone, Known, InForce, NotOlderThan, Within, NotPast, ShareAtLeast, DownAtMost, None, CheckedBy, Trading, CountAtLeast, CountAtMost }

/// <summary>
/// One thing that decided a rule: what was looked at, what was found and what is needed. Of a failed rule the failed grounds
/// are what would make it pass; of an unknown one the unknown grounds are what somebody has to write down.
/// </summary>
/// <param name="Found">As people read it; null: nobody knows.</param>
/// <param name="Needed">The number, list or span asked for; null: the law's own value has not been read yet.</param>
/// <param name="Advised">Met, but below what is advised.</param>
/// <param name="By">The facts of the log it rests on.</param>
/// <param name="From">By whose word; null where nobody knows, or where things were counted.</param>
public sealed record Ground(
    Outcome Outcome, string Kind, string ThingId, string Label, string Attribute, string? Found, Need Need, string? Needed,
    bool Advised, IReadOnlyList<Guid> By, Provenance? From = null);

/// <summary>One rule's answer. <paramref name="Standing"/> is what it stands on at this venue; null where it does not apply.</summary>
public sealed record RuleResult(Rule Rule, Outcome Outcome, Standing? Standing, IReadOnlyList<Ground> Grounds)
{
    /// <summary>What a report may call it; null unless it failed.</summary>
    public Wording? Wording => Outcome == Outcome.Fail ? Standing?.Wording : null;
}
