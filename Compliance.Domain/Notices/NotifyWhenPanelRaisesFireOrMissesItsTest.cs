using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;

namespace Compliance.Domain.Notices;

/// <summary>Those who answer for a venue are told of a fire at once, and of a daily test of the panel that did not come.</summary>
public static class NotifyWhenPanelRaisesFireOrMissesItsTest
{
    public static readonly Policy Policy = new("notify-when-panel-raises-fire-or-misses-its-test", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        PanelEvent.FireRaised f => [Tell(recorded, f, NoticeKind.FireRaised, f.ReceivedAt)],
        PanelEvent.SelfTestMissed f => [Tell(recorded, f, NoticeKind.SelfTestMissed, f.Due)],
        _ => [],
    };

    static Reaction Tell(Recorded recorded, PanelEvent fact, NoticeKind kind, DateTimeOffset at)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, fact.VenueId, kind, fact.PanelId, null, at));
    }
}
