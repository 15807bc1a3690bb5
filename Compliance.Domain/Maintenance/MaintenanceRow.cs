using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Maintenance;

public enum MaintenanceState { Waiting, Approved, Refused, Withdrawn, Ended }

/// <summary>One window as lists show it: what waits for the authority stands on top, the oldest request first; then the latest window.</summary>
/// <param name="Excused">The time that leaves the sum; null while it is not approved.</param>
/// <param name="Grounds">Of a refusal.</param>
/// <param name="DecidedBy">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
/// <param name="EventIds">The facts this line rests on, oldest first.</param>
public sealed record MaintenanceRow(
    Guid MaintenanceId, Guid VenueId, IReadOnlyList<Guid> DeviceIds, DateTimeOffset From, DateTimeOffset Until, WorkKind Work, string Document,
    DateTimeOffset RequestedAt, string RequestedBy, MaintenanceState State, Period? Excused, string? Grounds, string? DecidedBy, IReadOnlyList<Guid> EventIds)
{
    public static readonly View<MaintenanceRow> View = new(
        "maintenance-list", 1, fact => (fact as MaintenanceEvent)?.MaintenanceId, Apply, row => row.VenueId,
        row => row.State == MaintenanceState.Waiting ? $"0{row.RequestedAt.UtcTicks:D20}" : $"1{ViewOrder.NewestFirst(row.From)}");

    static MaintenanceRow? Apply(MaintenanceRow? row, object fact, Recorded recorded)
    {
        MaintenanceRow? next = (row, fact) switch
        {
            (null, MaintenanceEvent.Requested f) => new(
                f.MaintenanceId, f.VenueId, f.DeviceIds, f.From, f.Until, f.Work, f.Document, recorded.RecordedAt, recorded.Origin.Actor,
                MaintenanceState.Waiting, null, null, null, []),
            ({ }, MaintenanceEvent.Approved f) => row with { State = MaintenanceState.Approved, Excused = new(f.From, f.Until), DecidedBy = recorded.Origin.Actor },
            ({ }, MaintenanceEvent.Refused f) => row with { State = MaintenanceState.Refused, Grounds = f.Grounds, DecidedBy = recorded.Origin.Actor },
            ({ }, MaintenanceEvent.Withdrawn) => row with { State = MaintenanceState.Withdrawn },
            ({ }, MaintenanceEvent.Ended f) => row with { State = MaintenanceState.Ended, Excused = row.Excused! with { To = f.At } },
            _ => null,
        };
        return next is null ? row : next with { EventIds = [.. next.EventIds, recorded.EventId] };
    }
}
