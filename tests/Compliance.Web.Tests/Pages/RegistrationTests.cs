using System.Net;
using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Compliance.Web.Desks.Owner;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class RegistrationTests : Desk
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void An_empty_form_names_every_field_that_is_missing()
    {
        var form = Render<VenueForm>(p => p.Add(f => f.Draft, new VenueDraft()));
        form.Find("form").Submit();
        Assert.Contains("This field is required.", form.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("The capacity is between", form.Markup, StringComparison.Ordinal);
        Assert.Equal(8, form.FindAll(".mud-input-helper-text.mud-input-error").Count);
    }

    [Fact]
    public void A_field_the_api_refuses_is_marked_like_one_we_refuse()
    {
        var form = Render<VenueForm>(p => p.Add(f => f.Draft, new VenueDraft())
            .Add(f => f.Refused, new("venue.bin-malformed", ["details.bin"])));
        Assert.Single(form.FindAll(".mud-input-helper-text.mud-input-error"));
    }

    [Fact]
    public void A_venue_that_is_not_ones_own_opens_no_form()
    {
        var venue = Guid.CreateVersion7();
        Api.On($"GET /venues/{venue}", new { code = "request.not-allowed" }, HttpStatusCode.Forbidden);
        var page = Render<RegisterVenuePage>(p => p.Add(r => r.Id, venue));
        page.WaitForElement(".note.bad");
        Assert.Empty(page.FindAll("form"));
        Assert.Empty(page.FindAll(".note.bad button"));
        Assert.Contains("This is not one of your venues", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rtsp://10.0.0.5:554/1", "", "", true), InlineData("rtsp://10.0.0.5/1", "admin", "", false), InlineData("rtsp://10.0.0.5/1", "admin", "secret", true)]
    [InlineData("rtsp://10", "", "", false), InlineData("http://10.0.0.5/1", "", "", false), InlineData("", "", "", false), InlineData("rtsp://admin:secret@10.0.0.5/1", "", "", false)]
    public void A_camera_is_tried_once_address_and_secret_are_whole(string address, string user, string password, bool tried) =>
        Assert.Equal(tried, CameraTest.IsComplete(address, user, password));

    [Fact]
    public void An_address_with_a_password_inside_is_refused_while_it_is_typed()
    {
        var fields = Render<FeedFields>(p => p.Add(f => f.Draft, new CameraDraft { Address = "rtsp://admin:secret@10.0.0.5/1" }));
        Assert.Contains("Do not put user name and password into the address", fields.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_camera_that_works_shows_its_steps_and_its_picture()
    {
        var test = Tried(new(Verdict.Online, "", new(2, 25, 4000, 2, VideoCodec.H264, "High", "4.1", 1920, 1080, 3, 0, null), "AAAA", [new("connect", true, 12, ""), new("keyframe", true, 300, "")]));
        test.WaitForElement("img.still", Patience);
        Assert.Equal("data:image/jpeg;base64,AAAA", test.Find("img.still").GetAttribute("src"));
        Assert.Equal(2, test.FindAll(".steps li.good").Count);
    }

    [Fact]
    public void A_camera_that_refuses_the_password_says_so_and_what_to_do()
    {
        var test = Tried(new(Verdict.AuthFailed, "401", null, null, [new("connect", true, 12, ""), new("describe", false, 40, "401")]));
        test.WaitForElement(".steps li.bad", Patience);
        Assert.Contains("Password refused", test.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_travels_in_the_test_and_nowhere_else()
    {
        Tried(new(Verdict.Online, "", null, null, [])).WaitForElement(".steps", Patience);
        Assert.Single(Api.Asked, asked => asked.Body.Contains("hunter2", StringComparison.Ordinal));
        Assert.All(Api.Asked, asked => Assert.DoesNotContain("hunter2", asked.Door, StringComparison.Ordinal));
    }

    [Fact]
    public void A_camera_that_asks_for_a_password_nobody_gave_has_refused_none()
    {
        var test = Tried(new(Verdict.AuthFailed, "", null, null, [new("connect", true, 12, ""), new("describe", false, 40, "")]), user: "", password: "");
        test.WaitForElement(".steps li.bad", Patience);
        Assert.Equal("User name and password needed", test.Find(".test-verdict").TextContent);
        Assert.DoesNotContain("refused", test.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tested_way_is_the_one_offered_first()
    {
        Api.On("POST /feed-tests", new { }).OnAll("GET /feed-tests/", new FeedTestState(Guid.Empty, "done", new(Verdict.Online, "", null, null, [new("connect", true, 12, "")])))
            .On("GET /venues", new Page<VenueCard>([], null));
        var form = Render<CameraForm>(p => p.Add(f => f.Venue, Guid.NewGuid()));
        Assert.Contains("Test the camera", form.Find(".mud-button-filled").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("mud-button-filled", form.Find(".untested").ClassList);

        form.Find(".try").Click();
        form.WaitForElement(".note.bad", Patience);
        Assert.DoesNotContain(Api.Asked, asked => asked.Door == "POST /feed-tests");

        form.Find("#camera-address").Input("rtsp://10.0.0.5/1");
        form.WaitForElement(".save", Patience);
        Assert.Contains("Register the camera", form.Find(".mud-button-filled").TextContent, StringComparison.Ordinal);
        Assert.Empty(form.FindAll(".untested, .try"));
    }

    [Theory]
    [InlineData("rtsp://10.0.0.10:554/1", true), InlineData("rtsps://10.0.0.10/1/", true)]
    [InlineData("rtsp://10.0.0.10:5540/1", false), InlineData("rtsp://10.0.0.10/2", false), InlineData("rtsp://10.0.0.99/1", false)]
    public void An_address_that_stands_at_another_device_of_the_owner_is_hinted_at(string address, bool hinted)
    {
        var city = City.Of(DateTimeOffset.UtcNow);
        var (venue, camera) = (city.Venues[1], city.Devices.First(d => d.VenueId == city.Venues[1].VenueId));
        Api.On("GET /venues", new Page<VenueCard>([venue], null)).On($"GET /venues/{venue.VenueId}/devices", new[] { camera });
        var hint = Render<SameFeed>(p => p.Add(s => s.Address, address));
        hint.WaitForAssertion(() => Assert.Equal(2, Api.Asked.Count), Patience);
        hint.WaitForAssertion(() => Assert.Equal(hinted, hint.FindAll(".twin").Count == 1), Patience);
        if (hinted) Assert.Contains("Огни Кок-Тобе, Главный вход", hint.Markup, StringComparison.Ordinal);
        Assert.Empty(Render<SameFeed>(p => p.Add(s => s.Address, address).Add(s => s.Of, camera.DeviceId)).FindAll(".twin"));
    }

    [Theory]
    [InlineData("43.238, 76.945"), InlineData("43,238, 76,945"), InlineData("43.238,76.945"), InlineData("76.945 43.238"), InlineData("N 43.238° E 76.945°")]
    public void A_position_pasted_from_a_map_fills_both_fields(string pasted)
    {
        var draft = new VenueDraft();
        Render<VenueForm>(p => p.Add(f => f.Draft, draft)).Find("#longitude").Change(pasted);
        Assert.Equal(("43.238", "76.945"), (draft.Latitude, draft.Longitude));
    }

    [Theory]
    [InlineData("43.238"), InlineData("43,238"), InlineData("55.75, 37.61"), InlineData("43 14 17"), InlineData("")]
    public void What_is_no_position_here_stays_as_it_was_typed(string typed)
    {
        var draft = new VenueDraft { Longitude = "76.9" };
        Render<VenueForm>(p => p.Add(f => f.Draft, draft)).Find("#latitude").Change(typed);
        Assert.Equal((typed, "76.9"), (draft.Latitude, draft.Longitude));
    }

    [Theory]
    [InlineData(43.2380049, 76.945, null, "43.23800", "accurate to about 13 m"), InlineData(55.75, 37.61, null, "", "outside Kazakhstan"), InlineData(0, 0, "denied", "", "not allowed")]
    public void The_device_in_ones_hand_tells_where_the_venue_stands_or_why_not(double latitude, double longitude, string? fault, string taken, string said)
    {
        var draft = new VenueDraft();
        JSInterop.Setup<PositionFields.Found>("whereIsThis").SetResult(new(latitude, longitude, 12.4, fault));
        var form = Render<VenueForm>(p => p.Add(f => f.Draft, draft));
        form.Find(".here").Click();
        form.WaitForAssertion(() => Assert.Contains(said, form.Find(".position-here").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(taken, draft.Latitude);
    }

    [Fact]
    public void A_district_is_chosen_and_the_register_holds_its_kazakh_name()
    {
        var draft = new VenueDraft();
        var form = Render<VenueForm>(p => p.Add(f => f.Draft, draft));
        Assert.Equal(8 + 2, form.FindAll("#district option").Count);
        form.Find("#district").Change("Медеу");
        Assert.Equal("Медеу", draft.District);
        Assert.Equal("Medeu district", District.Say(draft.District));
    }

    [Fact]
    public void Another_place_is_typed()
    {
        var draft = new VenueDraft { District = "Медеу" };
        var form = Render<VenueForm>(p => p.Add(f => f.Draft, draft));
        Assert.Empty(form.FindAll("#district-elsewhere"));
        form.Find("#district").Change("elsewhere");
        form.WaitForElement("#district-elsewhere", Patience).Change("Шымкент, Абай ауданы");
        Assert.Equal("Шымкент, Абай ауданы", draft.District);
        Assert.Equal("elsewhere", form.Find("#district").GetAttribute("value"));
    }

    IRenderedComponent<CameraTest> Tried(FeedTestResult result, string user = "admin", string password = "hunter2")
    {
        Api.On("POST /feed-tests", new { }).OnAll("GET /feed-tests/", new FeedTestState(Guid.Empty, "done", result));
        return Render<CameraTest>(p => p.Add(t => t.Venue, Guid.NewGuid()).Add(t => t.Address, "rtsp://10.0.0.5/1").Add(t => t.UserName, user).Add(t => t.Password, password));
    }
}
