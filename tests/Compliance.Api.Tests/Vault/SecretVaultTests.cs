using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Identity;
using Compliance.Api.Tests.Identity;
using Compliance.Api.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.Vault;

/// <summary>What the vault keeps it gives back to nobody but by name, and to nothing that prints.</summary>
public sealed class SecretVaultTests : IDisposable
{
    const string Password = "kamera-7-parol";

    readonly TempFolder _data = new();

    [Fact]
    public void A_secret_comes_back_under_its_name_and_only_there()
    {
        var vault = Vault();
        vault.Put("feed/1", new(Password));

        Assert.Equal(Password, vault.Get("feed/1")!.Reveal());
        Assert.Null(vault.Get("feed/2"));
    }

    [Fact]
    public void An_erased_secret_leaves_no_bytes()
    {
        var vault = Vault();
        vault.Put("feed/1", new(Password));
        var sealedBytes = new SealedFile(InFolder("vault.db")).Get("feed/1")!;

        vault.Erase("feed/1");

        Assert.Null(vault.Get("feed/1"));
        Assert.Equal(-1, File.ReadAllBytes(InFolder("vault.db")).AsSpan().IndexOf(sealedBytes));
    }

    [Fact]
    public void A_row_moved_to_another_name_does_not_open()
    {
        var vault = Vault();
        vault.Put("feed/1", new(Password));
        var file = new SealedFile(InFolder("vault.db"));

        file.Put("feed/2", file.Get("feed/1")!);

        Assert.Throws<CryptographicException>(() => vault.Get("feed/2"));
    }

    [Fact]
    public void A_secret_prints_as_nothing()
    {
        Compliance.Api.Vault.Secret secret = new(Password);

        Assert.DoesNotContain(Password, $"{secret} {new { secret }}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_host_keeps_secrets_out_of_its_files_and_its_log()
    {
        using var host = new IdentityHost(_data["api"]);
        await host.In<SecretVault, bool>(vault =>
        {
            vault.Put("feed/1", new(Password));
            return Task.FromResult(vault.Get("feed/1")!.Reveal() == Password);
        });
        using var visitor = new Visitor(host);
        await visitor.ComeFromPortal();
        await visitor.SignIn("operator@demo");
        var tokens = await host.TokenOf("owner@demo");

        string[] secrets = [Password, DemoAccounts.Password, tokens.GetProperty("access_token").GetString()!,
            .. DemoAccounts.All.Select(a => a.AuthenticatorKey)];
        Assert.All(secrets, secret => Assert.DoesNotContain(host.LogLines, line => line.Contains(secret, StringComparison.Ordinal)));
        var files = Directory.EnumerateFiles(_data["api"], "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal));
        Assert.All(files, file => Assert.All(secrets, secret =>
            Assert.Equal(-1, Bytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)))));
    }

    public void Dispose() => _data.Dispose();

    SecretVault Vault() => new(Folder(), new EphemeralDataProtectionProvider());

    string InFolder(string name) => _data[$"api/{name}"];

    DataFolder Folder() => new(new ConfigurationBuilder().AddInMemoryCollection([new("Data", _data["api"])]).Build());

    static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
