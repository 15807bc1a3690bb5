using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Web.Desks;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class CameraPageTests() : Desk(Roles.Owner)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    static readonly DateTimeOffset Begin = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Fact]
    public void The_owner_sees_why_what_to_do_the_day_and_what_is_proven()
    {
        var page = Open(city.Devices.First(d => d.Verdict == Verdict.Unreachable));
        Assert.Equal("Unreachable", page.Find(".camera-state").GetAttribute("data-verdict"));
        Assert.Contains("Check the camera’s power", page.Find(".camera-state .next").TextContent, StringComparison.Ordinal);
        Assert.Contains("The camera did not answer.", page.Find(".camera-state .why").TextContent, StringComparison.Ordinal);
        Assert.Contains("before that for another", page.Find(".camera-state .reason").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll(".day-chart rect.bad"));
        Assert.Equal(["identity Unverifiable", "live Unverifiable", "archive Broken"], page.FindAll(".proven").Select(p => $"{p.GetAttribute("data-proof")} {p.GetAttribute("data-state")}"));
        var archive = page.Find(".proven[data-proof=archive]").TextContent;
        Assert.Contains("Of 8 random seconds of the last 30 days 6 are not in the archive", archive, StringComparison.Ordinal);
        Assert.Contains("Enlarge the disk", archive, StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_that_works_shows_its_curves_and_what_it_declares_beside_what_comes()
    {
        var page = Open(city.Devices.First(d => d is { Verdict: Verdict.Online, Spec: CameraSpec }));
        Assert.Equal(3, page.FindAll(".day-chart .curve").Count(c => c.QuerySelector("polyline") is not null && !c.TextContent.Contains("lost", StringComparison.Ordinal)));
        Assert.All(page.FindAll(".proven"), proof => Assert.Equal("Given", proof.GetAttribute("data-state")));
        Assert.Empty(page.FindAll(".proven .next, .camera-state .reason"));
        Assert.Contains("4096", page.Find(".declared").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_owner_sees_hour_by_hour_which_recordings_are_proven_and_which_are_missing()
    {
        var page = Open(city.Devices.First(d => d.Verdict == Verdict.Unreachable));
        page.WaitForElement(".recorded", Patience);
        Assert.Equal(4, page.FindAll(".recorded .missing").Count);
        Assert.Single(page.FindAll(".recorded .differed"));
        Assert.Single(page.FindAll(".recorded .partly"));
        Assert.Equal(2, page.FindAll(".recorded .untold").Count);
        Assert.Contains("No recording: ", page.Markup, StringComparison.Ordinal);
        Assert.Single(page.FindAll("a.take-facts"));
    }

    [Fact]
    public void Where_no_recorder_was_granted_it_says_how()
    {
        var page = Open(city.Devices.First(d => d is { Verdict: Verdict.AuthFailed, Spec: CameraSpec }));
        Assert.Empty(page.FindAll(".recorded"));
        Assert.Contains("the footage stays in the venue", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_curve_is_broken_where_nothing_was_measured_and_a_flat_one_lies_in_the_middle()
    {
        var series = MeasurementSeries.Of(Guid.Empty, Begin, Begin.AddHours(1), 10, [Minute(0), Minute(10), Minute(40)]);
        var curve = DayCurve.Of(series, p => p.Fps, 4, 600, 46)!;
        Assert.Equal(["0,23 100,23 200,23", "400,23 500,23"], curve.Lines);
        Assert.Null(DayCurve.Of(series, p => p.Kbps, 4, 600, 46));
    }

    IRenderedComponent<CameraPage> Open(DeviceCard card)
    {
        Api.On($"GET /devices/{card.DeviceId}", card).On($"GET /devices/{card.DeviceId}/measurements", Days.Of(card, city.Now)).On($"GET /devices/{card.DeviceId}/measurement", Days.Newest(card, city.Now)).On($"GET /devices/{card.DeviceId}/recordings", Days.Recorded(card, city.Now))
            .On($"GET /venues/{card.VenueId}", city.Venues.Single(v => v.VenueId == card.VenueId)).On($"GET /venues/{card.VenueId}/availability", city.AvailabilityOf(card.VenueId));
        var page = Render<CameraPage>(p => p.Add(x => x.Id, card.DeviceId));
        page.WaitForElement(".day-chart", Patience);
        return page;
    }

    static MinuteMeasured Minute(int n) => new(Guid.Empty, Begin.AddMinutes(n), 60, 0, 25);
}
