using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Inspections;

/// <summary>A visit of an officer, by plan, out of turn or to verify the orders of an act, or the owner's own check: all of them walk the same list.</summary>
public enum InspectionKind { Scheduled, Unscheduled, SelfCheck, ReInspection }

/// <summary>What a person who stood there says of one item.</summary>
public enum Found { Met, NotMet, NotApplicable, NotChecked }

/// <summary>Why a failed item has no photo.</summary>
public enum NoPhoto { NothingToSee, Unsafe, NotAllowed }

/// <summary>For whom a signature stands.</summary>
public enum Signatory { Inspector, Venue }

/// <summary>Why the venue did not sign.</summary>
public enum WhyUnsigned { Disagrees, NobodyThere, NoReasonGiven }

/// <summary>When the orders of an act are to be looked at again.</summary>
public sealed record ReInspectionPlan(DateOnly Day);

/// <summary>What an officer records of a venue that does not sign.</summary>
public sealed record Unsigned(WhyUnsigned Because);

/// <summary>
/// One value that a person writes down of one thing: how wide a door is, until when a paper holds. It names no person; a thing
/// the register does not list is told by its kind and a label.
/// </summary>
/// <param name="Attribute">A word of the <see cref="Vocabulary"/>.</param>
public sealed record Statement(string Kind, string ThingId, string Label, string Attribute, Known Value);

/// <summary>Things of one kind that a person counted on the spot.</summary>
/// <param name="All">There are no others of this kind; those not named here are there no more.</param>
public sealed record Listing(string Kind, IReadOnlyList<ListedThing> Things, bool All);

/// <param name="Label">What people call it: "main entrance". Never a person's name.</param>
public sealed record ListedThing(string ThingId, string Label);

/// <summary>What is known of a photo without showing it: the picture itself lies sealed in the API's store.</summary>
/// <param name="Sha256">Of its bytes, hexadecimal, taken by the device that took the photo.</param>
/// <param name="Position">Where the device says it was; null when it does not say.</param>
/// <param name="Device">How the device calls itself.</param>
public sealed record Photo(Guid PhotoId, string RuleId, string Sha256, DateTimeOffset TakenAt, GeoPosition? Position, string Device, long Length);

/// <summary>One failed item of an act: what the venue has to put right, and until which day.</summary>
/// <param name="Wording">What it may be called: only law that was read is a violation.</param>
/// <param name="Remark">The officer's own words; of what was measured, the values.</param>
public sealed record Finding(
    Guid FindingId, string RuleId, Severity Severity, Wording Wording, bool HardStop, string? Sanction, DateOnly Due, string Remark)
{
    public static Guid IdOf(Guid inspectionId, string ruleId) => EventIds.From(inspectionId, $"finding/{ruleId}");
}
