using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>The time a report speaks of: from an instant, up to but not including another.</summary>
public sealed record Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>The longest period one report may cover: a year with some days to spare.</summary>
    public const int MaxDays = 400;

    /// <summary>Whole days by the venue's clocks, the last one included.</summary>
    public static Period Days(DateOnly first, DateOnly last) => new(VenueZone.Midnight(first), VenueZone.Midnight(last.AddDays(1)));

    public TimeSpan Length => To - From;

    public bool Touches(DateTimeOffset begin, DateTimeOffset? end) => begin < To && (end is not { } e || e > From);

    public bool Touches(DateOnly first, DateOnly? last) =>
        VenueZone.Midnight(first) < To && (last is not { } day || VenueZone.Midnight(day.AddDays(1)) > From);

    /// <summary>The part of an interval that lies inside; an interval without an end runs to the end of the period.</summary>
    public Period Clip(DateTimeOffset begin, DateTimeOffset? end)
    {
        var from = begin < From ? From : begin;
        var to = end is { } e && e < To ? e : To;
        return new(from, to < from ? from : to);
    }
}
