using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Models;
using Compliance.Domain.Probes;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.KnownClips;

/// <summary>From a clip that somebody adds to the box that plays it, and what came of it.</summary>
public sealed class KnownClipDoorTests : IAsyncLifetime
{
    readonly House _house = new();
    readonly Guid _clip = Guid.NewGuid();
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("known-clips-");
    Scene _scene = null!;
    HttpClient _authority = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Door => $"/known-clips/{_clip}";

    public async ValueTask InitializeAsync() => (_scene, _authority) = (await Scene.In(_house), _house.As(Guid.NewGuid(), "authority"));

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _folder.Delete(true);
    }

    KnownClipProposal Proposal(byte[] file) => new(new(_clip, Detector.Fight, true, ClipRight.Staged, "Order 7"), file);

    [Fact]
    public async Task A_clip_reaches_the_boxes_it_is_assigned_to_what_they_make_of_it_is_counted_and_deleted_it_is_gone()
    {
        var file = await Drawn("-f lavfi -i testsrc=size=320x180:rate=10 -t 7 -c:v libx264 -preset ultrafast -pix_fmt yuv420p", "a.mp4");
        await _authority.Do("PUT", Door, Proposal(file));
        await _authority.Do("PUT", Door, Proposal(file)); // a second knock
        var row = Assert.Single((await _authority.Get<Page<KnownClipRow>>("/known-clips")).Items);
        Assert.Equal((Hash(file), 320, 180, 7.0), (row.Card.Sha256, row.Card.Width, row.Card.Height, row.Card.Seconds));
        Assert.Empty((await Assigned(null)).KnownClips);

        var assigned = await Assigned(await _authority.Do("POST", $"{Door}/assigned", new KnownClipCommand.Assign([_scene.Probe])));
        Assert.Equal(new AssignedKnownClip(_clip, Detector.Fight, Hash(file)), Assert.Single(assigned.KnownClips));
        using (var fetched = await _scene.AsProbe.Ask("GET", $"/probe/known-clips/{_clip}")) Assert.Equal(file, await fetched.Content.ReadAsByteArrayAsync(Ct));
        using (var other = await _house.AsProbe(Guid.NewGuid()).Ask("GET", $"/probe/known-clips/{_clip}")) Assert.NotEqual(HttpStatusCode.OK, other.StatusCode);

        var (now, model) = (_house.Clock.GetUtcNow(), new DetectorModel("fights", new('b', 64), 0.629, new('c', 64)));
        var seen = new ShowingObserved(Guid.NewGuid(), _scene.Camera, now, new(true, 0), _clip, Detector.Fight, model, true, 5, 0.8, 50, 0, null);
        Assert.Equal([null], await _scene.Tell(seen));
        Assert.Equal([null], await _scene.Tell(seen)); // told twice
        Assert.Equal([null], await _scene.Tell(seen with { Id = Guid.NewGuid(), Found = false, AfterSeconds = null, Score = null }));
        Assert.Equal([null], await _scene.Tell(seen with { Id = Guid.NewGuid(), Model = null, Found = false, AfterSeconds = null, Score = null, Because = NotShown.DetectorStopped }));
        Assert.Equal(["showing.unsound"], await _scene.Tell(seen with { Id = Guid.NewGuid(), AfterSeconds = null }));
        Assert.Equal(["knownclip.unknown"], await _scene.Tell(seen with { Id = Guid.NewGuid(), ClipId = Guid.NewGuid() }));
        var sheet = await Asking.Until(() => _authority.Get<RecallSheet>("/known-clips/recall"), // a view: it follows the log
            sheet => sheet.Months.Sum(month => month.Recall.Shown + month.NotShown.Values.Sum()) == 3);
        Assert.Equal(new Recall(2, 1, 0, 0, 5), sheet.Months.Single(month => month.ModelSha256 == model.Sha256).Recall);
        Assert.Equal((_scene.Probe, (DateTimeOffset?)now), Assert.Single(sheet.Boxes) is var box ? (box.BoxId, box.LastAt) : default);

        // No desk hears of it, and no alert is counted.
        Assert.Empty(await _house.Services.GetRequiredService<IViewStore>().All(AlertRow.View, null, Ct));
        Assert.Null((await _authority.Get<IReadOnlyList<ModelLine>>("/models"))[0].Field);

        var gone = await Assigned(await _authority.Do("POST", $"{Door}/deleted", new KnownClipCommand.Delete("Consent taken back")));
        Assert.Empty(gone.KnownClips);
        using (var late = await _scene.AsProbe.Ask("GET", $"/probe/known-clips/{_clip}")) Assert.Equal(HttpStatusCode.NotFound, late.StatusCode);
        Assert.Null(_house.Services.GetRequiredService<Compliance.Api.KnownClips.KnownClipStore>().Get(_clip));
        Assert.Equal([null], await _scene.Tell(seen with { Id = Guid.NewGuid() })); // what it showed is still known
    }

    [Fact]
    public async Task A_box_that_looks_and_never_told_of_a_clip_is_not_measured()
    {
        Assert.Empty((await _authority.Get<RecallSheet>("/known-clips/recall", _scene.Ready)).Boxes);
        await Assigned(null);
        Assert.Equal([null], await _scene.Tell(new DetectorObserved(Guid.NewGuid(), _scene.Camera, _house.Clock.GetUtcNow(), new(true, 0), Detector.Fight, Guid.NewGuid(), new("fights", new('b', 64), 0.6, new('c', 64)), null)));
        var sheet = await Asking.Until(() => _authority.Get<RecallSheet>("/known-clips/recall"), sheet => sheet.Boxes.Count > 0);
        Assert.Equal((_scene.Probe, null), Assert.Single(sheet.Boxes) is var box ? (box.BoxId, box.LastAt) : default);
    }

    [Fact]
    public async Task What_no_box_could_play_is_refused_by_name_and_not_kept()
    {
        var good = await Drawn("-f lavfi -i testsrc=size=160x90:rate=10 -t 7 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags +faststart", "good.mp4");
        Assert.Equal("knownclip.file-size", await Refused([]));
        Assert.Equal("knownclip.file-size", await Refused(new byte[KnownClip.Largest + 1]));
        Assert.Equal("knownclip.unreadable", await Refused("#EXTM3U\nfile:///etc/passwd\n"u8.ToArray()));
        Assert.Equal("knownclip.unreadable", await Refused(good[..(good.Length / 2)]));
        Assert.Equal("knownclip.unreadable", await Refused([.. good.Take(40), .. new byte[2000]]));
        Assert.Equal("knownclip.picture-size", await Refused(await Drawn("-f lavfi -i color=size=7680x4320:rate=1 -frames:v 1 -c:v mjpeg", "8k.avi")));
        Assert.Equal("knownclip.length", await Refused(await Drawn("-f lavfi -i color=size=64x64:rate=2 -t 62 -c:v libx264 -preset ultrafast", "long.mkv")));
        Assert.Equal("knownclip.length", await Refused(await Drawn("-f lavfi -i color=size=64x64:rate=10 -t 3 -c:v libx264 -preset ultrafast", "short.mp4")));
        Assert.Equal("knownclip.unreadable", await Refused(await Drawn("-f lavfi -i sine=frequency=400 -t 7", "sound.mp4")));
        Assert.Empty((await _authority.Get<Page<KnownClipRow>>("/known-clips")).Items);
        Assert.Null(_house.Services.GetRequiredService<Compliance.Api.KnownClips.KnownClipStore>().Get(_clip));
        using var foreign = await _authority.Ask("POST", $"{Door}/assigned", new KnownClipCommand.Assign([Guid.NewGuid()]));
        Assert.Equal("knownclip.box-foreign", (await foreign.Json()).GetProperty("code").GetString());

        async Task<string?> Refused(byte[] file)
        {
            using var answer = await _authority.Ask("PUT", Door, Proposal(file));
            return (await answer.Json()).GetProperty("code").GetString();
        }
    }

    [Fact]
    public async Task Of_two_clips_under_one_id_one_is_kept_and_it_is_the_one_that_the_log_names()
    {
        var one = await Drawn("-f lavfi -i color=size=64x64:rate=10 -t 7 -c:v libx264 -preset ultrafast", "one.mp4");
        var other = await Drawn("-f lavfi -i color=c=red:size=64x64:rate=10 -t 7 -c:v libx264 -preset ultrafast", "other.mp4");
        var answers = await Task.WhenAll(_authority.Ask("PUT", Door, Proposal(one)), _authority.Ask("PUT", Door, Proposal(other)));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal("409 knownclip.already-added", await answers.Single(answer => answer.StatusCode != HttpStatusCode.OK).Refusal());
        var store = _house.Services.GetRequiredService<Compliance.Api.KnownClips.KnownClipStore>();
        Assert.Equal(Assert.Single((await _authority.Get<Page<KnownClipRow>>("/known-clips")).Items).Card.Sha256, Hash(store.Get(_clip)!));

        var broken = Guid.NewGuid();
        await Assert.ThrowsAsync<IOException>(() => store.Keep(broken, one, () => throw new IOException()));
        Assert.Null(store.Get(broken));
    }

    static string Hash(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));

    async Task<Assignments> Assigned(CommandAnswer? after)
    {
        if (after is not null) await _authority.Get<Page<KnownClipRow>>("/known-clips", after);
        return await _scene.AsProbe.Get<Assignments>("/probe/assignments");
    }

    /// <param name="how">Arguments of ffmpeg before the name of the file.</param>
    async Task<byte[]> Drawn(string how, string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        using var child = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. how.Split(' '), path]) { RedirectStandardError = true })!;
        var said = await child.StandardError.ReadToEndAsync(Ct);
        await child.WaitForExitAsync(Ct);
        Assert.True(child.ExitCode == 0, said);
        return await File.ReadAllBytesAsync(path, Ct);
    }
}
