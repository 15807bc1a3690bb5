using System.Net;
using Compliance.Api.Identity;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Licences;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Logging.Abstractions;
using static Compliance.Api.Tests.Reports.PdfObjects;

namespace Compliance.Api.Tests.Reports;

/// <summary>The sheet for the door: only one in force is printed, as PDF/A-3b, the same again and again.</summary>
public sealed class CertificateTests
{
    static readonly Uri Link = new("https://compliance.example.kz/v/2026-4170382-61");

    static readonly CertificateSheet Sheet = new(
        new("0196f000-0000-7000-8000-000000000001"), new("Түнгі <қала>", "Ночной город", "180040900100", "Достық даңғылы / пр. Достык, 117Г", "Медеу", new(43.2, 76.9), false),
        new("2026-4170382-61", new(2026, 6, 1), new(2027, 5, 31),
        [
            new(new("0196f000-0000-7000-8000-0000000000c1"), "23:00-ден кейін сыртқы есік жабық тұрады", "После 23:00 наружная дверь закрыта"),
            new(new("0196f000-0000-7000-8000-0000000000c2"), "Ішінде бір мезгілде 300-ден көп адам болмайды", "Внутри одновременно не больше 300 человек"),
        ]),
        Link, QrCode.Of(Link.AbsoluteUri), new(2026, 6, 1, 7, 0, 0, TimeSpan.Zero), [new("0196f000-0000-7000-8000-0000000000f1")]);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<string> Print(CertificateSheet sheet, string folder)
    {
        var html = await new PageHtml(NullLoggerFactory.Instance).Render<CertificatePage>(nameof(CertificatePage.Sheet), sheet);
        using var printer = PrintedAudit.Printer();
        try
        {
            var file = Path.Combine(folder, "certificate.pdf");
            await File.WriteAllBytesAsync(file, await printer.Print(new(html, sheet.DocumentId, sheet.IssuedAt, new Dictionary<string, string> { [CertificateSheet.FileName] = sheet.Json() }), Ct), Ct);
            if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) File.Copy(file, Path.Combine(kept, "certificate.pdf"), true);
            return file;
        }
        catch (PrinterOutOfOrder missing) when (missing.Code == "report.printer-missing")
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    [Fact]
    public async Task It_says_the_same_in_both_state_languages_and_names_nobody()
    {
        var html = WebUtility.HtmlDecode(await new PageHtml(NullLoggerFactory.Instance).Render<CertificatePage>(nameof(CertificatePage.Sheet), Sheet));
        Assert.All(
            (string[])["Мекеме сертификаты", "Сертификат заведения", "Certificate of the venue", "Түнгі <қала>", "Ночной город", "2026-4170382-61", "180040900100", "После 23:00", "23:00-ден кейін", "compliance.example.kz/v/2026-4170382-61", "31.05.2027", "<svg"],
            text => Assert.Contains(text, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_individual_number_does_not_hang_at_the_door()
    {
        var sheet = Sheet with { Details = Sheet.Details with { Bin = "850312300112" } };
        Assert.DoesNotContain("850312300112", await new PageHtml(NullLoggerFactory.Instance).Render<CertificatePage>(nameof(CertificatePage.Sheet), sheet), StringComparison.Ordinal);
        Assert.DoesNotContain("850312300112", sheet.Json(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_one_sheet_of_pdf_a_3b_with_its_data_attached_and_the_same_each_time()
    {
        using var folder = new TempFolder();
        var file = await Print(Sheet, Directory.CreateDirectory(folder["a"]).FullName);
        Assert.Equal(await File.ReadAllBytesAsync(file, Ct), await File.ReadAllBytesAsync(await Print(Sheet, Directory.CreateDirectory(folder["b"]).FullName), Ct));
        var pdf = await In(file);
        Assert.Single(pdf.OfType("/Page"));
        Assert.Equal("/GTS_PDFA1", Text(pdf.Follow(Assert.Single(pdf.At(pdf.Catalog, "/OutputIntents").EnumerateArray())), "/S"));
        Assert.All(pdf.OfType("/FontDescriptor"), font => Assert.True(Has(font, "/FontFile2") || Has(font, "/FontFile3")));
        var attached = Assert.Single(pdf.OfType("/Filespec"));
        Assert.Equal(("certificate.json", "/Data"), (Text(attached, "/UF"), Text(attached, "/AFRelationship")));
        Assert.Empty(pdf.Keys.Intersect(["/SMask", "/BM", "/AA", "/OpenAction", "/JS"]));
        Assert.Contains("pdfaid", await Tool.Run("pdfinfo", "-meta", file), StringComparison.Ordinal);
        Assert.Contains("2026-4170382-61", await Tool.Run("pdftotext", "-layout", file, "-"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VeraPdf_finds_no_fault()
    {
        using var folder = new TempFolder();
        Assert.StartsWith("PASS", await Tool.Run("verapdf", "--flavour", "3b", "--format", "text", await Print(Sheet, Directory.CreateDirectory(folder["a"]).FullName)));
    }

    [Fact]
    public async Task Its_door_prints_what_is_in_force_and_says_why_it_does_not()
    {
        await using var house = new House(("Portal:Url", "https://compliance.example.kz"));
        var scene = await Scene.In(house);
        var licence = new LicenceScene(house, scene);
        Task<HttpResponseMessage> Ask() => scene.AsOwner.Ask("GET", $"{licence.Path}/certificate.pdf");
        Assert.Equal("409 licence.not-printable", await (await Ask()).Refusal());
        await licence.Grant();
        using (var printed = await Ask())
        {
            if (printed.StatusCode == HttpStatusCode.ServiceUnavailable) Assert.Skip(await printed.Content.ReadAsStringAsync(Ct));
            Assert.Equal("%PDF-1.7"u8.ToArray(), (await printed.Content.ReadAsByteArrayAsync(Ct))[..8]);
            Assert.Matches(@"^certificate-\d{4}-\d{7}-\d{2}.pdf$", printed.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        }

        await licence.Rule("suspended", new LicenceCommand.Suspend(null, null, LicenceScene.Why));
        Assert.Equal("409 licence.suspended-print", await (await Ask()).Refusal());
        await licence.Rule("reinstated", new LicenceCommand.Reinstate(LicenceScene.Why));
        house.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal("409 licence.not-printable", await (await Ask()).Refusal());
    }
}
