using Compliance.Api.Vault;

namespace Compliance.Api.Panels;

/// <summary>Where in the vault the key of one panel stands. It goes in by its door, and out to the probes of its venue alone.</summary>
static class PanelKeys
{
    /// <summary>Hexadecimal digits of AES with 128, 192 and 256 bits.</summary>
    public static bool IsKey(string key) => key.Length is 32 or 48 or 64 && key.All(char.IsAsciiHexDigit);

    public static void KeepPanelKey(this SecretVault vault, Guid deviceId, string key) => vault.Put(Name(deviceId), new(key.ToUpperInvariant()));

    /// <summary>Null for a panel that cannot encrypt.</summary>
    public static string? PanelKeyOf(this SecretVault vault, Guid deviceId) => vault.Get(Name(deviceId))?.Reveal();

    public static void ErasePanelKey(this SecretVault vault, Guid deviceId) => vault.Erase(Name(deviceId));

    static string Name(Guid deviceId) => $"panel/{deviceId:N}";
}
