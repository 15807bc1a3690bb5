using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Compliance.Api.Identity;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Live;

/// <summary>What one ticket is good for: one session of one officer, one camera, one page, once, and soon. Whoever holds it is taken for him.</summary>
sealed record LiveTicket(Guid Id, Guid OfficerId, Guid SessionId, Guid DeviceId, string Origin, DateTimeOffset ExpiresAt);

/// <summary>Signs and takes tickets. They are sealed with the API's own keys: whoever changes a letter has none, and a copy is refused once one of them was used.</summary>
sealed class LiveTickets(IDataProtectionProvider protection, IssuerAddress address, TimeProvider clock)
{
    static readonly TimeSpan Life = TimeSpan.FromSeconds(30);

    readonly IDataProtector _seal = protection.CreateProtector("compliance.live-ticket.v1");
    readonly ConcurrentDictionary<Guid, DateTimeOffset> _used = [];

    /// <summary>Which tickets of before were used is not known any more.</summary>
    readonly DateTimeOffset _since = clock.GetUtcNow();

    public (string Text, DateTimeOffset ExpiresAt) Give(Guid officerId, Guid sessionId, Guid deviceId)
    {
        var ticket = new LiveTicket(Guid.NewGuid(), officerId, sessionId, deviceId, address.PortalOrigin, clock.GetUtcNow() + Life);
        return (Base64Url(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(ticket))), ticket.ExpiresAt);
    }

    /// <summary>Null where it is altered, expired, used, or comes from another page than the portal's.</summary>
    public LiveTicket? Take(string text, string? origin)
    {
        var now = clock.GetUtcNow();
        foreach (var (id, expired) in _used)
            if (expired < now) _used.TryRemove(id, out _);
        return Read(text) is { } ticket && ticket.ExpiresAt > now && ticket.ExpiresAt >= _since + Life && ticket.Origin == origin && _used.TryAdd(ticket.Id, ticket.ExpiresAt) ? ticket : null;
    }

    LiveTicket? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<LiveTicket>(_seal.Unprotect(FromBase64Url(text)));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    static byte[] FromBase64Url(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
