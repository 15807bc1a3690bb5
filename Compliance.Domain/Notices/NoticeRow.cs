using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Notices;

/// <summary>One line of the owner's inbox, newest first.</summary>
/// <param name="DeviceId">With the outage and its verdict: null where the notice is about something else.</param>
/// <param name="AboutId">The duty, the case or the certificate it is about.</param>
/// <param name="Day">The day it speaks of.</param>
public sealed record NoticeRow(
    Guid NoticeId, Guid VenueId, NoticeKind Kind, Guid? DeviceId, Guid? OutageId, Verdict? Verdict,
    DateTimeOffset At, DateTimeOffset IssuedAt, IReadOnlyList<NoticeReceipt> Receipts, Guid? AboutId = null, string? RuleId = null, DateOnly? Day = null)
{
    /// <summary>The group it tells of, with all that belongs to it; null while it tells of one thing.</summary>
    public NoticeGroup? Group { get; init; }

    public static readonly View<NoticeRow> View = new(
        "notice-list", 3, fact => (fact as NoticeEvent)?.NoticeId, Apply, row => row.VenueId, row => ViewOrder.NewestFirst(row.Group?.GrewAt ?? row.IssuedAt));

    public bool IsReadBy(Guid person) => Receipts.Any(receipt => receipt.SubjectId == person && receipt.ReadAt is not null);

    static NoticeRow? Apply(NoticeRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, NoticeEvent.Issued f) => new(
            f.NoticeId, f.VenueId, f.Kind, f.DeviceId, f.OutageId, f.Verdict, f.At, recorded.RecordedAt, []),
        (null, NoticeEvent.Told f) => new(
            f.NoticeId, f.VenueId, f.Kind, null, null, null, f.At, recorded.RecordedAt, [], f.AboutId, f.RuleId, f.Day),
        ({ }, NoticeEvent.Grew f) => row with { At = f.At, Receipts = [], Group = new(f.GroupId, f.Cause, f.Devices, f.Outages, recorded.RecordedAt) },
        ({ }, NoticeEvent.Delivered f) => row with { Receipts = [.. row.Receipts, new(f.SubjectId, recorded.RecordedAt, null)] },
        ({ }, NoticeEvent.Read f) => row with { Receipts = Read(row.Receipts, f.SubjectId, recorded.RecordedAt) },
        _ => row,
    };

    /// <summary>Who reads has been reached, even where nobody said "delivered" first.</summary>
    static IReadOnlyList<NoticeReceipt> Read(IReadOnlyList<NoticeReceipt> receipts, Guid person, DateTimeOffset at) =>
        receipts.Any(r => r.SubjectId == person)
            ? [.. receipts.Select(r => r.SubjectId == person ? r with { ReadAt = at } : r)]
            : [.. receipts, new(person, at, at)];
}

/// <summary>What a notice that grew tells of.</summary>
public sealed record NoticeGroup(Guid GroupId, CommonCause Cause, IReadOnlyList<Guid> Devices, IReadOnlyList<Guid> Outages, DateTimeOffset GrewAt);

/// <summary>How many notices a person has not read.</summary>
public sealed record UnreadNotices(int Count);

/// <summary>A person has read what he had before him: every notice issued up to that instant.</summary>
public sealed record NoticesRead(DateTimeOffset Until);

/// <summary>When the notice reached one person, and when that person read it.</summary>
public sealed record NoticeReceipt(Guid SubjectId, DateTimeOffset DeliveredAt, DateTimeOffset? ReadAt);
