using System.Net;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Devices;

/// <summary>What is drawn over a camera's view reaches its box and all who see the camera; the picture to draw over is blurred, asked for by name, and kept nowhere.</summary>
public sealed class CalibrationTests : IAsyncLifetime
{
    static readonly ViewCalibration Drawn = new([new(new(.5, .5), new(.5, .3)), new(new(.5, .9), new(.5, .4))], [new(.1, .4), new(.9, .4), new(1, 1), new(0, 1)], 120, []);

    readonly House _house = new();
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _scene = await Scene.In(_house);

    public async ValueTask DisposeAsync() => await _house.DisposeAsync();

    string Door => $"/devices/{_scene.Camera}/calibration";

    [Fact]
    public async Task What_the_owner_draws_reaches_the_box_and_is_read_by_police_with_name_and_age()
    {
        var before = await Assigned();
        Assert.Null(Assert.Single(before.Cameras).Calibration);
        var began = _house.Clock.GetUtcNow();
        var done = await _scene.AsOwner.Do("PUT", Door, new DeviceCommand.CalibrateView(Drawn));
        var card = await _house.As(Guid.NewGuid(), "operator").Get<DeviceCard>($"/devices/{_scene.Camera}", done);
        Assert.Equal((Drawn, $"user:{_scene.Owner}"), (card.Calibrated!.View, card.Calibrated.By));
        Assert.InRange(card.Calibrated.At, began, _house.Clock.GetUtcNow());
        var after = await Assigned();
        Assert.Equal(Drawn, Assert.Single(after.Cameras).Calibration);
        Assert.NotEqual(before.Revision, after.Revision);
        await _scene.AsOwner.Do("PUT", Door, new DeviceCommand.CalibrateView(Drawn));
        Assert.Equal(after.Revision, (await Assigned()).Revision);
    }

    [Fact]
    public async Task A_place_kept_clear_belongs_to_an_exit_of_this_venue()
    {
        ViewPoint[] door = [new(.4, .3), new(.6, .3), new(.6, .7)];
        Assert.Equal("400 device.calibration-exit-foreign keptClear", await Refused(Drawn with { KeptClear = [new(Guid.NewGuid(), door)] }));
        Assert.Equal("400 device.calibration-exit-foreign keptClear", await Refused(Drawn with { KeptClear = [new(_scene.Camera, door)] }));
        await _scene.AsOwner.Do("PUT", Door, new DeviceCommand.CalibrateView(Drawn with { KeptClear = [new(_scene.Exit, door)] }));

        var exit = Guid.NewGuid();
        await _scene.AsOwner.Do("PUT", $"/devices/{exit}", new DeviceCommand.Register(exit, _scene.Venue, new ExitSpec("Артқы есік", "Чёрный ход", 900, 2_000, OpeningDirection.Outward, LockType.PanicBar)));
        await _scene.AsOwner.Do("PUT", Door, new DeviceCommand.CalibrateView(Drawn with { KeptClear = [new(exit, door)] })); // no view has to know it
        await _scene.AsOwner.Do("PUT", Door, new DeviceCommand.CalibrateView(Drawn));
        await _scene.AsAuthority.Do("POST", $"/devices/{exit}/retired", new DeviceCommand.Retire("walled up", default));
        Assert.Equal("400 device.calibration-exit-foreign keptClear", await Refused(Drawn with { KeptClear = [new(exit, door)] }));
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"calibration":null}"""), InlineData("""{"calibration":{"persons":null,"floor":[],"mostPersons":null,"keptClear":[]}}""")]
    [InlineData("""{"calibration":{"persons":[null,null],"floor":[],"mostPersons":null,"keptClear":[]}}"""), InlineData("""{"calibration":{"persons":[],"floor":[],"mostPersons":1e99,"keptClear":[]}}""")]
    [InlineData("""{"calibration":{"persons":[{"foot":{"x":"NaN","y":1},"head":{"x":0,"y":0}}],"floor":[],"mostPersons":null,"keptClear":[]}}""")]
    [InlineData("""{"calibration":{"persons":[],"floor":[],"mostPersons":null,"keptClear":[{"exitId":null,"corners":null}]}}""")]
    public async Task What_is_no_calibration_is_refused_and_breaks_nothing(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await _scene.AsOwner.PutAsync(new Uri(Door, UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_picture_is_asked_for_as_a_fact_blurred_by_the_box_and_seen_by_whoever_asked()
    {
        var inspector = _house.As(Guid.NewGuid(), "inspector");
        var wish = new GlimpseWish(Guid.NewGuid());
        await Asked(inspector, wish);
        Assert.Contains(new DeviceEvent.GlimpseAsked(_scene.Camera, _scene.Venue, wish.Id), await Facts());
        var test = await _scene.AsProbe.Get<FeedTest>("/probe/feed-tests?wait=20");
        Assert.Equal((wish.Id, Scene.Feed.Main, true, true), (test.Id, test.Uri, test.WithStill, test.Blurred));
        await Answer(new FeedTestResult(Verdict.Online, "", null, "AAAA", []) { IsBlurred = true }, wish);
        Assert.Equal("AAAA", (await inspector.Get<FeedTestState>($"/devices/{_scene.Camera}/glimpses/{wish.Id}?wait=20")).Result!.StillJpegBase64);
        using var other = await _scene.AsOwner.Ask("GET", $"/devices/{_scene.Camera}/glimpses/{wish.Id}");
        Assert.Equal("404 request.unknown", await other.Refusal());
    }

    [Fact]
    public async Task A_box_that_does_not_blur_shows_nothing()
    {
        var wish = new GlimpseWish(Guid.NewGuid());
        await Asked(_scene.AsOwner, wish);
        await _scene.AsProbe.Get<FeedTest>("/probe/feed-tests?wait=20");
        await Answer(new FeedTestResult(Verdict.Online, "", null, "AAAA", []), wish);
        var seen = (await _scene.AsOwner.Get<FeedTestState>($"/devices/{_scene.Camera}/glimpses/{wish.Id}?wait=20")).Result!;
        Assert.Equal((Verdict.Online, null), (seen.Verdict, seen.StillJpegBase64));
    }

    [Fact]
    public async Task Without_a_legal_basis_or_without_a_camera_nobody_is_sent_for_a_picture()
    {
        using (var exit = await _scene.AsOwner.Ask("POST", $"/devices/{_scene.Exit}/glimpses", new GlimpseWish(Guid.NewGuid()))) Assert.Equal("409 device.not-a-camera", await exit.Refusal());
        var taken = await _scene.AsOwner.Do("POST", $"/venues/{_scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(_scene.Consent, "taken back"));
        await _scene.AsOwner.Get<VenueCard>($"/venues/{_scene.Venue}", taken);
        using var refused = await _scene.AsOwner.Ask("POST", $"/devices/{_scene.Camera}/glimpses", new GlimpseWish(Guid.NewGuid()));
        Assert.Equal("409 device.glimpse-no-basis", await refused.Refusal());
        Assert.DoesNotContain(await Facts(), fact => fact is DeviceEvent.GlimpseAsked);
    }

    static async Task Asked(HttpClient who, Guid camera, GlimpseWish wish)
    {
        using var asked = await who.Ask("POST", $"/devices/{camera}/glimpses", wish);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
    }

    Task Asked(HttpClient who, GlimpseWish wish) => Asked(who, _scene.Camera, wish);

    async Task Answer(FeedTestResult result, GlimpseWish wish)
    {
        using var answered = await _scene.AsProbe.Ask("POST", $"/probe/feed-tests/{wish.Id}/result", result);
        Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
    }

    async Task<string> Refused(ViewCalibration drawn)
    {
        using var answer = await _scene.AsOwner.Ask("PUT", Door, new DeviceCommand.CalibrateView(drawn));
        return await answer.Refusal();
    }

    Task<Assignments> Assigned() => _scene.AsProbe.Get<Assignments>("/probe/assignments");

    async Task<List<object>> Facts()
    {
        var facts = new List<object>();
        await foreach (var recorded in _house.Services.GetRequiredService<IEventLog>().Read(new("device", _scene.Camera), Ct)) facts.Add(EventCatalog.Decode(recorded)!);
        return facts;
    }
}
