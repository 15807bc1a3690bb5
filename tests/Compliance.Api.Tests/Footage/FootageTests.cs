using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Compliance.Api.Footage;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Reports;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using static Compliance.Api.Tests.Footage.Sending;

namespace Compliance.Api.Tests.Footage;

/// <summary>From what police ask for to the file in their hands, through the doors.</summary>
public sealed class FootageTests : IAsyncDisposable
{
    const int MiB = 1 << 20;

    readonly TempFolder _data = new();
    readonly House _house;

    public FootageTests() => _house = new(("Data", _data["data"]), ("Footage:LargestMegabytes", "20"), ("Footage:DiskMegabytes", "25"), ("Footage:MarkWaitSeconds", "120"));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    Guid Officer { get; } = Guid.NewGuid();

    HttpClient AsOfficer => _house.As(Officer, "operator");

    public async ValueTask DisposeAsync()
    {
        await _house.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task A_file_comes_in_pieces_goes_on_where_it_broke_off_and_is_taken_over_with_its_hash()
    {
        var (scene, request) = await Asked();
        var (file, bytes) = (Guid.NewGuid(), Bytes((2 * MiB) + 12_345));
        var owner = scene.AsOwner;
        Assert.Equal(0, (await Begin(owner, request, file, scene.Camera, bytes)).Received);
        Assert.Equal(MiB, (await Put(owner, request, file, bytes, 0, MiB)).Received);
        Assert.Equal("409 footage.offset", await Refused(owner, request, file, bytes, 0, MiB)); // it was here
        Assert.Equal("409 footage.offset", await Refused(owner, request, file, bytes, 2 * MiB, 12_345)); // one is missing
        Assert.Equal(MiB, (await owner.Get<FootageReceived>($"/footage/{request}/files/{file}/received")).Received);
        Assert.Equal(2 * MiB, (await Put(owner, request, file, bytes, MiB, MiB)).Received);
        var whole = await Put(owner, request, file, bytes, 2 * MiB, 12_345);
        Assert.Equal((bytes.Length, HashOf(bytes)), ((int)whole.Received, whole.Sha256));

        await owner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));
        var row = await AsOfficer.Get<FootageRow>($"/footage/{request}");
        Assert.Equal((FootageStage.Answered, HashOf(bytes)), (row.Stage, Assert.Single(row.Files).Sha256));
        var (manifest, entries) = await Export(request, file);
        Assert.Equal(bytes, entries["original.bin"]);
        Assert.Equal((HashOf(bytes), Officer, "ЕРДР-2026/17", null), (manifest.Sha256, manifest.Recipient, manifest.CaseNumber, manifest.Watermark));
        Assert.NotNull(manifest.WithoutWatermark); // no video

        var take = Assert.Single((await owner.Get<FootageRow>($"/footage/{request}")).Takes); // the owner reads who took it
        Assert.Equal((Officer, file, manifest.DestroyBy), (take.By, take.FileId, take.DestroyBy));
        using var denied = await owner.Ask("GET", $"/footage/{request}/export/{file}");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
    }

    [Fact]
    public async Task A_piece_that_breaks_off_counts_up_to_its_last_whole_block_and_a_crash_in_a_block_counts_nothing()
    {
        var (scene, request) = await Asked();
        var (file, bytes) = (Guid.NewGuid(), Bytes(3 * MiB));
        await Begin(scene.AsOwner, request, file, scene.Camera, bytes);
        var store = _house.Services.GetRequiredService<FootageStore>();
        Assert.Equal(MiB, await store.Append(store.Find(file)!, new MemoryStream(bytes, 0, MiB + 1000), Ct));
        await using (var disk = File.OpenWrite(Directory.EnumerateFiles(_data["data/footage"]).Single()))
        {
            disk.Position = disk.Length;
            await disk.WriteAsync(new byte[5000], Ct); // half a block
        }

        Assert.Equal(MiB, (await Begin(scene.AsOwner, request, file, scene.Camera, bytes)).Received);
        Assert.Equal(HashOf(bytes), (await Put(scene.AsOwner, request, file, bytes, MiB, 2 * MiB)).Sha256);
    }

    [Fact]
    public async Task On_the_disk_nothing_lies_in_the_clear_and_what_was_changed_there_does_not_open()
    {
        var (scene, request) = await Asked();
        var (file, bytes) = (Guid.NewGuid(), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("footage in the clear ", 60_000))));
        await Upload(scene.AsOwner, request, file, scene.Camera, bytes);
        var path = Directory.EnumerateFiles(_data["data/footage"]).Single();
        var onDisk = await File.ReadAllBytesAsync(path, Ct);
        Assert.Equal(-1, onDisk.AsSpan().IndexOf("in the clear"u8));
        var store = _house.Services.GetRequiredService<FootageStore>();
        Assert.Equal(HashOf(bytes), await store.Hash(store.Find(file)!, Ct));
        onDisk[^1] ^= 1;
        await File.WriteAllBytesAsync(path, onDisk, Ct);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => store.Hash(store.Find(file)!, Ct));
    }

    [Fact]
    public async Task What_is_too_large_has_no_room_or_another_hash_is_not_taken()
    {
        var (scene, request) = await Asked();
        var (owner, bytes) = (scene.AsOwner, Bytes(1000));
        Assert.Equal("400 footage.file-large bytes", await Refusal(owner, request, Guid.NewGuid(), new(scene.Camera, 21L * MiB, null)));
        Assert.Equal("409 footage.disk-full", await Refusal(owner, request, await Room(owner, request, scene.Camera), new(scene.Camera, 10L * MiB, null)));
        Assert.Equal("400 footage.camera-not-asked deviceId", await Refusal(owner, request, Guid.NewGuid(), new(scene.Exit, 1, null)));
        var file = Guid.NewGuid();
        using (var begun = await owner.Ask("PUT", $"/footage/{request}/files/{file}", new FootageUpload(scene.Camera, bytes.Length, new('0', 64)))) begun.EnsureSuccessStatusCode();
        Assert.Equal("400 footage.hash-differs sha256", await Refused(owner, request, file, bytes, 0, bytes.Length));
        Assert.Null(_house.Services.GetRequiredService<FootageStore>().Find(file));

        async Task<Guid> Room(HttpClient by, Guid of, Guid camera)
        {
            using var begun = await by.Ask("PUT", $"/footage/{of}/files/{Guid.NewGuid()}", new FootageUpload(camera, 20L * MiB, null));
            begun.EnsureSuccessStatusCode();
            return Guid.NewGuid();
        }
    }

    [Fact]
    public async Task The_copy_bears_its_recipient_and_the_original_keeps_its_hash()
    {
        var (scene, request) = await Asked();
        var path = _data["clip.mp4"];
        await Tool.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=gray:d=1:s=320x240:r=5", "-c:v", "libx264", "-pix_fmt", "yuv420p", "-y", path);
        var (file, bytes) = (Guid.NewGuid(), await File.ReadAllBytesAsync(path, Ct));
        await Upload(scene.AsOwner, request, file, scene.Camera, bytes);
        await scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));
        var (manifest, entries) = await Export(request, file);
        Assert.Null(manifest.WithoutWatermark);
        Assert.Equal((HashOf(bytes), HashOf(entries["watermarked.mp4"])), (HashOf(entries["original.mp4"]), manifest.WatermarkSha256));
        await File.WriteAllBytesAsync(_data["marked.mp4"], entries["watermarked.mp4"], Ct);
        await Tool.Run("ffmpeg", "-v", "error", "-i", _data["marked.mp4"], "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "gray", "-y", _data["marked.gray"]);
        var picture = await File.ReadAllBytesAsync(_data["marked.gray"], Ct);
        var (upper, lower) = (picture.AsSpan(0, 320 * 120).ToArray(), picture.AsSpan(320 * 180, 320 * 60).ToArray());
        Assert.InRange(upper.Max() - upper.Min(), 0, 12); // a grey wall above
        Assert.True(lower.Max() - lower.Min() > 120, $"{lower.Min()} to {lower.Max()}"); // and words below
        Assert.Empty(Directory.EnumerateFiles(_data["data/footage-work"]));
        Assert.Equal(manifest.WatermarkSha256, Assert.Single((await AsOfficer.Get<FootageRow>($"/footage/{request}")).Takes).MarkedSha256);
    }

    [Fact]
    public async Task Encrypted_for_its_recipient_openssl_opens_it_with_the_key_and_nothing_else_does()
    {
        var (scene, request) = await Asked();
        var (file, bytes) = (Guid.NewGuid(), Bytes((3 * MiB) + 777));
        await Upload(scene.AsOwner, request, file, scene.Camera, bytes);
        using var key = RSA.Create(2048);
        using var certificate = Certificate(key, X509KeyUsageFlags.KeyEncipherment);
        Assert.True(certificate.ExportCertificatePem().Length > 2_000); // as authorities issue them: longer than any other text at a door
        Assert.Equal("409 footage.unanswered", await (await AsOfficer.Ask("POST", $"/footage/{request}/export/{file}/encrypted", new FootageRecipient(certificate.ExportCertificatePem()))).Refusal());
        await scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));
        using (var answer = await AsOfficer.Ask("POST", $"/footage/{request}/export/{file}/encrypted", new FootageRecipient(certificate.ExportCertificatePem())))
        {
            Assert.Equal((HttpStatusCode.OK, "application/pkcs7-mime"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            await File.WriteAllBytesAsync(_data["export.p7m"], await answer.Content.ReadAsByteArrayAsync(Ct), Ct);
        }

        await File.WriteAllTextAsync(_data["key.pem"], key.ExportPkcs8PrivateKeyPem(), Ct);
        await File.WriteAllTextAsync(_data["certificate.pem"], certificate.ExportCertificatePem(), Ct);
        await Tool.Run("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", _data["export.p7m"], "-inkey", _data["key.pem"], "-recip", _data["certificate.pem"], "-out", _data["export.zip"]);
        await using (var zip = await ZipFile.OpenReadAsync(_data["export.zip"], Ct))
        await using (var original = await zip.GetEntry("original.bin")!.OpenAsync(Ct)) Assert.Equal(HashOf(bytes), Convert.ToHexStringLower(await SHA256.HashDataAsync(original, Ct)));
        Assert.Equal(-1, (await File.ReadAllBytesAsync(_data["export.p7m"], Ct)).AsSpan().IndexOf("ЕРДР-2026/17"u8));
        var take = Assert.Single((await scene.AsOwner.Get<FootageRow>($"/footage/{request}")).Takes); // the owner reads for whom
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(), take.CertificateSha256);

        using var signer = Certificate(key, X509KeyUsageFlags.DigitalSignature);
        using var small = RSA.Create(1024);
        using var weak = Certificate(small, X509KeyUsageFlags.KeyEncipherment);
        foreach (var (pem, why) in ((string, string)[])[("no certificate", "footage.certificate-malformed"), (signer.ExportCertificatePem(), "footage.certificate-purpose"), (weak.ExportCertificatePem(), "footage.certificate-key")])
            Assert.Equal($"400 {why} certificate", await (await AsOfficer.Ask("POST", $"/footage/{request}/export/{file}/encrypted", new FootageRecipient(pem))).Refusal());
        using var endless = await AsOfficer.Ask("POST", $"/footage/{request}/export/{file}/encrypted", new { certificate = new string('a', (64 << 10) + 1) });
        Assert.Equal(HttpStatusCode.BadRequest, endless.StatusCode);
    }

    X509Certificate2 Certificate(RSA key, X509KeyUsageFlags usage)
    {
        var asked = new CertificateRequest("CN=Recipient", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        asked.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        asked.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.11129.2.4.2", new byte[1_200], critical: false)); // as long as what authorities add of policies, addresses and logs
        return asked.CreateSelfSigned(_house.Clock.GetUtcNow().AddDays(-1), _house.Clock.GetUtcNow().AddDays(30));
    }

    [Fact]
    public async Task A_playlist_in_the_clothes_of_a_video_is_not_read()
    {
        var (scene, request) = await Asked();
        var (file, bytes) = (Guid.NewGuid(), Encoding.ASCII.GetBytes("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"));
        await Upload(scene.AsOwner, request, file, scene.Camera, bytes);
        await scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));
        var (manifest, entries) = await Export(request, file);
        Assert.Equal(["manifest.json", "original.bin"], entries.Keys.Order(StringComparer.Ordinal));
        Assert.Null(manifest.Watermark);
    }

    [Fact]
    public async Task The_term_passes_a_hold_outlives_the_thirty_days_and_then_the_file_goes_with_its_key()
    {
        var (scene, request) = await Asked();
        var (file, bytes) = (Guid.NewGuid(), Bytes(5000));
        await Upload(scene.AsOwner, request, file, scene.Camera, bytes);
        _house.Clock.Advance(TimeSpan.FromHours(49));
        Assert.True((await Ticked(request)).IsOverdue);
        await scene.AsOwner.Do("POST", $"/footage/{request}/answered", new FootageCommand.Answer([]));
        var until = VenueZone.Day(_house.Clock.GetUtcNow()).AddDays(60);
        await AsOfficer.Do("POST", $"/footage/{request}/held", new FootageCommand.Hold("ЕРДР-2026/17", until));
        Assert.Equal(until, (await Export(request, file)).Manifest.DestroyBy);
        _house.Clock.Advance(TimeSpan.FromDays(45));
        Assert.Null((await Ticked(request)).Files[0].ErasedAt);
        _house.Clock.Advance(TimeSpan.FromDays(17));
        Assert.NotNull((await Ticked(request)).Files[0].ErasedAt);
        Assert.Empty(Directory.EnumerateFiles(_data["data/footage"]));
        var gone = await AsOfficer.Ask("GET", $"/footage/{request}/export/{file}");
        Assert.Equal("409 footage.file-unknown", await gone.Refusal());
    }

    [Fact]
    public async Task What_stopped_coming_is_given_up()
    {
        var (scene, request) = await Asked();
        var (file, bytes) = (Guid.NewGuid(), Bytes(2 * MiB));
        await Begin(scene.AsOwner, request, file, scene.Camera, bytes);
        await Put(scene.AsOwner, request, file, bytes, 0, MiB);
        _house.Clock.Advance(TimeSpan.FromHours(47));
        await Ticked(request);
        Assert.NotNull(_house.Services.GetRequiredService<FootageStore>().Find(file));
        _house.Clock.Advance(TimeSpan.FromHours(2));
        await Ticked(request);
        Assert.Null(_house.Services.GetRequiredService<FootageStore>().Find(file));
        Assert.Empty(Directory.EnumerateFiles(_data["data/footage"]));
    }

    [Fact]
    public async Task Police_ask_only_of_cameras_there_and_a_venue_reads_only_what_is_asked_of_it()
    {
        var (scene, request) = await Asked();
        var (other, _) = await Asked();
        var now = _house.Clock.GetUtcNow();
        var foreign = Request(Guid.NewGuid(), scene, now) with { Cameras = [other.Camera] };
        Assert.Equal("400 footage.camera-elsewhere cameras", await (await AsOfficer.Ask("PUT", $"/footage/{foreign.RequestId}", foreign)).Refusal());
        Assert.Equal(request, Assert.Single((await scene.AsOwner.Get<Page<FootageRow>>($"/venues/{scene.Venue}/footage")).Items).Card.RequestId);
        using var denied = await other.AsOwner.Ask("GET", $"/footage/{request}");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Equal("409 footage.not-yours", await (await _house.As(Guid.NewGuid(), "operator").Ask("POST", $"/footage/{request}/withdrawn")).Refusal());
        await AsOfficer.Do("POST", $"/footage/{request}/withdrawn");
        Assert.Equal("409 footage.withdrawn", await Refusal(scene.AsOwner, request, Guid.NewGuid(), new(scene.Camera, 10, null)));
    }

    [Fact]
    public async Task The_owners_whole_file_holds_what_was_asked_and_an_inspectors_does_not()
    {
        var (scene, request) = await Asked();
        await AsOfficer.Get<FootageRow>($"/footage/{request}"); // the views show it
        var streams = _house.Services.GetRequiredService<Compliance.Api.Exports.FileStreams>();
        Assert.Contains(new StreamId("footage", request), await streams.Of(scene.Venue, Domain.Exports.FileReader.Owner, Ct));
        Assert.DoesNotContain(await streams.Of(scene.Venue, Domain.Exports.FileReader.Inspector, Ct), stream => stream.Category == "footage");
    }

    static async Task<string> Refusal(HttpClient by, Guid request, Guid file, FootageUpload upload) => await (await by.Ask("PUT", $"/footage/{request}/files/{file}", upload)).Refusal();

    async Task<(FootageManifest Manifest, Dictionary<string, byte[]> Entries)> Export(Guid request, Guid file)
    {
        using var answer = await AsOfficer.Ask("GET", $"/footage/{request}/export/{file}");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        using var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Ct)));
        var entries = new Dictionary<string, byte[]>();
        foreach (var entry in zip.Entries)
        {
            using var bytes = new MemoryStream();
            await using (var from = await entry.OpenAsync(Ct)) await from.CopyToAsync(bytes, Ct);
            entries[entry.FullName] = bytes.ToArray();
        }

        return (JsonSerializer.Deserialize<FootageManifest>(entries["manifest.json"], EventCatalog.Json)!, entries);
    }

    async Task<FootageRow> Ticked(Guid request)
    {
        await AsOfficer.Get<FootageRow>($"/footage/{request}"); // the views show what was written
        await _house.Services.GetRequiredService<FootageWatch>().Tick(Ct);
        return await AsOfficer.Get<FootageRow>($"/footage/{request}");
    }

    Task<(Scene Scene, Guid Request)> Asked() => Sending.Asked(_house, Officer);
}
