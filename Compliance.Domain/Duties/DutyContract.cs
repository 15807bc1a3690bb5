using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>What the doors of duties answer and ask.</summary>
/// <param name="Requirement">What the rule asks, in three languages; null where no rule is named or known here.</param>
/// <param name="Why">Why more time was asked for; null for whoever may not read it, or when its author was forgotten.</param>
public sealed record DutyShown(DutyRow Duty, Sentence? Requirement, string? Why)
{
    /// <summary>Of an order: the latest visit that verifies it; null while none is planned.</summary>
    public Inspections.InspectionRow? ReInspection { get; init; }
}

/// <summary>More time until the end of that day, and why.</summary>
public sealed record ExtensionWish(DateOnly Until, string Why);

/// <summary>What an officer decides on a wish for more time.</summary>
public sealed record ExtensionDecision(bool Granted, string Grounds);

/// <summary>What an inspector found of a repair.</summary>
public sealed record RepairFound(bool Mended, string Grounds);
