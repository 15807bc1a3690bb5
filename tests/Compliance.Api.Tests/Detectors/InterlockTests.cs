using System.Net;
using Compliance.Api.Detectors;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Detectors;

/// <summary>No detector without a basis: what the authority allows reaches the box, what it takes back is gone from the next list, and what the box does is a fact.</summary>
public sealed class InterlockTests : IAsyncLifetime
{
    readonly House _house = new();
    readonly Guid _basis = Guid.NewGuid();
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    DateTimeOffset _now;

    public async ValueTask InitializeAsync() => (_scene, _now) = (await Scene.In(_house), _house.Clock.GetUtcNow());

    public async ValueTask DisposeAsync() => await _house.DisposeAsync();

    DetectorBasisCommand.Grant Asked => new(
        _basis, _scene.Venue, Detector.Fight, "Art. 17", "Fights", [_scene.Camera], new(new(22, 0), new(5, 0)), _now, _now.AddDays(90), new("Assessment", "1", new('a', 64)), "AI-1", RiskDegree.High);

    string Door => $"/venues/{_scene.Venue}/detector-bases/{_basis}";

    [Fact]
    public async Task What_is_granted_reaches_the_box_with_its_hours_and_its_end_and_what_is_withdrawn_is_gone_at_once()
    {
        Assert.Empty((await Assigned()).Detectors);
        await Settled(await _scene.AsAuthority.Do("PUT", Door, Asked));
        var assigned = await Assigned();
        Assert.Equal(new AssignedDetector(_basis, _scene.Camera, _scene.Venue, Detector.Fight, Asked.Hours, Asked.From, Asked.Until), Assert.Single(assigned.Detectors));
        await Settled(await _scene.AsAuthority.Do("POST", $"{Door}/withdrawn", new DetectorBasisCommand.Withdraw("A complaint")));
        var after = await Assigned();
        Assert.Empty(after.Detectors);
        Assert.NotEqual(assigned.Revision, after.Revision);
        Assert.Single(after.Cameras);
    }

    [Fact]
    public async Task Where_police_may_not_look_no_detector_may_either()
    {
        await Settled(await _scene.AsAuthority.Do("PUT", Door, Asked));
        Assert.Single((await Assigned()).Detectors);
        await Settled(await _scene.AsOwner.Do("POST", $"/venues/{_scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(_scene.Consent, "taken back")));
        Assert.Empty((await Assigned()).Detectors);
    }

    [Fact]
    public async Task At_its_end_it_leaves_the_list_and_the_end_is_a_fact()
    {
        await Settled(await _scene.AsAuthority.Do("PUT", Door, Asked with { Until = _now.AddMinutes(10) }));
        _house.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty((await Assigned()).Detectors);
        for (var tick = 0; tick < 2; tick++) await _house.Services.GetRequiredService<Expiries>().Tick(Ct);
        var row = await Asking.Until(async () => (await _scene.AsOwner.Get<VenueDetectors>($"/venues/{_scene.Venue}/detectors")).Bases.Single(), row => row.End is not null); // a view: it follows the log
        Assert.Equal((row.Card.Until, null), (row.End!.At, row.End.By));
    }

    [Fact]
    public async Task Only_cameras_of_the_venue_are_named_and_only_its_own_basis_is_withdrawn_there()
    {
        using (var exit = await _scene.AsAuthority.Ask("PUT", Door, Asked with { Cameras = [_scene.Exit] })) await Refused(exit, "detectorbasis.camera-elsewhere");
        using (var nowhere = await _scene.AsAuthority.Ask("PUT", Door, Asked with { Cameras = [Guid.NewGuid()] })) await Refused(nowhere, "detectorbasis.camera-elsewhere");
        using (var none = await _scene.AsAuthority.Ask("PUT", Door, Asked with { Cameras = [] })) await Refused(none, "detectorbasis.cameras-missing");
        await _scene.AsAuthority.Do("PUT", Door, Asked);
        using var elsewhere = await _scene.AsAuthority.Ask("POST", $"/venues/{Guid.NewGuid()}/detector-bases/{_basis}/withdrawn", new DetectorBasisCommand.Withdraw("x"));
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }

    [Fact]
    public async Task That_a_detector_began_and_stopped_and_why_is_read_by_those_who_are_watched()
    {
        var model = new DetectorModel("fights", new('b', 64), 0.629, new('c', 64));
        await Assigned();
        Assert.Equal([null], await _scene.Tell(new DetectorObserved(Guid.NewGuid(), _scene.Camera, _now, new(true, 0), Detector.Fight, _basis, model, null)));
        Assert.Equal([null], await _scene.Tell(new DetectorObserved(Guid.NewGuid(), _scene.Camera, _now.AddSeconds(5), new(true, 0), Detector.Fight, null, null, DetectorRest.NoBasis)));
        Assert.Equal(["device.observation-unsuited"], await _scene.Tell(new DetectorObserved(Guid.NewGuid(), _scene.Camera, _now, new(true, 0), Detector.Fight, null, null, null)));
        Assert.Equal(["device.not-a-camera"], await _scene.Tell(new DetectorObserved(Guid.NewGuid(), _scene.Exit, _now, new(true, 0), Detector.Fight, null, null, DetectorRest.NoBasis)));

        var facts = new List<object>();
        await foreach (var recorded in _house.Services.GetRequiredService<IEventLog>().Read(new("detector", DetectorRun.IdOf(_scene.Camera, Detector.Fight)), Ct)) facts.Add(EventCatalog.Decode(recorded)!);
        Assert.Equal(_basis, Assert.IsType<DetectorEvent.Began>(facts[0]).BasisId);
        Assert.Equal((DetectorRest.NoBasis, (Guid?)_basis), (Assert.IsType<DetectorEvent.Stopped>(facts[1]).Because, ((DetectorEvent.Stopped)facts[1]).BasisId));
        var card = await Asking.Until(async () => (await _scene.AsOwner.Get<VenueDetectors>($"/venues/{_scene.Venue}/detectors")).Runs.SingleOrDefault(), card => card?.Because is not null); // a view: it follows the log
        Assert.Equal((DetectorRest.NoBasis, (Guid?)_basis, model), (card!.Because, card.BasisId, card.Model));
    }

    [Theory, InlineData("rtsp://10.0.0.9/main", "rtsp://10.0.0.9/sub", true), InlineData("rtsp://10.0.0.9/main", "rtsp://10.0.0.8/sub", false), InlineData("rtsp://10.0.0.9/main", "rtsp://10.0.0.9:8554/sub", false)]
    public async Task A_smaller_stream_is_for_detectors_only_where_the_secret_was_given_for_its_machine(string main, string sub, bool isAssigned)
    {
        await _scene.AsOwner.Do("PUT", $"/devices/{_scene.Camera}/feed", new DeviceCommand.ChangeFeed(new(new(main), new(sub))));
        var camera = await Asking.Until(async () => Assert.Single((await Assigned()).Cameras), camera => camera.MainStream == new Uri(main)); // a view: it follows the log
        Assert.Equal(isAssigned ? new Uri(sub) : null, camera.SubStream);
    }

    async Task<Assignments> Assigned() => await _scene.AsProbe.Get<Assignments>("/probe/assignments");

    /// <summary>Once a view shows what was done, the box's list does too.</summary>
    Task<VenueDetectors> Settled(CommandAnswer done) => _scene.AsAuthority.Get<VenueDetectors>($"/venues/{_scene.Venue}/detectors", done);

    static async Task Refused(HttpResponseMessage answer, string code) => Assert.Equal(code, (await answer.Json()).GetProperty("code").GetString());
}
