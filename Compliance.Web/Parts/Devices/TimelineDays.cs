using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Devices;

/// <summary>One day of a device by the venue's wall clock; the last one is today and ends now.</summary>
public sealed record TimelineDay(DateOnly Day, AvailabilityScore Score);

/// <summary>In whose hands lost time lay, as a reader tells it apart: the tones of the timeline and of the outage list.</summary>
public enum Hand { Owner, Contested, Others, Nobody }

/// <summary>Cuts a timeline into the ninety days a reader sees.</summary>
public static class TimelineDays
{
    public const int Shown = 90;

    /// <summary>Pieces stand in their order, so each is looked at by the days it touches and no other: a flapping camera has thousands.</summary>
    public static IReadOnlyList<TimelineDay> Days(this IReadOnlyList<Piece> pieces, DateTimeOffset now)
    {
        var (today, next) = (VenueZone.Day(now), 0);
        var days = new List<TimelineDay>(Shown);
        foreach (var day in Enumerable.Range(1 - Shown, Shown).Select(today.AddDays))
        {
            var (period, within) = (new Period(VenueZone.Midnight(day), VenueZone.Midnight(day.AddDays(1))), new List<Piece>());
            while (next < pieces.Count && pieces[next].Until <= period.From) next++;
            for (var i = next; i < pieces.Count && pieces[i].From < period.To; i++) within.Add(pieces[i].Within(period));
            days.Add(new(day, AvailabilityScore.Of(within)));
        }

        return days;
    }

    /// <summary>Over all days shown.</summary>
    public static AvailabilityScore Total(this IEnumerable<TimelineDay> days) =>
        days.Aggregate(AvailabilityScore.None, (sum, day) => sum + day.Score);

    public static TimeSpan In(this AvailabilityScore score, Hand hand) => hand switch
    {
        Hand.Owner => score.Against,
        Hand.Contested => score.InContest,
        Hand.Others => score.DownBy(Cause.Provider) + score.DownBy(Cause.Power) + score.DownBy(Cause.Authority),
        _ => score.DownBy(Cause.Unknown) + score.DownBy(Cause.ProbeFault),
    };

    public static string Tone(this Hand hand) => hand switch
    {
        Hand.Owner => "bad",
        Hand.Contested => "contested",
        Hand.Others => "others",
        _ => "nobody",
    };

    static Piece Within(this Piece piece, Period period)
    {
        var (from, until) = period.Clip(piece.From, piece.Until);
        return piece with { From = from, Until = until };
    }
}
