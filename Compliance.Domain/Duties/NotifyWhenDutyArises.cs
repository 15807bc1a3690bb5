using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;

namespace Compliance.Domain.Duties;

/// <summary>
/// Those who answer for a venue are told what they owe, and that a term has passed. What a failed device obliges to, the notice of
/// its outage has told.
/// </summary>
public static class NotifyWhenDutyArises
{
    public static readonly Policy Policy = new("notify-when-duty-arises", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        DutyEvent.Arose f when !IsToldByOutage(f) => [Tell(recorded, f, NoticeKind.DutyArose, f.Matter.RuleId, f.DetectedAt)],
        DutyEvent.Overstayed f => [Tell(recorded, f, NoticeKind.DutyOverstayed, f.Matter.RuleId, f.DueAt)],
        _ => [],
    };

    /// <summary>What a ruling asks anew is no outage of its own, though it is of the same device.</summary>
    static bool IsToldByOutage(DutyEvent.Arose f) => f.Source is DutySource.OfOutage { OutageId: var outage } && f.DutyId == RaiseDutyWhenOutageOpens.DutyOf(outage);

    static Reaction Tell(Recorded recorded, DutyEvent duty, NoticeKind kind, string? rule, DateTimeOffset at)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, duty.VenueId, kind, duty.DutyId, rule, at));
    }
}
