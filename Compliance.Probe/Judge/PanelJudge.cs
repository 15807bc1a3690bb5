using Compliance.Domain.Panels;

namespace Compliance.Probe.Judge;

/// <summary>What is held of one panel's link.</summary>
/// <param name="Began">Since when it is listened for.</param>
/// <param name="Heard">When it was heard last; null: never since then.</param>
internal sealed record LinkState(PanelLink Link, DateTimeOffset Since, DateTimeOffset Began, DateTimeOffset? Heard)
{
    public static LinkState Begin(DateTimeOffset now) => new(PanelLink.Unknown, now, now, null);
}

/// <summary>
/// Supervises a panel by its polls: suspect after three that did not come, out of reach after 180 seconds. A probe that is itself blind
/// holds silence against nobody, and gives the panel its time anew when it sees again.
/// </summary>
internal static class PanelJudge
{
    public static LinkState Heard(LinkState state, DateTimeOffset at) =>
        state with { Heard = at, Link = PanelLink.Up, Since = state.Link == PanelLink.Up ? state.Since : at };

    public static LinkState Pass(LinkState state, DateTimeOffset now, int pollSeconds, bool isBlind)
    {
        if (isBlind) return state.Link is PanelLink.CommFault ? state : state with { Began = now };
        var heard = state.Heard > state.Began ? state.Heard.Value : state.Began;
        var silent = now - heard;
        if (silent < TimeSpan.Zero) return state with { Began = now, Heard = state.Heard is null ? null : now };
        var link = silent >= PanelTimes.CommFaultAfter ? PanelLink.CommFault
            : silent >= PanelTimes.MissedPolls * TimeSpan.FromSeconds(pollSeconds) && state.Link == PanelLink.Up ? PanelLink.Suspect : state.Link;
        return link == state.Link || state.Link == PanelLink.CommFault ? state : state with { Link = link, Since = heard };
    }
}
