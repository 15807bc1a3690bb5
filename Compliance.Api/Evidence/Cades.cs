using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Compliance.Api.Evidence;

/// <summary>Asks a time-stamping authority for a token over bytes (RFC 3161); null when none is configured.</summary>
delegate Task<byte[]?> AskForTime(byte[] signature, CancellationToken ct);

/// <summary>A detached signature as CAdES asks (ETSI EN 319 122-1): CMS with signing-certificate-v2, and a time stamp where there is an authority for it.</summary>
static class Cades
{
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47", TimeStamp = "1.2.840.113549.1.9.16.2.14";

    const string Sha256 = "2.16.840.1.101.3.4.2.1", SignedData = "1.2.840.113549.1.7.2", Data = "1.2.840.113549.1.7.1",
        Ecdsa = "1.2.840.10045.4.3.2", Rsa = "1.2.840.113549.1.1.1", RsaSha256 = "1.2.840.113549.1.1.11", RsaPss = "1.2.840.113549.1.1.10";

    public static async Task<byte[]> Sign(byte[] content, X509Certificate2 certificate, X509Certificate2Collection chain, AskForTime? time, CancellationToken ct)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        var signer = new CmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { DigestAlgorithm = new(Sha256), IncludeOption = X509IncludeOption.EndCertOnly };
        signer.Certificates.AddRange(chain);
        signer.SignedAttributes.Add(new AsnEncodedData(new Oid(SigningCertificateV2), Named(certificate)));
        cms.ComputeSignature(signer, silent: true);
        if (time is not null && await time(cms.SignerInfos[0].GetSignature(), ct) is { } token)
            cms.SignerInfos[0].AddUnsignedAttribute(new AsnEncodedData(new Oid(TimeStamp), token));
        return cms.Encode();
    }

    /// <summary>ESS signing-certificate-v2 (RFC 5035): which certificate was meant, by its SHA-256.</summary>
    static byte[] Named(X509Certificate2 certificate)
    {
        var asn = new AsnWriter(AsnEncodingRules.DER);
        using (asn.PushSequence())
        using (asn.PushSequence())
        using (asn.PushSequence()) asn.WriteOctetString(SHA256.HashData(certificate.RawData));
        return asn.Encode();
    }

    /// <summary>
    /// Whether it is of the shape that is written here: one signer, SHA-256, and nothing else in the places that no signature covers (versions, lists of
    /// algorithms, kind of content). Where anything may stand, anything could be changed.
    /// </summary>
    public static bool IsOurShape(byte[] der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            if (outer.ReadObjectIdentifier() != SignedData) return false;
            var data = outer.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true)).ReadSequence();
            if (data.ReadInteger() != 1) return false;
            var digests = data.ReadSetOf();
            if (Algorithm(digests) is not (Sha256, true) || digests.HasData) return false;
            var content = data.ReadSequence();
            if (content.ReadObjectIdentifier() != Data || content.HasData) return false;
            data.ReadEncodedValue(); // the certificates: the signer's is bound by its hash
            var signers = data.ReadSetOf();
            var signer = signers.ReadSequence();
            if (signers.HasData || data.HasData || signer.ReadInteger() != 1) return false;
            signer.ReadEncodedValue(); // whose: it leads to the certificate or to none
            if (Algorithm(signer) is not (Sha256, true)) return false;
            signer.ReadEncodedValue(); // what is signed
            return Algorithm(signer) is (Ecdsa or Rsa or RsaSha256, true) or (RsaPss, _);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>An algorithm, and whether it comes without parameters.</summary>
    static (string Oid, bool IsPlain) Algorithm(AsnReader reader)
    {
        var algorithm = reader.ReadSequence();
        var oid = algorithm.ReadObjectIdentifier();
        if (!algorithm.HasData) return (oid, true);
        var isNull = algorithm.PeekTag() == Asn1Tag.Null;
        algorithm.ReadEncodedValue();
        return (oid, isNull && !algorithm.HasData);
    }
}
