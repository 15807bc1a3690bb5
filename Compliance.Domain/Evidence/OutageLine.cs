using Compliance.Domain.Outages;

namespace Compliance.Domain.Evidence;

/// <summary>One outage that touches a period, whole, with the part of it that lies inside.</summary>
public sealed record OutageLine(OutageRow Row, Period Within)
{
    public IReadOnlyList<Guid> RestsOn => Row.EventIds;

    /// <summary>From its beginning to its end, or to the end of the period while it runs.</summary>
    public TimeSpan Duration => (Row.EndedAt ?? Within.To) - Row.StartedAt;
}
