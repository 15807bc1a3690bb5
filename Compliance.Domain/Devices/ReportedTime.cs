using Compliance.Domain.Probes;

namespace Compliance.Domain.Devices;

/// <summary>What the door knows of a report by itself, whatever its author says.</summary>
/// <param name="At">When it came in.</param>
/// <param name="WatchedSince">Since when its author may speak of the device: the registration, or the probe's assignment if that was later.</param>
/// <param name="Clock">The state of the author's clock; null for a person, who has none but ours.</param>
public sealed record Receipt(DateTimeOffset At, DateTimeOffset WatchedSince, ClockState? Clock)
{
    /// <summary>How far a clock may run ahead of ours and still be believed.</summary>
    public static readonly TimeSpan Allowance = TimeSpan.FromMinutes(2);

    /// <summary>Whether an instant of this author's clock counts from when it came in.</summary>
    public bool Doubts(DateTimeOffset observedAt) => Doubt(observedAt) is not null;

    /// <summary>A clock that was not synchronised, or that is already where we are not yet.</summary>
    internal ClockState? Doubt(DateTimeOffset observedAt) => Clock switch
    {
        { Synchronised: false } => Clock,
        { } when observedAt > At + Allowance => Clock with { Synchronised = false, OffsetMs = Math.Round((observedAt - At).TotalMilliseconds) },
        _ => null,
    };
}

/// <summary>
/// Which times of a report count. The instants of a doubtful clock do not, but its durations do: what it observed counts as
/// observed when it came in, and as begun as long before that as it says.
/// </summary>
static class ReportedTime
{
    public static (DateTimeOffset Since, DateTimeOffset ObservedAt, ClockState? Doubt) Of(DeviceCommand.ReportVerdict report)
    {
        if (report.Receipt is not { } receipt || receipt.Doubt(report.ObservedAt) is not { } doubt) return (report.Since, report.ObservedAt, null);
        var lasted = report.ObservedAt > report.Since ? report.ObservedAt - report.Since : TimeSpan.Zero;
        return (receipt.At - DateTimeOffset.MinValue > lasted ? receipt.At - lasted : DateTimeOffset.MinValue, receipt.At, doubt);
    }

    /// <summary>
    /// Nothing begins before its author watched, nor before the last verdict was observed (that one stood then), nor after it
    /// was itself observed. What is said to have begun outside counts from the nearer end.
    /// </summary>
    public static DateTimeOffset Within(DateTimeOffset since, DateTimeOffset lastVerdict, DateTimeOffset? watched, DateTimeOffset observedAt)
    {
        var earliest = watched > lastVerdict ? watched.Value : lastVerdict;
        return since < earliest ? earliest : since > observedAt ? observedAt : since;
    }
}
