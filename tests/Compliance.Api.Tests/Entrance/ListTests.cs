using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Entrance;

/// <summary>Lists page along cursors, show only what is the caller's, and changes are told to those who may see them.</summary>
public sealed class ListTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    [Fact]
    public async Task Pages_make_the_whole_list_without_gap_or_repeat()
    {
        await using var house = new House();
        Scene[] scenes = [await Scene.In(house), await Scene.In(house), await Scene.In(house)];
        using var inspector = house.As(Guid.NewGuid(), "inspector");
        List<Guid> seen = [];
        for (var page = await inspector.Get<Page<VenueCard>>("/venues?limit=2", scenes[^1].Ready); ; page = await inspector.Get<Page<VenueCard>>($"/venues?limit=2&after={page.Next}"))
        {
            seen.AddRange(page.Items.Select(card => card.VenueId));
            if (page.Next is null) break;
        }

        Assert.Equal(scenes.Select(s => s.Venue).Order(), seen.Order());
        Assert.Empty((await inspector.Get<Page<VenueCard>>("/venues?search=Нет")).Items);
        Assert.Equal(3, (await inspector.Get<Page<VenueCard>>("/venues?search=звезд")).Items.Count);
    }

    [Fact]
    public async Task An_owner_sees_his_own_venues_and_no_others()
    {
        var (mine, other) = (await Scene.In(House), await Scene.In(House));
        Assert.Equal([mine.Venue], (await mine.AsOwner.Get<Page<VenueCard>>("/venues", other.Ready)).Items.Select(v => v.VenueId));
        using var foreign = await mine.AsOwner.Ask("GET", $"/venues/{other.Venue}");
        Assert.Equal("403 request.not-allowed", await foreign.Refusal());
    }

    [Fact]
    public async Task Police_see_every_feed_with_its_basis_and_no_address()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        using var police = house.As(Guid.NewGuid(), "operator");
        var row = Assert.Single((await police.Get<Page<FeedRow>>("/feeds", scene.Ready)).Items);
        Assert.Equal(("№ 1", scene.Camera), (row.LegalBasis, row.Card.DeviceId));
        Assert.DoesNotContain("camera.example.kz", Assert.IsType<CameraSpec>(row.Card.Spec).Feed.Main.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_are_paged_straight_from_the_log()
    {
        var scene = await Scene.In(House);
        await scene.Tell(scene.Saw(Verdict.Unreachable, House.Clock.GetUtcNow()));
        var first = await scene.AsOwner.Get<Page<StoredFact>>($"/devices/{scene.Camera}/facts?limit=1");
        var second = await scene.AsOwner.Get<Page<StoredFact>>($"/devices/{scene.Camera}/facts?limit=1&after={first.Next}");
        Assert.Equal(["device.registered.v1", "device.verdict-changed.v2"], first.Items.Concat(second.Items).Select(f => f.Name));
        Assert.Null(second.Next);
    }

    [Fact]
    public async Task A_listener_who_comes_back_misses_nothing()
    {
        var scene = await Scene.In(House);
        string lastId;
        using (var listener = await scene.AsOwner.Listen())
        {
            await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/capacity", new VenueCommand.SetCapacity(1));
            lastId = (await listener.Until("venue-card")).EventId!;
        }

        var missed = await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/capacity", new VenueCommand.SetCapacity(2));
        using var back = await scene.AsOwner.Listen(lastId);
        while ((await back.Until("venue-card")).EventId != missed.Position.ToString()) { }
    }

    [Fact]
    public async Task A_listener_who_was_away_too_long_starts_over()
    {
        var scene = await Scene.In(House);
        using var back = await scene.AsOwner.Listen("0");
        Assert.Equal("reset", (await back.Next()).EventType);
    }

    [Fact]
    public async Task A_listener_hears_of_his_own_venues_only()
    {
        var (mine, other) = (await Scene.In(House), await Scene.In(House));
        await mine.AsOwner.Get<Page<VenueCard>>("/venues", other.Ready);
        using var listener = await mine.AsOwner.Listen();
        await other.AsAuthority.Do("PUT", $"/venues/{other.Venue}/capacity", new VenueCommand.SetCapacity(7));
        await mine.AsAuthority.Do("PUT", $"/venues/{mine.Venue}/capacity", new VenueCommand.SetCapacity(7));
        Assert.Contains(mine.Venue.ToString(), (await listener.Next()).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_come_back()
    {
        await using var house = new House(("RateLimits:Burst", "3"), ("RateLimits:PerSecond", "1"));
        using var client = house.As(Guid.NewGuid(), "inspector");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.Ask("GET", "/venues")));
        var answer = answers.First(one => !one.IsSuccessStatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("429 request.too-many", await answer.Refusal());
        using var neighbour = await house.As(Guid.NewGuid(), "inspector").Ask("GET", "/venues");
        Assert.True(neighbour.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_listener_has_some_places_and_all_listeners_have_many()
    {
        await using var house = new House(("RateLimits:ListenersOfOne", "2"), ("RateLimits:Listeners", "3"));
        using HttpClient person = house.As(Guid.NewGuid(), "inspector"), neighbour = house.As(Guid.NewGuid(), "inspector");
        using var first = await person.Listen();
        using (var second = await person.Listen())
        {
            using (var third = await person.Ask("GET", "/changes"))
            {
                Assert.True(third.Headers.RetryAfter?.Delta > TimeSpan.Zero);
                Assert.Equal("429 request.too-many", await third.Refusal());
            }

            using var theirs = await neighbour.Listen();
            using var fourth = await neighbour.Ask("GET", "/changes");
            Assert.Equal("503 request.later", await fourth.Refusal());
        }
    }

    /// <summary>A desk that hears nothing for five seconds says so: what it hears by must be one of its own script's events.</summary>
    [Fact]
    public async Task A_desk_hears_again_and_again_that_its_stream_lives()
    {
        using var officer = House.As(Guid.NewGuid(), "operator");
        using var listener = await officer.Listen();
        for (var beats = 0; beats < 2;)
        {
            var next = listener.Next();
            await Asking.Until(() =>
            {
                if (!next.IsCompleted) House.Clock.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(next.IsCompleted);
            });
            if ((await next).EventType == "beat") beats++; // the rest is what the clock brings about in this house
        }
    }

    [Fact]
    public void A_place_that_is_given_up_is_free_again()
    {
        var listeners = new Api.Changes.Listeners(new(ListenersOfOne: 1, Listeners: 1));
        var person = Guid.NewGuid();
        listeners.Sit(person).Place!.Dispose();
        Assert.NotNull(listeners.Sit(person).Place);
        Assert.NotNull(listeners.Sit(Guid.NewGuid()).Instead);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/scalar")]
    public async Task Some_doors_are_public(string path)
    {
        var scene = await Scene.In(House);
        await scene.AsOwner.Get<VenueCard>($"/venues/{scene.Venue}", scene.Ready);
        using var answer = await House.CreateClient().Ask("GET", path);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}");
    }
}
