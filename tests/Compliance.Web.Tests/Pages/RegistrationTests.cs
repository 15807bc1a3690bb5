using System.Net;
using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Web.Desks.Owner;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class RegistrationTests : Desk
{
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
        test.WaitForElement("img.still", TimeSpan.FromSeconds(10));
        Assert.Equal("data:image/jpeg;base64,AAAA", test.Find("img.still").GetAttribute("src"));
        Assert.Equal(2, test.FindAll(".steps li.good").Count);
    }

    [Fact]
    public void A_camera_that_refuses_the_password_says_so_and_what_to_do()
    {
        var test = Tried(new(Verdict.AuthFailed, "401", null, null, [new("connect", true, 12, ""), new("describe", false, 40, "401")]));
        test.WaitForElement(".steps li.bad", TimeSpan.FromSeconds(10));
        Assert.Contains("Password refused", test.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void The_password_travels_in_the_test_and_nowhere_else()
    {
        Tried(new(Verdict.Online, "", null, null, [])).WaitForElement(".steps", TimeSpan.FromSeconds(10));
        Assert.Single(Api.Asked, asked => asked.Body.Contains("hunter2", StringComparison.Ordinal));
        Assert.All(Api.Asked, asked => Assert.DoesNotContain("hunter2", asked.Door, StringComparison.Ordinal));
    }

    IRenderedComponent<CameraTest> Tried(FeedTestResult result)
    {
        Api.On("POST /feed-tests", new { }).OnAll("GET /feed-tests/", new FeedTestState(Guid.Empty, "done", result));
        return Render<CameraTest>(p => p.Add(t => t.Venue, Guid.NewGuid()).Add(t => t.Address, "rtsp://10.0.0.5/1").Add(t => t.UserName, "admin").Add(t => t.Password, "hunter2"));
    }
}
