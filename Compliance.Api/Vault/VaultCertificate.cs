using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;

namespace Compliance.Api.Vault;

/// <summary>
/// The certificate under which the data-protection keys lie, if there is one: <c>Vault:Certificate</c>, a PKCS#12 file, and
/// <c>Vault:CertificatePasswordFile</c>. Set before the first start, a copy of the data folder opens nothing. Keys made before it
/// was set stay as they were and go on opening what they sealed.
/// </summary>
internal static class VaultCertificate
{
    public const string Setting = "Vault:Certificate";

    public static X509Certificate2? From(IConfiguration configuration)
    {
        if (configuration[Setting] is not { Length: > 0 } path) return null;
        try
        {
            var password = configuration["Vault:CertificatePasswordFile"] is { Length: > 0 } file ? File.ReadAllText(file).Trim() : null;
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey ? certificate
                : throw new InvalidOperationException($"{Setting}: '{path}' holds no private key, so what it seals could never be opened.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new InvalidOperationException($"{Setting}: '{path}' cannot be opened ({e.Message}); its password is read from the file that Vault:CertificatePasswordFile names.", e);
        }
    }

    public static IDataProtectionBuilder SealedBy(this IDataProtectionBuilder keys, X509Certificate2? certificate) =>
        certificate is null ? keys : keys.ProtectKeysWithCertificate(certificate);
}
