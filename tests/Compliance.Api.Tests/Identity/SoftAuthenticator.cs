using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Compliance.Api.Tests.Identity;

/// <summary>
/// A passkey in software, as a browser and an authenticator answer together (WebAuthn level 3, sections 6 and 7): ES256,
/// no attestation. It does what it is told, even what a real one would not.
/// </summary>
internal sealed class SoftAuthenticator(string origin) : IDisposable
{
    const byte Present = 0x01, Verified = 0x04, Attested = 0x40;

    readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    string _user = "";

    /// <summary>Answers <c>navigator.credentials.create</c>.</summary>
    public string Create(string options)
    {
        var asked = JsonNode.Parse(options)!;
        _user = (string)asked["user"]!["id"]!;
        byte[] data = [.. Head((string)asked["rp"]!["id"]!, Present | Verified | Attested), .. new byte[16], 0, (byte)_id.Length, .. _id, .. CoseKey()];
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58, (byte)data.Length, .. data];
        return Credential(new() { ["clientDataJSON"] = Encoded(ClientData("webauthn.create", asked)), ["attestationObject"] = Encoded(attestation), ["transports"] = new JsonArray() });
    }

    /// <summary>Answers <c>navigator.credentials.get</c>.</summary>
    public string Get(string options, bool verified = true)
    {
        var asked = JsonNode.Parse(options)!;
        var client = ClientData("webauthn.get", asked);
        var data = Head((string)asked["rpId"]!, verified ? (byte)(Present | Verified) : Present);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new()
        {
            ["clientDataJSON"] = Encoded(client), ["authenticatorData"] = Encoded(data), ["signature"] = Encoded(signature), ["userHandle"] = _user,
        });
    }

    public void Dispose() => _key.Dispose();

    byte[] ClientData(string type, JsonNode asked) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = (string)asked["challenge"]!, origin, crossOrigin = false });

    /// <summary>Relying party, flags and a signature counter that is not used (0).</summary>
    static byte[] Head(string relyingParty, byte flags) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), flags, 0, 0, 0, 0];

    /// <summary>EC2 key, ES256, P-256 (RFC 9053) in CBOR.</summary>
    byte[] CoseKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];

    string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Encoded(_id), ["rawId"] = Encoded(_id), ["type"] = "public-key", ["response"] = response,
        ["clientExtensionResults"] = new JsonObject(),
    }.ToJsonString();

    static string Encoded(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
