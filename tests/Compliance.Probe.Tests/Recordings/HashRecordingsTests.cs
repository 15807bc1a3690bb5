using System.Diagnostics;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch.Recordings;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Recordings;

/// <summary>A recorder that closes a file every five minutes, on a real disk; the clock is the test's.</summary>
public sealed class HashRecordingsTests : IAsyncLifetime
{
    static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    static readonly Guid Camera = Guid.NewGuid();

    readonly Folder _folder = new();
    readonly FakeTimeProvider _clock = new(Noon.AddMinutes(10));
    readonly HttpClient _http = new();
    FakeApi _fake = null!;
    ApiConnection _api = null!;
    ProbeFile _file = null!;
    Outbox _outbox = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Footage => _folder["footage"];

    ProbeOptions Options => new()
    {
        DataDir = _folder["data"], ClientId = $"probe-{Guid.Empty}", ClientSecret = "s",
        Recordings = new() { Folders = new Dictionary<string, string> { [$"{Camera:N}"] = Footage }, MegabytesASecond = 1e9 },
    };

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Footage);
        _fake = await FakeApi.Start();
        _http.BaseAddress = _fake.Address;
        _api = new(_http, Options, TimeProvider.System, NullLogger<ApiConnection>.Instance);
        await _api.Observe([], Ct);
        Open();
    }

    public async ValueTask DisposeAsync()
    {
        _outbox.Dispose();
        _file.Dispose();
        _http.Dispose();
        await _fake.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_hour_that_is_over_is_told_once_and_its_list_is_one_that_sha256sum_checks()
    {
        Record(Noon.AddHours(-2), Noon.AddMinutes(9));
        await Look();
        await Look();
        var told = Assert.Single(Told());
        Assert.Equal((Noon.AddHours(-1), 12, 12 * 4L, 0), (told.Hour, told.Files, told.Bytes, told.Unread));
        var list = Path.Combine(_folder["data"], "recordings", $"{Camera:D}", "2026-11-29T11.sha256");
        Assert.Equal(told.Root, $"{RecordingList.Root(RecordingList.Parse(await File.ReadAllTextAsync(list, Ct))!)}");
        using var checking = Process.Start(new ProcessStartInfo("sha256sum", ["--check", "--strict", "--quiet", list]) { WorkingDirectory = Footage })!;
        await checking.WaitForExitAsync(Ct);
        Assert.Equal(0, checking.ExitCode);
    }

    [Fact]
    public async Task What_is_being_written_waits_for_its_hour()
    {
        Record(Noon.AddHours(-1), Noon.AddMinutes(9));
        await Look();
        _clock.Advance(TimeSpan.FromHours(1));
        Record(Noon.AddMinutes(5), Noon.AddMinutes(69));
        await Look();
        Assert.Equal([Noon.AddHours(-1), Noon], Told().Select(t => t.Hour));
        Assert.All(Told(), hour => Assert.Equal(12, hour.Files));
    }

    [Fact]
    public async Task An_hour_without_a_recording_is_told_as_missing_and_a_night_off_is_made_up()
    {
        Record(Noon.AddHours(-1), Noon);
        await Look();
        Record(Noon.AddHours(1), Noon.AddHours(3));
        _clock.Advance(TimeSpan.FromHours(3));
        await Look();
        Assert.Equal([(-1, 12), (0, 0), (1, 12), (2, 12)], Told().Select(t => ((int)(t.Hour - Noon).TotalHours, t.Files)));
        Assert.Equal([false, true, false, false], Told().Select(t => t.Root is null));
    }

    [Fact]
    public async Task Files_of_an_hour_that_slip_past_the_full_hour_leave_no_hole()
    {
        for (var n = -8; n < 3; n++) Write(Noon.AddHours(n).AddMinutes(n < 1 ? 4 : 6));
        await Look();
        _clock.Advance(TimeSpan.FromHours(2));
        await Look();
        Assert.DoesNotContain(Told(), hour => hour.Root is null);
    }

    [Fact]
    public async Task Of_a_share_that_is_not_there_or_holds_nothing_at_all_nothing_is_said()
    {
        await Look();
        Directory.Delete(Footage, recursive: true);
        await Look();
        _clock.Advance(TimeSpan.FromHours(3));
        await Look();
        Assert.Empty(Told());
    }

    [Fact]
    public async Task After_a_restart_no_file_is_hashed_again_that_was()
    {
        Record(Noon.AddHours(-1), Noon);
        var kept = new ListedFile("29-11-55.mp4", 4, Noon.AddMinutes(-5).AddSeconds(1));
        new HourLists(_file, Options).Keep(Camera, kept, new('a', 64));
        _outbox.Dispose();
        _file.Dispose();
        Open();
        await Look();
        Assert.Equal(12, Assert.Single(Told()).Files);
        var list = RecordingList.Parse(await File.ReadAllTextAsync(Path.Combine(_folder["data"], "recordings", $"{Camera:D}", "2026-11-29T11.sha256"), Ct))!;
        Assert.Equal(new string('a', 64), Assert.Single(list, file => file.Path == kept.Path).Sha256);
        Assert.Single(list, file => file.Sha256 == new string('a', 64));
    }

    [Fact]
    public async Task An_hourly_file_that_is_taken_away_before_it_was_hashed_leaves_a_hole()
    {
        for (var n = -8; n < 3; n++)
            if (n != 0) Write(Noon.AddHours(n).AddMinutes(30));
        await Look();
        _clock.Advance(TimeSpan.FromHours(3));
        await Look();
        Assert.Equal([(-1, 1), (0, 0), (1, 1), (2, 1)], Told().Select(t => ((int)(t.Hour - Noon).TotalHours, t.Files)));
    }

    [Fact]
    public async Task Whoever_watches_the_cameras_the_box_hashes_what_it_was_granted()
    {
        var (inRoot, root) = (Guid.NewGuid(), _folder["root"]);
        Record(Noon.AddHours(-1), Noon);
        foreach (var name in (string[])[$"{inRoot:D}", "not a camera"])
        {
            Directory.CreateDirectory(Path.Combine(root, name));
            Write(Noon.AddMinutes(-5), Path.Combine(root, name));
        }

        var granted = Options with { Recordings = Options.Recordings with { Root = root } };
        await new HashRecordings(new HourLists(_file, granted), _outbox, _api, granted, _clock, NullLogger<HashRecordings>.Instance).GoRound(Ct);
        Assert.Equal(new[] { (Camera, 12), (inRoot, 1) }.ToHashSet(), Told().Select(t => (t.DeviceId, t.Files)).ToHashSet());
    }

    [Fact]
    public async Task A_root_that_is_not_there_takes_nothing_from_the_folders_beside_it()
    {
        Record(Noon.AddHours(-1), Noon);
        var granted = Options with { Recordings = Options.Recordings with { Root = _folder["nowhere"] } };
        await new HashRecordings(new HourLists(_file, granted), _outbox, _api, granted, _clock, NullLogger<HashRecordings>.Instance).GoRound(Ct);
        Assert.Equal(Camera, Assert.Single(Told()).DeviceId);
    }

    [Fact]
    public async Task A_clock_that_steps_back_tells_nothing_twice_and_one_that_is_not_in_order_nothing_at_all()
    {
        Record(Noon.AddHours(-1), Noon);
        await Look();
        var back = new FakeTimeProvider(Noon.AddDays(-3));
        await Job(back).Look(Camera, Ct);
        Assert.Single(Told());
        var unsure = new ApiConnection(_http, Options, TimeProvider.System, NullLogger<ApiConnection>.Instance);
        await new HashRecordings(new HourLists(_file, Options), _outbox, unsure, Options, new FakeTimeProvider(Noon.AddDays(3000)), NullLogger<HashRecordings>.Instance).Look(Camera, Ct);
        Assert.Single(Told());
    }

    void Open()
    {
        _file = new(_folder["spool.db"]);
        _outbox = new(new(_file));
    }

    HashRecordings Job(TimeProvider clock) => new(new HourLists(_file, Options), _outbox, _api, Options, clock, NullLogger<HashRecordings>.Instance);

    Task Look() => Job(_clock).Look(Camera, Ct);

    RecordingObserved[] Told() => [.. _outbox.Spool.Oldest(100).Cast<RecordingObserved>()];

    /// <summary>A file each five minutes, the first closed five minutes after the begin.</summary>
    void Record(DateTimeOffset from, DateTimeOffset to)
    {
        for (var end = from.AddMinutes(5); end <= to; end += TimeSpan.FromMinutes(5)) Write(end.AddSeconds(1));
    }

    void Write(DateTimeOffset end, string? folder = null)
    {
        var path = Path.Combine(folder ?? Footage, $"{end:dd-HH-mm}.mp4");
        File.WriteAllText(path, $"{end:mmss}");
        File.SetLastWriteTimeUtc(path, end.UtcDateTime);
    }
}
