using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Eyes.Live;

/// <summary>Opens the smaller stream of a camera, over a connection of its own.</summary>
internal delegate SubStream OpenSubStream();

/// <summary>A connection to a camera's smaller stream, for as long as it is held.</summary>
internal sealed class SubStream(FeedOutlet outlet, Task run, CancellationTokenSource stop) : IAsyncDisposable
{
    public Fanout Fanout => outlet.Fanout;

    public DateTimeOffset? LastAccessUnitAt => outlet.Meter.LastAccessUnitAt;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        outlet.Fanout.End();
        stop.Dispose();
    }
}

/// <summary>
/// Which stream of a camera its detectors look at: the smaller one, which costs less to decode, where the camera has one, it brings pictures and it shows what police see; else the one
/// that police see. One that showed another place, or an old film, would blind the detectors while all else works: both are compared when it begins and each minute.
/// </summary>
internal sealed partial class EyeStream(Fanout main, OpenSubStream? open, DecodeLive decode, TimeProvider clock, ILogger log) : IDisposable
{
    /// <summary>From comparison to comparison; a small stream that is not used is tried again after so long.</summary>
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1), Again = TimeSpan.FromMinutes(10);

    /// <summary>Without a picture for so long it is not used; so long both have for the frames to compare: a keyframe may be ten seconds away.</summary>
    static readonly TimeSpan Stale = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromSeconds(25), Glance = TimeSpan.FromSeconds(1);

    readonly Lock _gate = new();
    readonly Fanout _main = main;
    Fanout _chosen = main;
    Tap? _tap;

    /// <summary>Whether the smaller stream is looked at now.</summary>
    public bool IsOnSub => _chosen != _main;

    /// <summary>The units of the stream that is looked at, until another one is or the camera is let go; null: it was let go.</summary>
    public IAsyncEnumerable<AccessUnit>? Next(CancellationToken ct)
    {
        lock (_gate)
        {
            _tap?.Dispose();
            if (_main.IsEnded) return null;
            _tap = _chosen.Tap("eyes", fromNow: true);
            return _tap.Units(ct);
        }
    }

    /// <summary>Chooses, for as long as the camera is watched.</summary>
    public async Task Run(CancellationToken ct)
    {
        if (open is null) return;
        for (; !_main.IsEnded; await Task.Delay(Again, clock, ct))
        {
            await using var sub = open();
            try
            {
                if (await ShowsTheSame(sub, ct) is not true) continue;
                Turn(sub.Fanout);
                Turned(log, "the smaller stream");
                while (await Lives(sub, ct) && await ShowsTheSame(sub, ct) is not false) ;
            }
            finally
            {
                if (IsOnSub) Turned(log, "the stream that police see");
                Turn(_main);
            }
        }
    }

    /// <summary>Nobody looks any more.</summary>
    public void Dispose()
    {
        lock (_gate) _tap?.Dispose();
    }

    void Turn(Fanout to)
    {
        lock (_gate)
        {
            if (_chosen == to) return;
            _chosen = to;
            _tap?.Dispose();
        }
    }

    /// <summary>A minute, while pictures come.</summary>
    async Task<bool> Lives(SubStream sub, CancellationToken ct)
    {
        for (var until = clock.GetUtcNow() + Every; clock.GetUtcNow() < until;)
        {
            await Task.Delay(Glance, clock, ct);
            if (_main.IsEnded || !(sub.LastAccessUnitAt > clock.GetUtcNow() - Stale)) return false;
        }

        return true;
    }

    /// <summary>Null where one of them brought no pictures in time.</summary>
    async Task<bool?> ShowsTheSame(SubStream sub, CancellationToken ct)
    {
        List<LiveFrame> ours = [], theirs = [];
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        using var here = _main.Tap("compare");
        using var there = sub.Fanout.Tap("compare");
        await Task.WhenAll(decode(here.Units(either.Token), frame => Add(ours, frame), either.Token), decode(there.Units(either.Token), frame => Add(theirs, frame), either.Token))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ct.ThrowIfCancellationRequested();
        if (SameScene.Judge(ours, theirs) is not { } same) return null;
        if (!same) Differs(log);
        return same;

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

    [LoggerMessage(LogLevel.Information, "The detectors of a camera look at {Stream}")]
    static partial void Turned(ILogger log, string stream);

    [LoggerMessage(LogLevel.Warning, "The smaller stream of a camera shows something else than the one police see: its detectors look at that one")]
    static partial void Differs(ILogger log);
}
