using System.Net;
using System.Security.Cryptography.X509Certificates;
using Compliance.Api.Evidence;
using Compliance.Api.Tests.Reports;
using Compliance.Api.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.Evidence;

/// <summary>Whose signatures stand below a document: the authority's seal, the inspector's, a third party's time.</summary>
public sealed class SealTests : IDisposable
{
    static readonly Guid Inspector = new("0199aaaa-0000-7000-8000-00000000abcd");

    readonly TempFolder _folder = new();
    readonly EphemeralDataProtectionProvider _protection = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_bit_of_a_seal_may_change()
    {
        using var certificate = Issued.Certificate("CN=Somebody");
        var content = "what is sealed"u8.ToArray();
        var seal = await Cades.Sign(content, certificate, [], null, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(SignatureCheck.Of(content, seal, null), step => step.Holds == Holds.No);
        var unseen = Enumerable.Range(0, seal.Length * 8).Where(bit =>
        {
            var changed = seal.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            return SignatureCheck.Of(content, changed, null).All(step => step.Holds != Holds.No);
        });
        Assert.Empty(unseen.Select(bit => $"{bit / 8}.{bit % 8}"));
    }

    /// <summary>Anybody can write that into his own certificate.</summary>
    [Fact]
    public async Task A_name_for_development_does_not_pass_for_the_seal_that_is_trusted()
    {
        using var forged = Issued.Certificate("CN=Compliance seal (DEVELOPMENT ONLY)");
        using var trusted = Issued.Certificate("CN=Лицензиар");
        var content = "what is sealed"u8.ToArray();
        var seal = await Cades.Sign(content, forged, [], null, Ct);
        Assert.Contains(SignatureCheck.Of(content, seal, [trusted]), s => s.Holds == Holds.No && s.Sentence.Contains("a stranger's", StringComparison.Ordinal));
        foreach (var known in (X509Certificate2Collection?[])[null, [forged]])
        {
            var steps = SignatureCheck.Of(content, seal, known).ToList();
            Assert.DoesNotContain(steps, s => s.Holds == Holds.No);
            Assert.Contains(steps, s => s.Holds == Holds.Open && s.Sentence.Contains("for development", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_authoritys_file_and_the_inspectors_sign_one_after_the_other()
    {
        Directory.CreateDirectory(_folder["inspectors"]);
        using (var seal = Issued.Certificate("CN=Лицензиар, O=Алматы")) await File.WriteAllBytesAsync(_folder["seal.p12"], seal.Export(X509ContentType.Pfx, "secret"), Ct);
        using (var his = Issued.Certificate("CN=Inspector 7")) await File.WriteAllBytesAsync(_folder[$"inspectors/{Inspector:D}.p12"], his.Export(X509ContentType.Pfx, "his"), Ct);
        using var seals = Seals(null, ("Seal:File", _folder["seal.p12"]), ("Seal:Password", "secret"), ("Seal:Inspectors", _folder["inspectors"]), ("Seal:InspectorsPassword", "his"));
        var file = await Signed(seals, Inspector);
        await Tool.Run("qpdf", "--check", file);
        var said = await Tool.Run("pdfsig", "-nocert", file);
        Assert.Equal(2, said.Split("Signature is Valid.").Length - 1);
        Assert.Matches("(?s)Signature #1.*Inspector 7.*Not total document signed.*Signature #2.*Лицензиар.*Total document signed", said);
        var steps = SignatureCheck.Of(new PdfFile(await File.ReadAllBytesAsync(file, Ct)), await File.ReadAllBytesAsync(file, Ct), [seals.Seal]).ToList();
        Assert.Contains(steps, s => s.Holds == Holds.Yes && s.Sentence.Contains("Inspector 7", StringComparison.Ordinal));
        Assert.Contains(steps, s => s.Holds == Holds.Yes && s.Sentence == "The certificate is the one you trust.");
    }

    [Fact]
    public void A_seal_that_cannot_be_used_says_why_at_the_start()
    {
        File.WriteAllText(_folder["seal.p12"], "nonsense");
        Assert.Contains("cannot be used", Assert.Throws<InvalidOperationException>(() => Seals(null, ("Seal:File", _folder["seal.p12"]))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be used", Assert.Throws<InvalidOperationException>(() => Seals(null, ("Seal:File", _folder["nowhere.p12"]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_seal_for_development_is_made_once_and_says_so()
    {
        using var first = Seals(null);
        using var second = Seals(null);
        Assert.Equal(first.Seal.Thumbprint, second.Seal.Thumbprint);
        Assert.True(first.IsForDevelopment);
    }

    /// <summary>OpenSSL is the time-stamping authority.</summary>
    [Fact]
    public async Task A_time_stamp_of_another_says_when_it_existed()
    {
        await OpenSsl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", _folder["tsa.key"], "-out", _folder["tsa.pem"], "-subj", "/CN=Time of OpenSSL", "-days", "2", "-addext", "extendedKeyUsage=critical,timeStamping");
        await File.WriteAllTextAsync(_folder["tsa.cnf"], $"""
            [tsa]
            default_tsa = one
            [one]
            serial = {_folder["serial"]}
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            ess_cert_id_alg = sha256
            accuracy = secs:1
            """, Ct);
        using var seals = Seals(new OpenSslTime(_folder), ("Seal:TimeStamps", "http://time.example/"));
        var file = await Signed(seals, null);
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        var steps = SignatureCheck.Of(new PdfFile(bytes), bytes, null).ToList();
        Assert.Contains(steps, s => s.Holds == Holds.Yes && s.Sentence.Contains("says Time of OpenSSL", StringComparison.Ordinal));
        Assert.Contains("Signature is Valid.", await Tool.Run("pdfsig", "-nocert", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_time_that_was_asked_for_nothing_is_issued()
    {
        using var seals = Seals(new Silent(), ("Seal:TimeStamps", "http://time.example/"));
        var e = await Assert.ThrowsAsync<Api.Reports.PrinterOutOfOrder>(() => Signed(seals, null));
        Assert.Equal("report.no-time-stamp", e.Code);
    }

    Seals Seals(HttpMessageHandler? time, params (string Key, string Value)[] settings)
    {
        var all = new ConfigurationBuilder().AddInMemoryCollection([new("Data", _folder["data"]), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]).Build();
        return new(all, new SecretVault(new DataFolder(all), _protection), new Clients(time), TimeProvider.System);
    }

    async Task<string> Signed(Seals seals, Guid? inspector)
    {
        using var printer = PrintedAudit.Printer();
        var pdf = await printer.Print(new("<p>Қазақша <a href='#x'>link</a></p><p id='x'>x</p>", Guid.NewGuid(), TimeProvider.System.GetUtcNow(), new Dictionary<string, string> { ["facts.json"] = "{}" }), Ct);
        var file = _folder["signed.pdf"];
        await File.WriteAllBytesAsync(file, await seals.Sign(pdf, TimeProvider.System.GetUtcNow(), Ct, inspector), Ct);
        return file;
    }

    static Task<string> OpenSsl(params string[] arguments) => Tool.Run("openssl", arguments);

    sealed class Clients(HttpMessageHandler? handler) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(handler ?? throw new InvalidOperationException("nobody asks for time here"), disposeHandler: false);
    }

    sealed class OpenSslTime(TempFolder folder) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await File.WriteAllBytesAsync(folder["query"], await request.Content!.ReadAsByteArrayAsync(cancellationToken), cancellationToken);
            await OpenSsl("ts", "-reply", "-config", folder["tsa.cnf"], "-queryfile", folder["query"], "-signer", folder["tsa.pem"], "-inkey", folder["tsa.key"], "-out", folder["reply"]);
            return new() { Content = new ByteArrayContent(await File.ReadAllBytesAsync(folder["reply"], cancellationToken)) };
        }
    }

    sealed class Silent : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));
    }
}
