using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compliance.Api.Tests.Identity;
using Compliance.Api.Vault;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.Vault;

/// <summary>With a certificate, whoever copies the data folder holds nothing that opens.</summary>
public sealed class VaultCertificateTests : IDisposable
{
    readonly TempFolder _data = new();

    [Fact]
    public async Task Keys_lie_sealed_and_open_again_after_a_restart_with_the_same_certificate_only()
    {
        var settings = Certificate("ours");
        using (var host = new IdentityHost(_data["api"], settings)) await Keep(host, "s3cret");
        var key = File.ReadAllText(Directory.GetFiles(_data["api/keys"], "key-*.xml").Single());
        Assert.Contains("EncryptedData", key, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", key, StringComparison.Ordinal);

        using (var again = new IdentityHost(_data["api"], settings)) Assert.Equal("s3cret", await Kept(again));
        using var thief = new IdentityHost(_data["api"]);
        await Assert.ThrowsAnyAsync<Exception>(() => Kept(thief));
    }

    [Fact]
    public async Task An_exchanged_certificate_still_opens_what_it_sealed_while_it_is_named_as_the_former_one()
    {
        var (old, next) = (Certificate("old"), Certificate("next"));
        using (var host = new IdentityHost(_data["api"], old)) await Keep(host, "s3cret");
        (string, string)[] former = [("Vault:Former:0:Certificate", old[0].Value), ("Vault:Former:0:CertificatePasswordFile", old[1].Value)];
        using (var after = new IdentityHost(_data["api"], [.. next, .. former])) Assert.Equal("s3cret", await Kept(after));
        using var without = new IdentityHost(_data["api"], next);
        await Assert.ThrowsAnyAsync<Exception>(() => Kept(without));
    }

    [Fact]
    public async Task Without_one_the_operator_is_warned_outside_the_demo()
    {
        using var host = new IdentityHost(_data["api"], ("Demo:Accounts", "false"));
        await Keep(host, "s3cret");
        Assert.Contains(host.LogLines, line => line.Contains(VaultCertificate.Setting, StringComparison.Ordinal));
    }

    [Fact]
    public void A_certificate_that_does_not_open_is_named()
    {
        var (path, password) = Certificate("mistyped") switch { var s => (s[0], s[1]) };
        File.WriteAllText(password.Value, "wrong");
        var error = Assert.Throws<InvalidOperationException>(() => VaultCertificate.From(
            new ConfigurationBuilder().AddInMemoryCollection([new(path.Key, path.Value), new(password.Key, password.Value)]).Build()));
        Assert.Contains(path.Value, error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _data.Dispose();

    static Task<bool> Keep(IdentityHost host, string secret) => host.In<SecretVault, bool>(vault =>
    {
        vault.Put("feed/1", new(secret));
        return Task.FromResult(true);
    });

    static Task<string?> Kept(IdentityHost host) => host.In<SecretVault, string?>(vault => Task.FromResult(vault.Get("feed/1")?.Reveal()));

    (string Key, string Value)[] Certificate(string name)
    {
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var (path, password) = (_data[$"{name}.p12"], _data[$"{name}.password"]);
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pkcs12, "a phrase"));
        File.WriteAllText(password, "a phrase\n");
        return [("Vault:Certificate", path), ("Vault:CertificatePasswordFile", password)];
    }
}
