using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>The last seconds of one camera, coded as they came and in memory alone, so that a clip can begin before what it shows. Bounded in time and bytes.</summary>
internal sealed class UnitRing(TimeSpan length, long bytes)
{
    readonly Lock _gate = new();
    readonly Queue<AccessUnit> _units = [];
    DateTimeOffset _newest;
    long _held;

    public void Add(AccessUnit unit)
    {
        lock (_gate)
        {
            if (_units.Count > 0 && unit.At < _newest - LiveFrame.Jitter) // what was kept by the other time would stay for as long
            {
                _units.Clear();
                _held = 0;
            }

            _newest = unit.At;
            _units.Enqueue(unit);
            _held += unit.AnnexB.Length;
            while (_units.Peek() is var oldest && (unit.At - oldest.At > length || _held > bytes))
            {
                _held -= oldest.AnnexB.Length;
                _units.Dequeue();
            }
        }
    }

    /// <summary>From the newest keyframe before one instant (else the first there is) up to another, of one run of one codec.</summary>
    public IReadOnlyList<AccessUnit> Cut(DateTimeOffset from, DateTimeOffset until)
    {
        lock (_gate)
        {
            AccessUnit[] all = [.. _units.Where(unit => unit.At <= until)];
            var begin = Array.FindLastIndex(all, unit => unit.Keyframe && unit.At <= from);
            if (begin < 0) begin = Array.FindIndex(all, unit => unit.Keyframe);
            return begin < 0 ? [] : [.. all.Skip(begin).TakeWhile(unit => unit.Codec == all[begin].Codec)];
        }
    }
}
