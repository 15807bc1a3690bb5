using System.Net;
using Compliance.Api.Feeds;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Tests.Entrance;

/// <summary>A feed test goes from a person of the venue to a probe of the venue and back, and tells neither more than it must.</summary>
public sealed class FeedTestTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    [Fact]
    public async Task A_feed_is_tested_by_a_probe_while_the_person_waits()
    {
        var scene = await Ready(House);
        var asked = Test(scene.Venue);
        await Accepted(scene.AsOwner, asked);
        var waiting = scene.AsOwner.Get<FeedTestState>($"/feed-tests/{asked.Id}?wait=20");
        Assert.Equal(asked, await scene.AsProbe.Get<FeedTest>("/probe/feed-tests?wait=20"));
        using (var answered = await scene.AsProbe.Ask("POST", $"/probe/feed-tests/{asked.Id}/result", new FeedTestResult(Verdict.Online, "", null, new('A', 200_000), [])))
            Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        var state = await waiting;
        Assert.Equal(("done", Verdict.Online), (state.State, state.Result?.Verdict));
        using var other = await House.As(Guid.NewGuid(), "owner").Ask("GET", $"/feed-tests/{asked.Id}");
        Assert.Equal("404 request.unknown", await other.Refusal());
    }

    [Fact]
    public async Task Only_a_probe_of_the_venue_is_given_the_test_and_its_password()
    {
        var (scene, other) = (await Ready(House), await Ready(House));
        var (mine, theirs) = (Test(scene.Venue), Test(other.Venue));
        await Accepted(other.AsOwner, theirs);
        await Accepted(scene.AsOwner, mine);
        Assert.Equal(mine.Id, (await scene.AsProbe.Get<FeedTest>("/probe/feed-tests?wait=20")).Id);
        using (var nothing = await scene.AsProbe.Ask("GET", "/probe/feed-tests")) Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        using var guess = await scene.AsProbe.Ask("POST", $"/probe/feed-tests/{theirs.Id}/result", new FeedTestResult(Verdict.Online, "", null, null, []));
        Assert.Equal("404 feed-test.unknown", await guess.Refusal());
    }

    [Fact]
    public async Task The_venue_s_network_is_looked_through_by_its_box_for_whoever_registers_there_and_for_nobody_else()
    {
        var (scene, other) = (await Ready(House), await Ready(House));
        var search = new NetworkSearch(Guid.NewGuid(), scene.Venue);
        using (var foreign = await other.AsOwner.Ask("POST", "/network-searches", search)) Assert.Equal("403 request.not-allowed", await foreign.Refusal());
        using (var begun = await scene.AsOwner.Ask("POST", "/network-searches", search)) Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        using (var nothing = await other.AsProbe.Ask("GET", "/probe/network-searches")) Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        Assert.Equal(search, await scene.AsProbe.Get<NetworkSearch>("/probe/network-searches?wait=20"));
        FoundDevice[] called = [new(new("http://10.0.0.7/onvif/device_service"), "Зал", "DS-2CD"), new(new("ftp://10.0.0.8/"), "", "")];
        using (var answered = await scene.AsProbe.Ask("POST", $"/probe/network-searches/{search.Id}/result", new NetworkSearchResult(called))) Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        var state = await scene.AsOwner.Get<NetworkSearchState>($"/network-searches/{search.Id}?wait=20");
        Assert.Equal(("done", called[0]), (state.State, Assert.Single(state.Result!.Devices)));
        using var unseen = await other.AsOwner.Ask("GET", $"/network-searches/{search.Id}");
        Assert.Equal("404 request.unknown", await unseen.Refusal());
    }

    [Fact]
    public async Task Who_holds_no_post_at_the_venue_tests_nothing_there()
    {
        var scene = await Ready(House);
        foreach (var role in (string[])["owner", "manager", "installer"])
        {
            using var refused = await House.As(Guid.NewGuid(), role).Ask("POST", "/feed-tests", Test(scene.Venue));
            Assert.Equal("403 request.not-allowed", await refused.Refusal());
        }
    }

    [Fact]
    public async Task Without_a_probe_the_person_is_told_whom_to_ask()
    {
        var scene = await Ready(House);
        using var unregistered = await scene.AsOwner.Ask("POST", "/feed-tests", Test(Guid.NewGuid()));
        Assert.Equal("409 feed-test.no-probe", await unregistered.Refusal());
    }

    [Fact]
    public async Task A_venue_still_being_typed_in_is_tried_by_the_probe_that_new_venues_go_to()
    {
        var probe = Guid.NewGuid();
        await using var house = new House(("Probes:NewVenuesTo", probe.ToString()));
        using (var enrolled = await house.As(Guid.NewGuid(), "administrator").Ask("PUT", $"/probes/{probe}", new ProbeCommand.Enrol(probe, "central")))
            enrolled.EnsureSuccessStatusCode();
        var test = Test(Guid.NewGuid());
        await Accepted(house.As(Guid.NewGuid(), "owner"), test);
        Assert.Equal(test.Id, (await house.AsProbe(probe).Get<FeedTest>("/probe/feed-tests?wait=20")).Id);
        using var manager = await house.As(Guid.NewGuid(), "manager").Ask("POST", "/feed-tests", Test(Guid.NewGuid()));
        Assert.Equal("403 request.not-allowed", await manager.Refusal());
    }

    [Fact]
    public async Task What_the_machine_at_the_address_said_is_not_told_to_the_person()
    {
        var scene = await Ready(House);
        var test = Test(scene.Venue);
        await Accepted(scene.AsOwner, test);
        await scene.AsProbe.Get<FeedTest>("/probe/feed-tests?wait=20");
        using (var answered = await scene.AsProbe.Ask("POST", $"/probe/feed-tests/{test.Id}/result", new FeedTestResult(
            Verdict.NoStream, "its answers cannot be used: SSH-2.0-OpenSSH_9.2", null, null,
            [new("resolve", true, 3, "192.168.7.7"), new("SSH-2.0", true, 4, ""), new("connect", false, 9, "SSH-2.0-OpenSSH_9.2")]))) answered.EnsureSuccessStatusCode();
        var told = (await scene.AsOwner.Get<FeedTestState>($"/feed-tests/{test.Id}?wait=20")).Result!;
        Assert.Equal((Verdict.NoStream, ""), (told.Verdict, told.Detail));
        Assert.Equal([new("resolve", true, 3, ""), new("connect", false, 9, "")], told.Steps);
    }

    [Fact]
    public void Why_the_probe_did_not_dial_is_a_word_of_ours() =>
        Assert.Equal("feed.private-refused", new FeedTestResult(Verdict.NoStream, "AddressRefused feed.private-refused", null, null, []).Told().Detail);

    [Fact]
    public async Task A_demo_tests_its_own_machine_and_not_its_local_link()
    {
        await using var house = new House(("Feeds:AllowLoopback", "true"));
        var scene = await Ready(house);
        await Accepted(scene.AsOwner, Test(scene.Venue) with { Uri = new("rtsp://127.0.0.1:8554/1") });
        using var refused = await scene.AsOwner.Ask("POST", "/feed-tests", Test(scene.Venue) with { Uri = new("rtsp://169.254.169.254/1") });
        Assert.Equal("400 feed.target-refused uri", await refused.Refusal());
    }

    [Fact]
    public async Task One_person_cannot_crowd_out_the_others()
    {
        var (scene, other) = (await Ready(House), await Ready(House));
        for (var i = 0; i < FeedTests.MostOfOne; i++) await Accepted(scene.AsOwner, Test(scene.Venue));
        using (var more = await scene.AsOwner.Ask("POST", "/feed-tests", Test(scene.Venue)))
        {
            Assert.True(more.Headers.RetryAfter?.Delta > TimeSpan.Zero);
            Assert.Equal("429 request.too-many", await more.Refusal());
        }

        await Accepted(other.AsOwner, Test(other.Venue));
    }

    [Fact]
    public void All_together_cannot_fill_the_memory()
    {
        var tests = new FeedTests(TimeProvider.System);
        for (var i = 0; i < FeedTests.Most; i++) Assert.Equal(Asked.Accepted, tests.Ask(Test(Guid.Empty), Guid.NewGuid(), []));
        Assert.Equal(Asked.TooMany, tests.Ask(Test(Guid.Empty), Guid.NewGuid(), []));
    }

    static FeedTest Test(Guid venue) => new(Guid.NewGuid(), venue, Scene.Feed.Main, "viewer", "s3cret");

    /// <summary>A scene whose probe stands in the views.</summary>
    static async Task<Scene> Ready(House house)
    {
        var scene = await Scene.In(house);
        await scene.AsAdministrator.Get<Page<ProbeCard>>("/probes", scene.Ready);
        return scene;
    }

    static async Task Accepted(HttpClient person, FeedTest test)
    {
        using var asked = await person.Ask("POST", "/feed-tests", test);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
    }
}
