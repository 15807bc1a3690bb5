using System.IO.Compression;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.Exports;
using Compliance.Api.Identity;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Footage;

/// <summary>
/// An officer takes a file over: a ZIP with the file as the venue gave it, a copy with recipient, case and hash burnt in where that can be made, and a manifest.
/// That he takes it is a fact before its first byte leaves.
/// </summary>
sealed class HandOver(FootageStore store, Watermark watermark, LogIdentity identity, IEventLog log, TimeProvider clock)
{
    const int LongestCertificate = 64 << 10;

    static readonly JsonSerializerOptions Indented = new(EventCatalog.Json) { WriteIndented = true };

    public static Task<IResult> Take(Guid requestId, Guid fileId, Caller caller, HandOver handOver, HttpResponse response, CancellationToken ct) => handOver.Take(requestId, fileId, null, caller, response, ct);

    /// <summary>The same, encrypted for the holder of a certificate: whoever meets it on its way has nothing.</summary>
    public static async Task<IResult> TakeEncrypted(Guid requestId, Guid fileId, FootageRecipient body, Caller caller, HandOver handOver, HttpResponse response, TimeProvider clock, CancellationToken ct)
    {
        if (body.Certificate.Length > LongestCertificate) throw new Malformed("certificate", "A certificate has at most 64 KiB.");
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(body.Certificate);
        }
        catch (CryptographicException)
        {
            return Problems.Of(new Refusal("footage.certificate-malformed", "This is no certificate: it begins with -----BEGIN CERTIFICATE-----.", "certificate"));
        }

        if (CmsEnvelope.WhyNot(certificate, clock.GetUtcNow()) is not { } why) return await handOver.Take(requestId, fileId, certificate, caller, response, ct);
        certificate.Dispose();
        return Problems.Of(new Refusal(why, "Nothing is encrypted to this certificate: it has no RSA key of 2048 bits, does not hold now, or is not for encrypting keys.", "certificate"));
    }

    async Task<IResult> Take(Guid requestId, Guid fileId, X509Certificate2? recipient, Caller caller, HttpResponse response, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, requestId), ct);
        return state is FootageRequest.Known known && known.File(fileId) is { } file && store.Find(fileId) is { } stored
            ? await Take(known, file, stored, recipient, caller, response, ct) : Problems.Of(new Refusal("footage.file-unknown", "This file has not come, or was erased."));
    }

    async Task<IResult> Take(FootageRequest.Known known, FootageEvent.FileKept file, StoredFootage stored, X509Certificate2? recipient, Caller caller, HttpResponse response, CancellationToken ct)
    {
        var (at, card) = (clock.GetUtcNow(), known.Card);
        var copy = await watermark.Of(stored, [$"{card.CaseNumber} · {card.Unit}", $"{caller.Id} · {VenueZone.Local(at):yyyy-MM-dd HH:mm}", $"SHA-256 {file.Sha256}"], ct);
        try
        {
            var take = new FootageCommand.TakeOver(file.FileId, caller.Id, copy.Sha256, at, recipient?.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
            var done = await log.Execute(FootageRequest.Decider, card.RequestId, take, new(Guid.CreateVersion7(at), caller.Actor), ct);
            if (done.Refusal is { } no)
            {
                copy.Dispose();
                return Problems.Of(no);
            }

            var taken = ((FootageRequest.Known)(await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, card.RequestId), ct)).State).Taken.Last(taking => taking.By == caller.Id && taking.At == at);
            var manifest = new FootageManifest(
                card.RequestId, card.VenueId, known.Hold?.CaseNumber ?? card.CaseNumber, card.Unit, caller.Id, at, taken.DestroyBy, file.FileId, file.DeviceId, card.From, card.To,
                $"original.{Watermark.FormatOf(await store.Head(stored, ct))?.Ending ?? "bin"}", file.Sha256, file.Bytes, copy.Path is null ? null : "watermarked.mp4", copy.Sha256, copy.Why, identity.Origin, done.Position.ToString());
            response.Headers.CacheControl = "no-store";
            return Results.Stream(async body =>
            {
                using (recipient)
                using (copy) await Write(body, manifest, stored, copy, recipient, ct);
            }, recipient is null ? "application/zip" : "application/pkcs7-mime", $"footage-{card.RequestId:N}-{file.FileId:N}.zip{(recipient is null ? "" : ".p7m")}");
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>What breaks off here breaks the connection: a ZIP without its end is none.</summary>
    async Task Write(Stream body, FootageManifest manifest, StoredFootage stored, MarkedCopy copy, X509Certificate2? recipient, CancellationToken ct)
    {
        await using var envelope = recipient is null ? null : await CmsEnvelope.Begin(body, recipient, ct);
        await using (var counted = new CountedStream(envelope?.Content ?? body))
        {
            await Fill(counted, manifest, stored, copy, ct);
            await counted.FlushAsync(ct);
        }

        if (envelope is not null) await envelope.Finish(ct);
    }

    async Task Fill(Stream to, FootageManifest manifest, StoredFootage stored, MarkedCopy copy, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        await using (var entry = await zip.CreateEntry("manifest.json", CompressionLevel.NoCompression).OpenAsync(ct)) await JsonSerializer.SerializeAsync(entry, manifest, Indented, ct);
        await using (var entry = await zip.CreateEntry(manifest.Original, CompressionLevel.NoCompression).OpenAsync(ct)) await store.CopyTo(stored, entry, ct);
        if (copy.Path is null) return;
        await using var made = File.OpenRead(copy.Path);
        await using var marked = await zip.CreateEntry(manifest.Watermark!, CompressionLevel.NoCompression).OpenAsync(ct);
        await made.CopyToAsync(marked, ct);
    }
}
