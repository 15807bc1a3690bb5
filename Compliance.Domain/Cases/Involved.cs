using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Cases;

/// <summary>
/// Who had a say in what a case rests on: the ruling and the penalty, the size of the business, more time that was granted or refused, whose
/// minutes they were, the hours a device owes, work that was approved or refused, what an inspector found or found again, and the earlier ruling
/// that makes it a repeat or the order it is about. None of them decides the appeal.
/// </summary>
public static class Involved
{
    const string User = "user:";

    /// <param name="facts">Of the duty, of what is behind it, of the case and of earlier ones it counts from.</param>
    public static IReadOnlyList<Guid> In(IEnumerable<Recorded> facts) =>
        [.. facts.Where(f => EventCatalog.Decode(f) is { } fact && IsSay(fact)).Select(f => Person(f.Origin.Actor)).OfType<Guid>().Distinct()];

    static bool IsSay(object fact) => fact is CaseEvent.SizeSet or CaseEvent.Decided or CaseEvent.PenaltySet
        or DutyEvent.ExtensionGranted or DutyEvent.ExtensionRefused or DutyEvent.Reopened or DutyEvent.Verified
        or OutageEvent.CauseAttributed or OutageEvent.ContestDecided
        or MaintenanceEvent.Approved or MaintenanceEvent.Refused or DeviceEvent.HoursMandated or CaseEvent.AppealDecided
        or InspectionEvent.ActIssued or InspectionEvent.OrderChecked or InspectionEvent.ItemRecorded or InspectionEvent.Signed { As: Signatory.Inspector };

    static Guid? Person(string actor) => actor.StartsWith(User, StringComparison.Ordinal) && Guid.TryParse(actor.AsSpan(User.Length), out var id) ? id : null;
}
