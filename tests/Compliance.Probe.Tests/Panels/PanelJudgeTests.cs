using Compliance.Domain.Panels;
using Compliance.Probe.Judge;

namespace Compliance.Probe.Tests.Panels;

/// <summary>Suspect after three polls that did not come, out of reach after 180 seconds, and no second of it while the probe was blind.</summary>
public sealed class PanelJudgeTests
{
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(30, 89, PanelLink.Up)]
    [InlineData(30, 90, PanelLink.Suspect)]
    [InlineData(30, 179, PanelLink.Suspect)]
    [InlineData(30, 180, PanelLink.CommFault)]
    [InlineData(60, 179, PanelLink.Up)]
    [InlineData(60, 180, PanelLink.CommFault)]
    public void Silence_has_two_steps(int pollSeconds, int silent, PanelLink link)
    {
        var state = After(PanelJudge.Heard(LinkState.Begin(Noon), Noon), pollSeconds, silent);
        Assert.Equal((link, Noon), (state.Link, state.Since));
    }

    [Fact]
    public void Who_is_heard_again_is_up_since_then()
    {
        var state = PanelJudge.Heard(After(PanelJudge.Heard(LinkState.Begin(Noon), Noon), 60, 300), Noon.AddSeconds(301));
        Assert.Equal((PanelLink.Up, Noon.AddSeconds(301)), (state.Link, state.Since));
    }

    [Fact]
    public void Of_a_panel_that_was_never_heard_nothing_is_known_until_its_time_is_over()
    {
        Assert.Equal(PanelLink.Unknown, After(LinkState.Begin(Noon), 30, 179).Link);
        Assert.Equal((PanelLink.CommFault, Noon), After(LinkState.Begin(Noon), 30, 180) is var state ? (state.Link, state.Since) : default);
    }

    [Fact]
    public void A_blind_probe_holds_silence_against_nobody_and_gives_the_time_anew()
    {
        var state = PanelJudge.Heard(LinkState.Begin(Noon), Noon);
        for (var second = 1; second <= 600; second++) state = PanelJudge.Pass(state, Noon.AddSeconds(second), 60, isBlind: second > 100);
        Assert.Equal(PanelLink.Up, state.Link);
        for (var second = 601; second <= 779; second++) state = PanelJudge.Pass(state, Noon.AddSeconds(second), 60, isBlind: false);
        Assert.Equal(PanelLink.Up, state.Link);
        state = PanelJudge.Pass(state, Noon.AddSeconds(780), 60, isBlind: false);
        Assert.Equal((PanelLink.CommFault, Noon.AddSeconds(600)), (state.Link, state.Since));
    }

    [Fact]
    public void A_clock_that_is_set_back_begins_the_time_anew()
    {
        var state = PanelJudge.Pass(PanelJudge.Heard(LinkState.Begin(Noon), Noon), Noon.AddHours(-1), 60, isBlind: false);
        Assert.Equal(PanelLink.Up, After(state, 60, 170, Noon.AddHours(-1)).Link);
        Assert.Equal(PanelLink.CommFault, After(state, 60, 180, Noon.AddHours(-1)).Link);
    }

    static LinkState After(LinkState state, int pollSeconds, int silent, DateTimeOffset? from = null)
    {
        for (var second = 1; second <= silent; second++) state = PanelJudge.Pass(state, (from ?? Noon).AddSeconds(second), pollSeconds, isBlind: false);
        return state;
    }
}
