namespace Compliance.Domain.Duties;

/// <summary>
/// The eight instants of a duty, the same for owner and authority. It never runs backwards: each instant is set once, and one
/// that is said to lie before the one it follows counts from that. What was said stands in the fact.
/// </summary>
/// <param name="Happened">When the duty was last met.</param>
/// <param name="Detected">When the record learned of it.</param>
/// <param name="Notified">When the message to those who answer was written; <paramref name="Delivered"/> when it stood on the first of their screens.</param>
/// <param name="Fixed">When it was mended, as far as is known; <paramref name="Verified"/> when somebody else than its owner found it so.</param>
public sealed record DutyClock(
    DateTimeOffset Happened, DateTimeOffset Detected, DateTimeOffset? Notified, DateTimeOffset? Delivered, DateTimeOffset? Read,
    DateTimeOffset? Due, DateTimeOffset? Fixed, DateTimeOffset? Verified)
{
    public static DutyClock Begin(DateTimeOffset happened, DateTimeOffset detected) =>
        new(happened < detected ? happened : detected, detected, null, null, null, null, null, null);

    public DutyClock Notify(DateTimeOffset at) => Notified is null ? this with { Notified = Later(at, Detected) } : this;

    /// <summary>What was delivered had been written.</summary>
    public DutyClock Deliver(DateTimeOffset at) =>
        Delivered is null && Notify(at) is var known ? known with { Delivered = Later(at, known.Notified!.Value) } : this;

    /// <summary>Whoever reads has been reached.</summary>
    public DutyClock Reads(DateTimeOffset at) =>
        Read is null && Deliver(at) is var known ? known with { Read = Later(at, known.Delivered!.Value) } : this;

    /// <summary>A term only ever grows, and none ends before the duty was known.</summary>
    public DutyClock SetDue(DateTimeOffset at) => this with { Due = Later(at, Due ?? Detected) };

    public DutyClock Fix(DateTimeOffset at) => Fixed is null ? this with { Fixed = Later(at, Happened) } : this;

    /// <summary>What was found mended had been mended.</summary>
    public DutyClock Verify(DateTimeOffset at) =>
        Verified is null && Fix(at) is var known ? known with { Verified = Later(at, Later(known.Fixed!.Value, Detected)) } : this;

    /// <summary>It was not mended after all.</summary>
    public DutyClock Reopen() => Verified is null ? this with { Fixed = null } : this;

    /// <summary>The clock after a fact of its duty.</summary>
    public DutyClock After(DutyEvent fact) => fact switch
    {
        DutyEvent.DueSet f => SetDue(f.DueAt),
        DutyEvent.ExtensionGranted f => SetDue(f.Until),
        DutyEvent.TermResumed f => SetDue(f.DueAt),
        DutyEvent.TermMovedToOpening f => SetDue(f.DueAt),
        DutyEvent.WentOn f => Reopen().SetDue(f.DueAt),
        DutyEvent.Notified f => Notify(f.At),
        DutyEvent.Delivered f => Deliver(f.At),
        DutyEvent.Read f => Reads(f.At),
        DutyEvent.Fixed f => Fix(f.At),
        DutyEvent.Verified f => Verify(f.At),
        DutyEvent.Reopened => Reopen(),
        _ => this,
    };

    /// <summary>Nobody had mended it when its term was over.</summary>
    public bool OverstaysAt(DateTimeOffset now) => Due <= now && (Fixed is null || Fixed > Due);

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
