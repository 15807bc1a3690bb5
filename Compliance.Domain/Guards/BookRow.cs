using Compliance.Domain.Kernel;

namespace Compliance.Domain.Guards;

/// <summary>Words of an entry: by their hash, when and by whom they were written.</summary>
public sealed record WrittenNote(BookNote Note, DateTimeOffset At, string By);

/// <summary>One entry of the incident book. What waits to be written up stands on top, the soonest due first; then the newest.</summary>
/// <param name="Notes">What was written up, then each correction.</param>
public sealed record BookRow(
    Guid EntryId, Guid VenueId, IncidentKind Kind, DateTimeOffset HappenedAt, DateTimeOffset OpenedAt, string OpenedBy, Guid? OutageId,
    IReadOnlyList<WrittenNote> Notes, DateOnly? HeldUntil, bool IsOverdue, bool IsWordless)
{
    public static readonly View<BookRow> View = new(
        "incident-list", 1, fact => (fact as BookEvent)?.EntryId, Apply, row => row.VenueId,
        row => row.IsWrittenUp ? $"1{ViewOrder.NewestFirst(row.HappenedAt)}" : $"0{row.Due.UtcTicks:D20}");

    public DateTimeOffset Due => HappenedAt + BookEntry.Term;

    public bool IsWrittenUp => Notes.Count > 0 || OutageId is not null;

    /// <summary>The day after which the words are forgotten.</summary>
    public DateOnly KeptUntil
    {
        get
        {
            var year = DateOnly.FromDateTime(HappenedAt.UtcDateTime).AddMonths(BookEntry.KeptMonths);
            return HeldUntil > year ? HeldUntil.Value : year;
        }
    }

    static BookRow? Apply(BookRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, BookEvent.Opened f) => new(
            f.EntryId, f.VenueId, f.Kind, f.HappenedAt, recorded.RecordedAt, recorded.Origin.Actor, f.OutageId, [], null, false, false),
        ({ }, BookEvent.WrittenUp f) => row with { Notes = [.. row.Notes, new(f.Note, recorded.RecordedAt, recorded.Origin.Actor)] },
        ({ }, BookEvent.Corrected f) => row with { Notes = [.. row.Notes, new(f.Note, recorded.RecordedAt, recorded.Origin.Actor)] },
        ({ }, BookEvent.FootageHeld f) => row with { HeldUntil = f.Until },
        ({ }, BookEvent.Overdue) => row with { IsOverdue = true },
        ({ }, BookEvent.WordsDestroyed) => row with { IsWordless = true },
        _ => row,
    };
}
