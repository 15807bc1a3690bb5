using System.Security.Cryptography;
using System.Threading.Channels;
using Compliance.Api.Alerts;
using Compliance.Api.EventLog;
using Compliance.Api.KnownClips;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Venues;

namespace Compliance.Api.Drills;

/// <summary>A known clip that a box's detector found, as it was told.</summary>
/// <param name="Shows">As was known of the clip.</param>
sealed record FoundClip(ShowingObserved Told, Guid VenueId, bool Shows, DateTimeOffset At);

/// <summary>
/// Raises a drill of a known clip that was just found, where somebody is at that desk who has nothing real to do. The moment is the box's, which drew it by chance; what a restart interrupts makes no drill, and nothing
/// is written of those that are not raised.
/// </summary>
sealed partial class DrillBell(
    IEventLog log, IViewStore views, OwnWrites writes, DrillDesk desk, DrillClips clips, KnownClipStore files, LookedAt looked, DrillRules rules, TimeProvider clock, ILogger<DrillBell> logger) : BackgroundService
{
    const string Actor = "reaction:raise-drill";

    readonly Channel<FoundClip> _found = Channel.CreateBounded<FoundClip>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest });
    readonly Repeated _trouble = new(clock);

    public void Ring(FoundClip found) => _found.Writer.TryWrite(found);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var found in _found.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await Raise(found, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
            }
        }
    }

    /// <summary>True where it stands on a desk now.</summary>
    internal async Task<bool> Raise(FoundClip found, CancellationToken ct)
    {
        if (!rules.On || found.Told is not { AfterSeconds: { } after, Score: { } score, Model: { } model } told || !await MayBe(found, ct)) return false;
        if ((await log.Load(KnownClip.Decider, new(KnownClip.Decider.Category, told.ClipId), ct)).State is not KnownClip.Known { IsDeleted: false, Card: var clip } || files.Get(told.ClipId) is not { } file) return false;
        var chance = new Guid(RandomNumberGenerator.GetBytes(16));
        var span = DrillSight.SpanOf(chance, after);
        if (await clips.Make(file, clip, after - span, ct) is not { } copy) return false;
        // It took a while: what was so before may be so no longer.
        if (!await MayBe(found, ct) || await DistrictOf(found.VenueId, ct) is not { } district) return false;
        var (now, id) = (clock.GetUtcNow(), Drill.IdOf(told.Id));
        var (analysed, skipped) = DrillSight.Frames(span, told.FramesAnalysed, told.FramesSkipped);
        var card = new DrillEvent.Raised(
            id, found.VenueId, told.Id, told.ClipId, told.DeviceId, district, told.Detector, found.Shows,
            new(score, model, analysed, skipped, told.Clock), DrillSight.SeenFrom(chance, span, now), copy.Seconds, copy.Sha256, DrillSight.LastsSeconds(clip.Seconds, after, span), chance, now);
        var raised = await clips.Keep(id, copy.Mp4, async () => await log.Execute(Drill.Decider, id, new DrillCommand.Raise(card), new(EventIds.From(told.Id, "drill"), Actor), CancellationToken.None));
        // Something real may have come, or the clip have been deleted, between the question and the fact.
        await desk.Assess(id, ct);
        return raised.IsDone;
    }

    async Task<bool> MayBe(FoundClip found, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - found.At > TimeSpan.FromSeconds(rules.FreshSeconds) || await DistrictOf(found.VenueId, ct) is not { } district || !looked.Is(district) || !await writes.AreShown(ct)) return false;
        if (await desk.GivesWay(district, ct) || await desk.IsLookedInto(found.VenueId, ct)) return false;
        await foreach (var row in views.From(DrillRow.View, ct))
        {
            if (row.IsOver && now - row.Card.At >= TimeSpan.FromHours(rules.HoursBetween)) break;
            if (row.Card.District == district) return false;
        }

        foreach (var waiting in await views.All(WaitingAlert.View, null, ct))
            if (looked.IsAll || await DistrictOf(waiting.VenueId, ct) == district) return false;
        return true;
    }

    async Task<string?> DistrictOf(Guid venue, CancellationToken ct) => await views.Find(VenueCard.View, venue, ct) is { ClosedBecause: null, Details.District: var district } ? district : null;

    [LoggerMessage(LogLevel.Error, "A drill could not be raised ({Times} times); the next known clip that is found is another chance")]
    static partial void Failed(ILogger logger, Exception e, int times);
}

/// <summary>Takes drills off a desk as soon as something real comes, or somebody looks into the venue; the metronome takes up what this one misses.</summary>
sealed partial class DrillWatch(DrillDesk desk, ViewChanges changes, TimeProvider clock, ILogger<DrillWatch> logger) : BackgroundService
{
    readonly Repeated _trouble = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var change in changes.Since(null, stoppingToken))
        {
            if (change.View != IncidentCard.View.Name && change.View != AccessRow.View.Name) continue;
            try
            {
                await desk.GiveWay(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A drill could not be withdrawn ({Times} times); the next tick tries again")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
