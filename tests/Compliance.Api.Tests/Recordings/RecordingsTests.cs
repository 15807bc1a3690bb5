using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Compliance.Api.Evidence;
using Compliance.Api.Exports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Recordings;

/// <summary>From a box that hashed an hour to somebody who holds the folder against it a year later, without a server.</summary>
public sealed class RecordingsTests : IAsyncLifetime
{
    readonly House _house = new(("TransparentLog:Origin", "records.example/log"));
    readonly DirectoryInfo _place = Directory.CreateTempSubdirectory("recordings-");
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    DateTimeOffset Hour => RecordingList.HourIn(_house.Clock.GetUtcNow()).AddHours(1);

    string Footage => Path.Combine(_place.FullName, "footage");

    string Lists => Path.Combine(_place.FullName, "lists");

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.In(_house);
        Directory.CreateDirectory(Footage);
        Directory.CreateDirectory(Lists);
    }

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _place.Delete(recursive: true);
    }

    [Fact]
    public async Task An_hour_is_told_once_shown_on_the_page_and_holds_until_somebody_touches_a_file()
    {
        var hour = Hour;
        RecordedFile[] files = [Record("a.mp4", hour.AddMinutes(30)), Record("b.mp4", hour.AddMinutes(59))];
        await Later(hour.AddHours(4));
        var told = new RecordingObserved(Guid.NewGuid(), _scene.Camera, _house.Clock.GetUtcNow(), new(true, 0), hour, $"{RecordingList.Root(files)}", 2, 20, 0);
        var missing = told with { Id = Guid.NewGuid(), Hour = hour.AddHours(1), Root = null, Files = 0, Bytes = 0 };
        Assert.Equal([null, null], await _scene.Tell(told, missing));
        Assert.Equal([null], await _scene.Tell(told));
        var page = await Shown();
        Assert.Equal((RecordedHour.Hashed, RecordedHour.Missing, RecordedHour.Untold), (page.At(hour), page.At(hour.AddHours(1)), page.At(hour.AddHours(2))));

        var facts = await Facts(hour);
        var (code, said) = await Verify("--facts", facts, "--folder", Footage);
        Assert.True(code == 0, said);
        Assert.Contains("1 hours are to the byte", said, StringComparison.Ordinal);
        Assert.Contains("stand in the log, unchanged", said, StringComparison.Ordinal);
        Assert.Contains("1 hours were told as missing", said, StringComparison.Ordinal);

        Record("b.mp4", hour.AddMinutes(59), "made up");
        await File.WriteAllTextAsync(Path.Combine(Lists, $"{hour.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)}.sha256"), RecordingList.Text(files), Ct);
        Assert.Contains("was EDITED: 2 files were hashed, 2 lie here", (await Verify("--facts", facts, "--folder", Footage)).Said, StringComparison.Ordinal);
        (code, said) = await Verify("--facts", facts, "--folder", Footage, "--lists", Lists);
        Assert.Equal(1, code);
        Assert.Contains("b.mp4 was EDITED", said, StringComparison.Ordinal);
        Assert.DoesNotContain("a.mp4", said, StringComparison.Ordinal);

        File.Delete(Path.Combine(Footage, "b.mp4"));
        Record("c.mp4", hour.AddMinutes(80), "put in");
        (_, said) = await Verify("--facts", facts, "--folder", Footage, "--lists", Lists);
        Assert.Contains("b.mp4 is GONE", said, StringComparison.Ordinal);
        Assert.Contains("c.mp4 was ADDED: nothing was recorded then", said, StringComparison.Ordinal);

        // Whoever changes the list as well changes its head.
        await File.AppendAllTextAsync(Path.Combine(Lists, $"{hour.UtcDateTime.ToString("yyyy-MM-dd'T'HH", CultureInfo.InvariantCulture)}.sha256"), $"{new string('a', 64)}  d.mp4\n", Ct);
        Assert.Contains("not the one that was told", (await Verify("--facts", facts, "--folder", Footage, "--lists", Lists)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_hour_that_comes_out_otherwise_later_is_marked_so()
    {
        var hour = Hour;
        await Later(hour.AddHours(2));
        var told = new RecordingObserved(Guid.NewGuid(), _scene.Camera, _house.Clock.GetUtcNow(), new(true, 0), hour, $"{RecordingList.Root([])}", 1, 20, 0);
        Assert.Equal([null, null], await _scene.Tell(told, told with { Id = Guid.NewGuid(), Root = null, Files = 0, Bytes = 0 }));
        Assert.Equal(RecordedHour.Differed, (await Shown()).At(hour));
        Assert.Contains("was told again", (await Verify("--facts", await Facts(hour), "--folder", Footage)).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_venues_whole_file_holds_what_was_told_of_recordings()
    {
        var hour = Hour;
        await Later(hour.AddHours(2));
        Assert.Equal([null], await _scene.Tell(new RecordingObserved(Guid.NewGuid(), _scene.Camera, _house.Clock.GetUtcNow(), new(true, 0), hour, null, 0, 0, 0)));
        await Shown();
        using var answer = await _scene.AsOwner.Ask("GET", $"/venues/{_scene.Venue}/file.zip?language=en", null);
        using var file = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)));
        using var facts = new StreamReader(file.GetEntry(FileContents.Facts)!.Open());
        Assert.Contains("recording.hour-missing.v1", await facts.ReadToEndAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_facts_that_are_not_proven_to_stand_in_a_log_no_folder_holds()
    {
        var hour = Hour;
        RecordedFile[] before = [Record("a.mp4", hour.AddMinutes(30))];
        await Later(hour.AddHours(2));
        Assert.Equal([null], await _scene.Tell(new RecordingObserved(Guid.NewGuid(), _scene.Camera, _house.Clock.GetUtcNow(), new(true, 0), hour, $"{RecordingList.Root(before)}", 1, 10, 0)));
        using var zip = ZipFile.OpenRead(await Facts(hour));
        var place = Directory.CreateDirectory(Path.Combine(_place.FullName, "unpacked")).FullName;
        var (bare, head) = (Path.Combine(place, FactsFile.Name), Path.Combine(place, Issuer.Checkpoint));
        zip.GetEntry(FactsFile.Name)!.ExtractToFile(bare);
        var honest = FactsFile.Parse(await File.ReadAllBytesAsync(bare, Ct));
        Assert.Equal(1, (await Verify("--facts", bare, "--folder", Footage)).Code);
        zip.GetEntry(Issuer.Checkpoint)!.ExtractToFile(head);
        Assert.Equal(0, (await Verify("--facts", bare, "--folder", Footage)).Code);

        // Somebody edits the file, and the facts to it.
        RecordedFile[] after = [Record("a.mp4", hour.AddMinutes(30), "made up")];
        var fact = Assert.Single(honest.Facts);
        var data = JsonNode.Parse(fact.Data.Span)!;
        Assert.Equal($"{RecordingList.Root(before)}", $"{data["root"]}");
        data["root"] = $"{RecordingList.Root(after)}";
        var forged = honest with { Facts = [fact with { Data = Encoding.UTF8.GetBytes(data.ToJsonString()) }] };
        await File.WriteAllBytesAsync(bare, forged.ToJson(), Ct);
        Assert.Contains("A fact is not the one that stands in the log", await Failing(), StringComparison.Ordinal);
        var leaf = honest.Proof!.Leaves[fact.EventId];
        await File.WriteAllBytesAsync(bare, (forged with { Proof = honest.Proof with { Leaves = new Dictionary<Guid, LeafKey> { [fact.EventId] = leaf with { Salt = null } } } }).ToJson(), Ct);
        Assert.Contains("Of 1 facts what they say is not proven", await Failing(), StringComparison.Ordinal);
        File.Delete(head);
        await File.WriteAllBytesAsync(bare, forged.ToJson(), Ct);
        Assert.Contains("these facts are not proven to stand in any log", await Failing(), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(bare, (forged with { Proof = null }).ToJson(), Ct);
        Assert.Contains("No proof is attached", await Failing(), StringComparison.Ordinal);

        async Task<string> Failing()
        {
            var (code, said) = await Verify("--facts", bare, "--folder", Footage);
            Assert.Equal(1, code);
            return said;
        }
    }

    [Fact]
    public async Task A_fact_that_was_left_out_of_a_day_is_missed_though_the_others_are_proven()
    {
        var hour = Hour;
        await Later(hour.AddHours(3));
        var first = new RecordingObserved(Guid.NewGuid(), _scene.Camera, _house.Clock.GetUtcNow(), new(true, 0), hour, null, 0, 0, 0);
        Assert.Equal([null, null], await _scene.Tell(first, first with { Id = Guid.NewGuid(), Hour = hour.AddHours(1) }));
        using var zip = ZipFile.OpenRead(await Facts(hour));
        using var bytes = new MemoryStream();
        await using (var entry = zip.GetEntry(FactsFile.Name)!.Open()) await entry.CopyToAsync(bytes, Ct);
        var honest = FactsFile.Parse(bytes.ToArray());
        var attested = await _house.Services.GetRequiredService<Attestor>().Attest([honest.Facts[^1]], Ct);
        var facts = Path.Combine(_place.FullName, FactsFile.Name);
        await File.WriteAllBytesAsync(facts, (honest with { Facts = [honest.Facts[^1]], Proof = attested!.Proof }).ToJson(), Ct);
        await File.WriteAllTextAsync(Path.Combine(_place.FullName, Issuer.Checkpoint), attested.Head.ToString(), Ct);
        var (code, said) = await Verify("--facts", facts, "--folder", Footage);
        Assert.Equal(1, code);
        Assert.Contains("All 1 facts stand in the log", said, StringComparison.Ordinal);
        Assert.Contains("facts were left out", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_holds_the_facts_twice_is_refused_in_a_sentence()
    {
        var facts = Path.Combine(_place.FullName, "twice.zip");
        using (var zip = ZipFile.Open(facts, ZipArchiveMode.Create))
        {
            zip.CreateEntry(FactsFile.Name);
            zip.CreateEntry(FactsFile.Name);
        }

        var (code, said) = await Verify("--facts", facts, "--folder", Footage);
        Assert.Equal(1, code);
        Assert.Contains("facts.json stands twice in the file.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_box_of_the_venue_tells_whoever_holds_it_and_no_other_box()
    {
        var (hour, second, strange) = (Hour, Guid.NewGuid(), Guid.NewGuid());
        using (var administrator = _scene.AsAdministrator)
        {
            foreach (var box in (Guid[])[second, strange])
                using (var enrolled = await administrator.Ask("PUT", $"/probes/{box}", new ProbeCommand.Enrol(box, "box"))) enrolled.EnsureSuccessStatusCode();
            await administrator.Do("POST", $"/probes/{second}/assigned", new ProbeCommand.Assign(_scene.Venue));
        }

        await Later(hour.AddHours(3));
        var now = _house.Clock.GetUtcNow();
        Assert.Equal([null], await _scene.Tell(_scene.Saw(Verdict.Online, now))); // it holds the venue
        var told = new RecordingObserved(Guid.NewGuid(), _scene.Camera, now, new(true, 0), hour, null, 0, 0, 0);
        Assert.Equal("probe.lease-lost", await Tell(second, _scene.Saw(Verdict.Online, now)));
        Assert.Null(await Tell(second, told));
        Assert.Equal("probe.not-assigned", await Tell(strange, told with { Id = Guid.NewGuid(), Hour = hour.AddHours(1) }));
        Assert.Equal((RecordedHour.Missing, RecordedHour.Untold), ((await Shown()).At(hour), (await Shown()).At(hour.AddHours(1))));
    }

    [Fact]
    public async Task Only_of_hours_since_the_venue_is_watched_and_only_of_cameras_is_anything_taken()
    {
        var now = _house.Clock.GetUtcNow();
        var told = new RecordingObserved(Guid.NewGuid(), _scene.Camera, now, new(true, 0), RecordingList.HourIn(now).AddHours(-5), null, 0, 0, 0);
        Assert.Equal(["device.observed-before-watched", "device.not-a-camera", "recording.hour-ahead"], await _scene.Tell(
            told, told with { Id = Guid.NewGuid(), DeviceId = _scene.Exit }, told with { Id = Guid.NewGuid(), Hour = RecordingList.HourIn(now).AddHours(3) }));
    }

    [Theory]
    [InlineData("--folder", "/nowhere")]
    [InlineData("--what")]
    public async Task Wrong_arguments_are_said_so(params string[] args) => Assert.Equal(2, (await Verify(args)).Code);

    /// <summary>Clock and log go on together.</summary>
    Task Later(DateTimeOffset to)
    {
        _house.Clock.Advance(to - _house.Clock.GetUtcNow());
        return Task.CompletedTask;
    }

    async Task<string?> Tell(Guid box, Observation observation)
    {
        using var told = _house.AsProbe(box);
        using var answer = await told.Ask("POST", "/probe/observations", new[] { observation });
        answer.EnsureSuccessStatusCode();
        return Assert.Single((await answer.Json()).EnumerateArray()).GetProperty("refused").GetString();
    }

    async Task<RecordedHours> Shown() => await _scene.AsOwner.Get<RecordedHours>($"/devices/{_scene.Camera}/recordings");

    async Task<string> Facts(DateTimeOffset hour)
    {
        using var answer = await _scene.AsOwner.Ask("GET", $"/devices/{_scene.Camera}/recordings/facts.zip?from={hour:yyyy-MM-dd}&to={hour.AddDays(1):yyyy-MM-dd}", null);
        answer.EnsureSuccessStatusCode();
        var path = Path.Combine(_place.FullName, "facts.zip");
        await File.WriteAllBytesAsync(path, await answer.Content.ReadAsByteArrayAsync(Ct), Ct);
        return path;
    }

    RecordedFile Record(string name, DateTimeOffset end, string text = "as it was.")
    {
        var path = Path.Combine(Footage, name);
        File.WriteAllText(path, text);
        File.SetLastWriteTimeUtc(path, end.UtcDateTime);
        return new(name, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    static async Task<(int Code, string Said)> Verify(params string[] args)
    {
        await using var output = new StringWriter();
        var code = await VerifyCommand.Run(["recordings", .. args], output, Ct);
        return (code, output.ToString());
    }
}
