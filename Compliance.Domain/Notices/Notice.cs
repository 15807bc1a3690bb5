using System.Diagnostics;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Notices;

/// <summary>
/// What a notice tells: an outage began, it is over, or there is no duty any more to fail; a duty arose, or its term passed
/// unmet; a case was opened, or decided, or runs out of time, or its penalty is to be set anew, or its minutes lay in other hands; what became of minutes that were contested, of more time that was asked for; something ends
/// soon; the report of a month is there; a panel raised a fire, or did not test itself; a guard did not come, an entry of the book waits; police ask for recordings; what became of a certificate.
/// </summary>
public enum NoticeKind
{
    OutageOpened, OutageClosed, DutyEnded,
    DutyArose, DutyOverstayed, CaseOpened, CaseDecided, CaseLimitationNears, CasePenaltyLifted, CaseExcused,
    ContestAccepted, ContestRefused, ExtensionGranted, ExtensionRefused,
    FireRaised, SelfTestMissed,
    GuardLate, GuardMissed, EntryOverdue,
    DutyDueSoon, OrderDueSoon, BasisEndsSoon, PaperEndsSoon, TestDueSoon, GuardContractEndsSoon, GuardCertificateEndsSoon, MonthReportMade,
    FootageAsked,
    LicenceReturned, LicenceGranted, LicenceRefused, LicenceSuspended, LicenceReinstated, LicenceRenewed, LicenceRenewalRefused,
    LicenceExpiresSoon, LicenceExpired, LicenceRevoked,
}

public static class NoticeKinds
{
    /// <summary>What a notice is about, beside outages: the kind says it.</summary>
    public static bool IsOfLicence(this NoticeKind kind) => kind >= NoticeKind.LicenceReturned;
}

/// <summary>Facts about one message to those who answer for a venue.</summary>
public abstract record NoticeEvent(Guid NoticeId, Guid VenueId)
{
    [EventName("notice.issued.v1")]
    public sealed record Issued(
        Guid NoticeId, Guid VenueId, NoticeKind Kind, Guid DeviceId, Guid OutageId, Verdict Verdict, DateTimeOffset At) : NoticeEvent(NoticeId, VenueId);

    /// <summary>A notice about something else than an outage.</summary>
    /// <param name="AboutId">The duty, the case, the contested outage, the certificate (its venue), the paper, the report or the guard (of older notices: its venue); the kind says which.</param>
    /// <param name="RuleId">The rule it stands on, where there is one.</param>
    /// <param name="Day">The day it speaks of, where there is one: the last day of a certificate.</param>
    [EventName("notice.told.v1")]
    public sealed record Told(
        Guid NoticeId, Guid VenueId, NoticeKind Kind, Guid AboutId, string? RuleId, DateOnly? Day, DateTimeOffset At) : NoticeEvent(NoticeId, VenueId);

    /// <summary>More of the same: it tells of these outages together, and of what they seem to have in common. Whoever had read it has not read that.</summary>
    /// <param name="Devices">All that it tells of.</param>
    /// <param name="At">When the first of them began, or the last was over.</param>
    /// <param name="UnreadAgain">Who had read what it said before.</param>
    [EventName("notice.grew.v1")]
    public sealed record Grew(
        Guid NoticeId, Guid VenueId, Guid GroupId, CommonCause Cause, IReadOnlyList<Guid> Devices, IReadOnlyList<Guid> Outages, DateTimeOffset At,
        IReadOnlyList<Guid> UnreadAgain) : NoticeEvent(NoticeId, VenueId);

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
    public sealed record Tell(
        Guid NoticeId, Guid VenueId, NoticeKind Kind, Guid AboutId, string? RuleId, DateTimeOffset At, DateOnly? Day = null) : NoticeCommand;
    public sealed record Grow(Guid GroupId, CommonCause Cause, IReadOnlyList<Guid> Devices, IReadOnlyList<Guid> Outages, DateTimeOffset At) : NoticeCommand;
    public sealed record MarkDelivered(Guid SubjectId) : NoticeCommand;
    public sealed record MarkRead(Guid SubjectId) : NoticeCommand;
}

/// <summary>A notice is issued once; each person it reaches has it delivered once and reads it once.</summary>
public abstract record Notice
{
    public sealed record Unknown : Notice;
    /// <param name="Card">What it told, and of what.</param>
    public sealed record Sent(NoticeEvent Card, IReadOnlyList<Guid> DeliveredTo, IReadOnlyList<Guid> ReadBy) : Notice
    {
        /// <summary>What it tells now; null while it tells of one outage.</summary>
        public NoticeEvent.Grew? Grown { get; init; }
    }

    public static readonly Decider<Notice, NoticeCommand, NoticeEvent> Decider = new("notice", new Unknown(), Decide, Evolve);

    static Decision<NoticeEvent> Decide(Notice state, NoticeCommand command) => (state, command) switch
    {
        (Unknown, NoticeCommand.Issue(var id, var venue, var kind, var device, var outage, var verdict, var at)) =>
            [new NoticeEvent.Issued(id, venue, kind, device, outage, verdict, at)],
        (Unknown, NoticeCommand.Tell(var id, var venue, var kind, var about, var rule, var at, var day)) =>
            [new NoticeEvent.Told(id, venue, kind, about, rule, day, at)],
        (Sent, NoticeCommand.Issue or NoticeCommand.Tell) => [],
        (Sent { Card: NoticeEvent.Issued card } sent, NoticeCommand.Grow g) => Says(card, sent.Grown, g)
            ? [] : [new NoticeEvent.Grew(card.NoticeId, card.VenueId, g.GroupId, g.Cause, g.Devices, g.Outages, g.At, sent.ReadBy)],
        (Sent, NoticeCommand.Grow) => [],
        (Sent sent, NoticeCommand.MarkDelivered(var person)) => sent.DeliveredTo.Contains(person)
            ? [] : [new NoticeEvent.Delivered(sent.Card.NoticeId, sent.Card.VenueId, person)],
        (Sent sent, NoticeCommand.MarkRead(var person)) => sent.ReadBy.Contains(person)
            ? [] : [new NoticeEvent.Read(sent.Card.NoticeId, sent.Card.VenueId, person)],
        (Unknown, _) => new Refusal("notice.unknown", "No such notice."),
        _ => throw new UnreachableException(),
    };

    static bool Says(NoticeEvent.Issued card, NoticeEvent.Grew? grown, NoticeCommand.Grow g) => grown is null
        ? g.Outages is [var only] && only == card.OutageId && g.At == card.At && g.Cause == CommonCause.Device
        : (grown.Cause, grown.At) == (g.Cause, g.At) && grown.Outages.SequenceEqual(g.Outages);

    static Notice Evolve(Notice state, NoticeEvent fact) => (state, fact) switch
    {
        (_, NoticeEvent.Issued or NoticeEvent.Told) => new Sent(fact, [], []),
        (Sent sent, NoticeEvent.Delivered f) => sent with { DeliveredTo = [.. sent.DeliveredTo, f.SubjectId] },
        (Sent sent, NoticeEvent.Grew f) => new Sent(sent.Card, [], []) { Grown = f },
        (Sent sent, NoticeEvent.Read f) => sent with { ReadBy = [.. sent.ReadBy, f.SubjectId] },
        _ => state,
    };
}
