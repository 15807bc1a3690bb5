using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Vault;

namespace Compliance.Api.Guards;

/// <summary>
/// The PINs of guards: salted and hashed (PBKDF2, SHA-256), and sealed in the vault on top, for six digits alone are soon tried. One that was
/// given is known to whoever gave it.
/// </summary>
internal sealed class GuardPins(SecretVault vault)
{
    public const int Shortest = 4, Longest = 8;

    const int Rounds = 100_000, HashBytes = 32, SaltBytes = 16;

    public bool Has(Guid guardId) => vault.Get(Name(guardId)) is not null;

    /// <summary>A new one by chance; it is told once.</summary>
    public string Give(Guid guardId)
    {
        var pin = RandomNumberGenerator.GetInt32(0, 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        Set(guardId, pin);
        return pin;
    }

    public void Set(Guid guardId, string pin)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        vault.Put(Name(guardId), new($"{Convert.ToHexString(salt)}:{Convert.ToHexString(Hash(pin, salt))}"));
    }

    public bool IsRight(Guid guardId, string pin) =>
        vault.Get(Name(guardId))?.Reveal().Split(':') is [var salt, var hash]
        && CryptographicOperations.FixedTimeEquals(Hash(pin, Convert.FromHexString(salt)), Convert.FromHexString(hash));

    public void Erase(Guid guardId) => vault.Erase(Name(guardId));

    /// <summary>Digits, not the given one again, not one digit over and over, no stairs.</summary>
    public static bool IsGood(string pin, string given) =>
        pin.Length is >= Shortest and <= Longest && pin.All(char.IsAsciiDigit) && pin != given
        && pin.Zip(pin.Skip(1), (a, b) => b - a).Distinct().ToArray() is not ([0] or [1] or [-1]);

    static byte[] Hash(string pin, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(pin), salt, Rounds, HashAlgorithmName.SHA256, HashBytes);

    static string Name(Guid guardId) => $"guard-pin/{guardId:N}";
}
