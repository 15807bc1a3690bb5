using System.Collections.Concurrent;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Probes;
using Compliance.Api.Views;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Footage;

/// <summary>How running fetches stand, as the box told last, and what it announced: in memory, for a box says it again.</summary>
sealed class FetchProgress
{
    public readonly ConcurrentDictionary<Guid, FetchTold> Told = [];
    public readonly ConcurrentDictionary<Guid, FetchedFile> Announced = [];

    public void Forget(Guid file)
    {
        Told.TryRemove(file, out _);
        Announced.TryRemove(file, out _);
    }
}

/// <summary>
/// Recordings that the box fetches from the venue's own recorder: the venue asks for it camera by camera, or agreed that it is done at once; it sees how it stands and may stop it. The box that
/// holds the venue reads what is wished, tells how it goes, and sends the file as an owner would, under its own identity; the fact says that it came from the recorder.
/// </summary>
static class Fetches
{
    /// <summary>A venue has fewer requests that wait; those due first come first.</summary>
    const int AtOnce = 100;

    static readonly Refusal Over = new("footage.fetch-over", "Nobody waits for this recording any more."), Again = new("footage.announce-again", "Say first what is sent.");

    public static Task<Answer> Ask(Guid requestId, Guid cameraId, Knock knock, TimeProvider clock) =>
        knock.Send(FootageRequest.Decider, requestId, new FootageCommand.Fetch(EventIds.From(knock.CommandId, "fetch"), cameraId, knock.Caller.SubjectId, clock.GetUtcNow()));

    public static Task<Answer> Stop(Guid requestId, Guid cameraId, Knock knock, FetchProgress progress, FootageStore store, TimeProvider clock) =>
        End(requestId, new FootageCommand.StopFetch(cameraId, knock.Caller.SubjectId, clock.GetUtcNow()), knock, progress, store);

    /// <summary>Sends what may end fetches, and sweeps after those that it ended.</summary>
    internal static async Task<Answer> End(Guid requestId, FootageCommand command, Knock knock, FetchProgress progress, FootageStore store)
    {
        var (before, _, _) = await knock.Log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, requestId), knock.Ct);
        var answer = await knock.Send(FootageRequest.Decider, requestId, command);
        if (answer.IsDone && before is FootageRequest.Known { Fetches: var ran })
            foreach (var fetch in ran) await Sweep(requestId, fetch.FileId, knock.Log, progress, store);
        return answer;
    }

    /// <summary>Of a fetch that is over nothing is remembered, and no part of a file stays that no fact names. A piece that is just coming is swept by whoever takes it.</summary>
    static async Task Sweep(Guid requestId, Guid fileId, IEventLog log, FetchProgress progress, FootageStore store)
    {
        var (state, _, _) = await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, requestId), CancellationToken.None);
        if (state is FootageRequest.Known known && known.Fetches.Any(f => f.FileId == fileId)) return;
        progress.Forget(fileId);
        await Answers.GiveUp(requestId, fileId, _ => true, log, store, CancellationToken.None);
    }

    public static async Task<IReadOnlyList<FetchShown>> List(Guid requestId, IViewStore views, FetchProgress progress, CancellationToken ct) =>
        [.. ((await views.Find(FootageRow.View, requestId, ct))?.Fetches ?? []).Select(f => f.State == FetchState.Running && progress.Told.TryGetValue(f.FileId, out var told) ? new FetchShown(f, told.Stage, told.Done, told.Of) : new(f, null, 0, 0))];

    public static async Task<FetchAgreementForm> Agreed(Guid venueId, IEventLog log, CancellationToken ct) =>
        new((await log.Load(FetchAgreement.Decider, new(FetchAgreement.Decider.Category, venueId), ct)).State.AtOnce);

    public static Task<Answer> Agree(Guid venueId, FetchAgreementForm body, Knock knock, TimeProvider clock) =>
        knock.Send(FetchAgreement.Decider, venueId, new(venueId, body.AtOnce, knock.Caller.SubjectId, clock.GetUtcNow()));

    /// <summary>What waits for the venue stands on top of its list.</summary>
    public static async Task<IReadOnlyList<FetchWish>> Wishes(Caller probe, IEventLog log, IViewStore views, Leases leases, CancellationToken ct)
    {
        var wishes = new List<FetchWish>();
        foreach (var venue in (await log.VenuesOf(probe.Id, ct)).Keys)
        {
            var waiting = (await views.List(FootageRow.View, [venue], AtOnce, null, ct)).Items.TakeWhile(row => row.Stage == FootageStage.Waiting);
            FetchWish[] of = [.. from row in waiting from f in row.Fetches where f.State == FetchState.Running select new FetchWish(f.FileId, row.Card.RequestId, f.DeviceId, row.Card.From, row.Card.To)];
            if (of.Length > 0 && await leases.Ask(probe.Id, venue, ct)) wishes.AddRange(of);
        }

        return wishes;
    }

    public static async Task<IResult> Tell(Guid fileId, FetchTold body, Caller probe, IEventLog log, IViewStore views, Leases leases, FetchProgress progress, FootageStore store, TimeProvider clock, CancellationToken ct)
    {
        if (await Running(fileId, probe, log, views, leases, ct) is not { } fetch) return Problems.Of(Over);
        progress.Told[fileId] = body;
        if (body.Failure is not { } why) return Results.NoContent();
        var done = await log.Execute(FootageRequest.Decider, fetch.RequestId, new FootageCommand.FailFetch(fileId, probe.ProbeId, why, clock.GetUtcNow()), new(EventIds.From(fileId, $"failed/{why}"), probe.Actor), ct);
        await Sweep(fetch.RequestId, fileId, log, progress, store);
        return done.Refusal is { } no ? Problems.Of(no) : Results.NoContent();
    }

    public static async Task<IResult> Begin(
        Guid fileId, FetchedFile body, Caller probe, IEventLog log, IViewStore views, Leases leases, FetchProgress progress, FootageStore store, FootageRules rules, TimeProvider clock, CancellationToken ct)
    {
        if (await Running(fileId, probe, log, views, leases, ct) is not { } fetch) return Problems.Of(Over);
        progress.Announced[fileId] = body;
        // The box that held the venue before may have begun with a file of its own.
        await Answers.GiveUp(fetch.RequestId, fileId, other => (other.Bytes, other.Sha256) != (body.Bytes, body.Sha256), log, store, ct);
        var said = await Answers.Announce(fetch.RequestId, fileId, new(fetch.DeviceId, body.Bytes, body.Sha256), new(probe.Actor, Source(probe, body)), log, store, rules, clock, ct);
        await Sweep(fetch.RequestId, fileId, log, progress, store);
        return said;
    }

    [RequestSizeLimit(FootageStore.Piece + (1 << 16))]
    public static async Task<IResult> Put(
        Guid fileId, Stream body, HttpRequest request, Caller probe, IEventLog log, IViewStore views, Leases leases, FetchProgress progress, FootageStore store, TimeProvider clock, CancellationToken ct)
    {
        var range = Answers.RangeOf(request);
        if (await Running(fileId, probe, log, views, leases, ct) is not { } fetch) return Problems.Of(Over);
        if (!progress.Announced.TryGetValue(fileId, out var file)) return Problems.Of(Again);
        var said = await Answers.Take(fetch.RequestId, fileId, body, range, new(probe.Actor, Source(probe, file)), log, store, clock, ct);
        await Sweep(fetch.RequestId, fileId, log, progress, store);
        return said;
    }

    static FootageSource Source(Caller probe, FetchedFile file) => new(probe.ProbeId, file.From, file.Until, file.MissingSeconds);

    /// <summary>The fetch of that file, where it runs and the box holds its venue; null else.</summary>
    static async Task<FootageEvent.FetchAsked?> Running(Guid fileId, Caller probe, IEventLog log, IViewStore views, Leases leases, CancellationToken ct)
    {
        if (await views.Find(FetchedRequest.View, fileId, ct) is not { } of || !(await log.VenuesOf(probe.Id, ct)).ContainsKey(of.VenueId) || !await leases.Ask(probe.Id, of.VenueId, ct)) return null;
        var (state, _, _) = await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, of.RequestId), ct);
        return state is FootageRequest.Known { Closed: null } known ? known.Fetches.FirstOrDefault(f => f.FileId == fileId) : null;
    }
}
