using System.Net;
using Compliance.Api.Duties;
using Compliance.Api.Outages;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Outages;

/// <summary>A dark camera is looked at once from a second place, by the way of the feed tests.</summary>
public sealed class SecondLookTests
{
    static readonly Feed Elsewhere = new(new("rtsp://192.168.1.20/main"), null, FeedTransport.Tcp);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A venue whose camera brings no picture any more, since a good minute.</summary>
    static async Task<(Scene Scene, Guid Outage)> Dark(House house, Verdict verdict = Verdict.Unreachable, Feed? feed = null)
    {
        var scene = await Scene.In(house);
        if (feed is not null) await scene.AsOwner.Do("PUT", $"/devices/{scene.Camera}/feed", new DeviceCommand.ChangeFeed(feed));
        using var changes = await scene.AsOwner.Listen();
        await scene.Tell(scene.Saw(verdict, house.Clock.GetUtcNow()));
        await changes.Until("outage-list");
        house.Clock.Advance(TimeSpan.FromSeconds(61));
        await Beat(house, scene.Probe);
        return (scene, (await Row(scene)).OutageId);
    }

    static async Task<Guid> SecondProbe(House house, bool alive = true)
    {
        var probe = Guid.NewGuid();
        using (var enrolled = await house.As(Guid.NewGuid(), "administrator").Ask("PUT", $"/probes/{probe}", new ProbeCommand.Enrol(probe, "central"))) enrolled.EnsureSuccessStatusCode();
        await house.As(Guid.NewGuid(), "administrator").Get<Page<ProbeCard>>("/probes");
        if (alive) await Beat(house, probe);
        return probe;
    }

    static async Task Beat(House house, Guid probe, bool blind = false)
    {
        using var beat = await house.AsProbe(probe).Ask("POST", "/probe/heartbeat", new Heartbeat(probe, 0, 1, blind, 0, 0, "1.0"));
        Assert.True(beat.IsSuccessStatusCode);
    }

    static Task Tick(House house) => house.Services.GetRequiredService<SecondLooks>().Tick(Ct);

    static async Task<OutageRow> Row(Scene scene) => (await scene.AsOwner.Get<Page<OutageRow>>($"/venues/{scene.Venue}/outages")).Items.Single();

    static async Task<FeedTest> Answers(House house, Guid probe, Verdict verdict, string detail = "")
    {
        var test = await house.AsProbe(probe).Get<FeedTest>("/probe/feed-tests?wait=20");
        using var answered = await house.AsProbe(probe).Ask("POST", $"/probe/feed-tests/{test.Id}/result", new FeedTestResult(verdict, detail, null, null, []));
        Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        return test;
    }

    static async Task<SecondLook> Looked(Scene scene)
    {
        using var changes = await scene.AsOwner.Listen();
        for (OutageRow row; ; await changes.Until("outage-list"))
            if ((row = await Row(scene)).Look is { } look) return look;
    }

    [Theory, InlineData(Verdict.Unreachable), InlineData(Verdict.AuthFailed)]
    public async Task Another_probe_that_sees_no_picture_either_confirms_it(Verdict verdict)
    {
        await using var house = new House();
        var other = await SecondProbe(house);
        var (scene, outage) = await Dark(house, verdict);
        await Beat(house, other);
        await Tick(house);
        var test = await Answers(house, other, Verdict.Stalled);
        Assert.Equal((Scene.Feed.Main, false), (test.Uri, test.WithStill));
        for (var twice = 0; twice < 2; twice++) await Tick(house);
        var look = await Looked(scene);
        Assert.Equal((Vantage.Confirmed, other, Verdict.Stalled), (look.Vantage, look.ProbeId!.Value, look.Seen!.Value));
        await scene.AsAuthority.Do("POST", $"/outages/{outage}/causes", new OutageCommand.AttributeCause(Cause.Owner, (await Row(scene)).StartedAt, null, "protocol 4"));
        Assert.Single(await house.Services.GetRequiredService<IEventLog>().Read(new("outage", outage), Ct).Where(f => f.Name == "outage.looked-again.v1").ToListAsync(Ct));
    }

    [Fact]
    public async Task A_picture_seen_elsewhere_while_the_outage_goes_on_is_never_held_against_the_owner()
    {
        await using var house = new House();
        var other = await SecondProbe(house);
        var (scene, outage) = await Dark(house);
        await Beat(house, other);
        await Tick(house);
        await Answers(house, other, Verdict.Online);
        await Tick(house);
        Assert.Null((await Row(scene)).Look); // the camera may be back, and the first probe waits whether it stays
        house.Clock.Advance(TimeSpan.FromMinutes(2));
        await Tick(house);
        Assert.Equal(Vantage.Contradicted, (await Looked(scene)).Vantage);
        using var changes = await scene.AsOwner.Listen();
        while ((await scene.AsOwner.Get<DutyShown>($"/duties/{RaiseDutyWhenOutageOpens.DutyOf(outage)}")).Duty.State != DutyState.Lapsed) await changes.Until("duty-list");
        using var refused = await scene.AsAuthority.Ask("POST", $"/outages/{outage}/causes", new OutageCommand.AttributeCause(Cause.Owner, (await Row(scene)).StartedAt, null, "protocol 4", PersonConfirmation.OnTheSpot));
        Assert.Equal("400 outage.contradicted cause", await refused.Refusal());
        house.Clock.Advance(TimeSpan.FromDays(2));
        await house.Services.GetRequiredService<Deadlines>().Tick(Ct);
        Assert.Null((await scene.AsOwner.Get<DutyShown>($"/duties/{RaiseDutyWhenOutageOpens.DutyOf(outage)}")).Duty.OverstayedBy);
        var availability = await scene.AsOwner.Get<VenueAvailability>($"/venues/{scene.Venue}/availability");
        Assert.Equal((TimeSpan.Zero, true), (availability.Score(DeviceKind.Camera).Against, availability.Score(DeviceKind.Camera).DownBy(Cause.ProbeFault) > TimeSpan.Zero));
    }

    [Theory, InlineData(false, false, true), InlineData(true, true, true), InlineData(true, false, false)]
    public async Task Without_another_probe_that_lives_and_sees_it_was_seen_from_one_place(bool alive, bool blind, bool inTime)
    {
        await using var house = new House();
        var other = await SecondProbe(house, alive: false);
        var (scene, _) = await Dark(house);
        if (alive) await Beat(house, other, blind);
        if (!inTime)
            using (var told = await house.AsProbe(other).Ask("POST", "/probe/observations", new Observation[] { scene.Saw(Verdict.Online, house.Clock.GetUtcNow()) with { Clock = new(false, 900_000) } })) told.EnsureSuccessStatusCode();
        await Tick(house);
        Assert.Equal(new(Vantage.OnePlaceOnly, null, null), (await Looked(scene)) is var look ? (look.Vantage, look.ProbeId, look.Seen) : default);
        using var refused = await scene.AsAuthority.Ask("POST", $"/outages/{(await Row(scene)).OutageId}/causes", new OutageCommand.AttributeCause(Cause.Owner, (await Row(scene)).StartedAt, null, "protocol 4"));
        Assert.Equal("400 outage.unconfirmed confirmed", await refused.Refusal());
        await scene.AsAuthority.Do("POST", $"/outages/{(await Row(scene)).OutageId}/causes", new OutageCommand.AttributeCause(Cause.Owner, (await Row(scene)).StartedAt, null, "protocol 4", PersonConfirmation.OnTheSpot));
    }

    [Fact]
    public async Task Who_stands_in_another_network_is_not_asked_for_an_address_of_this_one()
    {
        await using var house = new House();
        var other = await SecondProbe(house);
        var (scene, _) = await Dark(house, feed: Elsewhere);
        await Beat(house, other);
        await Tick(house);
        Assert.Equal(Vantage.OnePlaceOnly, (await Looked(scene)).Vantage);
        using var nothing = await house.AsProbe(other).Ask("GET", "/probe/feed-tests");
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
    }

    [Fact]
    public async Task A_probe_that_broke_is_no_second_place_and_a_third_one_is_asked()
    {
        await using var house = new House();
        var (other, third) = (await SecondProbe(house), await SecondProbe(house));
        var (scene, _) = await Dark(house);
        foreach (var probe in (Guid[])[other, third]) await Beat(house, probe);
        await Tick(house);
        foreach (var detail in (string[])[Detail.Of(Reason.ProbeFault, "TimeoutException"), ""])
        {
            using var first = await house.AsProbe(other).Ask("GET", "/probe/feed-tests");
            var asked = first.StatusCode == HttpStatusCode.OK;
            var test = asked ? System.Text.Json.JsonSerializer.Deserialize<FeedTest>(await first.Content.ReadAsStringAsync(Ct), EventCatalog.Json)! : await house.AsProbe(third).Get<FeedTest>("/probe/feed-tests");
            using var answered = await house.AsProbe(asked ? other : third).Ask("POST", $"/probe/feed-tests/{test.Id}/result", new FeedTestResult(Verdict.NoStream, detail, null, null, []));
            answered.EnsureSuccessStatusCode();
            await Tick(house);
        }

        Assert.Equal((Vantage.Confirmed, Verdict.NoStream), (await Looked(scene)) is var look ? (look.Vantage, look.Seen!.Value) : default);
    }

    [Fact]
    public async Task A_covered_lens_needs_no_second_place()
    {
        await using var house = new House();
        var other = await SecondProbe(house);
        var (scene, _) = await Dark(house, Verdict.Covered);
        await Beat(house, other);
        await Tick(house);
        using var nothing = await house.AsProbe(other).Ask("GET", "/probe/feed-tests");
        Assert.Equal((HttpStatusCode.NoContent, null), (nothing.StatusCode, (await Row(scene)).Look));
    }
}
