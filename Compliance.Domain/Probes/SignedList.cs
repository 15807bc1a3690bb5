using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Compliance.Domain.Probes;

/// <summary>
/// The signature of a list of assignments: a detached JWS (RFC 7515, appendix F) with ES256, in a header beside the body. It names the probe
/// it is for, when it was made and what the box asked with, so that one probe's list is no other's, yesterday's not today's, and no answer of before one to this question. That nothing changed is signed
/// the same way, over the revision.
/// </summary>
public static class SignedList
{
    public const string Header = "Compliance-Signature";

    /// <summary>Of a question: a number that is used once. The signature of its answer names it.</summary>
    public const string AskedHeader = "Compliance-Asked";

    /// <summary>Characters of such a number.</summary>
    public const int LongestAsked = 64;

    /// <param name="asked">With which it was asked for; null: with none.</param>
    /// <param name="sign">ES256 over these bytes; the key, and the chance it needs, stay with the caller.</param>
    /// <param name="publicKey">In PEM.</param>
    public static string Sign(Func<byte[], byte[]> sign, string publicKey, Guid probeId, DateTimeOffset at, ReadOnlySpan<byte> body, string? asked = null)
    {
        var head = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(
            new Head("ES256", "assignments", $"{probeId:N}", at.ToUnixTimeMilliseconds(), publicKey, asked), JsonSerializerOptions.Web));
        return $"{head}..{Base64Url.EncodeToString(sign(Signed(head, body)))}";
    }

    /// <summary>When the list was signed for that probe; null when it was not, by another key, or as the answer to another question.</summary>
    /// <param name="asked">With what it was asked for; null: with nothing.</param>
    /// <param name="pinned">The only key that is believed, in PEM; null for a box that has none yet and believes the first.</param>
    public static SignedBy? Verify(string? signature, string? pinned, Guid probeId, ReadOnlySpan<byte> body, string? asked = null)
    {
        if (signature?.Split('.') is not [{ Length: > 0 } head, "", { Length: > 0 } mark]) return null;
        try
        {
            if (JsonSerializer.Deserialize<Head>(Base64Url.DecodeFromChars(head), JsonSerializerOptions.Web) is not { Alg: "ES256", Typ: "assignments" } said || said.Sub != $"{probeId:N}" || said.Asked != asked) return null;
            using var key = ECDsa.Create();
            key.ImportFromPem(pinned ?? said.Key);
            return key.VerifyData(Signed(head, body), Base64Url.DecodeFromChars(mark), HashAlgorithmName.SHA256) ? new(DateTimeOffset.FromUnixTimeMilliseconds(said.Iat), pinned ?? said.Key) : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException or CryptographicException)
        {
            return null;
        }
    }

    static byte[] Signed(string head, ReadOnlySpan<byte> body) => Encoding.ASCII.GetBytes($"{head}.{Base64Url.EncodeToString(body)}");

    sealed record Head(string Alg, string Typ, string Sub, long Iat, string Key, string? Asked = null);
}

/// <param name="Key">In PEM.</param>
public sealed record SignedBy(DateTimeOffset At, string Key);
