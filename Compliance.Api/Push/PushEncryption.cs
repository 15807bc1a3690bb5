using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Compliance.Api.Push;

/// <summary>A message that only the device can read: Message Encryption for Web Push (RFC 8291), one record of <c>aes128gcm</c> (RFC 8188).</summary>
static class PushEncryption
{
    public const int PointLength = 65, AuthLength = 16;
    const int SaltLength = 16, KeyLength = 16, NonceLength = 12, TagLength = 16, RecordSize = 4096;

    /// <summary>A push service takes no more than 4,096 bytes; so much of them is the text.</summary>
    public const int Longest = RecordSize - SaltLength - 4 - 1 - PointLength - TagLength - 1;

    /// <param name="device">The browser's public key: an uncompressed point on P-256.</param>
    /// <param name="auth">Its secret.</param>
    public static byte[] Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> device, ReadOnlySpan<byte> auth)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        return Encrypt(text, device, auth, own, RandomNumberGenerator.GetBytes(SaltLength));
    }

    /// <summary>With a key and a salt that are given: for the example of the RFC.</summary>
    internal static byte[] Encrypt(ReadOnlySpan<byte> text, ReadOnlySpan<byte> device, ReadOnlySpan<byte> auth, ECDiffieHellman own, byte[] salt)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, Longest);
        using var other = ECDiffieHellman.Create(Point(device));
        var mine = Bytes(own.ExportParameters(includePrivateParameters: false).Q);
        var shared = own.DeriveRawSecretAgreement(other.PublicKey);
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, 32, auth.ToArray(), [.. "WebPush: info\0"u8, .. device, .. mine]);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyLength, salt, "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, NonceLength, salt, "Content-Encoding: nonce\0"u8.ToArray());

        var message = new byte[SaltLength + 4 + 1 + PointLength + text.Length + 1 + TagLength];
        salt.CopyTo(message, 0);
        BinaryPrimitives.WriteUInt32BigEndian(message.AsSpan(SaltLength), RecordSize);
        message[SaltLength + 4] = PointLength;
        mine.CopyTo(message, SaltLength + 5);
        var body = message.AsSpan(SaltLength + 5 + PointLength);
        Span<byte> padded = [.. text, 2]; // the last record, and no padding
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, padded, body[..padded.Length], body[padded.Length..]);
        return message;
    }

    /// <summary>False for what is no point on the curve.</summary>
    public static bool IsPoint(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != PointLength || bytes[0] != 4) return false;
        try
        {
            using var _ = ECDiffieHellman.Create(Point(bytes));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    internal static byte[] Bytes(ECPoint point) => [4, .. point.X!, .. point.Y!];

    static ECParameters Point(ReadOnlySpan<byte> bytes) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = bytes[1..33].ToArray(), Y = bytes[33..].ToArray() } };
}
