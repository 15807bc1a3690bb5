using System.Globalization;
using System.Numerics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Licences;

/// <summary>
/// The number on a certificate, such as <c>2026-4170382-61</c>: year of issue, serial, two check digits. All thirteen digits read
/// as one number leave 1 when divided by 97 (ISO/IEC 7064, MOD 97-10), so a mistyped digit, or two that changed places, never
/// names another venue. The serial follows from the application: granted again, it is the same. Two applications that would
/// share one are told apart by <see cref="Certificate"/>, which gives each number away once.
/// </summary>
public static class CertificateNumber
{
    const int SerialDigits = 7, CheckDigits = 2, Modulus = 97;

    /// <param name="attempt">0, and one more for each number that turned out to be another's.</param>
    public static string Of(Guid application, int year, int attempt)
    {
        var bytes = EventIds.From(application, $"certificate-number/{year}/{attempt}").ToByteArray(bigEndian: true);
        var serial = new BigInteger(bytes.AsSpan(8), isUnsigned: true, isBigEndian: true) % BigInteger.Pow(10, SerialDigits);
        var body = string.Create(CultureInfo.InvariantCulture, $"{year:0000}{(long)serial:0000000}");
        var check = Modulus + 1 - (long.Parse(body + "00", CultureInfo.InvariantCulture) % Modulus);
        return string.Create(CultureInfo.InvariantCulture, $"{body[..4]}-{body[4..]}-{check:00}");
    }

    /// <summary>As it is printed, however it was typed (with spaces, or without the hyphens); null when it is no number of ours.</summary>
    public static string? Parse(string text)
    {
        var digits = string.Concat(text.Where(c => c is not (' ' or '-')));
        return digits.Length == 4 + SerialDigits + CheckDigits && digits.All(char.IsAsciiDigit)
            && long.Parse(digits, CultureInfo.InvariantCulture) % Modulus == 1
                ? $"{digits[..4]}-{digits[4..(4 + SerialDigits)]}-{digits[(4 + SerialDigits)..]}" : null;
    }
}
