using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Judge;

/// <summary>What the judge says, second by second of a simulated clock, with the patience of the regulation.</summary>
public sealed class CameraJudgeTests
{
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 20, 0, 0, TimeSpan.Zero));
    readonly JudgeSettings _settings = new();
    DeclaredParameters _declared = new(25, 1920, 1080, VideoCodec.H264);
    readonly List<Held> _told = [];
    CameraState _state;
    DateTimeOffset? _lastPicture;

    public CameraJudgeTests() => _state = CameraState.Begin(Now);

    DateTimeOffset Now => _clock.GetUtcNow();

    [Fact]
    public void A_new_camera_is_online_after_ten_seconds_of_pictures()
    {
        Pictures(9);
        Assert.Empty(_told);
        Pictures(3);
        Assert.Equal([Verdict.Online], Verdicts);
    }

    [Fact]
    public void A_camera_that_never_answers_is_unreachable_since_watching_began()
    {
        var begun = Now;
        Silence(60, Verdict.Unreachable);
        Assert.Equal((Verdict.Unreachable, begun), (Assert.Single(_told).Verdict, _told[0].Since));
    }

    [Fact]
    public void A_hiccup_of_twenty_seconds_is_nobodys_business()
    {
        Online();
        Silence(20, Verdict.Unreachable);
        Pictures(60);
        Assert.Empty(_told);
    }

    [Fact]
    public void A_cut_cable_is_told_within_thirty_five_seconds_and_dated_back_to_the_last_picture()
    {
        Online();
        var (cut, last) = (Now, _lastPicture!.Value);
        while (_told.Count == 0) Silence(1, Verdict.Unreachable);
        Assert.InRange(Now - cut, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(35));
        Assert.Equal((Verdict.Unreachable, last), (_told[0].Verdict, _told[0].Since));
    }

    [Fact]
    public void Silence_alone_is_not_enough_three_attempts_have_to_fail()
    {
        Online();
        for (var i = 0; i < 120; i++) Second(null);
        Assert.Empty(_told);
    }

    [Theory]
    [InlineData(Verdict.AuthFailed)]
    [InlineData(Verdict.SessionLimit)]
    [InlineData(Verdict.NoStream)]
    [InlineData(Verdict.Stalled)]
    public void The_cause_is_the_one_the_attempts_met(Verdict cause)
    {
        Online();
        Silence(40, cause);
        Assert.Equal([cause], Verdicts);
    }

    [Fact]
    public void A_doubted_cause_convicts_nobody_and_the_outage_still_begins_at_the_last_picture()
    {
        Online();
        var last = _lastPicture!.Value;
        for (var i = 0; i < 120; i++)
        {
            Second(null);
            if (i % 5 == 0) Hear(new Sign.Failed(Now, Verdict.AuthFailed, "401", Doubted: true));
        }

        Assert.Empty(_told);
        Silence(15, Verdict.AuthFailed);
        Assert.Equal((Verdict.AuthFailed, last), (_told[0].Verdict, _told[0].Since));
    }

    [Fact]
    public void After_a_restart_an_outage_begins_at_the_last_picture_of_the_watch_before()
    {
        var last = Now.AddSeconds(-40);
        _state = CameraState.Begin(Now, last);
        Silence(25, Verdict.Unreachable);
        Assert.Empty(_told);
        Silence(10, Verdict.Unreachable);
        Assert.Equal((Verdict.Unreachable, last), (_told[0].Verdict, _told[0].Since));
    }

    [Fact]
    public void An_outage_changes_its_cause_only_when_attempts_agree_and_keeps_its_beginning()
    {
        Online();
        Silence(40, Verdict.Unreachable);
        Hear(new Sign.Failed(Now, Verdict.Stalled, "once"));
        Silence(40, Verdict.Unreachable);
        Assert.Equal([Verdict.Unreachable], Verdicts);
        Silence(40, Verdict.AuthFailed);
        Assert.Equal([Verdict.Unreachable, Verdict.AuthFailed], Verdicts);
        Assert.Equal(_told[0].Since, _told[1].Since);
    }

    [Fact]
    public void An_outage_ends_after_a_minute_of_pictures_and_is_dated_back_to_the_first_of_them()
    {
        Online();
        Silence(40, Verdict.Unreachable);
        Pictures(30);
        Silence(10, Verdict.Unreachable);
        var back = Now.AddSeconds(1);
        Pictures(59);
        Assert.Equal([Verdict.Unreachable], Verdicts);
        Pictures(3);
        Assert.Equal((Verdict.Online, back), (_told[^1].Verdict, _told[^1].Since));
    }

    [Fact]
    public void A_flapping_camera_has_to_prove_itself_twice_as_long_each_time()
    {
        Online();
        foreach (var minutes in new[] { 1, 2, 4, 15, 15 })
        {
            Silence(40, Verdict.Unreachable);
            Pictures((minutes * 60) - 2);
            Assert.NotEqual(Verdict.Online, _told[^1].Verdict);
            Pictures(5);
            Assert.Equal(Verdict.Online, _told[^1].Verdict);
        }

        Assert.StartsWith("flapping, outage 4 within the hour", _told[6].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Flapping_is_one_notice_whatever_it_flaps_between_until_all_is_well_for_a_quarter_of_an_hour()
    {
        Online();
        foreach (var minutes in new[] { 1, 2, 4 })
        {
            Silence(40, Verdict.Unreachable);
            Pictures((minutes * 60) + 2);
        }

        _told.Clear();
        var last = _lastPicture!.Value;
        for (var i = 0; i < 4; i++)
        {
            Silence(40, i % 2 == 0 ? Verdict.Unreachable : Verdict.NoStream);
            Pictures(9 * 60);
            Look(Verdict.Covered, Verdict.Covered, Verdict.Covered, null, null, null);
            Window(3);
        }

        Assert.Equal((Verdict.Unreachable, last), (Assert.Single(_told).Verdict, _told[0].Since));
        Silence(40, Verdict.Stalled);
        var well = Now.AddSeconds(1);
        Pictures(14 * 60);
        Silence(10, Verdict.Unreachable);
        Assert.Single(_told);
        Pictures(2 * 60);
        Assert.Equal((Verdict.Online, well), (_told[^1].Verdict, _told[^1].Since));
    }

    [Fact]
    public void A_picture_fault_that_comes_and_goes_flaps_too()
    {
        Online();
        for (var i = 0; i < 3; i++) Look(Verdict.Covered, Verdict.Covered, Verdict.Covered, null, null, null);
        Assert.Equal(6, _told.Count);
        for (var i = 0; i < 9; i++) Look(Verdict.Black, Verdict.Black, Verdict.Black, null, null, null);
        Assert.StartsWith("flapping", Assert.Single(_told[6..]).Detail, StringComparison.Ordinal);
        Pictures(15 * 60);
        Assert.Equal(Verdict.Online, _told[^1].Verdict);
    }

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
        Assert.Empty(_told);
        Window(8);
        Assert.Equal((Verdict.ParameterViolation, start.AddMinutes(3)), (_told[0].Verdict, _told[0].Since));
        Assert.Equal("8.0 frames a second instead of 25", _told[0].Detail);
        Window(24);
        Assert.Equal([Verdict.ParameterViolation, Verdict.Online], Verdicts);
    }

    [Fact]
    public void Too_few_bits_for_three_windows_are_a_breach_with_the_measured_value_where_the_standard_demands_them()
    {
        Online();
        for (var i = 0; i < 3; i++) Window(25, kbps: 812);
        Assert.Empty(_told);
        _declared = _declared with { MinKbps = 2000 };
        var start = Now;
        Window(25, kbps: 812);
        Window(25, kbps: 812);
        Window(25, kbps: 1901);
        Assert.Empty(_told);
        for (var i = 0; i < 3; i++) Window(25, kbps: 812);
        Assert.Equal((Verdict.ParameterViolation, start.AddMinutes(3), "812 kbit/s instead of 2000"), (_told[0].Verdict, _told[0].Since, _told[0].Detail));
    }

    [Fact]
    public void Ninety_five_of_a_hundred_frames_are_enough()
    {
        Online();
        for (var i = 0; i < 5; i++) Window(23.8);
        Assert.Empty(_told);
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
        Assert.Empty(_told);
        for (var i = 0; i < 3; i++) Window(25, offsetMs: -7000);
        Assert.Equal([Verdict.ClockSkew], Verdicts);
    }

    [Fact]
    public void Three_covered_pictures_in_a_row_are_a_covered_lens_since_the_first_of_them()
    {
        Online();
        Look(Verdict.Covered, Verdict.Covered, null, Verdict.Covered, Verdict.Covered);
        Assert.Empty(_told);
        Look(Verdict.Covered);
        Assert.Equal((Verdict.Covered, Now.AddSeconds(-2)), (_told[0].Verdict, _told[0].Since));
        Look(null, null, null);
        Assert.Equal([Verdict.Covered, Verdict.Online], Verdicts);
    }

    [Fact]
    public void A_covered_camera_that_is_then_cut_is_away_and_no_longer_covered()
    {
        Online();
        Look(Verdict.Black, Verdict.Black, Verdict.Black);
        Silence(40, Verdict.Unreachable);
        Pictures(65);
        Assert.Equal([Verdict.Black, Verdict.Unreachable, Verdict.Online], Verdicts);
    }

    [Fact]
    public void While_the_probe_is_blind_no_camera_goes_offline_and_what_comes_back_is_online_at_once()
    {
        Online();
        var last = _lastPicture!.Value;
        for (var i = 0; i < 300; i++) Second(Verdict.Unreachable, blind: true);
        Assert.Equal((Verdict.ProbeBlind, last), (Assert.Single(_told).Verdict, _told[0].Since));
        Pictures(1);
        Assert.Equal([Verdict.ProbeBlind, Verdict.Online], Verdicts);
    }

    [Fact]
    public void What_is_still_silent_when_sight_returns_has_its_full_time_again()
    {
        Online();
        for (var i = 0; i < 300; i++) Second(Verdict.Unreachable, blind: true);
        var sight = Now.AddSeconds(1);
        Silence(29, Verdict.Unreachable);
        Assert.Equal([Verdict.ProbeBlind], Verdicts);
        Silence(4, Verdict.Unreachable);
        Assert.Equal((Verdict.Unreachable, sight), (_told[^1].Verdict, _told[^1].Since));
    }

    IEnumerable<Verdict> Verdicts => _told.Select(t => t.Verdict);

    void Online()
    {
        Pictures(30);
        _told.Clear();
    }

    void Pictures(int seconds)
    {
        while (seconds-- > 0)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _lastPicture = Now;
            Hear(new Sign.Glanced(Now, _lastPicture));
        }
    }

    void Silence(int seconds, Verdict cause)
    {
        while (seconds-- > 0) Second(cause);
    }

    /// <summary>One second without a picture; every fifth an attempt fails.</summary>
    void Second(Verdict? cause, bool blind = false)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        if (cause is { } met && Now.Second % 5 == 0) Hear(new Sign.Failed(Now, met, "in vain"));
        Hear(new Sign.Glanced(Now, _lastPicture, blind));
    }

    void Window(double fps, int width = 1920, VideoCodec codec = VideoCodec.H264, double offsetMs = 0, double kbps = 4000)
    {
        Pictures(60);
        Hear(new Sign.Windowed(Now, new(60, fps, kbps, 2, codec, "High", "4.1", width, 1080, offsetMs, 0, Now)));
    }

    void Look(params Verdict?[] faults)
    {
        foreach (var fault in faults)
        {
            Pictures(1);
            Hear(new Sign.Looked(Now, fault));
        }
    }

    void Hear(Sign sign)
    {
        var before = _state.Told;
        _state = CameraJudge.Hear(_state, sign, _declared, _settings);
        if (_state.Told != before) _told.Add(_state.Told);
    }
}
