using Compliance.Domain.Evidence;
using Compliance.Domain.Outages;

namespace Compliance.Web.Parts.Outages;

/// <summary>In whose hands an outage lay.</summary>
public static class Hands
{
    static readonly TimeSpan OneMinute = TimeSpan.FromMinutes(1);

    /// <summary>As the formula says; without it, as people said last. Most of the time first.</summary>
    public static IReadOnlyList<Cause> CausesOf(this OutageRow row, VenueAvailability? availability)
    {
        var device = availability?.Devices.FirstOrDefault(d => d.DeviceId == row.DeviceId);
        if (device is null) return row.Causes is [.., var last] ? [last.Cause] : [];
        var within = new Period(row.StartedAt, row.EndedAt ?? DateTimeOffset.MaxValue);
        return [.. device.Score.Pieces
            .Where(p => p is { Owed: Owed.Yes, Cause: not null } && p.Availability == Domain.Devices.Availability.Down && within.Touches(p.From, p.Until))
            .Select(p => (p.Cause, within.Clip(p.From, p.Until).Length)).Where(x => x.Length > TimeSpan.Zero)
            .GroupBy(x => x.Cause!.Value).OrderByDescending(c => c.Sum(x => x.Length.Ticks)).Select(c => c.Key)];
    }

    /// <summary>Each minute is contested once: whether a whole one is left that nobody has contested.</summary>
    public static bool HasMinutesToContest(this OutageRow row, DateTimeOffset now)
    {
        var reached = row.StartedAt;
        foreach (var contest in row.Contests.OrderBy(c => c.From))
        {
            if (contest.From - reached >= OneMinute) return true;
            if (contest.Until > reached) reached = contest.Until;
        }

        return (row.EndedAt ?? now) - reached >= OneMinute;
    }

    public static string Tone(this Cause cause) => cause switch
    {
        Cause.Owner => "bad",
        Cause.Provider or Cause.Power or Cause.Authority => "others",
        _ => "nobody",
    };
}
