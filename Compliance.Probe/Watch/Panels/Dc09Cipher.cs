using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Compliance.Probe.Watch.Panels;

/// <summary>DC-09's cipher: AES with 128, 192 or 256 bits, chained blocks begun at zero, in hexadecimal; random text before the bar fills the blocks.</summary>
internal static class Dc09Cipher
{
    const int Block = 16;

    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789ABCDEFabcdef");

    /// <summary>Null when it is not whole blocks in hexadecimal.</summary>
    public static string? Decrypt(byte[] key, string hex)
    {
        if (hex.Length == 0 || hex.Length % (2 * Block) != 0 || hex.AsSpan().ContainsAnyExcept(Digits)) return null;
        using var aes = Aes.Create();
        aes.Key = key;
#pragma warning disable CA5401 // The standard begins the chain at zero.
        return Encoding.Latin1.GetString(aes.DecryptCbc(Convert.FromHexString(hex), new byte[Block], PaddingMode.None));
#pragma warning restore CA5401
    }

    /// <param name="text">What follows the bar.</param>
    public static string Encrypt(byte[] key, string text)
    {
        var content = Encoding.Latin1.GetBytes(text);
        var pad = Block - ((content.Length + 1) % Block);
        using var aes = Aes.Create();
        aes.Key = key;
        byte[] plain = [.. Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", pad)), (byte)'|', .. content];
#pragma warning disable CA5401
        return Convert.ToHexString(aes.EncryptCbc(plain, new byte[Block], PaddingMode.None));
#pragma warning restore CA5401
    }
}
