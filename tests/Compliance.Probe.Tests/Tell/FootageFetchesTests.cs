using System.Security.Cryptography;
using Compliance.Domain.Devices;
using Compliance.Domain.Footage;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Onvif;
using Compliance.Probe.Watch;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Onvif;
using Device = Compliance.Probe.Tests.Onvif.Device;

namespace Compliance.Probe.Tests.Tell;

/// <summary>The box fetches what is wished: from the recorder to the API, hashed, as MP4, and nothing of it stays.</summary>
public sealed class FootageFetchesTests : IAsyncLifetime
{
    static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(-2).ToUnixTimeSeconds());

    readonly Drain _drain = new(TimeProvider.System);
    readonly Folder _folder = new();
    readonly FetchWish _wish = new(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), From, From.AddSeconds(24));
    FakeApi _api = null!;
    HttpClient _http = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApi.Start();
        _http = new() { BaseAddress = _api.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _api.DisposeAsync();
        _drain.Dispose();
        _folder.Dispose();
    }

    FootageFetches Box(SimulatedDevice device)
    {
        var options = new ProbeOptions
        {
            ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", DataDir = _folder["data"],
            Footage = new() { AskEvery = TimeSpan.FromMilliseconds(100), AskBusyEvery = TimeSpan.FromMilliseconds(100), Idle = TimeSpan.FromSeconds(1) },
        };
        var camera = new AssignedCamera(_wish.DeviceId, Guid.NewGuid(), Device.Stream, Device.Police.User, Device.Police.Password, new(0, 0, 0, null)) { Onvif = device.Address };
        return new(new(_http, options, TimeProvider.System, NullLogger<ApiConnection>.Instance), () => [camera], Device.Means(), Cameras.Opener(_drain), options, TimeProvider.System, NullLogger<FootageFetches>.Instance);
    }

    [Fact]
    public async Task It_is_replayed_packed_hashed_and_sent_though_an_answer_is_lost_and_nothing_stays()
    {
        await using var recorder = (ReplayServer)await Recorders.Start(Served.ByInjector, new(TimeSpan.FromDays(30)));
        await using var device = await Device.Start(replay: recorder.Url);
        (device.Faults, recorder.ClockSkew) = (new() { ClockSkew = TimeSpan.FromHours(-3) }, TimeSpan.FromHours(-3)); // a recorder with a wrong clock
        (_api.Fetches, _api.PieceAnswersLost) = ([_wish], 1);
        using var box = Box(device);
        await box.StartAsync(Ct);
        await Until(() => _api.Fetched is { } file && _api.FetchedBytes.Length == file.Bytes);
        _api.Fetches = [];
        await Until(() => !Directory.EnumerateFiles(_folder["data/footage"]).Any());
        await box.StopAsync(Ct);

        var (told, bytes) = (_api.Fetched!, _api.FetchedBytes);
        Assert.Equal(told.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.True(bytes.AsSpan(4, 4).SequenceEqual("ftyp"u8));
        Assert.True(bytes.Length > 1 << 20, "it takes several pieces");
        Assert.InRange((told.From - _wish.From).TotalSeconds, -2.2, 1);
        Assert.InRange((_wish.To - told.Until).TotalSeconds, -1, 1);
        Assert.Equal(0, told.MissingSeconds);
        await File.WriteAllBytesAsync(_folder["came.mp4"], bytes, Ct);
        Assert.InRange(await Videos.Frames(_folder["came.mp4"]), 24 * 25, 27 * 25);
        Assert.Equal([FetchStage.Replaying, FetchStage.Packing, FetchStage.Sending], _api.FetchesTold.Select(t => t.Stage).Distinct());
    }

    [Fact]
    public async Task What_nobody_wishes_any_more_is_let_go_and_leaves_nothing()
    {
        await using var recorder = await Recorders.Start(Served.ByInjector, new(TimeSpan.FromDays(30)));
        await using var device = await Device.Start(replay: recorder.Url);
        _api.Fetches = [_wish with { To = From.AddHours(2) }];
        using var box = Box(device);
        await box.StartAsync(Ct);
        await Until(() => _api.FetchesTold.Any(t => t is { Stage: FetchStage.Replaying, Done: > 0 }));
        _api.Fetches = [];
        await Until(() => !Directory.EnumerateFiles(_folder["data/footage"]).Any());
        await box.StopAsync(Ct);
        Assert.Null(_api.Fetched);
    }

    [Fact]
    public async Task A_recorder_without_an_archive_is_said_to_be_one()
    {
        await using var device = await Device.Start();
        _api.Fetches = [_wish];
        using var box = Box(device);
        await box.StartAsync(Ct);
        await Until(() => _api.FetchesTold.Any(t => t.Failure == FetchFailure.NoArchive));
        await box.StopAsync(Ct);
    }

    static async Task Until(Func<bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(120));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!isSo()) await again.WaitForNextTickAsync(patience.Token);
    }
}
