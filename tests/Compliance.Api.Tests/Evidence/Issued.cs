using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Compliance.Api.Evidence;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Reports;
using Compliance.Domain.Evidence;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Evidence;

/// <summary>A house whose owner takes the audit of today home, once for the whole class.</summary>
public sealed class Issued : IAsyncLifetime
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("issued");

    internal House House { get; } = new(("TransparentLog:Origin", "records.example/log"));

    internal Scene Scene { get; private set; } = null!;

    internal byte[] Pdf { get; private set; } = [];

    internal string File => Write("audit.pdf", Pdf);

    internal Seals Seals => House.Services.GetRequiredService<Seals>();

    public async ValueTask InitializeAsync()
    {
        Scene = await Scene.In(House);
        await Scene.Tell(Scene.Saw(Domain.Devices.Verdict.Unreachable, House.Clock.GetUtcNow()));
        Pdf = await Audit(Scene.AsOwner);
        if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) await System.IO.File.WriteAllBytesAsync(Path.Combine(kept, "issued.pdf"), Pdf);
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        System.IO.File.WriteAllBytes(path, bytes);
        return path;
    }

    internal async Task<byte[]> Audit(HttpClient reader)
    {
        var today = VenueZone.Day(House.Clock.GetUtcNow()).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        using var answer = await reader.Ask("GET", $"/venues/{Scene.Venue}/audit.pdf?from={today}&to={today}&language=en", null, ("Compliance-After", Scene.Ready.Position.ToString()));
        var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        if ((int)answer.StatusCode == 503) Assert.Skip(Encoding.UTF8.GetString(bytes));
        Assert.True(answer.IsSuccessStatusCode, Encoding.UTF8.GetString(bytes));
        return bytes;
    }

    internal static IReadOnlyDictionary<string, byte[]> Attached(byte[] pdf)
    {
        var file = new PdfFile(pdf);
        var list = file.List(file.Dictionary(file.Dictionary(file.Catalog["Names"])["EmbeddedFiles"])["Names"]);
        return Enumerable.Range(0, list.Count / 2).Select(i => file.Dictionary(list[(2 * i) + 1]))
            .ToDictionary(f => $"{f["UF"]}", f => ((PdfStream)file.Of(file.Dictionary(f["EF"])["F"])!).Unpacked(1 << 24));
    }

    /// <summary>What somebody makes of it who has the printer, a certificate of his own and everything that was attached.</summary>
    internal async Task<byte[]> Forged(Func<FactsFile, FactsFile>? facts = null, Action<Dictionary<string, string>>? files = null)
    {
        var attached = Attached(Pdf).ToDictionary(f => f.Key, f => Encoding.UTF8.GetString(f.Value));
        if (facts is not null) attached[FactsFile.Name] = Encoding.UTF8.GetString(facts(FactsFile.Parse(Attached(Pdf)[FactsFile.Name])).ToJson());
        files?.Invoke(attached);
        using var printer = PrintedAudit.Printer();
        var pdf = await printer.Print(new("<p>All was well.</p>", Guid.NewGuid(), House.Clock.GetUtcNow(), attached), TestContext.Current.CancellationToken);
        using var certificate = Certificate("CN=Somebody");
        return await PdfSignature.Sign(pdf, certificate, [], "because", House.Clock.GetUtcNow(), null, TestContext.Current.CancellationToken);
    }

    internal static X509Certificate2 Certificate(string subject)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1)) is var made
            ? X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.EphemeralKeySet) : null!;
    }
}
