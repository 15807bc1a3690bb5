using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Evidence;
using Compliance.Api.Exports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Evidence;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Alerts;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Exports;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Domain.Notices;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Exports;

/// <summary>A venue's whole file in the hands of those who may take it, of those who may not, and of those who change it afterwards.</summary>
public sealed class WholeFileTests : IAsyncLifetime
{
    readonly House _house = new(("TransparentLog:Origin", "records.example/log"));
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.In(_house);
        await _scene.Tell(_scene.Saw(Domain.Devices.Verdict.Unreachable, _house.Clock.GetUtcNow()));
        await _scene.NoticeOfABlockedExit();
        await ShowRepair();
        await DrawPlan();
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    static readonly byte[] Picture = [0xFF, 0xD8, 0xFF, 0xE0, .. "a repaired door"u8];

    /// <summary>A PNG as far as its head.</summary>
    static readonly byte[] Sheet = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 1, 0, 0, 0, 1, 0, 8, 6, 0, 0, 0];

    /// <summary>Changed twice: the second fact names the picture again.</summary>
    async Task DrawPlan()
    {
        Floor hall = new(1, 1, [new(0, 0), new(1, 0), new(1, 1)], null, []);
        await _scene.AsOwner.Do("PUT", $"/venues/{_scene.Venue}/plan", new { floors = new[] { hall } });
        using var body = new ByteArrayContent(Sheet);
        using var answer = await _scene.AsOwner.PutAsync($"/venues/{_scene.Venue}/plan/picture?level=1", body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        await _scene.AsOwner.Do("PUT", $"/venues/{_scene.Venue}/plan", new { floors = new[] { hall with { Sheet = Convert.ToHexStringLower(SHA256.HashData(Sheet)), Marks = [new(_scene.Exit, 0.5, 1)] } } });
    }

    async Task ShowRepair()
    {
        using var body = new ByteArrayContent(Picture);
        using var answer = await _scene.AsOwner.PostAsync($"/duties/{_scene.Duty}/repair-shown", body, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    async Task<byte[]> Take(HttpClient reader, string language = "en")
    {
        using var answer = await reader.Ask("GET", $"/venues/{_scene.Venue}/file.zip?language={language}", null, ("Compliance-After", _scene.Ready.Position.ToString()));
        var bytes = await answer.Content.ReadAsByteArrayAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        return bytes;
    }

    Verification Check(byte[] zip) => new FileCheck(new(_house.Services.GetRequiredService<LogIdentity>().Signer.Key)).Check("x.zip", new MemoryStream(zip), null, Ct);

    static string Told(Verification verification) => string.Join('\n', verification.Steps.Select(s => $"{s.Holds} {s.Step}: {s.Sentence}"));

    static Dictionary<string, byte[]> Unpacked(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return archive.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var piece = e.Open();
            using var bytes = new MemoryStream();
            piece.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    static byte[] Packed(IEnumerable<KeyValuePair<string, byte[]>> pieces)
    {
        var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, piece) in pieces)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(piece);
            }

        return bytes.ToArray();
    }

    [Fact]
    public async Task What_the_owner_takes_home_holds_and_who_took_it_is_read_by_the_venue()
    {
        var zip = await Take(_scene.AsOwner, "ru");
        if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) await File.WriteAllBytesAsync(Path.Combine(kept, "venue.zip"), zip, Ct);
        var verification = Check(zip);
        Assert.True(verification.Holds, Told(verification));
        Assert.All((string[])["contents", "facts", "log", "proof", "pictures"], step => Assert.Contains(verification.Steps, s => s.Step == step && s.Holds == Holds.Yes));
        var pieces = Unpacked(zip);
        Assert.StartsWith("ПОЛНОЕ ДЕЛО", Encoding.UTF8.GetString(pieces[FileContents.ReadMe]), StringComparison.Ordinal);
        Assert.Equal(Picture, pieces[$"pictures/{Convert.ToHexStringLower(SHA256.HashData(Picture))}"]);
        Assert.Equal(Sheet, pieces[$"pictures/{Convert.ToHexStringLower(SHA256.HashData(Sheet))}"]);
        Assert.Contains("venuefile.exported.v1", Encoding.UTF8.GetString(pieces[FileContents.Facts]), StringComparison.Ordinal);

        using var manager = _house.As(_scene.Manager, "manager");
        using var owner = _scene.AsOwner;
        using var changes = await owner.Listen();
        var row = (await Listed(manager, r => r.Sha256 is not null)).Single();
        Assert.Equal(($"user:{_scene.Owner}", FileReader.Owner, Convert.ToHexStringLower(SHA256.HashData(zip)), (long)zip.Length), (row.By, row.As, row.Sha256, row.Bytes));
    }

    /// <summary>The list once every row is as wished: the view follows the log.</summary>
    async Task<IReadOnlyList<VenueFileRow>> Listed(HttpClient reader, Func<VenueFileRow, bool> wished)
    {
        var log = _house.Services.GetRequiredService<IEventLog>();
        while (true)
        {
            var rows = (await reader.Get<Page<VenueFileRow>>($"/venues/{_scene.Venue}/exports")).Items;
            if (rows.Count > 0 && rows.All(wished)) return rows;
            Ct.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task Each_reader_gets_what_his_doors_show_him()
    {
        using var oversight = _house.As(Guid.NewGuid(), "oversight");
        var zip = await Take(oversight);
        Assert.DoesNotContain("camera.example.kz", Encoding.UTF8.GetString(Unpacked(zip)[FileContents.Facts]), StringComparison.Ordinal);
        var verification = Check(zip);
        Assert.True(verification.Holds, Told(verification));
        Assert.Contains("shown in part", Told(verification), StringComparison.Ordinal);

        using var inspector = _house.As(Guid.NewGuid(), "inspector");
        Assert.Contains("camera.example.kz", Encoding.UTF8.GetString(Unpacked(await Take(inspector))[FileContents.Facts]), StringComparison.Ordinal);
    }

    /// <summary>A guard may call because of the owner himself: the owner's file looks as if nobody had called before it is over.</summary>
    [Fact]
    public async Task A_call_for_help_is_in_the_owners_file_once_it_is_over_and_in_oversights_at_once()
    {
        var desk = new Alerts.AlertScene(_house, _scene);
        PanicForm press = new(Guid.NewGuid(), PanicGesture.Held);
        await _house.As(_scene.Manager, "manager").Do("POST", $"/venues/{_scene.Venue}/panic", press);
        var id = (await desk.IncidentOf(PanicButton.AlertOf(press.PressId))).Card.IncidentId;
        const string call = "panic.pressed.v1";
        Assert.DoesNotContain(call, await Facts(_scene.AsOwner), StringComparison.Ordinal);
        Assert.Contains(call, await Facts(_house.As(Guid.NewGuid(), "oversight")), StringComparison.Ordinal);
        await desk.Do(id, "taken");
        await desk.Do(id, "rejected", new IncidentRejection(RejectReason.Test, null));
        _house.Clock.Advance(Incident.UndoWithin + TimeSpan.FromSeconds(1));
        await Asking.Until(async () => (await Facts(_scene.AsOwner)).Contains(call, StringComparison.Ordinal));

        async Task<string> Facts(HttpClient reader)
        {
            var zip = await Take(reader);
            Assert.True(Check(zip).Holds);
            return Encoding.UTF8.GetString(Unpacked(zip)[FileContents.Facts]);
        }
    }

    /// <summary>As the doors of the pages have it: messages are the owner's, cases no inspector's, complaints none of whom they are about.</summary>
    [Fact]
    public async Task A_stream_leaves_only_with_whom_its_pages_show_it_to()
    {
        var (log, complaint, now) = (_house.Services.GetRequiredService<IEventLog>(), Guid.NewGuid(), _house.Clock.GetUtcNow());
        using var changes = await _scene.AsOwner.Listen();
        await _scene.OpenCase();
        await log.Execute(Complaint.Decider, complaint, new ComplaintCommand.Receive(complaint, ComplaintChannel.Web, ComplaintCategory.Noise, _scene.Venue, "x", now.AddMinutes(-5), false, [], now), new(Guid.NewGuid(), "user:test"), Ct);
        var answered = await log.Execute(Complaint.Decider, complaint, new ComplaintCommand.Answer(ComplaintOutcome.Confirmed), new(Guid.NewGuid(), "user:test"), Ct);
        while ((await _scene.AsOwner.Get<Page<CaseRow>>("/cases")).Items.Count == 0) await changes.Until("case-list");
        while ((await _scene.AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Count == 0) await changes.Until("notice-list");
        Assert.NotNull((await _scene.AsAuthority.Get<Page<ComplaintRow>>("/complaints", new(answered.Revision, answered.Position))).Items.Single().Outcome);
        var streams = _house.Services.GetRequiredService<FileStreams>();
        async Task<string> Of(FileReader reader) => string.Join(' ', (await streams.Of(_scene.Venue, reader, Ct)).Select(s => s.Category).Where(c => c is "notice" or "complaint" or "case").Distinct().Order());
        Assert.Equal("case notice", await Of(FileReader.Owner));
        Assert.Equal("complaint", await Of(FileReader.Inspector));
        Assert.Equal("case complaint", await Of(FileReader.Authority));
        Assert.Equal("case complaint", await Of(FileReader.Oversight));
    }

    [Fact]
    public async Task Whatever_is_done_to_it_afterwards_is_named()
    {
        var pieces = Unpacked(await Take(_scene.AsOwner));
        Assert.True(Check(Packed(pieces)).Holds, "packed anew it is the same");
        var picture = pieces.Keys.First(name => name.StartsWith(FileContents.Pictured, StringComparison.Ordinal));
        Fails("was changed", Without(null, (FileContents.Facts, Changed(pieces[FileContents.Facts]))));
        Fails("was changed", Without(null, (picture, Changed(pieces[picture]))));
        Fails("was taken out", Without(picture));
        Fails("was taken out", Without(FileContents.Head));
        Fails("was put in", Without(null, ("more.txt", [1])));
        Fails("contents.json is missing", Without(FileContents.Name));
        Fails("bears no seal", Without(FileContents.Seal));
        Fails("changed after it was signed", Without(null, (FileContents.Name, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(pieces[FileContents.Name]).Replace("\"bytes\":", "\"bytes\":1", StringComparison.Ordinal)))));
        Fails("no ZIP", "PK\u0003\u0004 nothing"u8.ToArray());
        Fails("no ZIP", Packed(pieces)[..^30]);

        Dictionary<string, byte[]> Without(string? name, params (string Name, byte[] Bytes)[] put)
        {
            var changed = pieces.Where(p => p.Key != name).ToDictionary();
            foreach (var (to, bytes) in put) changed[to] = bytes;
            return changed;
        }

        void Fails(string sentence, object zip)
        {
            var verification = Check(zip as byte[] ?? Packed((Dictionary<string, byte[]>)zip));
            Assert.False(verification.Holds);
            Assert.Contains(verification.Steps, s => s.Holds == Holds.No && s.Sentence.Contains(sentence, StringComparison.Ordinal));
        }
    }

    /// <summary>The list may be anybody's, with a seal of his own.</summary>
    [Fact]
    public async Task Whatever_is_written_into_the_list_is_told_in_a_sentence()
    {
        var pieces = Unpacked(await Take(_scene.AsOwner));
        var json = Encoding.UTF8.GetString(pieces[FileContents.Name]);
        using var certificate = Issued.Certificate("CN=Somebody");
        Assert.True((await Sealed(pieces[FileContents.Name])).Holds);
        Assert.False((await Sealed("null"u8.ToArray())).Holds);
        await Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, Mutation.Kinds - 1]).SampleAsync(async (place, kind) =>
            Assert.NotEmpty((await Sealed(Mutation.Of(json, place, kind))).Steps), iter: 80, threads: 1);

        async Task<Verification> Sealed(byte[] list)
        {
            var seal = await Cades.Sign(list, certificate, [], null, Ct);
            return Check(Packed(new Dictionary<string, byte[]>(pieces) { [FileContents.Name] = list, [FileContents.Seal] = seal }));
        }
    }

    [Fact]
    public async Task It_is_recorded_before_its_first_byte_leaves_and_a_broken_off_one_says_so()
    {
        using var inspector = _house.As(Guid.NewGuid(), "inspector");
        using (var answer = await inspector.Ask("GET", $"/venues/{_scene.Venue}/file.zip")) Assert.Equal("application/zip", answer.Content.Headers.ContentType?.MediaType); // he leaves with the head of it
        var row = (await Listed(_scene.AsOwner, _ => true)).Single();
        Assert.Equal(FileReader.Inspector, row.As);
    }

    [Fact]
    public async Task Strangers_take_nothing()
    {
        using var police = _house.As(Guid.NewGuid(), "operator");
        using var other = _house.As(Guid.NewGuid(), "owner");
        Assert.Equal(403, (int)(await police.Ask("GET", $"/venues/{_scene.Venue}/file.zip")).StatusCode);
        Assert.Equal(403, (int)(await other.Ask("GET", $"/venues/{_scene.Venue}/file.zip")).StatusCode);
        using var owner = _scene.AsOwner;
        Assert.Equal(404, (int)(await owner.Ask("POST", $"/venues/{_scene.Venue}/exports/{Guid.NewGuid()}/stopped")).StatusCode);
        Assert.Equal(400, (int)(await owner.Ask("GET", $"/venues/{_scene.Venue}/file.zip?language=xx")).StatusCode);
    }

    static byte[] Changed(byte[] bytes)
    {
        var changed = bytes.ToArray();
        changed[^3] ^= 1;
        return changed;
    }
}
