using Compliance.Domain.TransparentLog;
using Bouncy = Org.BouncyCastle.Math.EC.Rfc8032.Ed25519;

namespace Compliance.Api.TransparentLog;

/// <summary>A key that signs notes (Ed25519, RFC 8032), and the check of one; the base class library has neither.</summary>
sealed class NoteSigner
{
    /// <summary>Bytes of a private key.</summary>
    public static readonly int SeedSize = Bouncy.SecretKeySize;

    readonly byte[] _seed;

    public NoteSigner(string name, NoteKeyKind kind, byte[] seed)
    {
        var publicKey = new byte[Bouncy.PublicKeySize];
        Bouncy.GeneratePublicKey(seed, 0, publicKey, 0);
        (_seed, Key) = (seed, new(name, kind, publicKey));
    }

    /// <summary>What others need to check what this one signs.</summary>
    public NoteKey Key { get; }

    public byte[] Sign(byte[] message)
    {
        var signature = new byte[Bouncy.SignatureSize];
        Bouncy.Sign(_seed, 0, message, 0, message.Length, signature, 0);
        return signature;
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == Bouncy.PublicKeySize && signature.Length == Bouncy.SignatureSize
        && Bouncy.Verify(signature.ToArray(), 0, publicKey.ToArray(), 0, message.ToArray(), 0, message.Length);
}
