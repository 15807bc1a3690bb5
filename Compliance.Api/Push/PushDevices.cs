using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Vault;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Push;

/// <summary>A device and whose it is.</summary>
/// <param name="IsLead">A shift lead is told of what came to the lead, whatever the district.</param>
/// <param name="Until">It is told until then, unless the desk is opened in it again.</param>
sealed record KnownDevice(string Id, Guid Officer, bool IsLead, PushDevice Device, DateTimeOffset Until)
{
    public bool Has(IncidentCard card) => Device.District is not { } district || card.Desks.Contains(district) || (IsLead && card.WithLead);
}

/// <summary>Browsers that want to be told, sealed in <c>push.db</c>: working state and no fact, for an address of a device is personal and its loss costs a press of a button.</summary>
sealed class PushDevices
{
    const int MostOfOne = 10;

    readonly SealedFile _file;
    readonly IDataProtector _seal;
    readonly TimeProvider _clock;
    readonly PushRules _rules;
    readonly ConcurrentDictionary<string, KnownDevice> _devices = [];

    public PushDevices(DataFolder data, IDataProtectionProvider protection, PushRules rules, TimeProvider clock)
    {
        (_file, _seal, _rules, _clock) = (new(data.File("push.db")), protection.CreateProtector("push-device"), rules, clock);
        foreach (var (id, bytes) in _file.All())
            if (Opened(bytes) is { } device) _devices[id] = device;
    }

    /// <summary>Those that are to be told now; what is over goes.</summary>
    public IReadOnlyList<KnownDevice> Now()
    {
        EraseOld();
        return [.. _devices.Values];
    }

    /// <summary>What the calendar asks every hour: an address outlives its shift by no more than that, though no incident comes.</summary>
    public void EraseOld()
    {
        foreach (var over in _devices.Values.Where(d => d.Until < _clock.GetUtcNow())) Forget(over.Id);
    }

    /// <summary>One browser is one device, whoever signs in there last.</summary>
    public void Keep(Caller officer, PushDevice device)
    {
        var known = new KnownDevice(IdOf(device.Endpoint), officer.Id, officer.Is(Who.Supervisor), device, _clock.GetUtcNow().AddHours(_rules.ForHours));
        foreach (var oldest in _devices.Values.Where(d => d.Officer == officer.Id && d.Id != known.Id).OrderByDescending(d => d.Until).Skip(MostOfOne - 1)) Forget(oldest.Id);
        _file.Put(known.Id, _seal.Protect(JsonSerializer.SerializeToUtf8Bytes(known, EventCatalog.Json)));
        _devices[known.Id] = known;
    }

    public void Forget(string id)
    {
        _file.Erase(id);
        _devices.TryRemove(id, out _);
    }

    public static string IdOf(string endpoint) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(endpoint)));

    /// <summary>Null for what was sealed with keys that are gone.</summary>
    KnownDevice? Opened(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<KnownDevice>(_seal.Unprotect(bytes), EventCatalog.Json);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}

/// <summary>The doors: by which key, and which browsers.</summary>
static class Devices
{
    public static PushKey Key(PushSigner signer) => new(signer.PublicKey);

    /// <summary>Asked each time the desk is opened: that renews its time.</summary>
    public static IResult Keep(PushDevice body, Caller caller, PushDevices devices, PushRules rules)
    {
        if (!rules.IsOn) return Problems.Of(new Refusal("push.off", "Nothing is pushed here."));
        if (!rules.MayBeAt(body.Endpoint)) return Problems.Of(new Refusal("push.service-unknown", "This browser is told by a service that is not spoken to.", "endpoint"));
        if (Decoded(body.P256dh) is not { } point || !PushEncryption.IsPoint(point) || Decoded(body.Auth) is not { Length: PushEncryption.AuthLength }
            || (body.District is { } district && District.OfAlmaty.All(d => d.Kk != district))) return Problems.Of(new Refusal("push.malformed", "This is no subscription of a browser.", "p256dh"));
        devices.Keep(caller, body);
        return TypedResults.NoContent();
    }

    /// <summary>Whoever knows the address has the browser in hand.</summary>
    public static IResult Remove(PushDeviceGone body, PushDevices devices)
    {
        devices.Forget(PushDevices.IdOf(body.Endpoint));
        return TypedResults.NoContent();
    }

    internal static byte[]? Decoded(string? text)
    {
        try
        {
            return text is { Length: > 0 and <= 200 } ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
