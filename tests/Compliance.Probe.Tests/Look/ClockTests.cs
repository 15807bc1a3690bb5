using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using CsCheck;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Look;

/// <summary>A clock burnt into the picture is found, teaches its digits, and is read; what does not run like a clock teaches nothing and accuses nobody.</summary>
public sealed class ClockTests
{
    const int Lesson = 24 * RunningClock.PicturesASecond;
    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);
    static readonly RunningClock Boxed = new(12, Dark: false, "DejaVu Sans", 20, Boxed: true);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dots", 21, true)]
    [InlineData("DejaVu Sans", 20, true)]
    [InlineData("DejaVu Serif", 28, false)]
    public async Task Its_digits_are_learned_and_minutes_and_seconds_read(string font, int tall, bool boxed)
    {
        var (strips, place) = await Film(new(12, Dark: false, font, tall, boxed));
        var learned = ClockLesson.Learn(Timed(strips.Take(Lesson), 1), place);
        Assert.NotNull(learned);
        var read = strips.Skip(Lesson).Select((strip, i) => (said: learned.Read(strip), is_: new RunningClock(0, false, "", 0, false).Begins + ((i + Lesson) / RunningClock.PicturesASecond))).ToArray();
        Assert.All(read.Where(r => r.said is not null), r => Assert.Equal(r.is_ % 3600, r.said!.Value.Seconds));
        Assert.True(read.Count(r => r.said is not null) > read.Length * 0.9);
    }

    [Fact]
    public async Task A_clock_that_does_not_run_with_the_cameras_own_teaches_nothing()
    {
        var (strips, place) = await Film(Boxed);
        Assert.Null(ClockLesson.Learn(Timed(strips.Take(Lesson), 0.8), place));
        Assert.Null(ClockLesson.Learn(Timed(strips.Take(Lesson).Reverse(), 1), place));
        Assert.Null(ClockLesson.Learn(Timed(Enumerable.Repeat(strips[0], Lesson), 1), place));
    }

    [Fact]
    public void Noise_teaches_nothing_and_is_not_read() => Gen.Int.Sample(
        seed =>
        {
            var random = new Random(seed);
            ClockStrip Noise()
            {
                var luma = new byte[200 * 60];
                random.NextBytes(luma);
                return new(200, 60, luma);
            }

            Assert.Null(ClockLesson.Learn(Timed(Enumerable.Range(0, 30).Select(_ => Noise()), 4), new(0, 0, 200, 60)));
        },
        iter: 20);

    [Theory]
    [InlineData(nameof(Pace.Runs), 100, 102, 104, 106, 108, 110)]
    [InlineData(nameof(Pace.Runs), 3596, 3598, 0, 2, 4, 6)]
    [InlineData(nameof(Pace.Runs), 100, 102, 164, 106, 108, 110)]
    [InlineData(nameof(Pace.Stands), 100, 100, 100, 100, 100, 100)]
    [InlineData(nameof(Pace.Jumps), 100, 102, 104, 46, 48, 50)]
    [InlineData(nameof(Pace.Off), 100, 103, 106, 109, 112, 115)]
    [InlineData(nameof(Pace.Unread), 100, 12, 3000, 106, 5, 700)]
    public void Six_readings_two_seconds_apart_say_how_it_runs(string pace, params int[] said) =>
        Assert.Equal(pace, ClockPace.Of([.. said.Select((_, i) => 40.4 + (2 * i))], [.. said.Select(s => (ClockReading?)new ClockReading(s / 60, s % 60))]).Pace.ToString());

    [Fact]
    public void How_far_it_is_ahead_is_told_within_the_hour() => Assert.Equal(-30, ClockPace.Of([10, 12, 14, 16, 18], [new(59, 40), new(59, 42), new(59, 44), new(59, 46), new(59, 48)]).Ahead);

    [Fact]
    public void A_few_readings_and_many_that_failed_accuse_nobody()
    {
        Assert.Equal(Pace.Unread, ClockPace.Of([0, 2, 4], [new(1, 1), new(1, 1), new(1, 1)]).Pace);
        Assert.Equal(Pace.Unread, ClockPace.Of([0, 2, 4, 6, 8, 10, 12, 14], [new(1, 1), new(1, 1), new(1, 1), new(1, 1), null, null, null, null]).Pace);
    }

    /// <param name="pace">The camera's own clock makes so many seconds of one.</param>
    static TimedStrip[] Timed(IEnumerable<ClockStrip> strips, double pace) => [.. strips.Select((strip, i) => new TimedStrip(strip, 500.4 + (pace * i / RunningClock.PicturesASecond)))];

    /// <summary>Cut out where looking every seven seconds finds the clock.</summary>
    static async Task<(IReadOnlyList<ClockStrip> Strips, OpenCvSharp.Rect Place)> Film(RunningClock clock)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        using var decoder = new Decoder(new(), TimeProvider.System);
        var units = (await clock.Film(ClipCache.Shared, Ct)).Select((coded, i) => new AccessUnit(VideoCodec.H264, true, 0, Evening.AddSeconds((double)i / RunningClock.PicturesASecond), coded)).ToArray();
        var history = new PictureHistory(new());
        var looks = units.Where((_, i) => i % (7 * RunningClock.PicturesASecond) == 0).ToArray();
        foreach (var (unit, picture) in looks.Zip(await decoder.Gray(looks, Ct))) history.Look(picture!, unit.At);
        Assert.NotNull(history.ClockPlace);
        return ((await decoder.Strips(units, history.ClockPlace.Value, 1, Ct))!, history.ClockPlace.Value);
    }
}
