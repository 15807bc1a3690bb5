using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Api.Footage;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Reports;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Footage;

/// <summary>
/// Copies with their recipient burnt in, as work that goes on behind the doors. Where one has to last, <c>ffmpeg</c> is told to read a minute's film as slowly as it was taken: what is asked about is then
/// asked while it runs, whatever the machine.
/// </summary>
public sealed class MarkedCopyTests : IDisposable
{
    readonly TempFolder _data = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Guid Officer { get; } = Guid.NewGuid();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_long_one_shows_how_far_it_is_lets_others_first_keeps_nobody_waiting_and_is_stopped_without_a_trace()
    {
        await using var house = House(("Footage:Ffmpeg", await Slow()), ("Footage:MarkWaitSeconds", "0"));
        var (scene, request) = await Asked(house);
        var file = await Given(scene, request, await Film("60"));
        var officer = house.As(Officer, "operator");
        await Say(officer, "PUT", $"/footage/{request}/copies/{file}");
        var making = await Asking.Until(() => Copy(officer), copy => copy is { State: CopyState.Making, Share: > 0 });
        Assert.InRange(making!.Share!.Value, 0, 0.99);
        var child = Assert.Single(Children());
        Assert.Equal("19", (await File.ReadAllTextAsync($"/proc/{child}/stat", Ct)).Split(") ")[1].Split(' ')[16]); // nice, proc_stat(5)

        Assert.Equal("409 footage.copy-coming", await (await officer.Ask("GET", $"/footage/{request}/export/{file}")).Refusal());
        var manifest = await Export(officer, $"/footage/{request}/export/{file}?marked=false");
        Assert.Equal((null, "not asked for"), (manifest.Watermark, manifest.WithoutWatermark));
        Assert.Empty(await house.As(Guid.NewGuid(), "operator").Get<IReadOnlyList<CopyShown>>("/footage/copies")); // another officer's is his own

        await Say(officer, "POST", $"/footage/{request}/copies/{file}/stopped");
        await Asking.Until(() => Task.FromResult(!Children().Any() && Left.Length == 0));
        Assert.Null(await Copy(officer));
        Assert.Single(Directory.EnumerateFiles(_data["data/footage"])); // what the venue gave
    }

    [Fact]
    public async Task What_a_restart_breaks_off_is_made_anew_and_nothing_of_it_stays_in_the_clear()
    {
        (string, string)[] kept = [("EventLog", $"sqlite:{_data["log.db"]}")];
        var officer = Officer;
        Guid request, file;
        await using (var before = House([.. kept, ("Footage:Ffmpeg", await Slow())]))
        {
            (var scene, request) = await Asked(before);
            file = await Given(scene, request, await Film("60"));
            await Say(before.As(officer, "operator"), "PUT", $"/footage/{request}/copies/{file}");
            await Asking.Until(() => Copy(before.As(officer, "operator")), copy => copy is { Share: > 0 });
        }

        Assert.Empty(Left);
        Assert.Empty(Children());
        await File.WriteAllBytesAsync(_data["data/footage-work/killed.plain"], [1, 2, 3], Ct); // as one that is killed leaves it
        await using var after = House(kept);
        var again = after.As(officer, "operator");
        await Asking.Until(() => Copy(again), copy => copy is { State: CopyState.Ready });
        Assert.Empty(Left);
        Assert.NotNull((await Export(again, $"/footage/{request}/export/{file}")).WatermarkSha256);
    }

    [Fact]
    public async Task A_ready_one_waits_sealed_for_a_day_and_is_gone_once_it_was_taken_over()
    {
        await using var house = House();
        var (scene, request) = await Asked(house);
        var (file, officer) = (await Given(scene, request, await Film("1")), house.As(Officer, "operator"));
        await Say(officer, "PUT", $"/footage/{request}/copies/{file}");
        var ready = await Asking.Until(() => Copy(officer), copy => copy is { State: CopyState.Ready });
        Assert.InRange(ready!.Until!.Value - house.Clock.GetUtcNow(), TimeSpan.FromHours(23), TimeSpan.FromHours(24));
        var lying = Directory.GetFiles(_data["data/footage"]);
        Assert.Equal(2, lying.Length);
        foreach (var path in lying) Assert.Equal(-1, (await File.ReadAllBytesAsync(path, Ct)).AsSpan().IndexOf("ftyp"u8));
        var copies = house.Services.GetRequiredService<MarkedCopies>();
        using var another = copies.Lend(copies.Of(file, Officer)!); // who presses twice is being handed it twice
        var manifest = await Export(officer, $"/footage/{request}/export/{file}");
        Assert.Equal(lying.Length, Directory.GetFiles(_data["data/footage"]).Length);
        another.Dispose();
        Assert.Equal(manifest.WatermarkSha256, Assert.Single((await scene.AsOwner.Get<FootageRow>($"/footage/{request}")).Takes).MarkedSha256);
        await Asking.Until(async () => await Copy(officer) is null);
        Assert.Single(Directory.EnumerateFiles(_data["data/footage"]));

        await Say(officer, "PUT", $"/footage/{request}/copies/{file}");
        await Asking.Until(() => Copy(officer), copy => copy is { State: CopyState.Ready });
        house.Clock.Advance(TimeSpan.FromHours(25));
        await house.Services.GetRequiredService<FootageWatch>().Tick(Ct);
        Assert.Null(await Copy(officer));
        Assert.Single(Directory.EnumerateFiles(_data["data/footage"]));

        // One that ffmpeg does not understand holds up none behind it.
        var broken = new byte[4000];
        "ftyp"u8.CopyTo(broken.AsSpan(4));
        var (elsewhere, next) = await Asked(house);
        var bad = await Give(elsewhere, next, broken);
        Assert.Equal("409 footage.unanswered", await (await officer.Ask("PUT", $"/footage/{next}/copies/{bad}")).Refusal()); // the venue has not given it yet
        await Answered(elsewhere, next);
        foreach (var (of, one) in new[] { (next, bad), (request, file) }) await Say(officer, "PUT", $"/footage/{of}/copies/{one}");
        var ended = await Asking.Until(() => officer.Get<IReadOnlyList<CopyShown>>("/footage/copies"), copies => copies.All(copy => !copy.IsComing));
        Assert.Equal([(bad, CopyFailure.NoVideo), (file, null)], ended.OrderBy(copy => copy.State == CopyState.Ready).Select(copy => (copy.FileId, copy.Why)));
        Assert.Empty(Left);
    }

    [Fact]
    public async Task Where_ffmpeg_fails_a_video_is_not_called_none()
    {
        await Tool.Run("sh", "-c", $"printf '#!/bin/bash\nexec ffmpeg \"${{@//drawtext/no-such-filter}}\"\n' > '{_data["poor-ffmpeg"]}' && chmod +x '{_data["poor-ffmpeg"]}'");
        await using var house = House(("Footage:Ffmpeg", _data["poor-ffmpeg"]));
        var (scene, request) = await Asked(house);
        var (file, officer) = (await Given(scene, request, await Film("1")), house.As(Officer, "operator"));
        await Say(officer, "PUT", $"/footage/{request}/copies/{file}");
        Assert.Equal(CopyFailure.Broken, (await Asking.Until(() => Copy(officer), copy => copy is { State: CopyState.Failed }))!.Why);
    }

    [Fact]
    public async Task Why_there_is_none_is_said_on_the_page_and_in_the_manifest()
    {
        await using var house = House(("Footage:Ffmpeg", _data["no-such-program"]), ("Footage:DiskMegabytes", "4"));
        var officer = house.As(Officer, "supervisor");
        Assert.Equal(CopyFailure.NoFfmpeg, await Fails(await Film("1")));
        Assert.Equal(CopyFailure.NoVideo, await Fails(new byte[100]));
        var large = new byte[3 << 20];
        "ftyp"u8.CopyTo(large.AsSpan(4));
        Assert.Equal(CopyFailure.NoRoom, await Fails(large)); // three MiB, and as many again, are more than four

        async Task<CopyFailure?> Fails(byte[] bytes)
        {
            var (scene, request) = await Asked(house);
            var file = await Given(scene, request, bytes);
            await Say(officer, "PUT", $"/footage/{request}/copies/{file}");
            var why = (await Asking.Until(async () => (await officer.Get<IReadOnlyList<CopyShown>>("/footage/copies")).FirstOrDefault(copy => copy.FileId == file), copy => copy is { State: CopyState.Failed }))!.Why;
            Assert.NotNull((await Export(officer, $"/footage/{request}/export/{file}")).WithoutWatermark);
            return why;
        }
    }

    string[] Left => Directory.GetFiles(_data["data/footage-work"]);

    House House(params (string, string)[] settings) => new([("Data", _data["data"]), .. settings]);

    /// <summary>ffmpeg, reading no faster than the film runs.</summary>
    async Task<string> Slow()
    {
        var path = _data["slow-ffmpeg"];
        // Written by another process: no child of ours that is just being started can hold it open.
        await Tool.Run("sh", "-c", $"printf '#!/bin/sh\\nexec ffmpeg -re \"$@\"\\n' > '{path}' && chmod +x '{path}'");
        return path;
    }

    async Task<byte[]> Film(string seconds)
    {
        var path = _data["film.mp4"];
        await Tool.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", $"color=gray:d={seconds}:s=160x120:r=25", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-y", path);
        return await File.ReadAllBytesAsync(path, Ct);
    }

    /// <summary>Processes that were told to write to our folder.</summary>
    IEnumerable<string> Children()
    {
        foreach (var one in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(one), out _)) continue;
            var said = "";
            try
            {
                said = File.ReadAllText(Path.Combine(one, "cmdline"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It has ended.
            }

            if (said.Contains(_data["data/footage-work"], StringComparison.Ordinal)) yield return Path.GetFileName(one);
        }
    }

    static Task<(Scene Scene, Guid Request)> Asked(House house) => Sending.Asked(house, Officer);

    static async Task<Guid> Give(Scene scene, Guid request, byte[] bytes)
    {
        var file = Guid.NewGuid();
        await Sending.Upload(scene.AsOwner, request, file, scene.Camera, bytes);
        return file;
    }

    /// <summary>The one file of a request that is answered with it.</summary>
    static async Task<Guid> Given(Scene scene, Guid request, byte[] bytes)
    {
        var file = await Give(scene, request, bytes);
        await Answered(scene, request);
        return file;
    }

    static Task<CommandAnswer> Answered(Scene scene, Guid request) => scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));

    static async Task Say(HttpClient officer, string verb, string path)
    {
        using var answer = await officer.Ask(verb, path);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    static async Task<CopyShown?> Copy(HttpClient officer) => (await officer.Get<IReadOnlyList<CopyShown>>("/footage/copies")).SingleOrDefault();

    static async Task<FootageManifest> Export(HttpClient officer, string path)
    {
        using var answer = await officer.Ask("GET", path);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        await using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)));
        await using var entry = await zip.GetEntry("manifest.json")!.OpenAsync(Ct);
        var manifest = (await JsonSerializer.DeserializeAsync<FootageManifest>(entry, EventCatalog.Json, Ct))!;
        if (manifest.Watermark is null) return manifest;
        await using var marked = await zip.GetEntry(manifest.Watermark)!.OpenAsync(Ct);
        Assert.Equal(manifest.WatermarkSha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(marked, Ct)));
        return manifest;
    }
}
