using System.Security.Cryptography;
using Compliance.Domain.Devices;
using Compliance.Domain.Footage;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Onvif;
using Compliance.Probe.Watch;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
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

    FootageFetches Box(SimulatedDevice device, Func<bool>? isListed = null)
    {
        var options = new ProbeOptions
        {
            ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", DataDir = _folder["data"],
            Footage = new() { AskEvery = TimeSpan.FromMilliseconds(100), AskBusyEvery = TimeSpan.FromMilliseconds(100), Idle = TimeSpan.FromSeconds(1) },
        };
        var camera = new AssignedCamera(_wish.DeviceId, Guid.NewGuid(), Device.Stream, Device.Police.User, Device.Police.Password, new(0, 0, 0, null)) { Onvif = device.Address };
        return new(new(_http, options, TimeProvider.System, NullLogger<ApiConnection>.Instance), () => isListed?.Invoke() == false ? [] : [camera], Device.Means(), Cameras.Opener(_drain), options, TimeProvider.System, NullLogger<FootageFetches>.Instance);
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
        await Cameras.Until(() => _api.Fetched is { } file && _api.FetchedBytes.Length == file.Bytes);
        _api.Fetches = [];
        await Cameras.Until(() => !Directory.EnumerateFiles(_folder["data/footage"]).Any());
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
        await Cameras.Until(() => _api.FetchesTold.Any(t => t is { Stage: FetchStage.Replaying, Done: > 0 }));
        _api.Fetches = [];
        await Cameras.Until(() => !Directory.EnumerateFiles(_folder["data/footage"]).Any());
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
        await Cameras.Until(() => _api.FetchesTold.Any(t => t.Failure == FetchFailure.NoArchive));
        await box.StopAsync(Ct);
    }

    [Fact]
    public async Task A_camera_that_is_in_no_list_for_a_moment_is_looked_for_again()
    {
        await using var device = await Device.Start();
        _api.Fetches = [_wish];
        var looked = 0;
        using var box = Box(device, () => Interlocked.Increment(ref looked) > 1);
        await box.StartAsync(Ct);
        await Cameras.Until(() => _api.FetchesTold.Any(t => t.Failure == FetchFailure.NoArchive));
        Assert.Contains(_api.FetchesTold, t => t.Failure is null); // the recorder was asked, and has none
        await box.StopAsync(Ct);
    }

    [Theory, InlineData(400, "footage.file-large", FetchFailure.TooLarge), InlineData(409, "footage.disk-full", FetchFailure.NoRoom), InlineData(409, "footage.too-many-coming", FetchFailure.NoRoom)]
    public async Task A_file_that_the_API_has_no_place_for_is_told_as_failed_and_holds_up_no_other(int status, string code, FetchFailure told)
    {
        var other = _wish with { FileId = Guid.NewGuid() };
        Lies(_wish, [1]);
        Lies(other, [2, 3]);
        _api.RefuseFetched = id => id == _wish.FileId ? (status, code) : null;
        _api.Fetches = [_wish, other];
        await using var device = await Device.Start();
        using var box = Box(device);
        await box.StartAsync(Ct);
        await Cameras.Until(() => _api.FetchedBytes.SequenceEqual<byte>([2, 3]));
        await box.StopAsync(Ct);
        Assert.Equal(told, _api.FetchesTold.First(one => one.Failure is not null).Failure);
    }

    [Fact]
    public async Task What_breaks_is_tried_again_after_a_pause_behind_all_others()
    {
        var (clock, other, asked) = (new FakeTimeProvider(), _wish with { FileId = Guid.NewGuid() }, 0);
        _api.Fetches = [_wish, other];
        var options = new ProbeOptions { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", DataDir = _folder["data"] };
        using var box = new FootageFetches(
            new(_http, options, TimeProvider.System, NullLogger<ApiConnection>.Instance), () => ++asked > 0 ? throw new InvalidOperationException() : [],
            Device.Means(), Cameras.Opener(_drain), options, clock, NullLogger<FootageFetches>.Instance);
        Lies(other, [2, 3]);
        _api.RefuseFetched = id => (409, "footage.fetch-over"); // a refusal that says nothing of the file
        var began = clock.GetUtcNow();
        await box.StartAsync(Ct);
        await Cameras.Until(() =>
        {
            clock.Advance(TimeSpan.FromSeconds(3));
            return asked >= 3 && _api.Announced.Count >= 2;
        });
        await box.StopAsync(Ct);
        Assert.True(clock.GetUtcNow() - began >= 4 * options.Footage.AskEvery, $"{clock.GetUtcNow() - began}"); // in turn: the one, the other, the one, the other, the one
    }

    /// <summary>It was fetched and packed before a restart.</summary>
    void Lies(FetchWish wish, byte[] mp4)
    {
        Directory.CreateDirectory(_folder["data/footage"]);
        File.WriteAllBytes(_folder[$"data/footage/{wish.FileId:N}.mp4"], mp4);
        var file = new FetchedFile(mp4.Length, Convert.ToHexStringLower(SHA256.HashData(mp4)), wish.From, wish.To, 0);
        File.WriteAllBytes(_folder[$"data/footage/{wish.FileId:N}.mp4.json"], System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(file, Compliance.Domain.Kernel.EventCatalog.Json));
    }
}
