using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Guards;

/// <summary>What an entry of the incident book is about: a closed list.</summary>
public enum IncidentKind { Ejection, Refusal, Seizure, CctvFault, Other }

/// <summary>Words of the incident book. They stand sealed under a key of their own; the log keeps their hash.</summary>
/// <param name="Hash">SHA-256 of the text, UTF-8, hexadecimal.</param>
public sealed record BookNote(Guid NoteId, string Hash);

/// <summary>Facts about one entry of a venue's incident book. What was written stands in the vault and never here.</summary>
public abstract record BookEvent(Guid EntryId, Guid VenueId)
{
    /// <param name="OutageId">Where the record itself noticed a camera's fault, and so wrote it up.</param>
    [EventName("incident.opened.v1")]
    public sealed record Opened(Guid EntryId, Guid VenueId, IncidentKind Kind, DateTimeOffset HappenedAt, Guid? OutageId) : BookEvent(EntryId, VenueId);

    [EventName("incident.written-up.v1")]
    public sealed record WrittenUp(Guid EntryId, Guid VenueId, BookNote Note) : BookEvent(EntryId, VenueId);

    /// <summary>Added under what was written; nothing is overwritten.</summary>
    [EventName("incident.corrected.v1")]
    public sealed record Corrected(Guid EntryId, Guid VenueId, BookNote Note) : BookEvent(EntryId, VenueId);

    [EventName("incident.footage-held.v1")]
    public sealed record FootageHeld(Guid EntryId, Guid VenueId, DateOnly Until) : BookEvent(EntryId, VenueId);

    [EventName("incident.overdue.v1")]
    public sealed record Overdue(Guid EntryId, Guid VenueId, DateTimeOffset Due) : BookEvent(EntryId, VenueId);

    /// <summary>The book was kept as long as it must be: the key over the words is gone, that it happened stays.</summary>
    [EventName("incident.words-destroyed.v1")]
    public sealed record WordsDestroyed(Guid EntryId, Guid VenueId) : BookEvent(EntryId, VenueId);
}

public abstract record BookCommand
{
    public sealed record Open(
        Guid EntryId, IncidentKind Kind, DateTimeOffset HappenedAt,
        [property: JsonIgnore] Guid VenueId = default, [property: JsonIgnore] DateTimeOffset Now = default, [property: JsonIgnore] Guid? OutageId = null) : BookCommand;

    public sealed record WriteUp(BookNote Note) : BookCommand;
    public sealed record Correct(BookNote Note) : BookCommand;
    public sealed record HoldFootage(DateOnly Until, [property: JsonIgnore] DateOnly Today = default) : BookCommand;
    public sealed record Assess(DateTimeOffset Now) : BookCommand;
    public sealed record DestroyWords : BookCommand;
}

/// <summary>An entry is opened when something happens, written up within a day, corrected by adding, and its words are forgotten after a year, or when its footage is held no longer.</summary>
public abstract record BookEntry
{
    /// <summary>Within which an entry is written up; a rule of the rulebook asks the same (KZ.GRD.006).</summary>
    public static readonly TimeSpan Term = TimeSpan.FromHours(24);

    /// <summary>How far back an entry may reach.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(31);

    /// <summary>For how many months the words are kept, if no footage is held for longer.</summary>
    public const int KeptMonths = 12;

    const int MostNotes = 50, LongestHeldYears = 10;

    public sealed record Unknown : BookEntry;

    /// <param name="Notes">What was written up, then each correction.</param>
    public sealed record Kept(BookEvent.Opened Card, IReadOnlyList<BookNote> Notes, DateOnly? HeldUntil, bool IsOverdue, bool IsWordless) : BookEntry
    {
        public bool IsWrittenUp => Notes.Count > 0 || Card.OutageId is not null;
    }

    public static readonly Decider<BookEntry, BookCommand, BookEvent> Decider = new("incident", new Unknown(), Decide, Evolve);

    static Decision<BookEvent> Decide(BookEntry state, BookCommand command) => (state, command) switch
    {
        (Unknown, BookCommand.Open o) when o.HappenedAt > o.Now || o.HappenedAt < o.Now - Furthest =>
            new Refusal("incident.time-impossible", $"It happened within the last {Furthest.TotalDays} days.", "happenedAt"),
        (Unknown, BookCommand.Open o) => [new BookEvent.Opened(o.EntryId, o.VenueId, o.Kind, o.HappenedAt, o.OutageId)],
        (Kept { Card: var card }, BookCommand.Open again) => (card.VenueId, card.Kind, card.HappenedAt, card.OutageId) == (again.VenueId, again.Kind, again.HappenedAt, again.OutageId)
            ? [] : new Refusal("incident.already-opened", "This id belongs to another entry."),

        (Kept kept, BookCommand.WriteUp(var note)) when kept.Notes.Contains(note) => [],
        (Kept kept, BookCommand.Correct(var note)) when kept.Notes.Contains(note) => [],
        (Kept { IsWordless: true }, BookCommand.WriteUp or BookCommand.Correct) => new Refusal("incident.closed", "This entry is kept no longer: nothing is added to it."),
        (Kept { Notes.Count: >= MostNotes }, BookCommand.Correct) => new Refusal("incident.notes-many", $"An entry has up to {MostNotes} corrections."),
        (Kept { Notes.Count: 0 } kept, BookCommand.WriteUp(var note)) => [new BookEvent.WrittenUp(kept.Card.EntryId, kept.Card.VenueId, note)],
        (Kept, BookCommand.WriteUp) => new Refusal("incident.written-up", "This entry is written up: what is wrong in it is corrected by adding."),
        (Kept { IsWrittenUp: true } kept, BookCommand.Correct(var note)) => [new BookEvent.Corrected(kept.Card.EntryId, kept.Card.VenueId, note)],
        (Kept, BookCommand.Correct) => new Refusal("incident.not-written-up", "Write the entry up first."),

        (Kept kept, BookCommand.HoldFootage(var until, _)) when kept.HeldUntil == until => [],
        (Kept kept, BookCommand.HoldFootage(var until, _)) when until < kept.HeldUntil => new Refusal("incident.hold-shorter", "Footage that is held is not let go earlier.", "until"),
        (Kept, BookCommand.HoldFootage(var until, var today)) when until > today.AddYears(LongestHeldYears) =>
            new Refusal("incident.hold-far", $"Footage is held for up to {LongestHeldYears} years.", "until"),
        (Kept kept, BookCommand.HoldFootage(var until, _)) => [new BookEvent.FootageHeld(kept.Card.EntryId, kept.Card.VenueId, until)],
        (Kept { IsWrittenUp: false, IsOverdue: false } kept, BookCommand.Assess(var now)) when now > kept.Card.HappenedAt + Term =>
            [new BookEvent.Overdue(kept.Card.EntryId, kept.Card.VenueId, kept.Card.HappenedAt + Term)],
        (Kept, BookCommand.Assess) => [],
        (Kept { Notes.Count: > 0, IsWordless: false } kept, BookCommand.DestroyWords) => [new BookEvent.WordsDestroyed(kept.Card.EntryId, kept.Card.VenueId)],
        (Kept, BookCommand.DestroyWords) => [],
        (Unknown, _) => new Refusal("incident.unknown", "No such entry."),
        _ => throw new UnreachableException(),
    };

    static BookEntry Evolve(BookEntry state, BookEvent fact) => (state, fact) switch
    {
        (_, BookEvent.Opened card) => new Kept(card, [], null, false, false),
        (Kept kept, BookEvent.WrittenUp f) => kept with { Notes = [.. kept.Notes, f.Note] },
        (Kept kept, BookEvent.Corrected f) => kept with { Notes = [.. kept.Notes, f.Note] },
        (Kept kept, BookEvent.FootageHeld f) => kept with { HeldUntil = f.Until },
        (Kept kept, BookEvent.Overdue) => kept with { IsOverdue = true },
        (Kept kept, BookEvent.WordsDestroyed) => kept with { IsWordless = true },
        _ => state,
    };
}
