using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Judge;

/// <summary>What a camera might do to deliver less and never be told.</summary>
public sealed class CheatTests : JudgedCamera
{
    static readonly VideoFormat Format = new(VideoCodec.H264, "High", "4.0", 1920, 1080, 25);

    [Fact]
    public void Media_without_a_picture_is_no_stream_after_a_minute_and_three_pictures_end_it()
    {
        Online();
        var start = Now.AddSeconds(7);
        InVain(8);
        Assert.Empty(Told);
        InVain(2);
        Assert.Equal((Verdict.NoStream, start, "NoPicture 1500 0 900"), (Told[0].Verdict, Told[0].Since, Told[0].Detail));
        Look(null, null);
        Assert.Single(Told);
        Look([null]);
        Assert.Equal((Verdict.Online, Now), (Told[^1].Verdict, Told[^1].Since));
    }

    [Fact]
    public void A_picture_now_and_then_ends_the_count_but_not_the_outage()
    {
        Online();
        for (var i = 0; i < 5; i++)
        {
            InVain(7);
            Look([null]);
        }

        Assert.Empty(Told);
        for (var i = 0; i < 5; i++)
        {
            InVain(11);
            Look(null, null);
        }

        Assert.Equal([Verdict.NoStream], Verdicts);
    }

    [Fact]
    public void A_format_that_cannot_be_read_is_a_breach()
    {
        Online();
        Unread(unreadable: false);
        Unread(unreadable: false);
        Assert.Equal((Verdict.ParameterViolation, "FormatUnreadable"), (Told[0].Verdict, Told[0].Detail));
        Window(25);
        Declared = new(0, 0, 0, null);
        Unread(unreadable: false);
        Unread(unreadable: false);
        Assert.Equal([Verdict.ParameterViolation, Verdict.Online], Verdicts);
        Unread(unreadable: true);
        Unread(unreadable: true);
        Assert.Equal(Verdict.ParameterViolation, Told[^1].Verdict);
    }

    [Fact]
    public void Short_gaps_between_looks_and_windows_keep_nobody_from_being_judged()
    {
        Online();
        for (var i = 0; i < 3; i++)
        {
            Look(Verdict.Covered);
            Silence(6, Verdict.Stalled);
        }

        Assert.Equal([Verdict.Covered], Verdicts);
        Look(null, null, null);
        Told.Clear();
        for (var i = 0; i < 3; i++)
        {
            Window(8);
            Silence(6, Verdict.Stalled);
        }

        Assert.Equal([Verdict.ParameterViolation], Verdicts);
    }

    [Theory]
    [InlineData(6, 14)]
    [InlineData(4, 6)]
    public void Dark_for_more_than_a_fifth_of_ten_minutes_is_an_outage_of_its_own(int dark, int bright)
    {
        Online();
        var last = LastPicture!.Value;
        for (var second = 0; second < 10 * 60; second += dark + bright)
        {
            Silence(dark, Verdict.Stalled);
            Pictures(bright);
        }

        Assert.Equal((Verdict.Stalled, last), (Assert.Single(Told).Verdict, Told[0].Since));
        Assert.StartsWith("OftenDark 2", Told[0].Detail, StringComparison.Ordinal);
        Pictures(10 * 60);
        Assert.Equal([Verdict.Stalled, Verdict.Online], Verdicts);
        Assert.True(Told[1].Since > Told[0].Since.AddMinutes(9));
    }

    [Fact]
    public void A_gap_a_minute_is_no_darkness_and_neither_is_our_own_blindness()
    {
        Online();
        for (var minute = 0; minute < 30; minute++)
        {
            Silence(7, Verdict.Stalled);
            Pictures(53);
            for (var second = 0; second < 20 && minute > 15; second++) Second(null, blind: true);
        }

        Assert.Empty(Told);
    }

    [Fact]
    public void Five_pictures_with_a_fault_each_are_told_by_the_last()
    {
        Online();
        var start = Now.AddSeconds(1);
        Look(Verdict.Covered, Verdict.Glare, Verdict.Covered, Verdict.Glare);
        Assert.Empty(Told);
        Look(Verdict.Covered, Verdict.Glare, Verdict.Covered);
        Assert.Equal((Verdict.Covered, start), (Assert.Single(Told).Verdict, Told[0].Since));
    }

    [Fact]
    public void Whoever_hangs_up_before_a_window_is_full_is_measured_over_his_connections()
    {
        var (meter, window, seen) = (new StreamMeter(), new SeenWindow(), new List<SeenMedia>());
        for (var second = 0; second < 6 * 60; second++)
        {
            var at = Now.AddSeconds(second);
            if (second % 50 == 0)
            {
                meter.OnConnected();
                meter.OnFormat(Format);
            }

            if (second % 50 < 47) for (var i = 0; i < 8; i++) meter.OnAccessUnit(at.AddMilliseconds(i * 100), 20_000, i == 0);
            if (window.Add(meter, 60, at.AddSeconds(1)) is { } full) seen.Add(full);
        }

        Assert.InRange(seen.Count, 4, 6);
        Assert.All(seen, full => Assert.InRange(full.Measurement.Fps, 7, 8));
        Assert.All(seen, full => Assert.Equal(1920, full.Measurement.Width));
    }

    [Fact]
    public void A_window_counts_short_pauses_as_slow_and_no_outage()
    {
        var (meter, window, seen) = (new StreamMeter(), new SeenWindow(), new List<SeenMedia>());
        for (var second = 0; second < 300; second++)
        {
            var at = Now.AddSeconds(second);
            if (second % 10 < 6 && second is < 90 or > 200) for (var i = 0; i < 25; i++) meter.OnAccessUnit(at.AddMilliseconds(i * 40), 20_000, i == 0);
            if (window.Add(meter, 60, at.AddSeconds(1)) is { } full) seen.Add(full);
        }

        Assert.Equal(3, seen.Count);
        Assert.All(seen, full => Assert.InRange(full.Measurement.Fps, 14, 17));
        Assert.All(seen, full => Assert.Null(full.Measurement.Width));
    }

    void InVain(int looks)
    {
        while (looks-- > 0)
        {
            Pictures(7);
            Hear(new Sign.LookedInVain(Now, "NoPicture 1500 0 900"));
        }
    }

    void Unread(bool unreadable)
    {
        Pictures(60);
        Hear(new Sign.Windowed(Now, new(60, 25, 4000, 2, null, null, null, null, null, 0, 0, Now), unreadable));
    }
}
