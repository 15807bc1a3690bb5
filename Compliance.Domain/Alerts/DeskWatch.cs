using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>Facts about whether any officer listened at all: the control centre is held to account by the same record as venues.</summary>
public abstract record DeskEvent(Guid DeskId)
{
    /// <param name="LeftAt">Since when nobody had listened; null the first time.</param>
    [EventName("desk.manned.v1")]
    public sealed record Manned(Guid DeskId, DateTimeOffset At, DateTimeOffset? LeftAt) : DeskEvent(DeskId);

    /// <summary>For so long no officer has had a page open that is told of incidents. What is pushed to devices is no desk.</summary>
    /// <param name="Since">When the last one was there.</param>
    [EventName("desk.left.v1")]
    public sealed record Left(Guid DeskId, DateTimeOffset Since, DateTimeOffset At) : DeskEvent(DeskId);
}

/// <param name="LastSeen">When an officer listened last, or this process began.</param>
public sealed record AssessDesk(Guid DeskId, bool IsManned, DateTimeOffset LastSeen, DateTimeOffset At, TimeSpan Patience);

/// <summary>Before an officer ever listened nothing is expected of anybody.</summary>
public sealed record DeskWatch(bool WasManned, DateTimeOffset? LeftAt)
{
    /// <summary>All desks together are one: where one officer listens somewhere, someone is told.</summary>
    public static readonly Guid All = EventIds.From(Guid.Empty, "desk");

    public static readonly Decider<DeskWatch, AssessDesk, DeskEvent> Decider = new("desk", new DeskWatch(false, null), Decide, Evolve);

    static Decision<DeskEvent> Decide(DeskWatch state, AssessDesk a) => (state, a) switch
    {
        ({ WasManned: false }, { IsManned: true }) => [new DeskEvent.Manned(a.DeskId, a.At, null)],
        ({ LeftAt: { } left }, { IsManned: true }) => [new DeskEvent.Manned(a.DeskId, a.At, left)],
        ({ WasManned: true, LeftAt: null }, { IsManned: false }) when a.At - a.LastSeen >= a.Patience => [new DeskEvent.Left(a.DeskId, a.LastSeen, a.At)],
        _ => [],
    };

    static DeskWatch Evolve(DeskWatch state, DeskEvent fact) => fact switch
    {
        DeskEvent.Manned => new(true, null),
        DeskEvent.Left f => state with { LeftAt = f.Since },
        _ => state,
    };
}

/// <summary>A time in which no officer listened, the newest on top.</summary>
/// <param name="Until">Null while it goes on.</param>
public sealed record DeskOutage(DateTimeOffset Since, DateTimeOffset? Until)
{
    public static readonly View<DeskOutage> View = new(
        "desk-outages", 1, fact => fact switch
        {
            DeskEvent.Left f => KeyOf(f.DeskId, f.Since),
            DeskEvent.Manned { LeftAt: { } left } f => KeyOf(f.DeskId, left),
            _ => null,
        }, (row, fact, _) => fact switch
        {
            DeskEvent.Left f => new(f.Since, null),
            DeskEvent.Manned f => row is null ? null : row with { Until = f.At },
            _ => row,
        }, _ => null, row => ViewOrder.NewestFirst(row.Since));

    static Guid KeyOf(Guid desk, DateTimeOffset since) => EventIds.From(desk, $"left/{since:O}");
}
