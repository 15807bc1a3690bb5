using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace Compliance.Api.Evidence;

/// <summary>The signatures of a PDF: what each covers, whose it is, and when a third party says it was made.</summary>
static class SignatureCheck
{
    /// <summary>An inspector's, the seal's, and some more.</summary>
    const int MostSignatures = 16;

    const string Broken = "The file was changed after it was signed, or the signature is damaged: it does not fit what it covers.";

    /// <param name="trusted">Certificates the reader believes; null where he named none.</param>
    public static IEnumerable<CheckedStep> Of(PdfFile pdf, ReadOnlyMemory<byte> bytes, X509Certificate2Collection? trusted)
    {
        var fields = pdf.Catalog.TryGetValue("AcroForm", out var form) && form is not null ? pdf.List(pdf.Dictionary(form).GetValueOrDefault("Fields")) : [];
        if (fields.Count > MostSignatures) return [No($"It has {fields.Count:N0} places for signatures; a document of this system has at most {MostSignatures}.")];
        var signatures = fields.Select(field => pdf.Dictionary(field)).Where(field => field.GetValueOrDefault("V") is not null).Select(field => pdf.Dictionary(field["V"])).ToList();
        if (signatures.Count == 0) return [No("It bears no signature: anybody may have made it.")];
        return signatures.SelectMany((signature, i) => One(pdf, signature, bytes, isLast: i == signatures.Count - 1, trusted));
    }

    static IEnumerable<CheckedStep> One(PdfFile pdf, IReadOnlyDictionary<string, object?> signature, ReadOnlyMemory<byte> bytes, bool isLast, X509Certificate2Collection? trusted)
    {
        if (pdf.List(signature.GetValueOrDefault("ByteRange")).OfType<double>().ToArray() is not [0, var first, var second, var length]
            || first < 0 || second < first || length < 0 || second + length > bytes.Length) return [No("A signature does not say which bytes it covers.")];
        var end = (int)(second + length);
        var gap = bytes.Span[(int)first..(int)second];
        if (gap is not [(byte)'<', .., (byte)'>']) return [No("A signature leaves out more of the file than itself.")];
        if (isLast && end != bytes.Length) return [No($"{bytes.Length - end:N0} bytes were added after the last signature.")];

        byte[] der;
        try
        {
            var hex = System.Text.Encoding.ASCII.GetString(gap[1..^1]);
            var room = Convert.FromHexString(hex);
            AsnDecoder.ReadEncodedValue(room, AsnEncodingRules.DER, out _, out _, out var consumed);
            if (Convert.ToHexString(room) != hex || room.AsSpan(consumed).ContainsAnyExcept((byte)0)) return [No("Something was written beside the signature.")];
            der = room[..consumed];
        }
        catch (Exception e) when (e is AsnContentException or FormatException)
        {
            return [No(Broken)];
        }

        return Of([.. bytes.Span[..(int)first], .. bytes.Span[(int)second..end]], der, trusted);
    }

    /// <summary>A detached signature over those bytes.</summary>
    public static IEnumerable<CheckedStep> Of(byte[] content, byte[] der, X509Certificate2Collection? trusted)
    {
        var cms = new SignedCms(new ContentInfo(content), detached: true);
        try
        {
            if (!Cades.IsOurShape(der)) return [No(Broken)];
            cms.Decode(der);
            if (cms.SignerInfos.Count != 1 || cms.SignerInfos[0].Certificate is null) return [No("A signature has no signer, or no certificate.")];
            cms.CheckSignature(verifySignatureOnly: true);
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException)
        {
            return [No(Broken)];
        }

        var (signer, certificate) = (cms.SignerInfos[0], cms.SignerInfos[0].Certificate!);
        return [Means(signer, certificate), .. Whose(certificate, cms.Certificates, trusted), .. TimeOf(signer)];
    }

    static CheckedStep Means(SignerInfo signer, X509Certificate2 certificate)
    {
        var named = signer.SignedAttributes.Cast<CryptographicAttributeObject>().FirstOrDefault(a => a.Oid.Value == Cades.SigningCertificateV2)?.Values[0].RawData;
        return named is not null && named.AsSpan().IndexOf(SHA256.HashData(certificate.RawData)) >= 0
            ? new("signature", Holds.Yes, $"Unchanged since {certificate.GetNameInfo(X509NameType.SimpleName, false)} signed it.")
            : No("The signature does not name its certificate (signing-certificate-v2): another may have been put in its place.");
    }

    /// <summary>A name anybody can write: it never takes the place of what the reader trusts.</summary>
    static IEnumerable<CheckedStep> Whose(X509Certificate2 certificate, X509Certificate2Collection sent, X509Certificate2Collection? trusted)
    {
        var isForDevelopment = certificate.Subject.Contains(Seals.Development, StringComparison.Ordinal);
        if (trusted is not null || !isForDevelopment) yield return Trusted(certificate, sent, trusted);
        if (isForDevelopment) yield return new("signature", Holds.Open, "The seal is one for development: it proves that nothing was changed, and not who issued it.");
    }

    static CheckedStep Trusted(X509Certificate2 certificate, X509Certificate2Collection sent, X509Certificate2Collection? trusted)
    {
        if (trusted is null)
            return new("signature", Holds.Open, $"Whether that is who issued it you have to compare: certificate SHA-256 {Convert.ToHexStringLower(SHA256.HashData(certificate.RawData))} (or give --trust FILE).");
        if (trusted.Any(t => t.RawData.AsSpan().SequenceEqual(certificate.RawData))) return new("signature", Holds.Yes, "The certificate is the one you trust.");
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid } };
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.ExtraStore.AddRange(sent);
        return chain.Build(certificate) ? new("signature", Holds.Yes, "The certificate was issued by one you trust.") : No($"The signature is a stranger's: {certificate.Subject} is not among the certificates you trust.");
    }

    static IEnumerable<CheckedStep> TimeOf(SignerInfo signer)
    {
        var token = signer.UnsignedAttributes.Cast<CryptographicAttributeObject>().FirstOrDefault(a => a.Oid.Value == Cades.TimeStamp)?.Values[0].RawData;
        if (token is null) return [];
        return Rfc3161TimestampToken.TryDecode(token, out var stamp, out _) && stamp.VerifySignatureForSignerInfo(signer, out var authority)
            ? [new("signature", Holds.Yes, $"It existed on {stamp.TokenInfo.Timestamp.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, says {authority?.GetNameInfo(X509NameType.SimpleName, false) ?? "a time-stamping authority"}.")]
            : [No("The time stamp does not belong to this signature.")];
    }

    static CheckedStep No(string sentence) => new("signature", Holds.No, sentence);
}
