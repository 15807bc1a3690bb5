using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Eyes.Live;

/// <summary>When each frame of a decoder was taken: the decoder counts tenths of a second of the camera's ticks, the box knows when each picture arrived.</summary>
internal sealed class FrameClock(AccessUnit first)
{
    readonly Lock _gate = new();
    readonly Queue<(TimeSpan Place, DateTimeOffset At)> _arrived = [];
    (TimeSpan Place, DateTimeOffset At) _now = (TimeSpan.Zero, first.At);
    TimeSpan _written, _read;

    /// <summary>The number of the decoder's first frame.</summary>
    public long First { get; } = LiveFrame.NumberAt(first.At);

    /// <summary>How much of the camera's time went into the decoder and has not come out.</summary>
    public TimeSpan Behind
    {
        get { lock (_gate) return _written - _read; }
    }

    public void Note(TimeSpan place, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (place < _written) return;
            _written = place;
            _arrived.Enqueue((place, at));
        }
    }

    /// <summary>The time of the decoder's n-th frame, since 1970.</summary>
    public TimeSpan At(long n)
    {
        var place = TimeSpan.FromSeconds((double)n / Frame.Rate);
        lock (_gate)
        {
            while (_arrived.TryPeek(out var next) && next.Place <= place) _now = _arrived.Dequeue();
            _read = place;
            return LiveFrame.Time(_now.At) + place - _now.Place;
        }
    }
}
