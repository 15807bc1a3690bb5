using Compliance.Domain.Devices;
using Compliance.Probe.Judge;

namespace Compliance.Probe.Tests.Judge;

/// <summary>When a camera is away, since when and why, and when it is back.</summary>
public sealed class CameraJudgeTests : JudgedCamera
{
    [Fact]
    public void A_camera_that_dies_while_the_clock_is_set_back_is_noticed_as_soon_as_any()
    {
        Online();
        SetBack(TimeSpan.FromHours(1));
        Silence(40, Verdict.Unreachable);
        Assert.Equal((Verdict.Unreachable, Now.AddSeconds(-39)), (Assert.Single(Told).Verdict, Told[0].Since));
    }

    [Fact]
    public void A_camera_that_lives_does_not_suffer_when_the_clock_is_set_back()
    {
        Online();
        SetBack(TimeSpan.FromHours(1));
        Pictures(60);
        Assert.Empty(Told);
        Assert.Equal(LastPicture, State.LastGood);
    }

    [Fact]
    public void A_new_camera_is_online_after_ten_seconds_of_pictures()
    {
        Pictures(9);
        Assert.Empty(Told);
        Pictures(3);
        Assert.Equal([Verdict.Online], Verdicts);
    }

    [Fact]
    public void A_camera_that_never_answers_is_unreachable_since_watching_began()
    {
        var begun = Now;
        Silence(60, Verdict.Unreachable);
        Assert.Equal((Verdict.Unreachable, begun), (Assert.Single(Told).Verdict, Told[0].Since));
    }

    [Fact]
    public void A_hiccup_of_twenty_seconds_is_nobodys_business()
    {
        Online();
        Silence(20, Verdict.Unreachable);
        Pictures(60);
        Assert.Empty(Told);
    }

    [Fact]
    public void A_cut_cable_is_told_within_thirty_five_seconds_and_dated_back_to_the_last_picture()
    {
        Online();
        var (cut, last) = (Now, LastPicture!.Value);
        while (Told.Count == 0) Silence(1, Verdict.Unreachable);
        Assert.InRange(Now - cut, TimeSpan.FromSeconds(28), TimeSpan.FromSeconds(35));
        Assert.Equal((Verdict.Unreachable, last), (Told[0].Verdict, Told[0].Since));
    }

    [Fact]
    public void Silence_alone_is_not_enough_three_attempts_have_to_fail()
    {
        Online();
        for (var i = 0; i < 120; i++) Second(null);
        Assert.Empty(Told);
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
        var last = LastPicture!.Value;
        for (var i = 0; i < 120; i++)
        {
            Second(null);
            if (i % 5 == 0) Hear(new Sign.Failed(Now, Verdict.AuthFailed, "401", Doubted: true));
        }

        Assert.Empty(Told);
        Silence(15, Verdict.AuthFailed);
        Assert.Equal((Verdict.AuthFailed, last), (Told[0].Verdict, Told[0].Since));
    }

    [Fact]
    public void After_a_restart_an_outage_begins_at_the_last_picture_of_the_watch_before()
    {
        var last = Now.AddSeconds(-40);
        State = CameraState.Begin(Now, last);
        Silence(25, Verdict.Unreachable);
        Assert.Empty(Told);
        Silence(10, Verdict.Unreachable);
        Assert.Equal((Verdict.Unreachable, last), (Told[0].Verdict, Told[0].Since));
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
        Assert.Equal(Told[0].Since, Told[1].Since);
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
        Assert.Equal((Verdict.Online, back), (Told[^1].Verdict, Told[^1].Since));
    }

    [Fact]
    public void While_the_probe_is_blind_no_camera_goes_offline_and_what_comes_back_is_online_at_once()
    {
        Online();
        var last = LastPicture!.Value;
        for (var i = 0; i < 300; i++) Second(Verdict.Unreachable, blind: true);
        Assert.Equal((Verdict.ProbeBlind, last), (Assert.Single(Told).Verdict, Told[0].Since));
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
        Assert.Equal((Verdict.Unreachable, sight), (Told[^1].Verdict, Told[^1].Since));
    }
}
