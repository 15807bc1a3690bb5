using System.Diagnostics;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Notices;

/// <summary>What a notice tells: of an outage that it began, is over, or that there is no duty any more to fail; of a certificate what became of it.</summary>
public enum NoticeKind
{
    OutageOpened, OutageClosed, DutyEnded,
    LicenceReturned, LicenceGranted, LicenceRefused, LicenceSuspended, LicenceReinstated, LicenceRenewed, LicenceRenewalRefused,
    LicenceExpiresSoon, LicenceExpired, LicenceRevoked,
}

/// <summary>Facts about one message to those who answer for a venue.</summary>
public abstract record NoticeEvent(Guid NoticeId, Guid VenueId)
{
    [EventName("notice.issued.v1")]
    public sealed record Issued(
        Guid NoticeId, Guid VenueId, NoticeKind Kind, Guid DeviceId, Guid OutageId, Verdict Verdict, DateTimeOffset At) : NoticeEvent(NoticeId, VenueId);

    /// <summary>A notice about something else than a device.</summary>
    /// <param name="About">The stream it is about: <c>licence-{id}</c>.</param>
    /// <param name="Day">The day it speaks of, where there is one: the last day of a certificate.</param>
    [EventName("notice.told.v1")]
    public sealed record Told(Guid NoticeId, Guid VenueId, NoticeKind Kind, string About, DateOnly? Day, DateTimeOffset At) : NoticeEvent(NoticeId, VenueId);

    /// <summary>It stood on a screen of that person; the log's stamp says when.</summary>
    [EventName("notice.delivered.v1")]
    public sealed record Delivered(Guid NoticeId, Guid VenueId, Guid SubjectId) : NoticeEvent(NoticeId, VenueId);

    [EventName("notice.read.v1")]
    public sealed record Read(Guid NoticeId, Guid VenueId, Guid SubjectId) : NoticeEvent(NoticeId, VenueId);
}

public abstract record NoticeCommand
{
    public sealed record Issue(
        Guid NoticeId, Guid VenueId, NoticeKind Kind, Guid DeviceId, Guid OutageId, Verdict Verdict, DateTimeOffset At) : NoticeCommand;
    public sealed record Tell(Guid NoticeId, Guid VenueId, NoticeKind Kind, string About, DateOnly? Day, DateTimeOffset At) : NoticeCommand;
    public sealed record MarkDelivered(Guid SubjectId) : NoticeCommand;
    public sealed record MarkRead(Guid SubjectId) : NoticeCommand;
}

/// <summary>A notice is issued once; each person it reaches has it delivered once and reads it once.</summary>
public abstract record Notice
{
    public sealed record Unknown : Notice;
    public sealed record Sent(NoticeEvent Card, IReadOnlyList<Guid> DeliveredTo, IReadOnlyList<Guid> ReadBy) : Notice;

    public static readonly Decider<Notice, NoticeCommand, NoticeEvent> Decider = new("notice", new Unknown(), Decide, Evolve);

    static Decision<NoticeEvent> Decide(Notice state, NoticeCommand command) => (state, command) switch
    {
        (Unknown, NoticeCommand.Issue(var id, var venue, var kind, var device, var outage, var verdict, var at)) =>
            [new NoticeEvent.Issued(id, venue, kind, device, outage, verdict, at)],
        (Unknown, NoticeCommand.Tell(var id, var venue, var kind, var about, var day, var at)) => [new NoticeEvent.Told(id, venue, kind, about, day, at)],
        (Sent, NoticeCommand.Issue or NoticeCommand.Tell) => [],
        (Sent sent, NoticeCommand.MarkDelivered(var person)) => sent.DeliveredTo.Contains(person)
            ? [] : [new NoticeEvent.Delivered(sent.Card.NoticeId, sent.Card.VenueId, person)],
        (Sent sent, NoticeCommand.MarkRead(var person)) => sent.ReadBy.Contains(person)
            ? [] : [new NoticeEvent.Read(sent.Card.NoticeId, sent.Card.VenueId, person)],
        (Unknown, _) => new Refusal("notice.unknown", "No such notice."),
        _ => throw new UnreachableException(),
    };

    static Notice Evolve(Notice state, NoticeEvent fact) => (state, fact) switch
    {
        (_, NoticeEvent.Issued or NoticeEvent.Told) => new Sent(fact, [], []),
        (Sent sent, NoticeEvent.Delivered f) => sent with { DeliveredTo = [.. sent.DeliveredTo, f.SubjectId] },
        (Sent sent, NoticeEvent.Read f) => sent with { ReadBy = [.. sent.ReadBy, f.SubjectId] },
        _ => state,
    };
}
