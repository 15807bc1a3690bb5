using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Inspections;

/// <summary>Something that is planned for a day and begins at an instant.</summary>
public interface IDated
{
    DateOnly Day { get; }

    DateTimeOffset? StartedAt { get; }
}

public static class Dates
{
    extension(IDated visit)
    {
        /// <summary>The day it was walked; before that the day it was planned for.</summary>
        public DateOnly On => visit.StartedAt is { } began ? VenueZone.Day(began) : visit.Day;
    }
}

/// <summary>Where an inspection stands.</summary>
public enum InspectionStage { Planned, Running, Done, Cancelled }

/// <summary>One line of the queue of visits: those running on top, then the planned by their day, then the finished and last the cancelled, newest first.</summary>
/// <param name="Findings">How many items failed; null until the act is issued, and of the owner's own check.</param>
public sealed record InspectionRow(
    Guid InspectionId, Guid VenueId, InspectionKind Kind, InspectionStage Stage, DateOnly Day, string Rulebook, string Body, string Basis,
    IReadOnlyList<Guid> Walkers, string? Number, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, int Photos, int? Findings) : IDated
{
    public static readonly View<InspectionRow> View = new(
        "inspection-list", 5, fact => (fact as InspectionEvent)?.InspectionId, Apply, row => row.IsSurprise ? null : row.VenueId,
        row => row.Stage switch
        {
            InspectionStage.Running => $"0{ViewOrder.NewestFirst(row.StartedAt!.Value)}",
            InspectionStage.Planned => $"1{row.Day:yyyy-MM-dd}",
            InspectionStage.Done => $"2{ViewOrder.NewestFirst(row.EndedAt!.Value)}",
            _ => $"3{ViewOrder.NewestFirst(row.EndedAt!.Value)}",
        });

    /// <summary>Of a re-inspection the act whose orders it verifies.</summary>
    public Guid? OfAct { get; init; }

    /// <summary>A visit out of turn comes unannounced: it is not among the venue's own until it begins.</summary>
    public bool IsSurprise => Kind == InspectionKind.Unscheduled && StartedAt is null;

    static InspectionRow? Apply(InspectionRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, InspectionEvent.Scheduled f) => new(
            f.InspectionId, f.VenueId, f.Kind, InspectionStage.Planned, f.Day, f.Rulebook, f.Body, f.Basis, f.Walkers, null, null, null, 0, null),
        ({ }, InspectionEvent.OrdersToVerify f) => row with { OfAct = f.ActId },
        ({ }, InspectionEvent.Taken f) => row with { Walkers = [f.SubjectId] },
        ({ }, InspectionEvent.CheckRegistered f) => row with { Number = f.Number },
        ({ }, InspectionEvent.Started f) => row with { Stage = InspectionStage.Running, StartedAt = f.At },
        ({ }, InspectionEvent.PhotoAttached) => row with { Photos = row.Photos + 1 },
        ({ }, InspectionEvent.ActIssued f) => row with { Stage = InspectionStage.Done, EndedAt = recorded.RecordedAt, Findings = f.Findings.Count },
        ({ }, InspectionEvent.SelfCheckCompleted) => row with { Stage = InspectionStage.Done, EndedAt = recorded.RecordedAt },
        ({ }, InspectionEvent.Cancelled) => row with { Stage = InspectionStage.Cancelled, EndedAt = recorded.RecordedAt },
        _ => row,
    };
}
