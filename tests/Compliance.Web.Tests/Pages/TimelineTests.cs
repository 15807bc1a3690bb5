using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>Ninety days of a device, however often it flapped.</summary>
public sealed class TimelineTests : Desk
{
    static readonly DateTimeOffset Now = VenueZone.Midnight(new(2026, 11, 29)).AddHours(3);

    /// <summary>Up for ten minutes, down for three, for a hundred days, with a night nobody knows in between.</summary>
    static DeviceAvailability Flapping()
    {
        List<Piece> pieces = [];
        for (var at = Now.AddDays(-100); at < Now; at = at.AddMinutes(13))
        {
            pieces.Add(at.Day == 13 ? new(at, at.AddMinutes(10), Verdict.ProbeBlind, Owed.Yes, Cause.ProbeFault, false) : new(at, at.AddMinutes(10), Verdict.Online, Owed.Yes, null, false));
            pieces.Add(new(at.AddMinutes(10), at.AddMinutes(13), Verdict.Unreachable, Owed.Yes, Cause.Owner, false));
        }

        while (pieces[^1].From >= Now) pieces.RemoveAt(pieces.Count - 1);
        pieces[^1] = pieces[^1] with { Until = Now };
        return new(Guid.NewGuid(), DeviceKind.Camera, new(MandatedHours.AllHours, AvailabilityScore.Of(pieces), AvailabilityScore.None, pieces));
    }

    [Fact]
    public void Each_day_holds_what_all_the_pieces_say_of_it()
    {
        var pieces = Flapping().Score.Pieces;
        Assert.True(pieces.Count > 20_000);
        var days = pieces.Days(Now);
        Assert.Equal(TimelineDays.Shown, days.Count);
        Assert.All(days, day => Assert.Equal(day == days[^1] ? TimeSpan.FromHours(3) : TimeSpan.FromDays(1), day.Score.Whole));
        var first = VenueZone.Midnight(days[0].Day);
        var down = pieces.Where(p => p.Cause == Cause.Owner && p.Until > first).Aggregate(TimeSpan.Zero, (sum, p) => sum + (p.Until - (p.From < first ? first : p.From)));
        Assert.Equal(down, days.Total().Against);
    }

    [Fact]
    public void A_line_that_begins_or_ends_within_the_days_is_cut_where_it_does()
    {
        Piece[] pieces = [new(Now.AddDays(-2), Now.AddDays(-1), Verdict.Online, Owed.Yes, null, false), new(Now.AddDays(-1), Now, Verdict.Unreachable, Owed.Yes, Cause.Owner, false)];
        var days = pieces.Days(Now);
        Assert.Equal([21, 24, 3], days.TakeLast(3).Select(day => day.Score.Whole.TotalHours));
        Assert.Equal([0, 21, 3], days.TakeLast(3).Select(day => day.Score.Against.TotalHours));
        Assert.All(days.SkipLast(3), day => Assert.Empty(day.Score.Portions));
    }

    [Fact]
    public void What_is_drawn_does_not_grow_with_what_happened()
    {
        var bars = Render<TimelineBars>(p => p.Add(t => t.History, Flapping()).Add(t => t.Now, Now));
        Assert.Equal(TimelineDays.Shown, bars.FindAll(".day").Count);
        Assert.InRange(bars.FindAll("rect").Count, TimelineDays.Shown * 2, (TimelineDays.Shown * 3) + 2);
    }

    [Fact]
    public void A_finger_chooses_a_day_and_goes_on_day_by_day()
    {
        var bars = Render<TimelineBars>(p => p.Add(t => t.History, Flapping()).Add(t => t.Now, Now));
        Assert.Empty(bars.FindAll("figcaption button"));
        bars.FindAll(".day")[^1].Click();
        Assert.StartsWith("29 Nov 2026", bars.Find(".told").TextContent, StringComparison.Ordinal);
        Assert.True(bars.FindAll("figcaption button")[1].HasAttribute("disabled"));
        bars.FindAll("figcaption button")[0].Click();
        Assert.StartsWith("28 Nov 2026", bars.Find(".told").TextContent, StringComparison.Ordinal);
    }
}
