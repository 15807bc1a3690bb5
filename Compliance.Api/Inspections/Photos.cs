using System.Security.Cryptography;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Inspections;

/// <summary>
/// The bytes of a photo, as the device took them. The device says their SHA-256 when it takes the picture, and what arrives must be
/// that; it is sealed first and then told to the log, so that no fact names a photo that is not there.
/// </summary>
static class Photos
{
    internal const int Largest = 8 << 20;

    static readonly TimeSpan ClockMayBeAhead = TimeSpan.FromMinutes(10);

    /// <param name="sha256">As the device took it, hexadecimal.</param>
    /// <param name="takenAt">An instant with its offset.</param>
    /// <param name="device">How the device calls itself.</param>
    [RequestSizeLimit(Largest)]
    public static async Task<Answer> Attach(
        Guid inspectionId, Guid photoId, string ruleId, string sha256, DateTimeOffset takenAt, string device, double? latitude, double? longitude,
        Stream body, Knock knock, Visits visits, PhotoStore store, TimeProvider clock)
    {
        var (state, _, _) = await visits.Find(inspectionId, knock.Ct);
        if (await visits.MayWalk(state, knock.Caller, knock.Ct) is { } stranger) return stranger;
        if (takenAt > clock.GetUtcNow() + ClockMayBeAhead) return Malformed("takenAt", "No photo was taken in the future.");
        if (await Read(body, knock.Ct) is not { } bytes) return Malformed("body", $"A photo has no more than {Largest >> 20} MiB.");
        if (TypeOf(bytes) is null) return Malformed("body", "A photo is a JPEG or a PNG.");
        if (!string.Equals(Convert.ToHexStringLower(SHA256.HashData(bytes)), sha256, StringComparison.Ordinal))
            return new Refusal("inspection.photo-changed", "What arrived is not what the device took: the hashes differ.", "sha256");
        var position = latitude is { } north && longitude is { } east ? new GeoPosition(north, east) : null;
        var command = new InspectionCommand.AttachPhoto(new(photoId, ruleId, sha256, takenAt.ToUniversalTime(), position, device, bytes.Length));
        return await store.Keep(inspectionId, sha256, bytes, () => knock.Send(Inspection.Decider, inspectionId, command));
    }

    /// <summary>Officers named in the visit, the authority, oversight, and who answers for the venue.</summary>
    public static async Task<IResult> Show(
        Guid inspectionId, Guid photoId, Caller caller, Visits visits, PhotoStore store, Posts posts, HttpResponse response, CancellationToken ct)
    {
        var (state, _, _) = await visits.Find(inspectionId, ct);
        var shown = state switch { Inspection.Running walk => walk.Photos, Inspection.Done(var walk, _) => walk.Photos, _ => [] };
        if (shown.FirstOrDefault(p => p.PhotoId == photoId) is not { } photo || store.Get(inspectionId, photo.Sha256) is not { } bytes)
            return Problems.Of(new Refusal("request.unknown", "There is no such photo."));
        var card = Inspection.CardOf(state);
        var may = (caller.Is(Who.Authority | Who.Oversight) && (card.Kind != InspectionKind.SelfCheck || state is Inspection.Done)) || (caller.Is(Who.Inspector) && card.Walkers.Contains(caller.Id))
            || await posts.Hold(caller, Who.Owner | Who.Manager, new(card.VenueId), ct);
        if (!may) return Results.StatusCode(StatusCodes.Status403Forbidden);
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(bytes, TypeOf(bytes));
    }

    /// <summary>Null when there is more than a photo may have.</summary>
    internal static async Task<byte[]?> Read(Stream body, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int read; (read = await body.ReadAsync(chunk, ct)) > 0;)
        {
            if (buffer.Length + read > Largest) return null;
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>Null for what is no picture.</summary>
    internal static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png" : null;

    static Refusal Malformed(string field, string because) => new("inspection.malformed", because, field);
}
