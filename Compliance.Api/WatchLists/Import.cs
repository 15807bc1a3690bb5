using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.WatchLists;

/// <summary>
/// A list that an authority signed (CMS, RFC 5652, with its content): each of its entries is proposed by the officer who imports it, and waits for a second one like any other. The signature says where it
/// comes from; it approves nothing. Nothing is proposed of a file that is not signed by a known and valid certificate.
/// </summary>
static class Import
{
    [RequestSizeLimit(SignedWatchList.Largest)]
    public static async Task<IResult> Handle(
        Stream body, Knock knock, FaceSettings settings, WatchVault vault, Enroller enroller, IViewStore views, OwnWrites writes, TimeProvider clock)
    {
        using var file = new MemoryStream();
        await body.CopyToAsync(file, knock.Ct);
        var (list, refusal) = Read(file.ToArray(), settings, clock.GetUtcNow());
        if (list is null) return Problems.Of(refusal!);
        var (made, why) = await enroller.Make([.. list.Entries.SelectMany(entry => entry.Pictures)], knock.Ct);
        if (made is null) return Problems.Of(new Refusal("watchlist.recogniser-missing", $"No recogniser is installed on this side: {why}"));
        var (proposed, refused, at, templates) = (new List<Guid>(), new List<RefusedEntry>(), 0, new Queue<Enrolled>(made));
        foreach (var entry in list.Entries)
        {
            var (id, pictures) = (EventIds.From(knock.CommandId, $"entry/{++at}"), entry.Pictures.Select(jpeg => (Jpeg: jpeg, Made: templates.Dequeue())).ToList());
            if (await vault.OneByOne(() => Propose(id, entry, pictures, knock, vault, views, writes, clock), knock.Ct) is { } code) refused.Add(new(at, entry.CaseNumber ?? "", code));
            else proposed.Add(id);
        }

        return TypedResults.Ok(new ImportedWatchList(proposed, refused));
    }

    /// <returns>Null where it was proposed, else why not: an entry is taken with all its pictures or not at all.</returns>
    static async Task<string?> Propose(Guid id, SignedWatchEntry entry, List<(byte[] Jpeg, Enrolled Made)> pictures, Knock knock, WatchVault vault, IViewStore views, OwnWrites writes, TimeProvider clock)
    {
        var person = Entries.Trimmed(new(entry.Name ?? "", entry.Grounds ?? ""));
        if (Entries.FaultOf(person) is { } fault) return fault.Code;
        if (pictures.Count == 0) return "watchentry.no-picture";
        if (pictures.FirstOrDefault(picture => picture.Made.Template is null).Made is { Flaw: var flaw }) return $"watchentry.picture-{flaw}";
        var known = await Entries.Standing(id, knock);
        if (known is { Over: not null }) return "watchentry.over"; // a file that is sent again brings nobody back
        if (known is null && await Entries.IsListed(person, knock, views, writes, vault)) return "watchentry.duplicate";
        var (commitment, isNew) = vault.Keep(id, person);
        if (known is null) vault.Name(id, person.Name);
        var propose = new WatchEntryCommand.Propose(id, entry.Category, entry.Authority ?? "", entry.CaseNumber ?? "", entry.IsMinor, entry.Until, knock.Caller.SubjectId, commitment, clock.GetUtcNow());
        var done = await knock.Log.Execute(WatchEntry.Decider, id, propose, knock.Origin with { CommandId = EventIds.From(id, "propose") }, knock.Ct);
        if (done.Refusal is { } no)
        {
            if (isNew) vault.Drop(id, commitment);
            if (known is null) vault.Unname(id);
            return no.Code;
        }

        var number = 1;
        foreach (var (jpeg, picture) in pictures)
        {
            var pictureId = EventIds.From(id, $"picture/{number++}");
            vault.KeepPicture(id, pictureId, jpeg, picture.Template!);
            Array.Clear(picture.Template!);
            await knock.Log.Execute(WatchEntry.Decider, id, new WatchEntryCommand.AddPicture(pictureId, picture.Model!, knock.Caller.SubjectId), knock.Origin with { CommandId = EventIds.From(pictureId, "add") }, knock.Ct);
        }

        return null;
    }

    static (SignedWatchList? List, Refusal? Refusal) Read(byte[] file, FaceSettings settings, DateTimeOffset now)
    {
        var message = new SignedCms();
        try
        {
            message.Decode(file);
        }
        catch (CryptographicException)
        {
            return (null, new("watchlist.file-unsigned", "This is no signed file (CMS, .p7m).", "body"));
        }

        try
        {
            message.CheckSignature(verifySignatureOnly: true);
        }
        catch (CryptographicException)
        {
            return (null, new("watchlist.signature-bad", "The signature does not fit the file: it was changed, or belongs to another one.", "body"));
        }

        if (message.SignerInfos.Count != 1 || message.SignerInfos[0].Certificate is not { } signer || !Known(settings).Contains(signer.GetCertHashString(HashAlgorithmName.SHA256)))
            return (null, new("watchlist.signer-unknown", "Nobody whose certificate is known here signed this file (Faces:Issuers).", "body"));
        if (now < signer.NotBefore || now > signer.NotAfter) return (null, new("watchlist.signer-expired", "The certificate it was signed with does not hold now.", "body"));
        try
        {
            var list = JsonSerializer.Deserialize<SignedWatchList>(message.ContentInfo.Content, EventCatalog.Json);
            return list switch
            {
                null or { Format: not SignedWatchList.V1 } or { Entries: null } => (null, new("watchlist.file-malformed", $"What was signed is not of the format {SignedWatchList.V1}.", "body")),
                { Entries.Count: > SignedWatchList.MostEntries } => (null, new("watchlist.file-long", $"A file has {SignedWatchList.MostEntries} entries at most, and this one {list.Entries.Count}.", "body")),
                _ when list.Entries.Any(entry => entry?.Pictures is not { Count: <= WatchEntry.MostPictures } || entry.Pictures.Any(picture => picture is not { Length: > 0 and <= Entries.LargestPicture })) =>
                    (null, new("watchlist.file-malformed", $"Each entry has pictures, {WatchEntry.MostPictures} at most, of four megabytes at most each.", "body")),
                _ => (list, null),
            };
        }
        catch (JsonException broken)
        {
            return (null, new("watchlist.file-malformed", $"What was signed cannot be read: {broken.Message}", "body"));
        }
    }

    static HashSet<string> Known(FaceSettings settings) => !Directory.Exists(settings.Issuers) ? [] : [.. Directory.EnumerateFiles(settings.Issuers)
        .Where(path => Path.GetExtension(path).ToUpperInvariant() is ".CER" or ".CRT" or ".PEM")
        .Select(path =>
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            return certificate.GetCertHashString(HashAlgorithmName.SHA256);
        })];
}
