using System.Text.Json.Serialization;
using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>What a duty came from: a device that failed, a finding of an inspection (then it is an order), or a rule that turned to fail.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(OfOutage), "outage")]
[JsonDerivedType(typeof(OfFinding), "finding")]
[JsonDerivedType(typeof(OfRule), "rule")]
public abstract record DutySource
{
    public sealed record OfOutage(Guid OutageId, Guid DeviceId, DeviceKind Kind, Verdict Verdict) : DutySource;

    public sealed record OfFinding(Guid InspectionId, Guid FindingId) : DutySource;

    public sealed record OfRule(string Rulebook, string Version) : DutySource;
}

/// <summary>How long a duty may stay unmet, where that length was read, and how surely.</summary>
/// <param name="Span">Counted from detection; null where an act named the day itself.</param>
/// <param name="Source">A rule, a source of the rulebook, an act; <c>own</c> for this project's own number.</param>
public sealed record DutyTerm(CalendarSpan? Span, string Source, Confidence Confidence);

/// <summary>A time in which a term stands still, and has not been added to it yet.</summary>
public sealed record TermStay(Guid MaintenanceId, DateTimeOffset From, DateTimeOffset Until);

/// <summary>A term that stands still: since when and until when (null: until it is asked again), how long it has stood, and how much of it is left when it runs again.</summary>
public sealed record TermStill(DateTimeOffset Since, DateTimeOffset? Until, TimeSpan Stood, TimeSpan Left);

/// <summary>What a duty is about: the rule it stands on, how grave its breach is and what a report may call it.</summary>
/// <param name="Sanction">Row of the sanction table; null where none is known.</param>
public sealed record DutyMatter(string? RuleId, Severity Severity, Wording Wording, bool HardStop, string? Sanction);

/// <summary>What a person said in writing. The words stand sealed in the vault under that person's key; the log keeps their hash.</summary>
/// <param name="Hash">SHA-256 of the text, UTF-8, hexadecimal.</param>
public sealed record Writing(Guid WritingId, Guid SubjectId, string Hash);

/// <summary>What still says that a duty is unmet when a picture is shown: the device by its panel or contact, or a rule by what is measured.</summary>
public enum SaysOtherwise { Device, Rule }

/// <summary>Who found that a duty is met again.</summary>
public enum VerifiedBy { Probe, Inspector, Reevaluation }

/// <summary>Why nothing is owed any more, though nobody met it.</summary>
public enum LapsedBecause { VenueClosed, NoLegalBasis, DeviceRetired, Excused, NotApplicable, RulingCancelled }

public static class Lapses
{
    /// <summary>Nothing is asked for now; when it is asked again, the term goes on where it stood. Nobody gains a fresh one by withdrawing a consent.</summary>
    public static bool IsForNow(this LapsedBecause because) => because is LapsedBecause.NoLegalBasis or LapsedBecause.NotApplicable;
}

/// <summary>Where a duty stands: owed, mended as its owner says, found to be met, or owed no more.</summary>
public enum DutyState { Owed, Mended, Met, Lapsed }
