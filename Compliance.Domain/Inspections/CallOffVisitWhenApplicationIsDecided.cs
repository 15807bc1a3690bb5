using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Inspections;

/// <summary>A visit that was ordered for an application, and has not begun, is cancelled when the application is decided without it, goes back to its owner, or the venue closes.</summary>
public static class CallOffVisitWhenApplicationIsDecided
{
    /// <summary>The authority's word in both state languages.</summary>
    const string Decided = "Өтініш бойынша шешім тексерусіз қабылданды / Заявление решено без проверки",
        Returned = "Өтініш түзетуге қайтарылды / Заявление возвращено на исправление", Closed = "Мекеме жабылды / Заведение закрыто";

    public static readonly Policy Policy = new("call-off-visit-when-application-is-decided", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        LicenceEvent.Refused or LicenceEvent.Granted or LicenceEvent.Returned => [Reaction.Knowing(Licence.Decider, recorded.Stream.Id, recorded, CallOff)],
        VenueEvent.Closed f => [Reaction.Knowing(Licence.Decider, f.VenueId, recorded, CallOff)],
        _ => [],
    };

    /// <summary>The visit that stood ordered when this was decided: a later order has its own.</summary>
    static Reaction? CallOff(Licence licence, Recorded because) =>
        licence.Ordered.LastOrDefault(order => order.At <= because.RecordedAt) is { } order ? Reaction.Send(Inspection.Decider, order.Visit, new InspectionCommand.CallOff(
            EventCatalog.Decode(because) switch { LicenceEvent.Returned => Returned, VenueEvent.Closed => Closed, _ => Decided })) : null;
}
