using System.Security.Cryptography;
using Compliance.Api.Entrance;
using Compliance.Api.Vault;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Venues;

/// <summary>The plan of a venue: its floors as its own people draw them, and the pictures under them, which lie sealed; the log holds their hashes.</summary>
static class Plans
{
    const int Largest = 4 << 20, MostPixels = 8_000;

    /// <summary>Of the whole picture: what a browser unpacks of a small file is bounded too.</summary>
    const long MostArea = 16_000_000;

    /// <summary>A PNG that moves says so in this chunk (APNG).</summary>
    static ReadOnlySpan<byte> Moving => "acTL"u8;

    /// <summary>A venue without a plan has one without floors.</summary>
    public static async Task<Shown<PlanCard>> Show(Guid venueId, IViewStore views, CancellationToken ct) =>
        new(await views.Find(PlanCard.View, venueId, ct) ?? (await views.Find(VenueCard.View, venueId, ct) is null ? null : new(venueId, [], null)));

    /// <summary>Which devices are this venue's their own streams say.</summary>
    public static async Task<Answer> Draw(Guid venueId, VenueCommand.DrawPlan body, Knock knock, Beginnings beginnings)
    {
        if (body.Floors.Sum(f => f.Marks.Count) > Floor.MostMarks) return new Refusal("venue.plan-malformed", $"A plan has at most {Floor.MostMarks} devices.", "floors");
        var devices = new Dictionary<Guid, DeviceKind>();
        foreach (var mark in body.Floors.SelectMany(f => f.Marks))
            if ((await beginnings.Of(new("device", mark.DeviceId), knock.Ct))?.Fact is DeviceEvent.Registered card && card.VenueId == venueId) devices[mark.DeviceId] = card.Spec.Kind;
        return await knock.Send(Venue.Decider, venueId, body with { Devices = devices });
    }

    /// <param name="level">The floor it is put under.</param>
    [RequestSizeLimit(Largest + (1 << 16))]
    public static async Task<Answer> PutPicture(Guid venueId, int? level, Stream body, Knock knock, PlanPictures pictures)
    {
        if (await Read(body, knock.Ct) is not { } bytes) return Unfit($"A picture has no more than {Largest >> 20} MiB.");
        if (Fit(bytes) is not var (picture, ratio)) return Unfit($"A picture is a PNG or a JPEG that stands still, of at most {MostPixels} pixels a side and {MostArea / 1_000_000} million in all, or an SVG with a size.");
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(picture));
        return await pictures.Keep(venueId, sha256, picture, () => knock.Send(Venue.Decider, venueId, new VenueCommand.PutPlanPicture(level ?? 0, sha256, ratio)));
    }

    /// <summary>What is kept, and its shape; null for what is no picture. A drawing is written anew: its hash is of what is left.</summary>
    static (byte[] Picture, double Ratio)? Fit(byte[] bytes) =>
        PictureSize.Of(bytes) is var (width, height) ? width <= MostPixels && height <= MostPixels && (long)width * height <= MostArea && bytes.AsSpan(0, Math.Min(bytes.Length, 4096)).IndexOf(Moving) < 0 ? (bytes, (double)width / height) : null : PlanSvg.Cleaned(bytes);

    /// <summary>Only what a plan of this venue ever named is there.</summary>
    public static IResult Picture(Guid venueId, string sha256, PlanPictures pictures, HttpResponse response)
    {
        if (pictures.Get(venueId, sha256) is not { } bytes) return Problems.Of(new Refusal("request.unknown", "There is no such picture."));
        response.Headers.CacheControl = "private, max-age=86400, immutable"; // named by its content
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return Results.Bytes(bytes, Inspections.Photos.TypeOf(bytes) ?? "image/svg+xml");
    }

    /// <summary>Null when there is more than a picture may have.</summary>
    static async Task<byte[]?> Read(Stream body, CancellationToken ct)
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

    static Refusal Unfit(string because) => new("venue.plan-picture-unfit", because, "body");
}

/// <summary>Pictures under floors, sealed like the vault's secrets, in a file of their own.</summary>
sealed class PlanPictures(DataFolder data, IDataProtectionProvider protection) : IDisposable
{
    readonly SealedFile _file = new(data.File("plans.db"));
    readonly SemaphoreSlim _gate = new(1);

    /// <summary>Replaced ones stay, because facts name them: so many are enough for ten floors drawn ten times.</summary>
    public const int MostOfVenue = 100;

    static readonly Refusal TooMany = new("venue.plan-pictures-many", $"A venue keeps at most {MostOfVenue} pictures of its floors, replaced ones too.");

    public void Dispose() => _gate.Dispose();

    /// <summary>Kept before the fact that names it, one after the other; of a command that was refused, or broke, nothing stays that was not there before it.</summary>
    public async Task<Answer> Keep(Guid venueId, string sha256, byte[] bytes, Func<Task<Answer>> send)
    {
        var name = Name(venueId, sha256);
        await _gate.WaitAsync();
        try
        {
            if (_file.Get(name) is not null) return await send();
            if (_file.Count($"{venueId:N}/") >= MostOfVenue) return TooMany;
            _file.Put(name, Seal(name).Protect(bytes));
            var isNamed = false;
            try
            {
                var answer = await send();
                isNamed = answer.IsDone;
                return answer;
            }
            finally
            {
                if (!isNamed) _file.Erase(name);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public byte[]? Get(Guid venueId, string sha256) => Name(venueId, sha256) is var name && _file.Get(name) is { } bytes ? Seal(name).Unprotect(bytes) : null;

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(string name) => protection.CreateProtector("venue-plan", name);

    static string Name(Guid venueId, string sha256) => $"{venueId:N}/{sha256}";
}

/// <summary>How large a PNG or JPEG is, read from its head alone (PNG, W3C, 11.2.1 IHDR; JPEG, ITU-T T.81, B.2.2 frame header).</summary>
static class PictureSize
{
    /// <summary>Width and height in pixels; null for anything else.</summary>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> bytes) => Inspections.Photos.TypeOf(bytes) switch
    {
        "image/png" when bytes.Length >= 24 && bytes[12..16].SequenceEqual("IHDR"u8) => Positive(BigEndian(bytes[16..20]), BigEndian(bytes[20..24])),
        "image/jpeg" => OfJpeg(bytes),
        _ => null,
    };

    /// <summary>Segments follow each other, each with its length, until the frame header.</summary>
    static (int, int)? OfJpeg(ReadOnlySpan<byte> bytes)
    {
        for (var at = 2; at + 9 < bytes.Length && bytes[at] == 0xFF;)
        {
            var marker = bytes[at + 1];
            if (marker == 0xFF) { at++; continue; } // fill bytes
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC)) return Positive(BigEndian(bytes.Slice(at + 7, 2)), BigEndian(bytes.Slice(at + 5, 2)));
            if (marker is 0xDA or 0xD9) return null;
            at += 2 + BigEndian(bytes.Slice(at + 2, 2));
        }

        return null;
    }

    static (int, int)? Positive(int width, int height) => width > 0 && height > 0 ? (width, height) : null;

    static int BigEndian(ReadOnlySpan<byte> bytes)
    {
        var number = 0;
        foreach (var one in bytes) number = (number << 8) | one;
        return number;
    }
}
