using System.Net;
using Compliance.Api.Devices;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Devices;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Devices;

public sealed class StillTests
{
    static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 1, 2, 3];

    [Fact]
    public async Task A_verdict_on_a_picture_shows_it_to_those_who_read_the_record_until_the_line_forgets_it()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var now = house.Clock.GetUtcNow();
        Assert.Equal([null, null], await scene.Tell(scene.Saw(Verdict.Online, now), scene.Saw(Verdict.Covered, now) with { Still = Jpeg }));
        var still = (await scene.AsOwner.Get<DeviceCard>($"/devices/{scene.Camera}")).Still!;
        using var shown = await scene.AsOwner.Ask("GET", $"/devices/{scene.Camera}/stills/{still.Sha256}");
        Assert.Equal("image/jpeg", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Jpeg, await shown.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var stranger = await scene.AsOwner.Ask("GET", $"/devices/{scene.Exit}/stills/{still.Sha256}");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        var store = house.Services.GetRequiredService<StillStore>();
        store.EraseOld();
        Assert.NotNull(store.Get(scene.Camera, still));
        house.Clock.Advance(DeviceTimeline.Kept + TimeSpan.FromDays(2));
        store.EraseOld();
        Assert.Null(store.Get(scene.Camera, still));
    }

    [Fact]
    public async Task What_is_no_picture_is_not_kept_and_the_verdict_counts_all_the_same()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var now = house.Clock.GetUtcNow();
        await scene.Tell(scene.Saw(Verdict.Black, now) with { Still = new byte[StillStore.Largest + 1] });
        var card = await scene.AsOwner.Get<DeviceCard>($"/devices/{scene.Camera}");
        Assert.Equal((Verdict.Black, null), (card.Verdict, card.Still));
    }
}
