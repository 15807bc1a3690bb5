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
sealed class HandOver(FootageStore store, MarkedCopies copies, FootageRules rules, LogIdentity identity, IEventLog log, TimeProvider clock)
{
    static readonly Refusal Making = new("footage.copy-coming", "The copy with its recipient burnt in is being made; take the file over once it is ready, or without it (marked=false).");

    static readonly JsonSerializerOptions Indented = new(EventCatalog.Json) { WriteIndented = true };

    /// <param name="marked">False: at once, without a copy with the recipient burnt in.</param>
    public static Task<IResult> Take(Guid requestId, Guid fileId, Caller caller, HandOver handOver, HttpResponse response, CancellationToken ct, bool marked = true) => handOver.Take(requestId, fileId, null, marked, caller, response, ct);

    /// <summary>The same, encrypted for the holder of a certificate: whoever meets it on its way has nothing.</summary>
    public static async Task<IResult> TakeEncrypted(Guid requestId, Guid fileId, FootageRecipient body, Caller caller, HandOver handOver, HttpResponse response, TimeProvider clock, CancellationToken ct, bool marked = true)
    {
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(body.Certificate);
        }
        catch (CryptographicException)
        {
            return Problems.Of(new Refusal("footage.certificate-malformed", "This is no certificate: it begins with -----BEGIN CERTIFICATE-----.", "certificate"));
        }

        if (CmsEnvelope.WhyNot(certificate, clock.GetUtcNow()) is not { } why) return await handOver.Take(requestId, fileId, certificate, marked, caller, response, ct);
        certificate.Dispose();
        return Problems.Of(new Refusal(why, "Nothing is encrypted to this certificate: it has no RSA key of 2048 bits, does not hold now, or is not for encrypting keys.", "certificate"));
    }

    async Task<IResult> Take(Guid requestId, Guid fileId, X509Certificate2? recipient, bool marked, Caller caller, HttpResponse response, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, requestId), ct);
        return state is FootageRequest.Known known && known.File(fileId) is { } file && store.Find(fileId) is { } stored
            ? await Take(known, file, stored, recipient, marked, caller, response, ct) : Problems.Of(new Refusal("footage.file-unknown", "This file has not come, or was erased."));
    }

    async Task<IResult> Take(FootageRequest.Known known, FootageEvent.FileKept file, StoredFootage stored, X509Certificate2? recipient, bool marked, Caller caller, HttpResponse response, CancellationToken ct)
    {
        var card = known.Card;
        if (FootageRequest.Decider.Decide(known, new FootageCommand.TakeOver(file.FileId, caller.Id, null, clock.GetUtcNow())).Refusal is { } never) return Problems.Of(never); // before a copy is made in vain
        var copy = marked ? await CopyFor(card.RequestId, stored, caller, ct) : null;
        if (copy is { IsOver: false }) return Problems.Of(Making);
        var loan = copy is null ? null : copies.Lend(copy);
        if (loan is not null) response.RegisterForDispose(loan); // also where the answer never begins
        var at = clock.GetUtcNow();
        var ready = copy is { State: CopyState.Ready } ? stored with { FileId = copy.CopyId, Bytes = copy.Bytes, Sha256 = copy.Sha256 } : null;
        var take = new FootageCommand.TakeOver(file.FileId, caller.Id, ready?.Sha256, at, recipient?.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
        var done = await log.Execute(FootageRequest.Decider, card.RequestId, take, new(Guid.CreateVersion7(at), caller.Actor), ct);
        if (done.Refusal is { } no) return Problems.Of(no);

        var taken = ((FootageRequest.Known)(await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, card.RequestId), ct)).State).Taken.Last(taking => taking.By == caller.Id && taking.At == at);
        var manifest = new FootageManifest(
            card.RequestId, card.VenueId, known.Hold?.CaseNumber ?? card.CaseNumber, card.Unit, caller.Id, at, taken.DestroyBy, file.FileId, file.DeviceId, card.From, card.To,
            $"original.{Watermark.FormatOf(await store.Head(stored, ct))?.Ending ?? "bin"}", file.Sha256, file.Bytes, ready is null ? null : "watermarked.mp4", ready?.Sha256, ready is null ? WhyNot(marked, copy?.Why) : null, identity.Origin, done.Position.ToString());
        response.Headers.CacheControl = "no-store";
        return Results.Stream(async body =>
        {
            using (recipient) await Write(body, manifest, stored, ready, recipient, ct);
            loan?.Taken();
        }, recipient is null ? "application/zip" : "application/pkcs7-mime", $"footage-{card.RequestId:N}-{file.FileId:N}.zip{(recipient is null ? "" : ".p7m")}");
    }

    /// <summary>The one that was asked for, or a new one; a short film's is ready before anybody grows impatient. Null where the officer has too many waiting.</summary>
    async Task<MarkedCopy?> CopyFor(Guid request, StoredFootage file, Caller caller, CancellationToken ct)
    {
        var copy = copies.Of(file.FileId, caller.SubjectId) ?? await Copies.Begin(request, file, caller, store, copies, ct);
        return copy is null ? null : await copies.Await(copy, rules.MarkWait, ct);
    }

    /// <summary>As the manifest says it.</summary>
    static string WhyNot(bool marked, CopyFailure? why) => !marked ? "not asked for" : why switch
    {
        CopyFailure.NoVideo => "not a video that ffmpeg reads",
        CopyFailure.NoFfmpeg => "ffmpeg is not installed",
        CopyFailure.TooLarge => "it would have been too large",
        CopyFailure.NoRoom => "no room on the disk",
        CopyFailure.Stalled => "ffmpeg came to a standstill",
        CopyFailure.BrokenOff => "making it broke off again and again",
        CopyFailure.Broken => "ffmpeg failed",
        _ => "it was stopped, or too many were waiting",
    };

    /// <summary>What breaks off here breaks the connection: a ZIP without its end is none.</summary>
    async Task Write(Stream body, FootageManifest manifest, StoredFootage stored, StoredFootage? copy, X509Certificate2? recipient, CancellationToken ct)
    {
        await using var envelope = recipient is null ? null : await CmsEnvelope.Begin(body, recipient, ct);
        await using (var counted = new CountedStream(envelope?.Content ?? body))
        {
            await Fill(counted, manifest, stored, copy, ct);
            await counted.FlushAsync(ct);
        }

        if (envelope is not null) await envelope.Finish(ct);
    }

    async Task Fill(Stream to, FootageManifest manifest, StoredFootage stored, StoredFootage? copy, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        await using (var entry = await zip.CreateEntry("manifest.json", CompressionLevel.NoCompression).OpenAsync(ct)) await JsonSerializer.SerializeAsync(entry, manifest, Indented, ct);
        await using (var entry = await zip.CreateEntry(manifest.Original, CompressionLevel.NoCompression).OpenAsync(ct)) await store.CopyTo(stored, entry, ct);
        if (copy is null) return;
        await using var marked = await zip.CreateEntry(manifest.Watermark!, CompressionLevel.NoCompression).OpenAsync(ct);
        await store.CopyTo(copy, marked, ct);
    }
}
