using Compliance.Domain.Kernel;

namespace Compliance.Domain.Guards;

/// <summary>Words of an entry: by their hash, when and by whom they were written.</summary>
public sealed record WrittenNote(BookNote Note, DateTimeOffset At, string By);

/// <summary>One entry of the incident book. What waits to be written up stands on top, the soonest due first; then the newest.</summary>
/// <param name="Notes">What was written up, then each correction.</param>
public sealed record IncidentRow(
    Guid EntryId, Guid VenueId, IncidentKind Kind, DateTimeOffset HappenedAt, DateTimeOffset OpenedAt, string OpenedBy, Guid? OutageId,
    IReadOnlyList<WrittenNote> Notes, DateOnly? HeldUntil, bool IsOverdue, bool IsWordless)
{
    public static readonly View<IncidentRow> View = new(
        "incident-list", 1, fact => (fact as IncidentEvent)?.EntryId, Apply, row => row.VenueId,
        row => row.IsWrittenUp ? $"1{ViewOrder.NewestFirst(row.HappenedAt)}" : $"0{row.Due.UtcTicks:D20}");

    public DateTimeOffset Due => HappenedAt + IncidentEntry.Term;

    public bool IsWrittenUp => Notes.Count > 0 || OutageId is not null;

    /// <summary>The day after which the words are forgotten.</summary>
    public DateOnly KeptUntil
    {
        get
        {
            var year = DateOnly.FromDateTime(HappenedAt.UtcDateTime).AddMonths(IncidentEntry.KeptMonths);
            return HeldUntil > year ? HeldUntil.Value : year;
        }
    }

    static IncidentRow? Apply(IncidentRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, IncidentEvent.Opened f) => new(
            f.EntryId, f.VenueId, f.Kind, f.HappenedAt, recorded.RecordedAt, recorded.Origin.Actor, f.OutageId, [], null, false, false),
        ({ }, IncidentEvent.WrittenUp f) => row with { Notes = [.. row.Notes, new(f.Note, recorded.RecordedAt, recorded.Origin.Actor)] },
        ({ }, IncidentEvent.Corrected f) => row with { Notes = [.. row.Notes, new(f.Note, recorded.RecordedAt, recorded.Origin.Actor)] },
        ({ }, IncidentEvent.FootageHeld f) => row with { HeldUntil = f.Until },
        ({ }, IncidentEvent.Overdue) => row with { IsOverdue = true },
        ({ }, IncidentEvent.WordsDestroyed) => row with { IsWordless = true },
        _ => row,
    };
}
