using System.Net;
using Compliance.Api.Footage;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Reports;
using Compliance.Api.Vault;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;
using static Compliance.Api.Tests.Footage.Sending;

namespace Compliance.Api.Tests.Footage;

/// <summary>What a venue takes away again before it answers.</summary>
public sealed class RemovedFileTests : IAsyncDisposable
{
    readonly TempFolder _data = new();
    readonly House _house;
    readonly Guid _officer = Guid.NewGuid();

    public RemovedFileTests() => _house = new(("Data", _data["data"]));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task What_came_by_mistake_the_venue_takes_away_until_it_answered_and_key_and_file_go()
    {
        var (scene, request) = await Asked(_house, _officer);
        var (wrong, right) = (Guid.NewGuid(), Guid.NewGuid());
        await Upload(scene.AsOwner, request, wrong, scene.Camera, Bytes(1000));
        using (var other = await _house.As(_officer, "operator").Ask("POST", $"/footage/{request}/files/{wrong}/removed")) Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        await scene.AsOwner.Do("POST", $"/footage/{request}/files/{wrong}/removed");
        Assert.Null(_house.Services.GetRequiredService<FootageStore>().Find(wrong));
        Assert.Empty(Directory.EnumerateFiles(_data["data/footage"]));
        Assert.Null(_house.Services.GetRequiredService<SecretVault>().Get($"footage-key/{wrong:N}"));
        Assert.False(Assert.Single((await _house.As(_officer, "operator").Get<FootageRow>($"/footage/{request}")).Files).IsKept); // police read that there was one
        using (var empty = await scene.AsOwner.Ask("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]))) Assert.Equal("400 footage.answer-incomplete missing", await empty.Refusal());

        using (var again = await scene.AsOwner.Ask("PUT", $"/footage/{request}/files/{wrong}", new FootageUpload(scene.Camera, 1000, null))) Assert.Equal("409 footage.file-removed", await again.Refusal());
        await Upload(scene.AsOwner, request, right, scene.Camera, Bytes(2000));
        await scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));
        using var late = await scene.AsOwner.Ask("POST", $"/footage/{request}/files/{right}/removed");
        Assert.Equal("409 footage.answered", await late.Refusal());
        Assert.NotNull(_house.Services.GetRequiredService<FootageStore>().Find(right));
    }

    [Fact]
    public async Task What_a_crash_left_of_a_file_that_was_taken_away_goes_with_the_next_start()
    {
        var (scene, request) = await Asked(_house, _officer);
        var (gone, kept) = (Guid.NewGuid(), Guid.NewGuid());
        await Upload(scene.AsOwner, request, gone, scene.Camera, Bytes(1000));
        await Upload(scene.AsOwner, request, kept, scene.Camera, Bytes(2000));
        var log = _house.Services.GetRequiredService<IEventLog>();
        Assert.Null((await log.Execute(FootageRequest.Decider, request, new FootageCommand.RemoveFile(gone, scene.Owner, _house.Clock.GetUtcNow()), new(Guid.NewGuid(), "user:test"), Ct)).Refusal);
        var (store, unknown) = (_house.Services.GetRequiredService<FootageStore>(), Guid.NewGuid());
        Assert.NotNull(store.Find(gone));
        store.Begin(unknown, request, new(scene.Camera, 10, null));
        store.Whole(unknown, new('a', 64)); // the log may have been restored from an older copy: its fact comes back
        await ActivatorUtilities.CreateInstance<FootageWatch>(_house.Services).Tick(Ct);
        Assert.Null(store.Find(gone));
        Assert.All([kept, unknown], file => Assert.NotNull(store.Find(file)));
    }
}
