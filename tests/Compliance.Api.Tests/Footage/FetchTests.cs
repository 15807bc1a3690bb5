using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Compliance.Api.Footage;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Footage;

/// <summary>The box fetches a recording for a venue: what it may read, how it stands, what it sends, and that it can be stopped.</summary>
public sealed class FetchTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    const int MiB = 1 << 20;

    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_presses_the_box_fetches_and_the_fact_says_where_it_came_from()
    {
        var (scene, request) = await Asked();
        Assert.Empty(await Wishes(scene));
        var pressed = await scene.AsOwner.Do("POST", $"/footage/{request}/fetches/{scene.Camera}");
        var wish = Assert.Single(await Wishes(scene, pressed));
        Assert.Equal((request, scene.Camera, TimeSpan.FromHours(1)), (wish.RequestId, wish.DeviceId, wish.To - wish.From));
        await Tell(scene, wish, new(FetchStage.Replaying, 1200, 3600, null));
        var shown = Assert.Single(await scene.AsOwner.Get<FetchShown[]>($"/footage/{request}/fetches"));
        Assert.Equal((FetchState.Running, FetchStage.Replaying, 1200d, 3600d), (shown.Fetch.State, shown.Stage, shown.Done, shown.Of));

        var bytes = RandomNumberGenerator.GetBytes((2 * MiB) + 77);
        var file = new FetchedFile(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), wish.From, wish.To, 31);
        Assert.Equal("409 footage.announce-again", await Refused(scene, wish, bytes, 0, MiB));
        Assert.Equal(0, (await Announce(scene, wish, file)).Received);
        Assert.Equal(MiB, (await Put(scene, wish, bytes, 0, MiB)).Received);
        House.Services.GetRequiredService<FetchProgress>().Forget(wish.FileId); // the API was started anew
        Assert.Equal("409 footage.announce-again", await Refused(scene, wish, bytes, MiB, MiB));
        Assert.Equal(MiB, (await Announce(scene, wish, file)).Received);
        Assert.Equal(2 * MiB, (await Put(scene, wish, bytes, MiB, MiB)).Received);
        Assert.Equal(file.Sha256, (await Put(scene, wish, bytes, 2 * MiB, 77)).Sha256);
        Assert.False(IsRemembered(wish));

        var answered = await scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));
        var row = await scene.AsOwner.Get<FootageRow>($"/footage/{request}", answered);
        var (kept, source) = (row.Files.Single(), row.Files.Single().Source!);
        Assert.Equal((file.Sha256, scene.Probe, 31, wish.From), (kept.Sha256, source.ProbeId, source.MissingSeconds, source.From));
        Assert.Equal(FetchState.Kept, row.Fetches.Single().State);
        Assert.Empty(await Wishes(scene));
    }

    [Fact]
    public async Task What_is_stopped_is_nobodys_errand_any_more_and_what_had_come_of_it_is_gone()
    {
        var (scene, request) = await Asked();
        var wish = Assert.Single(await Wishes(scene, await scene.AsOwner.Do("POST", $"/footage/{request}/fetches/{scene.Camera}")));
        var bytes = RandomNumberGenerator.GetBytes(2 * MiB);
        await Announce(scene, wish, new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), wish.From, wish.To, 0));
        await Put(scene, wish, bytes, 0, MiB);
        var stopped = await scene.AsOwner.Do("POST", $"/footage/{request}/fetches/{scene.Camera}/stopped");
        Assert.Empty(await Wishes(scene, stopped));
        Assert.Equal("409 footage.fetch-over", await Refused(scene, wish, bytes, MiB, MiB));
        Assert.Null(House.Services.GetRequiredService<FootageStore>().Find(wish.FileId));
        Assert.Equal(FetchState.Stopped, Assert.Single(await scene.AsOwner.Get<FetchShown[]>($"/footage/{request}/fetches")).Fetch.State);
    }

    [Theory, InlineData("answered"), InlineData("withdrawn")]
    public async Task Once_the_request_is_closed_the_box_is_sent_for_nothing_more_and_nothing_is_left_of_what_it_had_begun(string closed)
    {
        var (scene, request) = await Asked();
        var wish = Assert.Single(await Wishes(scene, await scene.AsOwner.Do("POST", $"/footage/{request}/fetches/{scene.Camera}")));
        var bytes = RandomNumberGenerator.GetBytes(2 * MiB);
        await Tell(scene, wish, new(FetchStage.Sending, 0, bytes.Length, null));
        await Announce(scene, wish, new(bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)), wish.From, wish.To, 0));
        await Put(scene, wish, bytes, 0, MiB);
        Assert.True(IsRemembered(wish));
        var lead = House.As(Guid.NewGuid(), "supervisor");
        var done = closed == "withdrawn" ? await lead.Do("POST", $"/footage/{request}/withdrawn")
            : await scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([new(scene.Camera, FootageReason.NotRecorded)]));
        Assert.Equal(FetchState.Stopped, (await scene.AsOwner.Get<FootageRow>($"/footage/{request}", done)).Fetches.Single().State);
        Assert.Null(await House.Services.GetRequiredService<IViewStore>().Find(FetchedRequest.View, wish.FileId, Ct));
        Assert.Empty(await Wishes(scene));
        Assert.False(IsRemembered(wish));
        Assert.Null(House.Services.GetRequiredService<FootageStore>().Find(wish.FileId));
        Assert.Equal("409 footage.fetch-over", await Refused(scene, wish, bytes, MiB, MiB));
    }

    [Fact]
    public async Task What_a_fact_names_by_the_time_somebody_would_erase_it_stays()
    {
        var (scene, request) = await Asked();
        var wish = Assert.Single(await Wishes(scene, await scene.AsOwner.Do("POST", $"/footage/{request}/fetches/{scene.Camera}")));
        var (bytes, log, store) = (RandomNumberGenerator.GetBytes(MiB + 5), House.Services.GetRequiredService<IEventLog>(), House.Services.GetRequiredService<FootageStore>());
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await Announce(scene, wish, new(bytes.Length, hash, wish.From, wish.To, 0));
        await Put(scene, wish, bytes, 0, MiB);
        var gate = store.Gate(wish.FileId);
        await gate.WaitAsync(Ct); // the last piece is just being taken
        var givenUp = Answers.GiveUp(request, wish.FileId, _ => true, log, store, Ct);
        await log.Execute(FootageRequest.Decider, request, new FootageCommand.KeepFile(wish.FileId, scene.Camera, hash, bytes.Length, wish.To, new(scene.Probe, wish.From, wish.To, 0)), new(Guid.NewGuid(), "probe:test"), Ct);
        gate.Release();
        await givenUp;
        Assert.NotNull(store.Find(wish.FileId));
        await Answers.GiveUp(request, wish.FileId, _ => true, log, store, Ct);
        Assert.Equal((true, hash), (store.Find(wish.FileId)!.IsWhole, store.Find(wish.FileId)!.Sha256));
    }

    bool IsRemembered(FetchWish wish) => House.Services.GetRequiredService<FetchProgress>() is var progress && (progress.Told.ContainsKey(wish.FileId) || progress.Announced.ContainsKey(wish.FileId));

    [Fact]
    public async Task Why_it_came_to_nothing_is_told_and_another_box_reads_and_sends_nothing()
    {
        var ((scene, request), other) = (await Asked(), await Scene.In(House));
        var wish = Assert.Single(await Wishes(scene, await scene.AsOwner.Do("POST", $"/footage/{request}/fetches/{scene.Camera}")));
        Assert.Empty(await Wishes(other));
        using (var foreign = await other.AsProbe.Ask("POST", $"/probe/footage-fetches/{wish.FileId}/told", new FetchTold(FetchStage.Replaying, 1, 2, FetchFailure.RecorderSilent)))
            Assert.Equal("409 footage.fetch-over", await foreign.Refusal());
        await Tell(scene, wish, new(FetchStage.Replaying, 0, 0, FetchFailure.NoArchive));
        await Asking.Until(async () => (await scene.AsOwner.Get<FetchShown[]>($"/footage/{request}/fetches")) is [{ Fetch: { State: FetchState.Failed, Why: FetchFailure.NoArchive } }]);
    }

    [Fact]
    public async Task Where_the_owner_agreed_it_is_asked_for_at_once()
    {
        var scene = await Scene.In(House);
        Assert.False((await scene.AsOwner.Get<FetchAgreementForm>($"/venues/{scene.Venue}/footage/agreement")).AtOnce);
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/footage/agreement", new FetchAgreementForm(true));
        Assert.True((await scene.AsOwner.Get<FetchAgreementForm>($"/venues/{scene.Venue}/footage/agreement")).AtOnce);
        var request = await scene.AskForFootage();
        await Asking.Until(async () => (await Wishes(scene)) is [{ } wish] && wish.RequestId == request);
        Assert.Null(Assert.Single(await scene.AsOwner.Get<FetchShown[]>($"/footage/{request}/fetches")).Fetch.By);
    }

    async Task<(Scene Scene, Guid Request)> Asked()
    {
        var scene = await Scene.In(House);
        return (scene, await scene.AskForFootage());
    }

    static Task<FetchWish[]> Wishes(Scene scene, CommandAnswer? after = null) => scene.AsProbe.Get<FetchWish[]>("/probe/footage-fetches", after);

    static async Task Tell(Scene scene, FetchWish wish, FetchTold told)
    {
        using var answer = await scene.AsProbe.Ask("POST", $"/probe/footage-fetches/{wish.FileId}/told", told);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    static async Task<FootageReceived> Announce(Scene scene, FetchWish wish, FetchedFile file)
    {
        using var answer = await scene.AsProbe.Ask("PUT", $"/probe/footage-fetches/{wish.FileId}", file);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<FootageReceived>(EventCatalog.Json, Ct))!;
    }

    static async Task<FootageReceived> Put(Scene scene, FetchWish wish, byte[] bytes, int from, int count)
    {
        using var answer = await Send(scene, wish, bytes, from, count);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<FootageReceived>(EventCatalog.Json, Ct))!;
    }

    static async Task<string> Refused(Scene scene, FetchWish wish, byte[] bytes, int from, int count) => await (await Send(scene, wish, bytes, from, count)).Refusal();

    static async Task<HttpResponseMessage> Send(Scene scene, FetchWish wish, byte[] bytes, int from, int count)
    {
        var piece = new ByteArrayContent(bytes, from, count) { Headers = { ContentType = new("application/octet-stream"), ContentRange = new ContentRangeHeaderValue(from, from + count - 1, bytes.Length) } };
        return await scene.AsProbe.PutAsync($"/probe/footage-fetches/{wish.FileId}/bytes", piece, Ct);
    }
}
