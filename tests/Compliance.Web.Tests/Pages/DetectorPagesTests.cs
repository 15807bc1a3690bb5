using Bunit;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Web.Desks;
using Compliance.Web.Desks.Authority;
using Compliance.Web.Parts.Detectors;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

public sealed class DetectorPagesTests() : Desk(Roles.Authority)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    Guid Can(int at)
    {
        var card = city.Venues[at];
        foreach (var device in city.Devices) Api.On($"GET /devices/{device.DeviceId}", device);
        foreach (var venue in city.Venues) Api.On($"GET /venues/{venue.VenueId}", venue);
        Api.On($"GET /venues/{card.VenueId}/devices", city.Devices.Where(d => d.VenueId == card.VenueId).ToList())
            .On($"GET /venues/{card.VenueId}/availability", city.AvailabilityOf(card.VenueId))
            .On("GET /maintenance", new Page<MaintenanceRow>([], null))
            .On($"GET /venues/{card.VenueId}/outages", new Page<OutageRow>([], null))
            .On($"GET /venues/{card.VenueId}/detectors", Detecting.Of(city, card.VenueId));
        return card.VenueId;
    }

    [Fact]
    public void A_venue_shows_what_watches_there_and_what_allows_it()
    {
        var page = Render<VenuePage>(p => p.Add(v => v.Id, Can(0)));
        page.WaitForElement(".detectors");
        Assert.Equal(["OutOfHours", "runs"], page.FindAll(".detector-runs li").Select(li => li.GetAttribute("data-rest")));
        var bases = page.FindAll(".detectors li[data-basis]");
        Assert.Equal(4, bases.Count);
        Assert.Contains("22:00–05:00 (the next day)", bases[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("around the clock", bases[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("оценка воздействия устарела", bases[2].TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".withdraw-detector").Count);
    }

    [Fact]
    public void Whoever_is_told_of_alerts_reads_how_many_a_detector_told_and_what_the_desk_may_still_be_given()
    {
        var venue = Can(0);
        Api.On($"GET /venues/{venue}/detectors", Detecting.ToldOf(city, venue));
        var page = Render<VenuePage>(p => p.Add(v => v.Id, venue));
        page.WaitForElement(".told-desk");
        var runs = page.FindAll(".detector-runs li");
        Assert.Contains("Alerts in this hour: 2", runs[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("none has reached a desk yet", runs[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("3 of 12", page.Find(".told-desk").TextContent, StringComparison.Ordinal);
        Assert.Contains("Fight: 1 held back", page.Find(".told-desk").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal([false, true], page.FindAll(".detector-runs li").Select(li => li.TextContent.Contains("Calibrated", StringComparison.Ordinal)))); // the second camera was
        Api.On($"GET /venues/{venue}/detectors", Detecting.Of(city, venue));
        var unaware = Render<VenuePage>(p => p.Add(v => v.Id, venue));
        unaware.WaitForElement(".detector-runs li");
        Assert.Empty(unaware.FindAll(".detector-runs .told, .told-desk"));
    }

    [Fact]
    public void The_list_of_all_shows_each_with_its_venue()
    {
        Can(0);
        Api.On("GET /detector-bases", new Page<DetectorBasisRow>(Detecting.Of(city, city.Venues[0].VenueId).Bases, null));
        var page = Render<DetectorsPage>();
        page.WaitForElement("li[data-basis]");
        Assert.All(page.FindAll("li[data-basis] a.row-title"), link => Assert.Equal($"/venues/{city.Venues[0].VenueId}", link.GetAttribute("href")));
    }

    [Fact]
    public void One_camera_shows_its_own_detector_only()
    {
        Can(1);
        var camera = city.Devices.First(d => d.VenueId == city.Venues[1].VenueId && d.Spec is CameraSpec);
        Api.On($"GET /devices/{camera.DeviceId}/measurements", Days.Of(camera, city.Now)).On($"GET /devices/{camera.DeviceId}/measurement", Days.Newest(camera, city.Now)).On($"GET /devices/{camera.DeviceId}/recordings", Days.Recorded(camera, city.Now));
        var page = Render<CameraPage>(p => p.Add(x => x.Id, camera.DeviceId));
        page.WaitForElement(".detector-runs li");
        Assert.Equal("runs", Assert.Single(page.FindAll(".detector-runs li")).GetAttribute("data-rest"));
        Assert.Contains("recognises no face", page.Find(".detector-runs").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_authority_grants_for_named_cameras_and_only_with_an_assessment()
    {
        var venue = Can(0);
        DeviceCard[] cameras = [.. city.Devices.Where(d => d.VenueId == venue && d.Spec is CameraSpec)];
        var dialogs = await Opened<GrantDetectorDialog>(new() { ["Venue"] = venue, ["Cameras"] = cameras });
        foreach (var (field, text) in new[] { ("article", "Art. 17"), ("purpose", "Fights"), ("assessment", "Assessment"), ("version", "1"), ("register", "AI-1") }) dialogs.Find($"#detector-{field}").Input(text);
        dialogs.Find("input[type=checkbox]").Change(true);
        Assert.True(IsShut());
        dialogs.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("harm", "assessment.pdf"));
        dialogs.WaitForState(() => !IsShut());
        dialogs.Find("button.grant-save").Click();
        var body = Sent(dialogs, $"PUT /venues/{venue}/detector-bases/");
        Assert.Contains("\"sha256\":\"af3ce03f6874c53162b76824d18fb8b4fd27f3a1ac42e9b98b630aa77dd4e3fe\"", body, StringComparison.Ordinal);
        Assert.Contains($"\"cameras\":[\"{cameras[0].DeviceId}\"]", body, StringComparison.Ordinal);
        Assert.Contains("\"hours\":{\"from\":\"22:00:00\",\"until\":\"05:00:00\"}", body, StringComparison.Ordinal);

        bool IsShut() => dialogs.Find("button.grant-save").HasAttribute("disabled");
    }
}
