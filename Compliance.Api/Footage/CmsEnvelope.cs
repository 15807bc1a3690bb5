using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Compliance.Api.Footage;

/// <summary>
/// Encrypts what is written to it for the holder of one certificate, as it passes: CMS EnvelopedData (RFC 5652, 6), AES-256-CBC under a key made for it alone, which RSAES-OAEP with SHA-256 carries
/// (RFC 4055). .NET's own <c>EnvelopedCms</c> holds the whole content in memory; a recording has gigabytes, so the content is written in BER's indefinite form, as <c>openssl cms -stream</c> does.
/// <c>openssl cms -decrypt -inform DER -inkey KEY</c> opens it.
/// </summary>
internal sealed class CmsEnvelope : IAsyncDisposable
{
    const int Chunk = 1 << 16, SmallestKeyBits = 2048;
    const string Data = "1.2.840.113549.1.7.1", EnvelopedData = "1.2.840.113549.1.7.3", Aes256Cbc = "2.16.840.1.101.3.4.1.42", Oaep = "1.2.840.113549.1.1.7", Mgf1 = "1.2.840.113549.1.1.8", Sha256 = "2.16.840.1.101.3.4.2.1";

    static readonly byte[] End = [0, 0];

    readonly Pieces _pieces;
    readonly CryptoStream _sealing;
    readonly Aes _aes;
    readonly ICryptoTransform _transform;
    readonly Stream _to;

    CmsEnvelope(Stream to, Aes aes)
    {
        (_to, _aes, _transform, _pieces) = (to, aes, aes.CreateEncryptor(), new(to));
        _sealing = new(_pieces, _transform, CryptoStreamMode.Write, leaveOpen: true);
    }

    /// <summary>Where the content goes.</summary>
    public Stream Content => _sealing;

    /// <summary>Why nothing is encrypted to this certificate now; null where it can be.</summary>
    public static string? WhyNot(X509Certificate2 certificate, DateTimeOffset now)
    {
        using var key = certificate.GetRSAPublicKey();
        var usage = certificate.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        return key is null || key.KeySize < SmallestKeyBits ? "footage.certificate-key"
            : now < certificate.NotBefore || now > certificate.NotAfter ? "footage.certificate-expired"
            : usage is not null && !usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyEncipherment) ? "footage.certificate-purpose" : null;
    }

    /// <summary>Writes all that stands before the content.</summary>
    public static async Task<CmsEnvelope> Begin(Stream to, X509Certificate2 recipient, CancellationToken ct)
    {
        var aes = Aes.Create();
        aes.KeySize = 256;
        // ContentInfo { envelopedData, [0] EnvelopedData { 0, recipients, EncryptedContentInfo { data, AES-256-CBC, [0] pieces … } } }, each open constructed value without its length.
        await to.WriteAsync(new byte[] { 0x30, 0x80 }, ct);
        await to.WriteAsync(Encoded(w => w.WriteObjectIdentifier(EnvelopedData)), ct);
        await to.WriteAsync(new byte[] { 0xA0, 0x80, 0x30, 0x80 }, ct);
        await to.WriteAsync(Encoded(w => w.WriteInteger(0)), ct);
        await to.WriteAsync(Encoded(w => Recipients(w, recipient, aes.Key)), ct);
        await to.WriteAsync(new byte[] { 0x30, 0x80 }, ct);
        await to.WriteAsync(Encoded(w => w.WriteObjectIdentifier(Data)), ct);
        await to.WriteAsync(Encoded(w =>
        {
            using (w.PushSequence())
            {
                w.WriteObjectIdentifier(Aes256Cbc);
                w.WriteOctetString(aes.IV);
            }
        }), ct);
        await to.WriteAsync(new byte[] { 0xA0, 0x80 }, ct);
        return new(to, aes);
    }

    /// <summary>The last block and the ends of all that was opened; without them it is none.</summary>
    public async Task Finish(CancellationToken ct)
    {
        await _sealing.FlushFinalBlockAsync(ct);
        await _pieces.FlushAsync(ct);
        for (var open = 0; open < 5; open++) await _to.WriteAsync(End, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _sealing.DisposeAsync();
        await _pieces.DisposeAsync();
        _transform.Dispose();
        _aes.Dispose();
    }

    /// <summary>One KeyTransRecipientInfo (6.2.1), by issuer and serial number.</summary>
    static void Recipients(AsnWriter w, X509Certificate2 recipient, byte[] key)
    {
        using var rsa = recipient.GetRSAPublicKey()!;
        using (w.PushSetOf())
        using (w.PushSequence())
        {
            w.WriteInteger(0);
            using (w.PushSequence())
            {
                w.WriteEncodedValue(recipient.IssuerName.RawData);
                w.WriteInteger(recipient.SerialNumberBytes.Span);
            }

            using (w.PushSequence())
            {
                w.WriteObjectIdentifier(Oaep);
                using (w.PushSequence())
                {
                    using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
                    using (w.PushSequence()) w.WriteObjectIdentifier(Sha256);
                    using (w.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
                    using (w.PushSequence())
                    {
                        w.WriteObjectIdentifier(Mgf1);
                        using (w.PushSequence()) w.WriteObjectIdentifier(Sha256);
                    }
                }
            }

            w.WriteOctetString(rsa.Encrypt(key, RSAEncryptionPadding.OaepSHA256));
        }
    }

    static byte[] Encoded(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    /// <summary>What is written, as octet strings of up to 64 KiB.</summary>
    sealed class Pieces(Stream to) : Stream
    {
        readonly byte[] _piece = new byte[Chunk];
        int _filled;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            while (buffer.Length > 0)
            {
                var take = Math.Min(buffer.Length, Chunk - _filled);
                buffer[..take].CopyTo(_piece.AsMemory(_filled));
                (_filled, buffer) = (_filled + take, buffer[take..]);
                if (_filled == Chunk) await Put(cancellationToken);
            }
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_filled > 0) await Put(cancellationToken);
        }

        async Task Put(CancellationToken ct)
        {
            await to.WriteAsync(Encoded(w => w.WriteOctetString(_piece.AsSpan(0, _filled))), ct);
            _filled = 0;
        }

        /// <summary>Nothing is left over when a stream above is let go without an end: what broke off is no envelope.</summary>
        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Written asynchronously only.");
    }
}
