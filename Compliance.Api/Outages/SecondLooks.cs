using Compliance.Api.Feeds;
using Compliance.Api.Probes;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Probes;

namespace Compliance.Api.Outages;

/// <summary>
/// A camera that has brought no picture for a minute is looked at once by another probe, by the way of the feed tests; what that one
/// saw is a fact of the outage. It compares what is with what should be: a look that a restart lost is asked for again.
/// </summary>
sealed class SecondLooks(
    IEventLog log, IViewStore views, SecretVault vault, FeedTests tests, Presence presence, ProbeRules probes, OutageRules rules, TimeProvider clock) : IDisposable
{
    const string Actor = "reaction:look-from-a-second-place";

    readonly SemaphoreSlim _ticking = new(1);
    readonly Dictionary<Guid, Asked> _asked = [];
    readonly Dictionary<Guid, HashSet<Guid>> _silent = [];
    readonly Dictionary<Guid, OutageCommand.LookAgain> _seen = [];

    public void Dispose() => _ticking.Dispose();

    public async Task Tick(CancellationToken ct)
    {
        await _ticking.WaitAsync(ct);
        try
        {
            await Look(ct);
        }
        finally
        {
            _ticking.Release();
        }
    }

    async Task Look(CancellationToken ct)
    {
        var (now, dark) = (clock.GetUtcNow(), new List<OutageRow>());
        await foreach (var row in views.Open(ct))
            if (row is { Kind: DeviceKind.Camera, Look: null or { Vantage: Vantage.OnePlaceOnly } } && row.Verdict.BringsNoPicture()) dark.Add(row);
        var waiting = dark.Select(row => row.OutageId).ToHashSet();
        foreach (var (outage, look) in _seen.ToArray())
            if (!waiting.Contains(outage) || now - look.At >= rules.BelievedAfter) await Say(outage, look, ct);
        foreach (var outage in _asked.Keys.Concat(_silent.Keys).Except(waiting).ToArray()) Forget(outage);

        var cards = dark.Count == 0 ? [] : await views.All(ProbeCard.View, null, ct);
        foreach (var row in dark.Where(row => now - row.StartedAt >= rules.LookAfter && !_seen.ContainsKey(row.OutageId)).OrderBy(row => row.StartedAt))
        {
            if (_asked.TryGetValue(row.OutageId, out var asked)) await Hear(row, asked, now, ct);
            if (!_asked.ContainsKey(row.OutageId) && !_seen.ContainsKey(row.OutageId) && !await Ask(row, cards, now, ct)) return;
        }
    }

    /// <returns>False when nobody can be asked any more for now: too many looks are waited for.</returns>
    async Task<bool> Ask(OutageRow row, IReadOnlyList<ProbeCard> cards, DateTimeOffset now, CancellationToken ct)
    {
        if (row.Look is not null && cards.Count < 2) return true;
        if (await views.Find(DeviceCard.View, row.DeviceId, ct) is not { Spec: CameraSpec { Feed.Main: var address } } device) return true;
        var other = cards.FirstOrDefault(card => card.ProbeId != device.SaidBy && MayReach(card, row.VenueId, address) && presence.IsFit(card.ProbeId, probes.Patience)
            && _silent.GetValueOrDefault(row.OutageId)?.Contains(card.ProbeId) != true);
        if (other is null)
        {
            if (row.Look is null) await Say(row.OutageId, new(Vantage.OnePlaceOnly, null, null, now), ct);
            return true;
        }

        var secret = vault.FeedSecretOf(row.DeviceId, address);
        var test = new FeedTest(Guid.CreateVersion7(now), row.VenueId, address, secret?.UserName, secret?.Password, WithStill: false);
        if (tests.Ask(test, FeedTests.Itself, [other.ProbeId]) != Feeds.Asked.Accepted) return false;
        _asked[row.OutageId] = new(test.Id, other.ProbeId, now);
        return true;
    }

    async Task Hear(OutageRow row, Asked asked, DateTimeOffset now, CancellationToken ct)
    {
        var result = (await tests.Watch(asked.TestId, FeedTests.Itself, TimeSpan.Zero, ct))?.Result;
        if (result is null && now - asked.At < rules.AnswerWithin) return;
        _asked.Remove(row.OutageId);
        if (result is null || Judge(result) is not { } vantage)
        {
            if (!_silent.TryGetValue(row.OutageId, out var silent)) _silent[row.OutageId] = silent = [];
            silent.Add(asked.ProbeId);
            return;
        }

        var look = new OutageCommand.LookAgain(vantage, asked.ProbeId, result.Verdict, now);
        // The camera may be back, and the first probe still wait whether it stays.
        if (vantage == Vantage.Contradicted) _seen[row.OutageId] = look;
        else await Say(row.OutageId, look, ct);
    }

    /// <summary>Null where that probe broke, or did not so much as call: it is no second place.</summary>
    static Vantage? Judge(FeedTestResult result) =>
        Detail.IsOfProbe(result.Detail) ? null
        : result.Verdict.BringsNoPicture() ? Vantage.Confirmed
        : result.Verdict.Availability() == Availability.Unknown ? null : Vantage.Contradicted;

    /// <summary>An address of one network means another machine in every other one: only a probe of that venue may be asked.</summary>
    static bool MayReach(ProbeCard card, Guid venue, Uri address) => !card.Silent && !card.Blind && (card.Venues.Contains(venue) || !FeedAddress.IsOfOneNetwork(address));

    async Task Say(Guid outage, OutageCommand.LookAgain look, CancellationToken ct)
    {
        await log.Execute(Outage.Decider, outage, look, new(EventIds.From(outage, $"look-again/{look.Vantage}"), Actor), ct);
        Forget(outage);
    }

    void Forget(Guid outage)
    {
        _seen.Remove(outage);
        _asked.Remove(outage);
        _silent.Remove(outage);
    }

    sealed record Asked(Guid TestId, Guid ProbeId, DateTimeOffset At);
}

/// <summary>Section <c>Outages</c> of the settings; the reasons stand in <c>docs/probe.md</c>.</summary>
/// <param name="LookAfterSeconds">How long a camera brings no picture before another probe is asked.</param>
/// <param name="AnswerWithinSeconds">How long an answer is waited for before a third one is asked.</param>
/// <param name="BelievedAfterSeconds">How long the outage must go on after another probe saw the picture: the first one waits a minute whether a camera that is back stays.</param>
sealed record OutageRules(int LookAfterSeconds = 60, int AnswerWithinSeconds = 60, int BelievedAfterSeconds = 120)
{
    public TimeSpan LookAfter => TimeSpan.FromSeconds(LookAfterSeconds);
    public TimeSpan AnswerWithin => TimeSpan.FromSeconds(AnswerWithinSeconds);
    public TimeSpan BelievedAfter => TimeSpan.FromSeconds(BelievedAfterSeconds);
}
