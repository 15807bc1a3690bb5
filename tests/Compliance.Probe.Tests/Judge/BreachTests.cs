using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;

namespace Compliance.Probe.Tests.Judge;

/// <summary>What is wrong with pictures that do come.</summary>
public sealed class BreachTests : JudgedCamera
{
    [Fact]
    public void Frames_have_to_be_missing_for_three_windows_and_one_good_window_ends_it()
    {
        Online();
        var start = Now;
        Window(8);
        Window(8);
        Window(25);
        Window(8);
        Window(8);
        Assert.Empty(Told);
        Window(8);
        Assert.Equal((Verdict.ParameterViolation, start.AddMinutes(3)), (Told[0].Verdict, Told[0].Since));
        Assert.Equal("FramesLow 8 25", Told[0].Detail);
        Window(24);
        Assert.Equal([Verdict.ParameterViolation, Verdict.Online], Verdicts);
    }

    [Fact]
    public void Too_few_bits_for_three_windows_are_a_breach_with_the_measured_value_where_the_standard_demands_them()
    {
        Online();
        for (var i = 0; i < 3; i++) Window(25, kbps: 812);
        Assert.Empty(Told);
        Declared = Declared with { MinKbps = 2000 };
        var start = Now;
        Window(25, kbps: 812);
        Window(25, kbps: 812);
        Window(25, kbps: 1901);
        Assert.Empty(Told);
        for (var i = 0; i < 3; i++) Window(25, kbps: 812);
        Assert.Equal((Verdict.ParameterViolation, start.AddMinutes(3), "BitrateLow 812 2000"), (Told[0].Verdict, Told[0].Since, Told[0].Detail));
    }

    [Fact]
    public void Ninety_five_of_a_hundred_frames_are_enough()
    {
        Online();
        for (var i = 0; i < 5; i++) Window(23.8);
        Assert.Empty(Told);
    }

    [Fact]
    public void Another_size_or_codec_is_a_breach_after_two_windows()
    {
        Online();
        Window(25, width: 640);
        Window(25, width: 640);
        Window(25);
        Window(25, codec: VideoCodec.H265);
        Window(25, codec: VideoCodec.H265);
        Assert.Equal([Verdict.ParameterViolation, Verdict.Online, Verdict.ParameterViolation], Verdicts);
    }

    [Fact]
    public void A_clock_more_than_two_seconds_off_is_told()
    {
        Online();
        for (var i = 0; i < 3; i++) Window(25, offsetMs: 1900);
        Assert.Empty(Told);
        for (var i = 0; i < 3; i++) Window(25, offsetMs: -7000);
        Assert.Equal([Verdict.ClockSkew], Verdicts);
    }

    [Fact]
    public void Three_covered_pictures_in_a_row_are_a_covered_lens_since_the_first_of_them()
    {
        Online();
        Look(Verdict.Covered, Verdict.Covered, null, Verdict.Covered, Verdict.Covered);
        Assert.Empty(Told);
        Look(Verdict.Covered);
        Assert.Equal((Verdict.Covered, Now.AddSeconds(-2)), (Told[0].Verdict, Told[0].Since));
        Look(null, null, null);
        Assert.Equal([Verdict.Covered, Verdict.Online], Verdicts);
    }

    [Fact]
    public void A_covered_camera_that_is_then_cut_is_away_and_comes_back_covered_until_its_pictures_are_clear()
    {
        Online();
        Look(Verdict.Covered, Verdict.Covered, Verdict.Covered);
        Silence(40, Verdict.Unreachable);
        var back = Now.AddSeconds(1);
        Pictures(65);
        Assert.Equal([Verdict.Covered, Verdict.Unreachable, Verdict.Covered], Verdicts);
        Assert.Equal(back, Told[^1].Since);
        Look(null, null);
        Assert.Equal(3, Told.Count);
        Look([null]);
        Assert.Equal(Verdict.Online, Told[^1].Verdict);
    }

    [Fact]
    public void A_watch_that_begins_anew_says_nothing_good_of_a_covered_camera_before_three_clear_pictures()
    {
        var fault = new Held(Verdict.Covered, Now.AddHours(-1), "");
        State = CameraState.Begin(Now, null, fault);
        Pictures(30);
        Assert.Equal([fault], Told);
        Look(null, null, null);
        Assert.Equal([Verdict.Covered, Verdict.Online], Verdicts);
    }
}
