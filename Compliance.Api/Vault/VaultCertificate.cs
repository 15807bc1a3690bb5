using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Vault;

/// <summary>
/// The certificate under which the data-protection keys lie, if there is one: <c>Vault:Certificate</c>, a PKCS#12 file, and
/// <c>Vault:CertificatePasswordFile</c>. Set before the first start, a copy of the data folder opens nothing. Keys made before it
/// was set stay as they were and go on opening what they sealed; keys under a certificate that was exchanged since open with
/// <c>Vault:Former:0:Certificate</c> …, which seal nothing any more.
/// </summary>
internal static class VaultCertificate
{
    public const string Setting = "Vault:Certificate", Former = "Vault:Former";

    public static X509Certificate2? From(IConfiguration configuration) => Open(configuration.GetSection("Vault"));

    public static IDataProtectionBuilder SealedBy(this IDataProtectionBuilder keys, IConfiguration configuration)
    {
        X509Certificate2[] former = [.. configuration.GetSection(Former).GetChildren().Select(Open).OfType<X509Certificate2>()];
        if (former.Length > 0) keys.UnprotectKeysWithAnyCertificate(former);
        return From(configuration) is { } certificate ? keys.ProtectKeysWithCertificate(certificate) : keys;
    }

    static X509Certificate2? Open(IConfigurationSection section)
    {
        if (section["Certificate"] is not { Length: > 0 } path) return null;
        try
        {
            var password = section["CertificatePasswordFile"] is { Length: > 0 } file ? File.ReadAllText(file).Trim() : null;
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey ? certificate
                : throw new InvalidOperationException($"{section.Path}:Certificate: '{path}' holds no private key, so what it seals could never be opened.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new InvalidOperationException($"{section.Path}:Certificate: '{path}' cannot be opened ({e.Message}); its password is read from the file that {section.Path}:CertificatePasswordFile names.", e);
        }
    }
}
