using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Compliance.Api.EventLog;
using Compliance.Api.Tests.EventLog.KurrentDouble;
using Microsoft.Extensions.Logging.Abstractions;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.EventLog;

/// <summary>Who the server is, and who we are to it.</summary>
public sealed class KurrentLoginTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("kurrent").FullName;

    [Fact]
    public async Task A_certificate_is_believed_when_its_authority_is_named_or_when_told_to()
    {
        await using var pretended = await DoubleCluster.Start(nodes: 3, certificate: SelfMade("server"));
        await Appends($"{pretended.Address}&tlsCaFile={File("server", "crt")}");
        await Appends($"{pretended.Address}&tlsVerifyCert=false");

        await Assert.ThrowsAsync<EventLogException>(() => Appends(pretended.Address));
        SelfMade("other").Dispose();
        await Assert.ThrowsAsync<EventLogException>(() => Appends($"{pretended.Address}&tlsCaFile={File("other", "crt")}"));
    }

    [Fact]
    public async Task A_server_that_wants_a_login_gets_it()
    {
        await using var pretended = await DoubleCluster.Start(login: new NetworkCredential("admin", "ch:@ngeit"));
        await Appends(pretended.Address.Replace("://", "://admin:ch%3A%40ngeit@", StringComparison.Ordinal));

        var unknown = await Assert.ThrowsAsync<EventLogException>(() => Appends(pretended.Address));
        Assert.Contains("does not let us in", unknown.Message, StringComparison.Ordinal);
        var wrong = await Assert.ThrowsAsync<EventLogException>(() => Appends(pretended.Address.Replace("://", "://admin:s3cret@", StringComparison.Ordinal)));
        Assert.DoesNotContain("s3cret", $"{wrong}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_wants_a_client_certificate_gets_it()
    {
        using var client = SelfMade("client");
        await using var pretended = await DoubleCluster.Start(certificate: SelfMade("server"), clientThumbprint: client.Thumbprint);
        var trusted = $"{pretended.Address}&tlsCaFile={File("server", "crt")}";
        await Appends($"{trusted}&userCertFile={File("client", "crt")}&userKeyFile={File("client", "key")}");

        Assert.Contains("does not let us in", (await Assert.ThrowsAsync<EventLogException>(() => Appends(trusted))).Message, StringComparison.Ordinal);
    }

    static async Task Appends(string address)
    {
        using var log = new KurrentEventLog(KurrentConnectionString.Parse(address), new Hurried(), NullLogger<KurrentEventLog>.Instance);
        var venue = NewVenue();
        Assert.NotNull(await log.Append(venue, -1, [Capacity(venue, 1)], new(Guid.NewGuid(), "user:test"), TestContext.Current.CancellationToken));
    }

    X509Certificate2 SelfMade(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        System.IO.File.WriteAllText(File(name, "crt"), made.ExportCertificatePem());
        System.IO.File.WriteAllText(File(name, "key"), key.ExportPkcs8PrivateKeyPem());
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    string File(string name, string kind) => Path.Combine(_folder, $"{name}.{kind}");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
