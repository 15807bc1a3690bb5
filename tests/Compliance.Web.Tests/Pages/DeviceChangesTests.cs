using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Web.Desks;
using Compliance.Web.Tests.Fakes;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

/// <summary>What an owner may change of a device that stands: its address, its secret, and that it stands at all.</summary>
public sealed class DeviceChangesTests : Desk
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);
    readonly CommandAnswer done = new(3, new(1, 3));

    /// <summary>The venue whose first camera refuses its password.</summary>
    (IRenderedComponent<VenuePage> Page, IRenderedComponent<MudDialogProvider> Dialogs, DeviceCard Camera) Open()
    {
        var venue = city.Venues[2];
        var devices = city.Devices.Where(d => d.VenueId == venue.VenueId).ToList();
        var camera = devices.Find(d => d.Verdict == Verdict.AuthFailed)!;
        Api.On($"GET /venues/{venue.VenueId}", venue)
            .On($"GET /venues/{venue.VenueId}/devices", devices)
            .On($"GET /venues/{venue.VenueId}/availability", new VenueAvailability(venue.VenueId, new(default, default), AvailabilityFormula.Current, []))
            .On($"GET /venues/{venue.VenueId}/outages", new Page<OutageRow>([], null))
            .On("POST /feed-tests", new { }).OnAll("GET /feed-tests/", new FeedTestState(Guid.Empty, "done", new(Verdict.Online, "", null, null, [new("connect", true, 12, "")])))
            .On($"PUT /devices/{camera.DeviceId}/feed", done).On($"PUT /devices/{camera.DeviceId}/feed-credentials", done)
            .On($"POST /devices/{camera.DeviceId}/retired", done);
        var dialogs = Render<MudDialogProvider>();
        var page = Render<VenuePage>(p => p.Add(v => v.Id, venue.VenueId));
        page.WaitForElement("[data-verdict=AuthFailed]", Patience);
        return (page, dialogs, camera);
    }

    string[] Sent(DeviceCard camera) =>
        [.. Api.Asked.Where(a => a.Door.Contains($"/devices/{camera.DeviceId}/", StringComparison.Ordinal)).Select(a => a.Door.Split('/')[^1])];

    [Fact]
    public async Task The_advice_on_a_refused_password_leads_to_where_the_new_one_is_typed_in_and_tried()
    {
        var (page, dialogs, camera) = Open();
        await Act(page, "[data-verdict=AuthFailed] .advice .change-feed", e => e.Click());
        dialogs.WaitForElement("#camera-password", Patience);
        Assert.DoesNotContain(Api.Asked, asked => asked.Door == "POST /feed-tests");
        Assert.True(Save(dialogs).HasAttribute("disabled"));

        await Act(dialogs, "#camera-user", e => e.Input("police"));
        await Act(dialogs, "#camera-password", e => e.Input("hunter2"));
        dialogs.WaitForElement(".steps li.good", Patience);
        await Act(dialogs, Last, e => e.Click());
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".mud-dialog")), Patience);
        Assert.Equal(["feed-credentials"], Sent(camera));
    }

    [Fact]
    public async Task A_new_address_is_a_fact_of_its_own_and_the_secret_stays()
    {
        var (page, dialogs, camera) = Open();
        await Act(page, "[data-verdict=AuthFailed] .change-feed", e => e.Click());
        dialogs.WaitForElement("#camera-address", Patience);
        await Act(dialogs, "#camera-address", e => e.Input("rtsp://10.0.0.99:554/1"));
        dialogs.WaitForElement(".steps li.good", Patience);
        await Act(dialogs, Last, e => e.Click());
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".mud-dialog")), Patience);
        Assert.Equal(["feed"], Sent(camera));
        Assert.Contains(Api.Asked, asked => asked.Body.Contains("rtsp://10.0.0.99:554/1", StringComparison.Ordinal) && asked.Door.EndsWith("/feed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_device_is_retired_with_a_reason_and_never_without()
    {
        var (page, dialogs, camera) = Open();
        await Act(page, "[data-verdict=AuthFailed] .retire", e => e.Click());
        dialogs.WaitForElement("#reason", Patience);
        Assert.True(Save(dialogs).HasAttribute("disabled"));
        await Act(dialogs, "#reason", e => e.Input("The bar was pulled down"));
        await Act(dialogs, Last, e => e.Click());
        dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll(".mud-dialog")), Patience);
        Assert.Equal(["retired"], Sent(camera));
    }

    const string Last = ".mud-dialog-actions button:last-child";

    static AngleSharp.Dom.IElement Save(IRenderedComponent<MudDialogProvider> dialogs) => dialogs.Find(Last);

    /// <summary>Found and touched between two drawings, never across one.</summary>
    static Task Act<T>(IRenderedComponent<T> on, string selector, Action<AngleSharp.Dom.IElement> act) where T : Microsoft.AspNetCore.Components.IComponent =>
        on.InvokeAsync(() => act(on.Find(selector)));
}
