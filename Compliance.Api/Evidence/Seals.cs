using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Compliance.Api.Vault;

namespace Compliance.Api.Evidence;

/// <summary>
/// Who signs what is printed. The authority's seal is a PKCS#12 file (settings <c>Seal:File</c>, <c>Seal:Password</c>); an inspector's certificate lies as
/// <c>{subject}.p12</c> in the folder <c>Seal:Inspectors</c>, under <c>Seal:InspectorsPassword</c>. Without a seal one is made on the first run for development, and says so in
/// its name. <c>Seal:TimeStamps</c> is the address of a time-stamping authority (RFC 3161).
/// </summary>
sealed class Seals : IDisposable
{
    /// <summary>Stands in the name of a certificate that proves nothing to anybody.</summary>
    public const string Development = "DEVELOPMENT ONLY";

    const string Kept = "seal/development";

    readonly IConfigurationSection _settings;
    readonly IHttpClientFactory _http;
    readonly X509Certificate2Collection _chain = [];

    public Seals(IConfiguration settings, SecretVault vault, IHttpClientFactory http, TimeProvider clock)
    {
        (_settings, _http) = (settings.GetSection("Seal"), http);
        Seal = _settings["File"] is { } file ? Load(file, _settings["Password"], _chain) : Made(vault, clock);
    }

    /// <summary>The authority's.</summary>
    public X509Certificate2 Seal { get; }

    public bool IsForDevelopment => Seal.Subject.Contains(Development, StringComparison.Ordinal);

    /// <summary>The seal's signature, and before it that of the inspector where he has a certificate.</summary>
    public async Task<byte[]> Sign(byte[] pdf, DateTimeOffset at, CancellationToken ct, Guid? inspector = null)
    {
        if (inspector is { } subject && _settings["Inspectors"] is { } folder && Path.Combine(folder, $"{subject:D}.p12") is var file && File.Exists(file))
        {
            var chain = new X509Certificate2Collection();
            using var his = Load(file, _settings["InspectorsPassword"], chain);
            pdf = await PdfSignature.Sign(pdf, his, chain, "The inspector who carried out the visit", at, Time(), ct);
        }

        return await PdfSignature.Sign(pdf, Seal, _chain, "Issued by the licensing authority", at, Time(), ct);
    }

    /// <summary>The seal's detached signature (CMS) over what is no PDF.</summary>
    public Task<byte[]> SignDetached(byte[] content, CancellationToken ct) => Cades.Sign(content, Seal, _chain, Time(), ct);

    public void Dispose() => Seal.Dispose();

    AskForTime? Time() => _settings["TimeStamps"] is not { } address ? null : async (signature, ct) =>
    {
        var request = Rfc3161TimestampRequest.CreateFromData(signature, HashAlgorithmName.SHA256, requestSignerCertificates: true, nonce: RandomNumberGenerator.GetBytes(16));
        using var http = _http.CreateClient("time stamps");
        http.Timeout = TimeSpan.FromSeconds(15);
        using var body = new ByteArrayContent(request.Encode()) { Headers = { ContentType = new MediaTypeHeaderValue("application/timestamp-query") } };
        try
        {
            using var answer = await http.PostAsync(address, body, ct);
            answer.EnsureSuccessStatusCode();
            return request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(ct), out _).AsSignedCms().Encode();
        }
        catch (Exception e) when (e is HttpRequestException or CryptographicException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            throw new Reports.PrinterOutOfOrder("report.no-time-stamp", $"The time-stamping authority {address} gave no time stamp ({e.Message}). Try again later, or take Seal:TimeStamps out of the settings.");
        }
    };

    static X509Certificate2 Load(string file, string? password, X509Certificate2Collection chain)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12CollectionFromFile(file, password, X509KeyStorageFlags.EphemeralKeySet);
            var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("it holds no private key");
            foreach (var other in all.Where(c => c != own)) chain.Add(other);
            return own;
        }
        catch (Exception e) when (e is CryptographicException or IOException)
        {
            throw new InvalidOperationException($"The certificate {file} cannot be used: {e.Message}. A PKCS#12 file with certificate and private key is needed, and its password.", e);
        }
    }

    static X509Certificate2 Made(SecretVault vault, TimeProvider clock)
    {
        if (vault.Get(Kept) is { } kept) return X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(kept.Reveal()), null, X509KeyStorageFlags.EphemeralKeySet);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Compliance seal ({Development})", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation, critical: true));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        var now = clock.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(5));
        var bytes = made.Export(X509ContentType.Pfx);
        vault.Put(Kept, new(Convert.ToBase64String(bytes)));
        return X509CertificateLoader.LoadPkcs12(bytes, null, X509KeyStorageFlags.EphemeralKeySet);
    }
}
