using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Vault;
using Compliance.Domain.Guards;
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
        return (Sign(MadeKey(venueId), venueId, "code", step, Guid.Empty), new DateTimeOffset((step + 1) * Turn.Ticks, TimeSpan.Zero));
    }

    /// <summary>A ticket for that telephone; null when the code is not of this moment or not of this venue.</summary>
    public string? Open(Guid venueId, string code, Guid handset)
    {
        var now = clock.GetUtcNow();
        var step = StepOf(now);
        if (Key(venueId) is not { } key) return null;
        return Same(code, Sign(key, venueId, "code", step, Guid.Empty)) || Same(code, Sign(key, venueId, "code", step - 1, Guid.Empty))
            ? Sign(key, venueId, "ticket", (now + Ticket).ToUnixTimeSeconds(), handset) : null;
    }

    /// <summary>The ticket was given out for this venue and telephone, and its minutes have not passed.</summary>
    public bool IsGood(Guid venueId, string ticket, Guid handset)
    {
        if (StampOf(ticket) is not { } until || until < clock.GetUtcNow().ToUnixTimeSeconds()) return false;
        return Key(venueId) is { } key && Same(ticket, Sign(key, venueId, "ticket", until, handset));
    }

    /// <summary>With it one guard's telephone may call for help while he is on duty, at most a shift long.</summary>
    public string PanicPass(Guid venueId, Guid guardId, Guid handset) =>
        Sign(MadeKey(venueId), venueId, $"panic/{guardId:N}", (clock.GetUtcNow() + ShiftSheet.Longest).ToUnixTimeSeconds(), handset);

    public bool IsPanicPass(Guid venueId, string pass, Guid guardId, Guid handset) =>
        StampOf(pass) is { } until && until >= clock.GetUtcNow().ToUnixTimeSeconds() && Key(venueId) is { } key && Same(pass, Sign(key, venueId, $"panic/{guardId:N}", until, handset));

    /// <summary>What stands for a telephone in the facts of one night: no other night and no other venue has the same.</summary>
    public Guid Mark(Guid venueId, DateOnly night, Guid handset) =>
        new(HMACSHA256.HashData(MadeKey(venueId), Encoding.UTF8.GetBytes($"handset/{night:yyyy-MM-dd}/{handset:N}")).AsSpan(0, MarkBytes));

    static long StepOf(DateTimeOffset at) => at.UtcTicks / Turn.Ticks;

    static string Sign(byte[] key, Guid venueId, string what, long stamp, Guid handset)
    {
        var text = new byte[StampBytes + MarkBytes];
        BinaryPrimitives.WriteInt64BigEndian(text, stamp);
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{what}/{venueId:N}/{stamp}/{handset:N}")).AsSpan(0, MarkBytes).CopyTo(text.AsSpan(StampBytes));
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

    /// <summary>Null where no screen of that venue ever showed a code: who only asks makes no key.</summary>
    byte[]? Key(Guid venueId) => vault.Get(NameOf(venueId)) is { } key ? Convert.FromBase64String(key.Reveal()) : null;

    byte[] MadeKey(Guid venueId)
    {
        lock (_making)
        {
            if (Key(venueId) is { } key) return key;
            var made = RandomNumberGenerator.GetBytes(KeyBytes);
            vault.Put(NameOf(venueId), new(Convert.ToBase64String(made)));
            return made;
        }
    }

    static string NameOf(Guid venueId) => $"guard-code/{venueId:N}";
}
