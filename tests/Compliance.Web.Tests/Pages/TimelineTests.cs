using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Venues;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>Ninety days of a device, however often it flapped.</summary>
public sealed class TimelineTests : Desk
{
    static readonly DateTimeOffset Now = VenueZone.Midnight(new(2026, 11, 29)).AddHours(3);

    /// <summary>Up for ten minutes, down for three, for a hundred days, with a night nobody knows in between.</summary>
    static DeviceTimeline Flapping()
    {
        List<Stretch> stretches = [];
        for (var at = Now.AddDays(-100); at < Now; at = at.AddMinutes(13))
        {
            stretches.Add(new(at.Day == 13 ? Verdict.ProbeBlind : Verdict.Online, at, at.AddMinutes(10), Guid.Empty));
            stretches.Add(new(Verdict.Unreachable, at.AddMinutes(10), at.AddMinutes(13), Guid.Empty));
        }

        stretches[^1] = stretches[^1] with { Until = null };
        return new(Guid.NewGuid(), Guid.NewGuid(), DeviceKind.Camera, stretches);
    }

    [Fact]
    public void Each_day_holds_what_the_whole_line_says_of_it()
    {
        var line = Flapping();
        Assert.True(line.Stretches.Count > 20_000);
        var days = line.Days(Now);
        Assert.Equal(TimelineDays.Shown, days.Count);
        Assert.All(days, day => Assert.Equal(
            line.Sum(VenueZone.Midnight(day.Day), day == days[^1] ? Now : VenueZone.Midnight(day.Day.AddDays(1))), day.Sum));
    }

    [Fact]
    public void A_line_that_begins_or_ends_within_the_days_is_cut_where_it_does()
    {
        var born = Now.AddDays(-2);
        DeviceTimeline line = new(Guid.NewGuid(), Guid.NewGuid(), DeviceKind.Camera,
            [new(Verdict.Online, born, born.AddDays(1), Guid.Empty), new(Verdict.Unreachable, born.AddDays(1), null, Guid.Empty)]);
        Assert.All(line.Days(Now), day => Assert.Equal(line.Sum(VenueZone.Midnight(day.Day), VenueZone.Midnight(day.Day.AddDays(1)) < Now ? VenueZone.Midnight(day.Day.AddDays(1)) : Now), day.Sum));
    }

    [Fact]
    public void What_is_drawn_does_not_grow_with_what_happened()
    {
        var bars = Render<TimelineBars>(p => p.Add(t => t.Timeline, Flapping()).Add(t => t.Now, Now));
        Assert.Equal(TimelineDays.Shown, bars.FindAll(".day").Count);
        Assert.InRange(bars.FindAll("rect").Count, TimelineDays.Shown * 2, TimelineDays.Shown * 3);
    }

    [Fact]
    public void A_finger_chooses_a_day_and_goes_on_day_by_day()
    {
        var bars = Render<TimelineBars>(p => p.Add(t => t.Timeline, Flapping()).Add(t => t.Now, Now));
        Assert.Empty(bars.FindAll("figcaption button"));
        bars.FindAll(".day")[^1].Click();
        Assert.StartsWith("29 Nov 2026", bars.Find(".told").TextContent, StringComparison.Ordinal);
        Assert.True(bars.FindAll("figcaption button")[1].HasAttribute("disabled"));
        bars.FindAll("figcaption button")[0].Click();
        Assert.StartsWith("28 Nov 2026", bars.Find(".told").TextContent, StringComparison.Ordinal);
    }
}
