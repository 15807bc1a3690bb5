using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Entrance;

/// <summary>
/// A faultless request that names what is somebody else's: the right role at the wrong place. Each door is tried with a body that
/// would pass at home, by the owner, the manager and the installer of the venue next door.
/// </summary>
public sealed class ForeignTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    [Fact]
    public async Task Nobody_reaches_into_the_venue_next_door()
    {
        var (theirs, mine) = (await Scene.In(House), await Scene.In(House));
        var notice = await theirs.NoticeOfABlockedExit();
        var now = House.Clock.GetUtcNow();
        var (venue, camera, exit) = (theirs.Venue, theirs.Camera, theirs.Exit);
        (string Verb, string Path, object? Body)[] doors =
        [
            ("PUT", $"/venues/{venue}/details", new VenueCommand.CorrectDetails(Scene.Details)),
            ("PUT", $"/venues/{venue}/capacity", new VenueCommand.SetCapacity(3)),
            ("PUT", $"/venues/{venue}/opening-hours", new HoursForm([])),
            ("POST", $"/venues/{venue}/people", new VenueCommand.AppointPerson(new(mine.Owner, Post.Owner, new(2026, 1, 1), null, []))),
            ("POST", $"/venues/{venue}/people/relieved", new VenueCommand.RelievePerson(theirs.Owner, Post.Owner, new(2026, 1, 1))),
            ("POST", $"/venues/{venue}/legal-bases", new VenueCommand.GrantLegalBasis(new(Guid.NewGuid(), LegalBasisKind.Consent, "№ 2", "all", new(2026, 1, 1), null))),
            ("POST", $"/venues/{venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(theirs.Consent, "no")),
            ("GET", $"/venues/{venue}", null), ("GET", $"/venues/{venue}/devices", null), ("GET", $"/venues/{venue}/timeline", null), ("GET", $"/venues/{venue}/outages", null),
            ("GET", $"/venues/{venue}/audit.pdf?from=2026-11-01&to=2026-11-02&language=kk", null), ("GET", $"/venues/{venue}/audit.html?from=2026-11-01&to=2026-11-02&language=kk", null),

            ("PUT", $"/devices/{Guid.NewGuid()}", "a new device at their venue"),
            ("PUT", $"/devices/{mine.Camera}", "my camera moved to their venue"),
            ("GET", $"/devices/{camera}", null), ("GET", $"/devices/{camera}/facts", null), ("GET", $"/devices/{camera}/measurement", null),
            ("PUT", $"/devices/{camera}/feed", new DeviceCommand.ChangeFeed(Scene.Feed)),
            ("PUT", $"/devices/{camera}/feed-credentials", new FeedCredentials("viewer", "s3cret")),
            ("POST", $"/devices/{camera}/services", new DeviceCommand.RecordService(new(2026, 11, 1), "")),
            ("POST", $"/devices/{exit}/verdicts", new DeviceCommand.ReportVerdict(Verdict.Clear, now, now, Guid.NewGuid(), "", null)),
            ("POST", $"/devices/{exit}/retired", new DeviceCommand.Retire("sold", now)),

            ("POST", "/feed-tests", new FeedTest(Guid.NewGuid(), venue, Scene.Feed.Main, null, null)),
            ("POST", $"/notices/{notice}/delivered", null), ("POST", $"/notices/{notice}/read", null),
            ("GET", $"/subjects/{theirs.Owner}", null), ("GET", $"/subjects/{theirs.Manager}", null),
        ];
        foreach (var (role, subject) in ((string, Guid)[])[("owner", mine.Owner), ("manager", mine.Manager), ("installer", mine.Installer)])
        {
            using var neighbour = House.As(subject, role);
            foreach (var (verb, path, body) in doors)
            {
                var named = body is string ? mine.CameraAt(Scene.Feed) with { DeviceId = Guid.Parse(path[^36..]), VenueId = venue } : body;
                using var answer = await neighbour.Ask(verb, path, named);
                Assert.Equal((role, verb, path, "403 request.not-allowed"), (role, verb, path, await answer.Refusal()));
            }
        }
    }

    [Fact]
    public async Task A_device_is_not_pulled_over_from_the_venue_next_door()
    {
        var (theirs, mine) = (await Scene.In(House), await Scene.In(House));
        using var answer = await mine.AsOwner.Ask("PUT", $"/devices/{theirs.Camera}", mine.CameraAt(Scene.Feed) with { DeviceId = theirs.Camera });
        Assert.Equal("409 device.already-registered", await answer.Refusal());
    }

    [Theory, InlineData("operator"), InlineData("supervisor"), InlineData("administrator"), InlineData("installer")]
    public async Task A_stranger_s_name_is_nobody_s_business(string role)
    {
        var scene = await Scene.In(House);
        using var answer = await House.As(Guid.NewGuid(), role).Ask("GET", $"/subjects/{scene.Owner}");
        Assert.Equal("403 request.not-allowed", await answer.Refusal());
    }

    [Fact]
    public async Task A_probe_speaks_for_itself_only()
    {
        var (theirs, mine) = (await Scene.In(House), await Scene.In(House));
        using var beat = await mine.AsProbe.Ask("POST", "/probe/heartbeat", new Heartbeat(theirs.Probe, 0, 1, false, 0, 0, "1.0"));
        Assert.Equal("400 request.id-mismatch probeId", await beat.Refusal());
        Assert.Equal([mine.Camera], (await mine.AsProbe.Get<Assignments>("/probe/assignments", mine.Ready)).Cameras.Select(c => c.DeviceId));
    }
}
