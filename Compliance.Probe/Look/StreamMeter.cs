using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Look;

/// <summary>
/// Counts what one camera's media says, second by second, and answers for any window of up to a minute. Written by the
/// drain's thread, read by others.
/// </summary>
internal sealed class StreamMeter
{
    const int Seconds = 64;
    readonly Lock _gate = new();
    readonly Bucket[] _buckets = new Bucket[Seconds];
    readonly TaskCompletionSource _recognised = new(TaskCreationOptions.RunContinuationsAsynchronously);
    VideoFormat? _format;
    DateTimeOffset? _first, _last, _lastKeyframe;

    struct Bucket
    {
        public long Second;
        public int Units, Keyframes, Intervals;
        public long Bytes, Lost;
        public double IntervalSum;
        public double? ClockOffsetMs;
    }

    public DateTimeOffset? LastAccessUnitAt
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    public bool HasFormat => _format is not null;

    /// <summary>The media's newest description of its format makes no sense.</summary>
    public bool IsUnreadable { get; private set; }

    /// <summary>Completes with the first keyframe whose parameter sets the media itself brought.</summary>
    public Task Recognised => _recognised.Task;

    /// <summary>The camera's clock minus ours by its latest report, milliseconds; null before one came.</summary>
    public double? ClockOffsetMs { get; private set; }

    /// <summary>A new connection: the format has to be seen again and intervals do not reach across the gap.</summary>
    public void OnConnected()
    {
        lock (_gate) (_format, _first, _lastKeyframe, IsUnreadable) = (null, null, null, false);
    }

    public void OnFormat(VideoFormat format)
    {
        lock (_gate) (_format, IsUnreadable) = (format, false);
    }

    /// <summary>What was known of the format holds no longer, and what came instead cannot be read.</summary>
    public void OnUnreadableFormat()
    {
        lock (_gate) (_format, IsUnreadable) = (null, true);
    }

    public void OnAccessUnit(DateTimeOffset at, int bytes, bool keyframe)
    {
        lock (_gate)
        {
            // A clock set back begins a new count, as a new connection does.
            if (at < _last) (_first, _lastKeyframe) = (null, null);
            ref var bucket = ref BucketOf(at);
            bucket.Units++;
            bucket.Bytes += bytes;
            (_first, _last) = (_first ?? at, at);
            if (!keyframe) return;
            bucket.Keyframes++;
            if (_format is not null) _recognised.TrySetResult();
            if (_lastKeyframe is { } previous)
            {
                bucket.Intervals++;
                bucket.IntervalSum += (at - previous).TotalSeconds;
            }

            _lastKeyframe = at;
        }
    }

    /// <summary>More of the picture that was counted last.</summary>
    public void OnBytes(DateTimeOffset at, int bytes)
    {
        lock (_gate) BucketOf(at).Bytes += bytes;
    }

    public void OnLost(int packets)
    {
        lock (_gate)
            if (_last is { } at) BucketOf(at).Lost += packets;
    }

    /// <summary>A report waits in the socket until the drain comes by, so the least delayed one of a window (the greatest offset) is nearest the truth.</summary>
    public void OnClock(TimeSpan offset, DateTimeOffset at)
    {
        lock (_gate)
        {
            ClockOffsetMs = offset.TotalMilliseconds;
            ref var bucket = ref BucketOf(at);
            bucket.ClockOffsetMs = Math.Max(bucket.ClockOffsetMs ?? double.MinValue, offset.TotalMilliseconds);
        }
    }

    /// <summary>The last <paramref name="window"/> whole seconds before <paramref name="now"/>, or as many as the connection has lasted.</summary>
    public Measurement Measure(int window, DateTimeOffset now)
    {
        lock (_gate)
        {
            var end = now.ToUnixTimeSeconds();
            var begin = Math.Max(end - Math.Min(window, Seconds - 2), _first?.ToUnixTimeSeconds() + 1 ?? long.MaxValue);
            var sum = default(Bucket);
            for (var second = begin; second < end; second++)
            {
                ref readonly var bucket = ref _buckets[second % Seconds];
                if (bucket.Second != second) continue;
                sum.Units += bucket.Units;
                sum.Bytes += bucket.Bytes;
                sum.Lost += bucket.Lost;
                sum.Intervals += bucket.Intervals;
                sum.IntervalSum += bucket.IntervalSum;
                if (bucket.ClockOffsetMs is { } ms) sum.ClockOffsetMs = Math.Max(sum.ClockOffsetMs ?? double.MinValue, ms);
            }

            double length = Math.Max(0, end - begin);
            return new(length, length > 0 ? Math.Round(sum.Units / length, 2) : 0, length > 0 ? Math.Round(sum.Bytes * 8 / 1000.0 / length, 1) : 0,
                sum.Intervals > 0 ? Math.Round(sum.IntervalSum / sum.Intervals, 2) : null,
                _format?.Codec, _format?.Profile, _format?.Level, _format?.Width, _format?.Height,
                sum.ClockOffsetMs is { } offset ? Math.Round(offset, 1) : null, sum.Lost, _last) { NominalFps = _format?.Fps };
        }
    }

    /// <summary>What came in the last minute, whoever asked for it: pictures, keyframes among them, bytes.</summary>
    public (int Units, int Keyframes, long Bytes) Came(DateTimeOffset now)
    {
        lock (_gate)
        {
            var (end, sum) = (now.ToUnixTimeSeconds(), (Units: 0, Keyframes: 0, Bytes: 0L));
            foreach (ref readonly var bucket in _buckets.AsSpan())
                if (bucket.Second > end - Seconds + 2 && bucket.Second <= end) sum = (sum.Units + bucket.Units, sum.Keyframes + bucket.Keyframes, sum.Bytes + bucket.Bytes);
            return sum;
        }
    }

    ref Bucket BucketOf(DateTimeOffset at)
    {
        var second = at.ToUnixTimeSeconds();
        ref var bucket = ref _buckets[second % Seconds];
        if (bucket.Second != second) bucket = new() { Second = second };
        return ref bucket;
    }
}
