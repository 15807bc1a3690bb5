using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Compliance.Domain.Probes;

/// <summary>By what an enrolled box signs in: a JWT it makes out itself and signs with its own key (RFC 7523, private_key_jwt), good for a minute.</summary>
public static class BoxAssertion
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    static readonly TimeSpan Good = TimeSpan.FromMinutes(1);

    /// <param name="sign">ES256 over these bytes; the key, and the chance it needs, stay with the caller.</param>
    /// <param name="now">By the box's clock; the issuer allows for one that is a few minutes off.</param>
    public static string Make(Func<byte[], byte[]> sign, string clientId, Uri issuer, DateTimeOffset now, Guid id)
    {
        var head = Part(new { alg = "ES256", typ = "client-authentication+jwt" });
        var body = Part(new { iss = clientId, sub = clientId, aud = issuer.AbsoluteUri, jti = $"{id:N}", iat = now.ToUnixTimeSeconds(), exp = (now + Good).ToUnixTimeSeconds() });
        return $"{head}.{body}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes($"{head}.{body}")))}";
    }

    static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
