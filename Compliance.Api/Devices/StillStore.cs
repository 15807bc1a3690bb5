using System.Globalization;
using System.Security.Cryptography;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Devices;

/// <summary>The pictures that verdicts rest on, blurred by the probe before they came here, sealed and kept as long as a device's line; the log holds their hashes.</summary>
sealed class StillStore(DataFolder data, IDataProtectionProvider protection, TimeProvider clock)
{
    /// <summary>A blurred picture of 160 by 90 pixels has a few kilobytes.</summary>
    public const int Largest = 64 << 10;

    readonly SealedFile _file = new(data.File("stills.db"));

    /// <summary>Keeps it; null for what is no such picture.</summary>
    public Still? Keep(Guid deviceId, DateTimeOffset at, byte[] jpeg)
    {
        if (jpeg.Length > Largest || !jpeg.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return null;
        var still = new Still(at, Convert.ToHexStringLower(SHA256.HashData(jpeg)));
        var name = Name(still, deviceId);
        _file.Put(name, Seal(name).Protect(jpeg));
        return still;
    }

    public byte[]? Get(Guid deviceId, Still still) => Name(still, deviceId) is var name && _file.Get(name) is { } bytes ? Seal(name).Unprotect(bytes) : null;

    /// <summary>What no line shows any more.</summary>
    public void EraseOld() => _file.EraseBefore(Day(clock.GetUtcNow() - DeviceTimeline.Kept));

    /// <summary>The name is part of the seal: a row copied under another one does not open.</summary>
    IDataProtector Seal(string name) => protection.CreateProtector("still", name);

    static string Name(Still still, Guid deviceId) => $"{Day(still.KeptAt)}/{deviceId:N}/{still.Sha256}";

    static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
}
