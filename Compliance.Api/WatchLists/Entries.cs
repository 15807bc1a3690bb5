using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Domain.WatchLists;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.WatchLists;

/// <summary>The central list of the police: who may be looked for by face. Author, approver and clock are the door's own; names and pictures go to the vault, never into a fact.</summary>
static class Entries
{
    public const int LargestPicture = 4 << 20;

    /// <param name="holding">Only those that hold now and have this in their case number, whatever is empty; as many as one page has.</param>
    public static async Task<Page<WatchEntryRow>> List([AsParameters] Paging paging, string? holding, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        if (holding is null) return await views.List(WatchEntryRow.View, null, paging.Size, paging.After, ct);
        var (found, now) = (new List<WatchEntryRow>(), clock.GetUtcNow());
        await foreach (var row in views.From(WatchEntryRow.View, ct))
        {
            if (row.IsOver || found.Count == paging.Size) break;
            if (row.HoldsAt(now) && row.CaseNumber.Contains(holding.Trim(), StringComparison.OrdinalIgnoreCase)) found.Add(row);
        }

        return new(found, null);
    }

    /// <exception cref="TimeoutException">The views are too far behind to know who is listed; asked again in a moment they may be there.</exception>
    public static async Task<Answer> Propose(Guid entryId, WatchProposal body, Knock knock, WatchVault vault, IViewStore views, OwnWrites writes, TimeProvider clock)
    {
        if (body.Entry.EntryId != entryId) return Problems.OtherId("entry.entryId");
        if (FaultOf(body.Person) is { } fault) return fault;
        var (person, known) = (Trimmed(body.Person), await Standing(entryId, knock));
        if (known is not null && known.Card.AuthorId != knock.Caller.SubjectId) return new Refusal("watchentry.already-proposed", "This id belongs to another entry.");
        if (known is { Over: not null }) return new Refusal("watchentry.over", "This entry is over; what was kept of the person is gone.");
        var propose = body.Entry with { AuthorId = knock.Caller.SubjectId, At = clock.GetUtcNow() };
        // What is wrong in itself is said first: who is listed is not to be found out by asking.
        if (known is null && WatchEntry.Decider.Decide(WatchEntry.Decider.Initial, propose).Refusal is { } malformed) return malformed;
        return await vault.OneByOne<Answer>(async () =>
        {
            if (known is null && await IsListed(person, knock, views, writes, vault)) return new Refusal("watchentry.duplicate", "This person stands on the list already: have that entry renewed.");
            var (commitment, isNew) = vault.Keep(entryId, person);
            if (known is null) vault.Name(entryId, person.Name);
            var answer = await knock.Send(WatchEntry.Decider, entryId, propose with { Commitment = commitment });
            if (!answer.IsDone && isNew) vault.Drop(entryId, commitment);
            if (!answer.IsDone && known is null) vault.Unname(entryId);
            return answer;
        }, knock.Ct);
    }

    /// <summary>One row of the list: no name, no picture.</summary>
    public static async Task<IResult> Show(Guid entryId, IViewStore views, CancellationToken ct) =>
        await views.Find(WatchEntryRow.View, entryId, ct) is { } row ? TypedResults.Ok(row) : Problems.Of(new Refusal("watchentry.unknown", "There is no such entry."));

    /// <summary>That it is read is a fact before it is read.</summary>
    public static async Task<IResult> ReadPerson(Guid entryId, Caller caller, WatchVault vault, IEventLog log, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await Note(entryId, caller, log, clock, ct) is { } no) return Problems.Of(no);
        response.Headers.CacheControl = "no-store";
        var (state, _, _) = await log.Load(WatchEntry.Decider, new(WatchEntry.Decider.Category, entryId), ct);
        if (state is not WatchEntry.Known known || vault.Find(entryId, known.Commitment) is not { } person) return Gone;
        return TypedResults.Ok(known.Renewal is { } asked && vault.Find(entryId, asked.Commitment) is { } renewed ? person with { RenewalGrounds = renewed.Grounds } : person);
    }

    public static async Task<IResult> ReadPicture(Guid entryId, Guid pictureId, Caller caller, WatchVault vault, IEventLog log, TimeProvider clock, HttpResponse response, CancellationToken ct)
    {
        if (await Note(entryId, caller, log, clock, ct) is { } no) return Problems.Of(no);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return vault.Picture(entryId, pictureId) is { } jpeg ? TypedResults.Bytes(jpeg, "image/jpeg") : Gone;
    }

    /// <summary>The template is made at once, and the picture refused where it is good for none.</summary>
    [RequestSizeLimit(LargestPicture + (1 << 16))]
    public static async Task<Answer> AddPicture(Guid entryId, Guid pictureId, Stream body, Knock knock, WatchVault vault, Enroller enroller)
    {
        if (await Standing(entryId, knock) is not { } known) return new Refusal("watchentry.unknown", "There is no such entry.");
        using var jpeg = new MemoryStream();
        await body.CopyToAsync(jpeg, knock.Ct);
        if (jpeg.Length is 0 or > LargestPicture) return new Refusal("watchentry.picture-size", $"A picture has at most {LargestPicture >> 20} MiB.", "body");
        // What is there is never written over; and who may not add is told so before anybody looks at the picture.
        if (known.Pictures.Any(picture => picture.PictureId == pictureId)) return await knock.Send(WatchEntry.Decider, entryId, new WatchEntryCommand.AddPicture(pictureId, known.Pictures[0].ModelSha256, knock.Caller.SubjectId));
        if (WatchEntry.Decider.Decide(known, new WatchEntryCommand.AddPicture(pictureId, known.Pictures is [var first, ..] ? first.ModelSha256 : "", knock.Caller.SubjectId)).Refusal is { } no) return no;
        var (all, why) = await enroller.Make([jpeg.ToArray()], knock.Ct);
        if (all is not [var made]) return new Refusal("watchlist.recogniser-missing", $"No recogniser is installed on this side: {why}");
        if (made is not { Model: { } model, Template: { } template }) return new Refusal($"watchentry.picture-{made.Flaw}", "From this picture nobody could be told: one face, from the front, sharp, with 60 pixels from eye to eye.", "body");
        var isNew = vault.KeepPicture(entryId, pictureId, jpeg.ToArray(), template);
        Array.Clear(template);
        var answer = await knock.Send(WatchEntry.Decider, entryId, new WatchEntryCommand.AddPicture(pictureId, model, knock.Caller.SubjectId));
        if (!answer.IsDone && isNew) vault.DropPicture(entryId, pictureId);
        return answer;
    }

    public static Task<Answer> Approve(Guid entryId, Knock knock, TimeProvider clock) =>
        knock.Send(WatchEntry.Decider, entryId, new WatchEntryCommand.Approve(knock.Caller.SubjectId, clock.GetUtcNow()));

    public static async Task<Answer> Decline(Guid entryId, WatchEntryCommand.Decline body, Knock knock, WatchVault vault, TimeProvider clock) =>
        await Swept(await knock.Send(WatchEntry.Decider, entryId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() }), entryId, knock, vault);

    public static async Task<Answer> AskRenewal(Guid entryId, RenewalProposal body, Knock knock, WatchVault vault, TimeProvider clock)
    {
        if (await Standing(entryId, knock) is not { } known || vault.Find(entryId, known.Commitment) is not { } person) return new Refusal("watchentry.unknown", "There is no such entry.");
        var renewed = Trimmed(person with { Grounds = body.Grounds });
        if (FaultOf(renewed) is { } fault) return fault;
        var (commitment, isNew) = vault.Keep(entryId, renewed);
        var answer = await knock.Send(WatchEntry.Decider, entryId, new WatchEntryCommand.AskRenewal(body.Until, knock.Caller.SubjectId, commitment, clock.GetUtcNow()));
        if (!answer.IsDone && isNew) vault.Drop(entryId, commitment);
        return await Swept(answer, entryId, knock, vault); // it may have ended meanwhile
    }

    public static async Task<Answer> Remove(Guid entryId, WatchEntryCommand.Remove body, Knock knock, WatchVault vault, TimeProvider clock) =>
        await Swept(await knock.Send(WatchEntry.Decider, entryId, body with { By = knock.Caller.SubjectId, At = clock.GetUtcNow() }), entryId, knock, vault);

    internal static async Task<WatchEntry.Known?> Standing(Guid entryId, Knock knock) => (await knock.Log.Load(WatchEntry.Decider, new(WatchEntry.Decider.Category, entryId), knock.Ct)).State as WatchEntry.Known;

    /// <summary>What is over takes name, grounds, pictures and templates along.</summary>
    static async Task<Answer> Swept(Answer answer, Guid entryId, Knock knock, WatchVault vault)
    {
        if (await Standing(entryId, knock) is { Over: not null }) vault.Destroy(entryId);
        return answer;
    }

    static async Task<Refusal?> Note(Guid entryId, Caller caller, IEventLog log, TimeProvider clock, CancellationToken ct)
    {
        var read = new WatchEntryCommand.Read(caller.Id, VenueZone.Day(clock.GetUtcNow()));
        // An id of its own each time: whether it adds anything the entry says, which may have something new to read on the same day.
        return (await log.Execute(WatchEntry.Decider, entryId, read, new(Guid.CreateVersion7(clock.GetUtcNow()), caller.Actor), ct)).Refusal;
    }

    /// <summary>By a keyed hash of the name: of ten thousand entries none is opened.</summary>
    /// <exception cref="TimeoutException">The file is of a time without names, and the views are too far behind to name all in it.</exception>
    internal static async Task<bool> IsListed(WatchedPerson person, Knock knock, IViewStore views, OwnWrites writes, WatchVault vault)
    {
        if (!vault.IsNamed)
        {
            await writes.Demand(knock.Ct);
            await foreach (var row in views.From(WatchEntryRow.View, knock.Ct))
            {
                if (row.IsOver) break;
                if (vault.Find(row.EntryId, row.Commitment) is { } known) vault.Name(row.EntryId, known.Name);
            }

            vault.IsNamed = true;
        }

        foreach (var bearer in vault.Bearers(person.Name))
            if (await Standing(bearer, knock) is { Over: null }) return true;
        return false;
    }

    static IResult Gone => Problems.Of(new Refusal("watchentry.over", "This entry is over; what was kept of the person is gone."));

    internal static WatchedPerson Trimmed(WatchedPerson person) => new(person.Name.Trim(), person.Grounds.Trim());

    internal static Refusal? FaultOf(WatchedPerson person) =>
        string.IsNullOrWhiteSpace(person.Name) || person.Name.Length > 200 ? new("watchentry.name-missing", "Name the person as the decision does.", "person.name")
        : string.IsNullOrWhiteSpace(person.Grounds) || person.Grounds.Length > 2_000 ? new("watchentry.grounds-missing", "Say on which grounds the person is looked for: the decision, its date, what it says.", "person.grounds") : null;
}
