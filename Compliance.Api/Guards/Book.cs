using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Guards;

/// <summary>The incident book of a venue: an entry is opened, written up, corrected by adding.</summary>
static class Book
{
    const int Longest = 1_800;

    static readonly Refusal Wordless = new("incident.words-length", $"Say what happened, in up to {Longest} signs.", "words");

    /// <summary>With words at once, or with a tap at night and the words within a day.</summary>
    public static async Task<Answer> Open(Guid venueId, Guid entryId, EntryForm body, Knock knock, Notebook notes, TimeProvider clock)
    {
        if (body.Words is { Length: > 0 } words && !IsGood(words)) return Wordless;
        if (await BelongsElsewhere(venueId, entryId, knock)) return Unknown;
        var opened = await knock.Send(BookEntry.Decider, entryId, new BookCommand.Open(entryId, body.Kind, body.HappenedAt, venueId, clock.GetUtcNow()));
        if (opened.IsDone && body.FootageHeldUntil is { } held) opened = await knock.Then(BookEntry.Decider, entryId, new BookCommand.HoldFootage(held, VenueZone.Day(clock.GetUtcNow())), $"hold/{held:O}");
        return opened.IsDone && body.Words is { Length: > 0 } said ? await WriteUp(venueId, entryId, new(said), knock with { CommandId = EventIds.From(knock.CommandId, "words") }, notes) : opened;
    }

    public static Task<Answer> WriteUp(Guid venueId, Guid entryId, EntryWords body, Knock knock, Notebook notes) =>
        Write(venueId, entryId, body, knock, notes, note => new BookCommand.WriteUp(note));

    public static Task<Answer> Correct(Guid venueId, Guid entryId, EntryWords body, Knock knock, Notebook notes) =>
        Write(venueId, entryId, body, knock, notes, note => new BookCommand.Correct(note));

    public static async Task<Answer> HoldFootage(Guid venueId, Guid entryId, BookCommand.HoldFootage body, Knock knock, Posts posts) =>
        await BelongsElsewhere(venueId, entryId, knock) ? Unknown : await knock.Send(BookEntry.Decider, entryId, body with { Today = posts.Today });

    public static async Task<Page<EntryShown>> List(Guid venueId, [AsParameters] Paging paging, Notebook notes, IViewStore views, CancellationToken ct)
    {
        var page = await views.List(BookRow.View, [venueId], paging.Size, paging.After, ct);
        return new([.. page.Items.Select(row => new EntryShown(row, [.. row.Notes.Select(n => notes.Find(n.Note))]))], page.Next);
    }

    static async Task<Answer> Write(Guid venueId, Guid entryId, EntryWords body, Knock knock, Notebook notes, Func<BookNote, BookCommand> command) =>
        !IsGood(body.Words) ? Wordless
        : await BelongsElsewhere(venueId, entryId, knock) ? Unknown
        : await notes.Keep(body.Words, knock, note => knock.Send(BookEntry.Decider, entryId, command(note)));

    static bool IsGood(string words) => words.Trim().Length is > 0 and <= Longest;

    /// <summary>The path names a venue, and permission was given for that one only.</summary>
    static async Task<bool> BelongsElsewhere(Guid venueId, Guid entryId, Knock knock) =>
        (await knock.Log.Load(BookEntry.Decider, new("incident", entryId), knock.Ct)).State is BookEntry.Kept { Card.VenueId: var of } && of != venueId;

    static readonly Refusal Unknown = new("incident.unknown", "No such entry.");
}
