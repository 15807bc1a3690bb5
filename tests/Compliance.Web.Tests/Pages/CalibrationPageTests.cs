using Bunit;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Web.Desks;
using Compliance.Web.Parts.Detectors;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>What is drawn over a camera's view, by fields and keys; the finger's own part is tested in a browser.</summary>
public sealed class CalibrationPageTests() : Desk(Roles.Installer)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    DeviceCard New => city.Devices.First(d => d is { Calibrated: null, Spec: CameraSpec });

    DeviceCard Kept => city.Devices.First(d => d.Calibrated is not null && d.VenueId == city.Venues[0].VenueId);

    IRenderedComponent<CalibrationPage> Open(DeviceCard card)
    {
        Api.On($"GET /devices/{card.DeviceId}", card).On($"GET /venues/{card.VenueId}/devices", city.Devices.Where(d => d.VenueId == card.VenueId).ToList())
            .On($"PUT /devices/{card.DeviceId}/calibration", new CommandAnswer(1, new(1, 1)));
        var page = Render<CalibrationPage>(p => p.Add(x => x.Id, card.DeviceId));
        page.WaitForElement(".form-end");
        return page;
    }

    DeviceCommand.CalibrateView? Sent() => Api.Asked.LastOrDefault(a => a.Door.StartsWith("PUT", StringComparison.Ordinal)).Body is { } body
        ? System.Text.Json.JsonSerializer.Deserialize<DeviceCommand.CalibrateView>(body, EventCatalog.Json) : null;

    static void Field(IRenderedComponent<CalibrationPage> page, string name, string value) => page.Find($"[data-field='{name}']").Change(value);

    [Fact]
    public void Nobody_saves_persons_that_nobody_moved_and_what_is_moved_by_fields_is_sent()
    {
        var page = Open(New);
        Assert.True(page.Find(".save-calibration").HasAttribute("disabled"));
        Field(page, "person:0:foot:y", "48");
        page.WaitForElement("[data-field='person:0:foot:y'][value='48']");
        Assert.True(page.Find(".save-calibration").HasAttribute("disabled"));
        Field(page, "person:1:head:y", "40");
        page.WaitForElement(".save-calibration:not([disabled])");
        page.Find(".draw-floor").Click();
        page.WaitForElement("#most-persons").Change("140");
        page.Find(".add-zone").Click();
        page.WaitForElement(".zone-exit").Change(city.Devices.First(d => d.VenueId == New.VenueId && d.Spec is ExitSpec).DeviceId.ToString());
        page.Find(".save-calibration").Click();
        page.WaitForAssertion(() => Assert.NotNull(Sent()));
        var sent = Sent()!.Calibration;
        Assert.Equal((.48, .26, .4), (sent.Persons[0].Foot.Y, sent.Persons[0].Head.Y, sent.Persons[1].Head.Y)); // the foot took its head along
        Assert.Equal((4, 140, 1), (sent.Floor.Count, sent.MostPersons, sent.KeptClear.Count));
        Assert.Equal(city.Devices.First(d => d.VenueId == New.VenueId && d.Spec is ExitSpec).DeviceId, sent.KeptClear[0].ExitId);
    }

    [Fact]
    public void What_stands_is_shown_with_who_drew_it_and_each_change_is_taken_back()
    {
        Api.On($"GET /subjects/{City.Person}", new Domain.Subjects.Subject(City.Person, "Ерлан Тілеуов", null));
        var page = Open(Kept);
        Assert.Contains("Ерлан Тілеуов", page.Find(".stands").TextContent, StringComparison.Ordinal);
        Assert.Equal(2 * 2 + 4 + 4, page.FindAll(".cal-handle").Count);
        Assert.True(page.Find(".undo").HasAttribute("disabled"));
        page.InvokeAsync(() => page.Instance.Moved("floor:0", -7, .3));
        page.InvokeAsync(() => page.Instance.Removed("zone:0:3"));
        page.WaitForAssertion(() => Assert.Equal(2 * 2 + 4 + 3, page.FindAll(".cal-handle").Count));
        Assert.Equal("0", page.Find("[data-field='floor:0:x']").GetAttribute("value"));
        page.InvokeAsync(() => page.Instance.Removed("zone:0:2")); // three corners stay
        page.InvokeAsync(page.Instance.Undone);
        page.WaitForAssertion(() => Assert.Equal(2 * 2 + 4 + 4, page.FindAll(".cal-handle").Count));
        page.Find(".undo").Click();
        page.WaitForAssertion(() => Assert.Equal("4", page.Find("[data-field='floor:0:x']").GetAttribute("value")));
        Assert.True(page.Find(".save-calibration").HasAttribute("disabled"));
        page.Find(".add-person").Click();
        page.WaitForAssertion(() => Assert.Equal(3 * 2 + 4 + 4, page.FindAll(".cal-handle").Count));
        page.Find(".reset").Click();
        page.WaitForAssertion(() => Assert.Equal(2 * 2 + 4 + 4, page.FindAll(".cal-handle").Count));
        Assert.Null(Sent());
    }

    [Fact]
    public void The_persons_that_detectors_expect_are_drawn_on_the_floor_and_only_there()
    {
        var page = Open(Kept);
        var before = page.FindAll(".cal-expected circle").Count;
        Assert.InRange(before, 8, 14);
        for (var corner = 0; corner < 2; corner++) Field(page, $"floor:{corner}:y", "80");
        page.WaitForElement("[data-field='floor:1:y'][value='80']");
        var feet = page.FindAll(".cal-expected polyline").Select(line => double.Parse(line.GetAttribute("points")!.Split(' ', ',')[1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.NotEmpty(feet);
        Assert.All(feet, y => Assert.InRange(y / (CalibrationShapes.Width * 9 / 16), .8, 1));
        var tallest = CalibrationShapes.Expected(Detecting.Drawn with { Persons = [Detecting.Drawn.Persons[0], new(new(.63, .93), new(.63, .1))] }).Max(p => p.Height);
        Assert.True(tallest > CalibrationShapes.Expected(Detecting.Drawn).Max(p => p.Height));
    }

    [Fact]
    public void The_picture_is_asked_for_by_hand_and_where_none_comes_it_says_why()
    {
        var page = Open(New);
        Assert.DoesNotContain(Api.Asked, a => a.Door.Contains("glimpses", StringComparison.Ordinal)); // each one is a fact: none is asked for by itself
        Api.On($"POST /devices/{New.DeviceId}/glimpses", new { }, System.Net.HttpStatusCode.Accepted)
            .OnAll($"GET /devices/{New.DeviceId}/glimpses/", new FeedTestState(Guid.NewGuid(), "done", new(Verdict.Online, "", null, "AAAA", []) { IsBlurred = true }));
        page.Find(".take-picture").Click();
        page.WaitForAssertion(() => Assert.EndsWith("AAAA", page.Find(".cal-sheet image").GetAttribute("href"), StringComparison.Ordinal));
        Api.OnAll($"GET /devices/{New.DeviceId}/glimpses/", new FeedTestState(Guid.NewGuid(), "done", new(Verdict.Unreachable, "", null, null, [])));
        page.Find(".take-picture").Click();
        page.WaitForAssertion(() => Assert.Contains("No picture came.", page.Find(".picture-note").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_refused_is_said_and_nothing_is_lost()
    {
        var page = Open(New);
        Api.On($"PUT /devices/{New.DeviceId}/calibration", new { code = "device.calibration-reversed" }, System.Net.HttpStatusCode.Conflict);
        Field(page, "person:0:head:y", "1");
        Field(page, "person:1:head:y", "70");
        page.Find(".save-calibration").Click();
        page.WaitForAssertion(() => Assert.Contains("The marks may be mixed up", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal("70", page.Find("[data-field='person:1:head:y']").GetAttribute("value"));
    }
}
