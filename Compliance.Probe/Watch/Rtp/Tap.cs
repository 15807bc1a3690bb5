using System.Threading.Channels;
using Compliance.Probe.Tell;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>
/// All that one camera sends, for somebody who follows it: first what came since the newest keyframe, then the rest as it comes. Whoever falls behind loses
/// all that waits and goes on at the next keyframe, for what lies behind a gap cannot be decoded; that is counted. It never holds the connection up.
/// </summary>
/// <param name="reader">What kind of reader it is: a label of a metric, never a person or a camera.</param>
/// <param name="atOnce">A quarter of a second matters to it, as to a screen.</param>
internal sealed class Tap(string reader, bool atOnce, Action<Tap> leave) : IDisposable
{
    /// <summary>A long group of pictures at 25 a second, and two seconds more.</summary>
    const int MostUnits = 300;

    /// <summary>Eight seconds at 16 Mbit/s.</summary>
    const long MostBytes = 16 << 20;

    readonly Channel<AccessUnit> _waiting = Channel.CreateUnbounded<AccessUnit>();
    long _bytes, _dropped;
    bool _awaitsKeyframe = true, _fellBehind;

    public bool AtOnce => atOnce;

    /// <summary>How many were lost because nobody took them in time.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Ends when the camera is let go, or the tap is closed.</summary>
    public IAsyncEnumerable<AccessUnit> Units(CancellationToken ct) => Take(_waiting.Reader, ct);

    public void Dispose()
    {
        leave(this);
        End();
    }

    /// <summary>By one caller at a time.</summary>
    internal void Hand(AccessUnit unit)
    {
        if (_awaitsKeyframe && !unit.Keyframe)
        {
            if (_fellBehind) Lose(1);
            return;
        }

        if (_waiting.Reader.Count >= MostUnits || Interlocked.Read(ref _bytes) + unit.AnnexB.Length > MostBytes)
        {
            DropAll();
            if (!unit.Keyframe)
            {
                (_awaitsKeyframe, _fellBehind) = (true, true);
                Lose(1);
                return;
            }
        }

        (_awaitsKeyframe, _fellBehind) = (false, false);
        Interlocked.Add(ref _bytes, unit.AnnexB.Length);
        _waiting.Writer.TryWrite(unit);
    }

    internal void End() => _waiting.Writer.TryComplete();

    async IAsyncEnumerable<AccessUnit> Take(ChannelReader<AccessUnit> waiting, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var unit in waiting.ReadAllAsync(ct))
        {
            Interlocked.Add(ref _bytes, -unit.AnnexB.Length);
            yield return unit;
        }
    }

    void DropAll()
    {
        var lost = 0;
        for (; _waiting.Reader.TryRead(out var old); lost++) Interlocked.Add(ref _bytes, -old.AnnexB.Length);
        Lose(lost);
    }

    void Lose(int units)
    {
        Interlocked.Add(ref _dropped, units);
        ProbeMeasures.UnitsDropped.Add(units, ProbeMeasures.Tag("reader", reader));
    }
}
