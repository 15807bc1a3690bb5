using Compliance.Domain.Probes;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Eyes.Live;

/// <summary>
/// Which stream of a camera its detectors look at: the smaller one, which costs less to decode, where the camera has one, it brings pictures and it shows what police see; else the one
/// that police see. One that showed another place, or an old film, would blind the detectors while all else works: both are compared when it begins and again and again, at moments nobody
/// can foresee. It is let go as soon as the other stream falters: a camera with few sessions needs it for that.
/// </summary>
/// <param name="sub">Opens the smaller one; null: there is none.</param>
/// <param name="forScreens">Chosen not for detectors but for screens that decode this codec only: a smaller stream of another is not used, and each turn begins at the newest keyframe.</param>
internal sealed partial class EyeStream(Guid device, Fanout main, OpenSubStream? sub, EyesMeans means, VideoCodec? forScreens = null) : IDisposable
{
    /// <summary>From comparison to comparison; a small stream that is not used is tried again after so long.</summary>
    static readonly TimeSpan Soonest = TimeSpan.FromSeconds(20), Latest = TimeSpan.FromSeconds(90), Again = TimeSpan.FromMinutes(10);

    /// <summary>Without a picture for so long it is not used; so long both have for the frames to compare: a keyframe may be ten seconds away.</summary>
    static readonly TimeSpan Stale = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(25), Glance = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly Fanout _main = main;
    Fanout _chosen = main;
    Tap? _tap;
    long _droppedBefore;

    /// <summary>Whether the smaller stream is looked at now.</summary>
    public bool IsOnSub => _chosen != _main;

    /// <summary>Units so far that nobody took in time.</summary>
    public long Dropped
    {
        get { lock (_gate) return _droppedBefore + (_tap?.Dropped ?? 0); }
    }

    /// <summary>The units of the stream that is looked at, until another one is or the camera is let go; null: it was let go.</summary>
    public IAsyncEnumerable<AccessUnit>? Next(CancellationToken ct)
    {
        lock (_gate)
        {
            _droppedBefore += _tap?.Dropped ?? 0;
            _tap?.Dispose();
            _tap = null;
            if (_main.IsEnded) return null;
            _tap = forScreens is null ? _chosen.Tap("eyes", fromNow: true) : _chosen.Tap("live", atOnce: true);
            return _tap.Units(ct);
        }
    }

    /// <summary>Chooses, for as long as the camera is watched.</summary>
    public async Task Run(CancellationToken ct)
    {
        if (sub is null) return;
        FeedTarget? refused = null;
        for (; !_main.IsEnded; await Task.Delay(Again, means.Clock, ct))
        {
            try
            {
                refused = await Follow(refused, ct) ?? refused;
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Broke(means.Log, e, device, Who);
            }
        }
    }

    /// <summary>Nobody looks any more.</summary>
    public void Dispose()
    {
        lock (_gate) _tap?.Dispose();
    }

    /// <summary>Looks at the smaller stream for as long as it is live and shows the same.</summary>
    /// <returns>What the camera refused; null where it did not.</returns>
    async Task<FeedTarget?> Follow(FeedTarget? refused, CancellationToken ct)
    {
        while (!IsMainLive && !_main.IsEnded) await Task.Delay(Glance, means.Clock, ct);
        if (_main.IsEnded || sub!(refused) is not { } opened) return null;
        await using var held = opened;
        held.Fanout.KeepsGroup = forScreens is not null;
        try
        {
            while (await ShowsTheSame(held, ct))
            {
                Turn(held.Fanout);
                var (since, until) = (means.Clock.GetTimestamp(), Soonest + Random.Shared.NextDouble() * (Latest - Soonest));
                while (means.Clock.GetElapsedTime(since) < until && BothLive(held)) await Task.Delay(Glance, means.Clock, ct);
                if (!BothLive(held)) break;
            }
        }
        finally
        {
            Turn(_main);
        }

        return held.IsRefused ? held.Target : null;
    }

    string Who => forScreens is null ? "detectors" : "screens";

    bool IsMainLive => !_main.IsEnded && _main.NewestAt is { } newest && (means.Clock.GetUtcNow() - newest).Duration() < Stale; // one dated in the future is of before the clock was set back

    bool BothLive(SubStream held) => IsMainLive && held.IsLive(means.Clock.GetUtcNow(), Stale);

    void Turn(Fanout to)
    {
        lock (_gate)
        {
            if (_chosen == to) return;
            _chosen = to;
            _tap?.Dispose();
        }

        Turned(means.Log, Who, device, IsOnSub ? "the smaller stream" : "the stream that police see");
    }

    /// <summary>False also where one of them brought too few pictures in time: what cannot be compared is not looked at. One comparison at a time on this box.</summary>
    async Task<bool> ShowsTheSame(SubStream held, CancellationToken ct)
    {
        while (!await means.Comparing.WaitAsync(Glance, ct))
            if (IsOff()) return false;
        try
        {
            List<LiveFrame> ours = [], theirs = [];
            using var limit = new CancellationTokenSource(Patience, means.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            using var here = _main.Tap("compare", atOnce: true);
            using var there = held.Fanout.Tap("compare", atOnce: true);
            var comparing = Task.WhenAll(means.Decode(here.Units(either.Token), frame => Add(ours, frame), either.Token), means.Decode(OfUse(there), frame => Add(theirs, frame), either.Token));
            while (!comparing.IsCompleted && !ct.IsCancellationRequested)
            {
                await Task.WhenAny(comparing, Task.Delay(Glance, means.Clock, ct)).ConfigureAwait(false);
                if (IsOff()) await either.CancelAsync();
            }

            await comparing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            bool? same;
            lock (ours) same = SameScene.Judge(ours, theirs);
            if (same is false) Differs(means.Log, device, Who);
            return same is true;

            async IAsyncEnumerable<AccessUnit> OfUse(Tap tap)
            {
                await foreach (var unit in tap.Units(either.Token))
                {
                    if (forScreens is { } codec && unit.Codec != codec) await either.CancelAsync();
                    yield return unit;
                }
            }

            void Add(List<LiveFrame> to, LiveFrame frame)
            {
                lock (ours)
                {
                    to.Add(frame);
                    if (ours.Count == 0 || theirs.Count == 0 || Math.Min(ours[^1].Number, theirs[^1].Number) - Math.Max(ours[0].Number, theirs[0].Number) < SameScene.Needed + 5) return;
                }

                here.Dispose();
                there.Dispose();
            }
        }
        finally
        {
            means.Comparing.Release();
        }

        bool IsOff() => IsOnSub ? !BothLive(held) : held.IsOver || _main.IsEnded;
    }

    [LoggerMessage(LogLevel.Information, "The {Who} of camera {DeviceId} look at {Stream}")]
    static partial void Turned(ILogger log, string who, Guid deviceId, string stream);

    [LoggerMessage(LogLevel.Warning, "The smaller stream of camera {DeviceId} shows something else than the one police see: its {Who} look at that one")]
    static partial void Differs(ILogger log, Guid deviceId, string who);

    [LoggerMessage(LogLevel.Error, "Choosing a stream of camera {DeviceId} broke; its {Who} look at the one police see")]
    static partial void Broke(ILogger log, Exception e, Guid deviceId, string who);
}
