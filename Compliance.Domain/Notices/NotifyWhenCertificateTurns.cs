using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Notices;

/// <summary>Those who answer for a venue are told what becomes of its certificate, and that its end is near.</summary>
public static class NotifyWhenCertificateTurns
{
    public static readonly Policy Policy = new("notify-when-certificate-turns", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) => fact switch
    {
        LicenceEvent.Returned f => [Tell(recorded, f, NoticeKind.LicenceReturned, VenueZone.Day(f.Due))],
        LicenceEvent.Granted f => [Tell(recorded, f, NoticeKind.LicenceGranted, f.Until)],
        LicenceEvent.Refused f => [Tell(recorded, f, NoticeKind.LicenceRefused)],
        LicenceEvent.Suspended f => [Tell(recorded, f, NoticeKind.LicenceSuspended, f.Until)],
        LicenceEvent.Reinstated or LicenceEvent.SuspensionEnded => [Tell(recorded, (LicenceEvent)fact, NoticeKind.LicenceReinstated)],
        LicenceEvent.Renewed f => [Tell(recorded, f, NoticeKind.LicenceRenewed, f.Until)],
        LicenceEvent.RenewalRefused f => [Tell(recorded, f, NoticeKind.LicenceRenewalRefused)],
        LicenceEvent.ExpiryNeared f => [Tell(recorded, f, NoticeKind.LicenceExpiresSoon, f.Until)],
        LicenceEvent.Expired f => [Tell(recorded, f, NoticeKind.LicenceExpired, f.Until)],
        LicenceEvent.Revoked f => [Tell(recorded, f, NoticeKind.LicenceRevoked)],
        _ => [],
    };

    static Reaction Tell(Recorded recorded, LicenceEvent fact, NoticeKind kind, DateOnly? day = null)
    {
        var id = EventIds.From(recorded.EventId, "notice");
        return Reaction.Send(Notice.Decider, id, new NoticeCommand.Tell(id, fact.VenueId, kind, fact.VenueId, null, recorded.RecordedAt, day));
    }
}
