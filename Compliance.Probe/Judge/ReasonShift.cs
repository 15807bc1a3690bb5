using Compliance.Domain.Devices;

namespace Compliance.Probe.Judge;

/// <summary>
/// Another reason for the verdict that was told. It is told itself once it has held without a break: five minutes the first time, twice as long each
/// further time, at most an hour. So one camera that changes its reasons all day long writes some two dozen facts of it, and one that alternates writes none.
/// </summary>
/// <param name="Cause">The one that waits; null for none (<see cref="Detail.CauseOf"/>).</param>
/// <param name="Times">How often another reason was told of this verdict.</param>
internal sealed record ReasonShift(string? Cause, DateTimeOffset Since, int Times)
{
    public static readonly ReasonShift None = new(null, default, 0);

    static readonly TimeSpan First = TimeSpan.FromMinutes(5), Longest = TimeSpan.FromHours(1);

    /// <param name="told">What was told.</param>
    /// <param name="held">The same verdict as it is held now.</param>
    public ReasonShift Hear(Held told, Held held, DateTimeOffset at)
    {
        if (held.Detail == told.Detail || Detail.CauseOf(held.Detail) is not { } now || now == Detail.CauseOf(told.Detail)) return Cause is null ? this : this with { Cause = null };
        return now == Cause && at >= Since ? this : this with { Cause = now, Since = at };
    }

    public bool IsDue(DateTimeOffset at) => Cause is not null && at - Since >= TimeSpan.FromTicks(Math.Min(First.Ticks << Math.Min(Times, 8), Longest.Ticks));

    /// <summary>Since it was told.</summary>
    public ReasonShift Told => new(null, default, Times + 1);

    /// <summary>The verdict as it was told, since when it was, and why now.</summary>
    public Held Apply(Held told, Held held) => told with { Detail = held.Detail, Answer = held.Answer, ReasonSince = Since, UnseenSince = null };
}
