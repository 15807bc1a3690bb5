using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Schedule;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Tests.Tell;

public sealed class AlertCourierTests : IAsyncLifetime
{
    static readonly DetectorModel Model = new("fights", new('a', 64), 0.629, new('b', 64));
    static readonly SeenAlert Began = new(Guid.CreateVersion7(), Guid.NewGuid(), AlertKind.Fight, new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero), null, 0.8, 50, 3, null);
    static readonly Clip Clip = new([1, 2, 3], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([1, 2, 3])), 30);

    readonly Folder _folder = new();
    readonly List<IDisposable> _used = [];
    readonly Asked _asked = new();
    FakeApi _api = null!;
    ProbeFile _file = null!;
    AlertSpool _spool = null!;
    AlertCourier _courier = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await FakeApi.Start();
        Begin();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var used in _used.AsEnumerable().Reverse()) used.Dispose();
        await _api.DisposeAsync();
        _folder.Dispose();
    }

    void Begin()
    {
        var (file, http) = (new ProbeFile(_folder["spool.db"]), new HttpClient { BaseAddress = _api.Address });
        var api = new ApiConnection(http, new() { ClientId = $"probe-{Guid.Empty}", ClientSecret = "s", DataDir = _folder["data"] }, TimeProvider.System, NullLogger<ApiConnection>.Instance);
        _file = file;
        _spool = new(file, _folder["clips"], () => new(true, 2), TimeProvider.System, NullLogger<AlertSpool>.Instance);
        _courier = new(_spool, api, _asked, TimeProvider.System, new Random(1), NullLogger<AlertCourier>.Instance);
        _used.AddRange([file, http, _spool, _courier]);
    }

    [Fact]
    public async Task An_alert_is_told_with_all_that_is_known_each_time_and_its_clip_after_it()
    {
        _spool.Tell(Began, Model);
        await _courier.Deliver(Ct);
        _spool.Tell(Began with { Clip = Clip }, Model);
        await _courier.Deliver(Ct);
        _spool.Tell(Began with { Clip = Clip, Until = Began.From.AddSeconds(25), Score = 0.9 }, Model);
        await _courier.Deliver(Ct);
        var told = _api.Alerts.SelectMany(batch => batch).ToList();
        Assert.Equal([null, Clip.Sha256, Clip.Sha256], told.Select(one => one.Clip?.Sha256));
        Assert.Equal((Began.AlertId, 0.629, 50, 3, 30), (told[1].AlertId, told[1].Model.Threshold, told[1].FramesAnalysed, told[1].FramesSkipped, told[1].Clip!.Seconds));
        Assert.Equal(Began.From.AddSeconds(25), told[2].SeenUntil);
        Assert.Equal(Clip.Mp4, Assert.Single(_api.Clips).Value);
        Assert.Empty(Directory.EnumerateFiles(_folder["clips"]));
        Assert.Empty(_spool.Waiting(10));
    }

    [Fact]
    public async Task The_blurred_copy_follows_its_clip_and_neither_is_sent_again_when_more_is_told()
    {
        var copy = new BlurredCopy(new([4, 5], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([4, 5])), 30), ClipBlur.Faces, new('c', 64));
        var empty = Began with { Clip = Clip with { Mp4 = [] } };
        _spool.Tell(Began with { Clip = Clip }, Model);
        await _courier.Deliver(Ct);
        _spool.Tell(empty with { Blurred = copy }, Model);
        await _courier.Deliver(Ct);
        _spool.Tell(empty with { Blurred = copy with { Clip = copy.Clip with { Mp4 = [] } }, Until = Began.From.AddSeconds(25) }, Model);
        await _courier.Deliver(Ct);
        var told = _api.Alerts.SelectMany(batch => batch).ToList();
        Assert.Equal([null, new BlurredClip(copy.Clip.Sha256, 30, ClipBlur.Faces, new('c', 64)), new(copy.Clip.Sha256, 30, ClipBlur.Faces, new('c', 64))], told.Select(one => one.Blurred));
        Assert.All(told, one => Assert.Equal(Clip.Sha256, one.Clip!.Sha256));
        Assert.Equal(Clip.Mp4, Assert.Single(_api.Clips).Value);
        Assert.Equal(copy.Clip.Mp4, Assert.Single(_api.BlurredClips).Value);
        Assert.Equal(2, _api.ClipsSent);
        Assert.Empty(Directory.EnumerateFiles(_folder["clips"]));
    }

    [Fact]
    public async Task A_blurred_copy_that_waits_outlives_a_restart_and_one_that_is_refused_goes_with_its_alert()
    {
        var copy = new BlurredCopy(new([4, 5], new('d', 64), 30), ClipBlur.WholePicture, null);
        _api.Trouble = 503;
        _spool.Tell(Began with { Clip = Clip, Blurred = copy }, Model);
        await Assert.ThrowsAsync<ApiAway>(() => _courier.Deliver(Ct));
        Begin();
        _api.Trouble = null;
        await _courier.Deliver(Ct);
        Assert.Equal(copy.Clip.Mp4, Assert.Single(_api.BlurredClips).Value);
        _api.RefuseAlert = _ => "alert.no-basis";
        _spool.Tell(Began with { AlertId = Guid.CreateVersion7(), Clip = Clip, Blurred = copy }, Model);
        await _courier.Deliver(Ct);
        Assert.Single(_api.BlurredClips);
        Assert.Empty(Directory.EnumerateFiles(_folder["clips"]));
    }

    [Fact]
    public async Task What_waits_while_the_API_is_away_outlives_a_restart_and_is_told_once_as_it_is_known_last()
    {
        _api.Trouble = 503;
        _spool.Tell(Began, Model);
        _spool.Tell(Began with { Clip = Clip }, Model);
        await Assert.ThrowsAsync<ApiAway>(() => _courier.Deliver(Ct));
        Begin();
        _api.Trouble = null;
        await _courier.Deliver(Ct);
        Assert.Equal(Clip.Sha256, Assert.Single(Assert.Single(_api.Alerts)).Clip?.Sha256);
        Assert.Single(_api.Clips);
    }

    [Fact]
    public async Task What_the_API_refuses_is_let_go_with_its_clip_and_a_lost_venue_asks_anew()
    {
        _api.RefuseAlert = _ => "probe.lease-lost";
        _spool.Tell(Began with { Clip = Clip }, Model);
        await _courier.Deliver(Ct);
        Assert.Empty(_spool.Waiting(10));
        Assert.Empty(_api.Clips);
        Assert.Empty(Directory.EnumerateFiles(_folder["clips"]));
        Assert.Equal(1, _asked.Count);
    }

    [Fact]
    public async Task Where_the_disk_takes_no_clip_the_alert_is_told_and_the_clip_once_it_is_offered_again()
    {
        var place = Path.Combine(_folder["clips"], $"{Began.AlertId:N}.mp4");
        Directory.CreateDirectory(place); // no file can be put there
        Assert.False(_spool.Tell(Began with { Clip = Clip }, Model));
        await _courier.Deliver(Ct);
        Assert.Equal(Clip.Sha256, Assert.Single(Assert.Single(_api.Alerts)).Clip?.Sha256);
        Assert.Empty(_api.Clips);
        Directory.Delete(place);
        Assert.True(_spool.Tell(Began with { Clip = Clip, Until = Began.From.AddSeconds(25) }, Model));
        await _courier.Deliver(Ct);
        Assert.Equal(Clip.Mp4, Assert.Single(_api.Clips).Value);
    }

    [Fact]
    public void Only_so_many_clips_wait_and_the_newest_are_kept()
    {
        for (var n = 0; n < 60; n++) _spool.Tell(Began with { AlertId = Guid.CreateVersion7(Began.From.AddSeconds(n)), Clip = Clip }, Model);
        Assert.Equal(50, Directory.EnumerateFiles(_folder["clips"]).Count());
        Assert.Equal(60, _spool.Waiting(100).Count);
    }

    static readonly Guid[] Ids = [.. Enumerable.Range(0, 3).Select(n => Guid.CreateVersion7(Began.From.AddSeconds(n)))];

    void TellAll(Clip? clip = null)
    {
        foreach (var id in Ids) _spool.Tell(Began with { AlertId = id, Clip = clip }, Model);
    }

    [Theory]
    [InlineData("UPDATE alerts SET body = substr(body, 9) WHERE id = $id")]
    [InlineData("UPDATE alerts SET body = 'null' WHERE id = $id")]
    [InlineData("UPDATE alerts SET body = '{}' WHERE id = $id")]
    public async Task An_alert_that_the_disk_spoiled_is_set_aside_with_its_clip_and_the_others_are_told(string spoil)
    {
        TellAll(Clip);
        _file.Run(spoil, ("$id", $"{Ids[0]:N}"));
        await _courier.Deliver(Ct);
        Assert.Equal(Ids[1..], _api.Alerts.SelectMany(batch => batch).Select(told => told.AlertId));
        Assert.Equal(Ids[1..].ToHashSet(), _api.Clips.Keys.ToHashSet());
        Assert.Equal((1, 0), (_spool.Aside, _spool.Waiting(10).Count));
        Assert.Empty(Directory.EnumerateFiles(_folder["clips"]));
    }

    [Fact]
    public async Task Of_alerts_that_are_refused_as_a_whole_the_one_at_fault_is_found_and_the_others_are_told()
    {
        _api.RefuseAlerts = batch => batch.Any(told => told.AlertId == Ids[0]);
        TellAll();
        await _courier.Deliver(Ct);
        Assert.Equal([3, 1, 2], _api.Alerts.Select(batch => batch.Length));
        Assert.Equal((1, 0), (_spool.Aside, _spool.Waiting(10).Count));
    }

    [Fact]
    public async Task A_clip_that_the_API_cannot_take_holds_no_other_up()
    {
        _api.TroubleOfClip = id => id == Ids[0] ? 500 : null;
        TellAll(Clip);
        await Assert.ThrowsAsync<ApiAway>(() => _courier.Deliver(Ct));
        await Assert.ThrowsAsync<ApiAway>(() => _courier.Deliver(Ct)); // the other two, and it again
        Assert.Equal(Ids[1..].ToHashSet(), _api.Clips.Keys.ToHashSet());
        _api.TroubleOfClip = _ => null;
        await _courier.Deliver(Ct);
        Assert.Equal(3, _api.Clips.Count);
    }

    [Fact]
    public async Task Clips_that_nobody_took_for_a_day_are_deleted()
    {
        _api.Trouble = 503;
        TellAll(Clip);
        File.SetLastWriteTimeUtc(Path.Combine(_folder["clips"], $"{Ids[0]:N}.mp4"), DateTime.UtcNow.AddHours(-25));
        File.SetLastWriteTimeUtc(Path.Combine(_folder["clips"], $"{Ids[1]:N}.mp4"), DateTime.UtcNow.AddHours(-23));
        await Assert.ThrowsAsync<ApiAway>(() => _courier.Deliver(Ct));
        _api.Trouble = null;
        await _courier.Deliver(Ct);
        Assert.Equal(Ids[1..].ToHashSet(), _api.Clips.Keys.ToHashSet());
        Assert.Equal(3, _api.Alerts.SelectMany(batch => batch).Count());
    }

    [Fact]
    public async Task A_box_that_is_revoked_keeps_no_clip()
    {
        _spool.Tell(Began, Model);
        await _courier.Deliver(Ct); // it was let in before
        _api.IsRevoked = true;
        TellAll(Clip);
        await _courier.StartAsync(Ct);
        await EndToEnd.Cameras.Until(() => !Directory.EnumerateFiles(_folder["clips"]).Any());
        await _courier.StopAsync(Ct);
        Assert.Equal(3, _spool.Waiting(10).Count);
    }

    sealed class Asked : IAssignments
    {
        public int Count { get; private set; }

        public TimeSpan Unconfirmed => TimeSpan.Zero;

        public IAsyncEnumerable<Assignments> Changes(CancellationToken ct) => AsyncEnumerable.Empty<Assignments>();

        public void Doubt() => Count++;
    }
}
