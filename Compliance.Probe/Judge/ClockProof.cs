using Compliance.Domain.Devices;
using Compliance.Probe.Look;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using OpenCvSharp;

namespace Compliance.Probe.Judge;

/// <summary>How long the clock in a picture is looked at.</summary>
internal sealed record ClockSettings
{
    /// <summary>To learn its digits: two rounds of the seconds and a little.</summary>
    public TimeSpan Lesson { get; init; } = TimeSpan.FromSeconds(24);

    /// <summary>So many lessons at once, for they take whole seconds of decoding; one that taught nothing is not repeated so soon.</summary>
    public int Lessons { get; init; } = 2;
    public TimeSpan LessonAgainAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>To read it: so many keyframes, over at least and at most so long.</summary>
    public int Keyframes { get; init; } = 6;
    public TimeSpan AtLeast { get; init; } = TimeSpan.FromSeconds(10);
    public TimeSpan AtMost { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>From round to round it may drift from both clocks by so much.</summary>
    public TimeSpan Drift { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>So many rounds in a row it has to be wrong.</summary>
    public int Wrong { get; init; } = 2;
}

/// <summary>The clock burnt into a camera's picture, as it was read last.</summary>
/// <param name="ByRtcp">Seconds it was ahead of the camera's own clock as its RTCP reports tell it.</param>
/// <param name="ByProbe">Seconds it was ahead of ours.</param>
/// <param name="Round">Both are within so many seconds; 0: it did not run when it was read.</param>
/// <param name="Wrong">How often in a row it ran as no clock does.</param>
internal sealed record KnownClock(ClockFont Font, double ByRtcp, double ByProbe, int Round, int Wrong = 0);

/// <summary>What reading came to: the evidence, and whether the clock was right (null: it could not be read).</summary>
internal sealed record ClockFound(KnownClock? Known, bool? IsRight, string Evidence);

/// <summary>
/// Reads the clock that a camera burns into its picture and holds it against the clock of its RTCP reports and ours. A loop's clock stands, jumps, or is
/// elsewhere each time one looks. Its digits are learned from the clock itself, once; later a few keyframes are enough. Only through the connection that stands.
/// </summary>
internal sealed class ClockProof(Decoder decoder, ClockSettings settings, TimeProvider clock) : IDisposable
{
    readonly SemaphoreSlim _lessons = new(settings.Lessons);

    /// <summary>More than any camera sends in a lesson.</summary>
    const long MostBytes = 64 << 20;

    const double StripsASecond = 4;

    /// <summary>Somebody set its time zone.</summary>
    const double Zone = 900, ZoneWithin = 3;

    public void Dispose() => _lessons.Dispose();

    /// <param name="place">Where looks found a clock; null: nowhere.</param>
    /// <param name="mayLearn">Whether a lesson may be taken where what is known does not read it.</param>
    public async Task<ClockFound> Read(KnownClock? known, Rect? place, bool mayLearn, FeedOutlet outlet, CancellationToken ct)
    {
        var said = known is null ? null : await Glance(known.Font, outlet, ct);
        var font = known?.Font;
        if (said is null or { Pace.Pace: Pace.Unread })
        {
            if (place is null || !mayLearn) return new(known, null, Detail.Of(known is null && place is null ? Reason.NoClock : Reason.ClockUnreadable));
            (font, said) = await Lesson(place.Value, outlet, ct);
        }

        return font is null || said is null or { Pace.Pace: Pace.Unread } ? new(known, null, Detail.Of(Reason.ClockUnreadable)) : Weigh(known, font, said);
    }

    /// <summary>Where it ran the last time it still has to run, beside the camera's clock or at least beside ours: a clock that was set right is no loop.</summary>
    ClockFound Weigh(KnownClock? known, ClockFont font, Reading said)
    {
        var (byRtcp, byProbe) = (said.Pace.Ahead, ClockPace.Wrap(said.Pace.Ahead + said.RtcpAhead, said.Pace.Round));
        var evidence = said.Pace.Pace switch
        {
            Pace.Stands => Detail.Of(Reason.ClockStands, said.Pace.Figure),
            Pace.Jumps => Detail.Of(Reason.ClockJumps, said.Pace.Figure),
            Pace.Off => Detail.Of(Reason.ClockPaceOff, said.Pace.Figure),
            _ => known is not null && Moved(known, byRtcp, byProbe, said.Pace.Round) is { } by ? Detail.Of(Reason.ClockJumps, by) : null,
        };
        var wrong = evidence is null ? 0 : (known?.Wrong ?? 0) + 1;
        var now = said.Pace.Pace == Pace.Runs || known is null ? new KnownClock(font, byRtcp, byProbe, said.Pace.Pace == Pace.Runs ? said.Pace.Round : 0, wrong) : known with { Font = font, Wrong = wrong };
        return new(now, evidence is null, evidence ?? Detail.Of(Reason.ClockRuns, Math.Round(byRtcp)));
    }

    /// <summary>By how many seconds it left both clocks; null when it kept to one of them.</summary>
    double? Moved(KnownClock known, double byRtcp, double byProbe, int round)
    {
        if (known.Round == 0) return null;
        var common = Math.Min(round, known.Round);
        var (a, b) = (ClockPace.Wrap(byRtcp - known.ByRtcp, common), ClockPace.Wrap(byProbe - known.ByProbe, common));
        var nearer = Math.Abs(a) < Math.Abs(b) ? a : b;
        return Math.Abs(nearer) <= settings.Drift.TotalSeconds || (common > Zone && Math.Abs(ClockPace.Wrap(a, Zone)) <= ZoneWithin) ? null : Math.Round(nearer);
    }

    /// <summary>A few keyframes, by what was learned.</summary>
    async Task<Reading?> Glance(ClockFont font, FeedOutlet outlet, CancellationToken ct)
    {
        var (keyframes, place) = (new List<AccessUnit>(), new Rect(font.Left, font.Top, font.Width, font.Height));
        await Gather(outlet.Fanout, Wanted.Keyframes, settings.AtMost, unit =>
        {
            keyframes.Add(unit);
            return keyframes.Count < settings.Keyframes || unit.At - keyframes[0].At < settings.AtLeast;
        }, ct);
        if (keyframes.Count == 0) return null;
        var strips = await decoder.Strips(keyframes, place, 1, ct);
        return strips is null ? null : Reading.Of(keyframes, [.. strips.Select(font.Read)], outlet.Meter.ClockOffsetMs);
    }

    /// <summary>All pictures for a while, of which some are decoded to teach us; the font, and how the clock ran in the meantime.</summary>
    async Task<(ClockFont?, Reading?)> Lesson(Rect place, FeedOutlet outlet, CancellationToken ct)
    {
        await _lessons.WaitAsync(ct);
        try
        {
            return await Learn(place, outlet, ct);
        }
        finally
        {
            _lessons.Release();
        }
    }

    async Task<(ClockFont?, Reading?)> Learn(Rect place, FeedOutlet outlet, CancellationToken ct)
    {
        var (units, bytes) = (new List<AccessUnit>(), 0L);
        await Gather(outlet.Fanout, Wanted.All, settings.Lesson * 2, unit =>
        {
            if (units.Count == 0 && !unit.Keyframe) return true;
            units.Add(unit);
            return (bytes += unit.AnnexB.Length) < MostBytes && unit.At - units[0].At < settings.Lesson;
        }, ct);
        if (units.Count < 2 || units[^1].At - units[0].At < settings.Lesson / 2) return default;
        var every = Math.Max(1, (int)Math.Round(units.Count / (units[^1].At - units[0].At).TotalSeconds / StripsASecond));
        if (await decoder.Strips(units, place, every, ct) is not { } strips) return default;
        AccessUnit[] taken = [.. units.OrderBy(unit => (int)(unit.Timestamp - units[0].Timestamp)).Where((_, i) => i % every == 0)];
        var seconds = Reading.Seconds(taken, outlet.Meter.ClockOffsetMs);
        TimedStrip[] timed = [.. strips.Zip(seconds, (strip, second) => new TimedStrip(strip, second))];
        var half = timed.Length * 3 / 5;
        var font = ClockLesson.Learn(timed, place) ?? ClockLesson.Learn(timed[..half], place) ?? ClockLesson.Learn(timed[^half..], place);
        return font is null ? default : (font, Reading.Of(taken, [.. strips.Select(font.Read)], outlet.Meter.ClockOffsetMs));
    }

    /// <param name="take">Says whether to go on.</param>
    async Task Gather(Fanout fanout, Wanted wanted, TimeSpan atMost, Func<AccessUnit, bool> take, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            await foreach (var unit in fanout.Subscribe(wanted, either.Token))
                if (!take(unit)) return;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // What came until now is all there is.
        }
    }

    /// <param name="Pace">Beside the camera's own clock.</param>
    /// <param name="RtcpAhead">Seconds that one is ahead of ours.</param>
    sealed record Reading(ClockPace Pace, double RtcpAhead)
    {
        const double TicksASecond = 90_000, MostApart = 1.5;

        public static Reading Of(IReadOnlyList<AccessUnit> units, IReadOnlyList<ClockReading?> said, double? offsetMs) =>
            new(ClockPace.Of(Seconds(units, offsetMs), said), (offsetMs ?? 0) / 1000);

        /// <summary>By the camera's own clock, or ours where it tells none: as exact as the time stamps of the media, unless these go astray.</summary>
        public static double[] Seconds(IReadOnlyList<AccessUnit> units, double? offsetMs)
        {
            var came = units.Select(unit => (unit.At - units[0].At).TotalSeconds).ToArray();
            var stamped = units.Select(unit => (int)(unit.Timestamp - units[0].Timestamp) / TicksASecond).ToArray();
            var isStamped = came.Zip(stamped).All(x => Math.Abs(x.First - x.Second) < MostApart);
            var least = isStamped ? came.Zip(stamped, (c, s) => c - s).Min() : 0;
            var begun = (units[0].At.ToUnixTimeMilliseconds() % 3_600_000 / 1000.0) + ((offsetMs ?? 0) / 1000 % 3600);
            return [.. (isStamped ? stamped.Select(s => s + least) : came).Select(s => begun + s)];
        }
    }
}
