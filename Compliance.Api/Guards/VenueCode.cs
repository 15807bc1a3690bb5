using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Vault;
using Microsoft.AspNetCore.WebUtilities;

namespace Compliance.Api.Guards;

/// <summary>
/// The code on a venue's screen: it turns every half minute, and a photo of it is worth nothing a minute later. Whoever opens it in time
/// gets a ticket, good for one telephone and a few minutes, in which to say who he is. Nothing is kept but one key a venue.
/// </summary>
internal sealed class VenueCode(SecretVault vault, TimeProvider clock)
{
    public static readonly TimeSpan Turn = TimeSpan.FromSeconds(30), Ticket = TimeSpan.FromMinutes(3);

    const int KeyBytes = 32, MarkBytes = 16, StampBytes = 8;

    /// <summary>Two venues' keys are never made twice at once.</summary>
    readonly Lock _making = new();

    /// <summary>The code of now, and when the screen must show the next one.</summary>
    public (string Code, DateTimeOffset Until) Now(Guid venueId)
    {
        var step = StepOf(clock.GetUtcNow());
        return (Sign(venueId, "code", step, Guid.Empty), new DateTimeOffset((step + 1) * Turn.Ticks, TimeSpan.Zero));
    }

    /// <summary>A ticket for that telephone; null when the code is not of this moment or not of this venue.</summary>
    public string? Open(Guid venueId, string code, Guid handset)
    {
        var now = clock.GetUtcNow();
        var step = StepOf(now);
        return Same(code, Sign(venueId, "code", step, Guid.Empty)) || Same(code, Sign(venueId, "code", step - 1, Guid.Empty))
            ? Sign(venueId, "ticket", (now + Ticket).ToUnixTimeSeconds(), handset) : null;
    }

    /// <summary>The ticket was given out for this venue and telephone, and its minutes have not passed.</summary>
    public bool IsGood(Guid venueId, string ticket, Guid handset)
    {
        if (StampOf(ticket) is not { } until || until < clock.GetUtcNow().ToUnixTimeSeconds()) return false;
        return Same(ticket, Sign(venueId, "ticket", until, handset));
    }

    static long StepOf(DateTimeOffset at) => at.UtcTicks / Turn.Ticks;

    string Sign(Guid venueId, string what, long stamp, Guid handset)
    {
        var text = new byte[StampBytes + MarkBytes];
        BinaryPrimitives.WriteInt64BigEndian(text, stamp);
        HMACSHA256.HashData(Key(venueId), Encoding.UTF8.GetBytes($"{what}/{venueId:N}/{stamp}/{handset:N}")).AsSpan(0, MarkBytes).CopyTo(text.AsSpan(StampBytes));
        return WebEncoders.Base64UrlEncode(text);
    }

    static long? StampOf(string text)
    {
        try
        {
            return WebEncoders.Base64UrlDecode(text) is { Length: StampBytes + MarkBytes } bytes ? BinaryPrimitives.ReadInt64BigEndian(bytes) : null;
        }
        catch (FormatException)
        {
            return null; // not ours
        }
    }

    static bool Same(string a, string b) => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(a), Encoding.ASCII.GetBytes(b));

    byte[] Key(Guid venueId)
    {
        var name = $"guard-code/{venueId:N}";
        lock (_making)
        {
            if (vault.Get(name) is null) vault.Put(name, new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))));
            return Convert.FromBase64String(vault.Get(name)!.Reveal());
        }
    }
}
