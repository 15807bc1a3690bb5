using System.Net;
using System.Text;
using Compliance.Api.Evidence;
using Compliance.Api.Identity;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Licences;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;
using static Compliance.Api.Tests.Reports.PdfObjects;

namespace Compliance.Api.Tests.Reports;

/// <summary>The sheet for the door: only one in force is printed, as PDF/A-3b, the same again and again.</summary>
public sealed class CertificateTests
{
    static readonly Uri Link = new("https://compliance.example.kz/v/2026-4170382-61");

    static readonly Guid Club = new("0196f000-0000-7000-8000-000000000001");

    static readonly VenueDetails Details = new("Түнгі <қала>", "Ночной город", "180040900100", "Достық даңғылы / пр. Достык, 117Г", "Медеу", new(43.2, 76.9), false);

    static readonly LicenceEvent.Granted Granted = new(
        Club, "2026-4170382-61", new(2026, 6, 1), new(2027, 5, 31),
        [
            new(new("0196f000-0000-7000-8000-0000000000c1"), "23:00-ден кейін сыртқы есік жабық тұрады", "После 23:00 наружная дверь закрыта"),
            new(new("0196f000-0000-7000-8000-0000000000c2"), "Ішінде бір мезгілде 300-ден көп адам болмайды", "Внутри одновременно не больше 300 человек"),
        ],
        new(Guid.Empty, "Проверено."), new(2026, 6, 1, 7, 0, 0, TimeSpan.Zero));

    static CertificateSheet Sheet => Of(Details);

    /// <summary>The sheet of a venue of those details, to which <paramref name="later"/> happened after the grant.</summary>
    static CertificateSheet Of(VenueDetails details, params (string Category, object Fact)[] later)
    {
        (string Category, object Fact)[] all = [("venue", new VenueEvent.Registered(Club, details, 300, [])), ("licence", Granted), .. later];
        Recorded[] facts = [.. all.Select((f, i) => new Recorded(
            new(f.Category, Club), all[..i].Count(before => before.Category == f.Category), new((ulong)i + 1, (ulong)i + 1), EventIds.From(Club, $"{i}"), EventCatalog.NameOf(f.Fact), EventCatalog.Encode(f.Fact),
            new DateTimeOffset(2026, 6, 1, 7, 0, 0, TimeSpan.Zero).AddDays(i), new(Guid.Empty, "user:test")))];
        return new(CertificateRecord.Of(Club, facts)!, Link, QrCode.Of(Link.AbsoluteUri));
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<string> Print(CertificateSheet sheet, string folder)
    {
        var html = await PrintedAudit.Page(sheet);
        using var printer = PrintedAudit.Printer();
        try
        {
            var file = Path.Combine(folder, "certificate.pdf");
            await File.WriteAllBytesAsync(file, await printer.Print(new(html, sheet.DocumentId, sheet.IssuedAt, new Dictionary<string, string> { [FactsFile.Name] = Encoding.UTF8.GetString(sheet.Attached.ToJson()) }), Ct), Ct);
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
        var html = WebUtility.HtmlDecode(await PrintedAudit.Page(Sheet));
        Assert.All(
            (string[])["Мекеме сертификаты", "Сертификат заведения", "Certificate of the venue", "Түнгі <қала>", "Ночной город", "2026-4170382-61", "180040900100", "После 23:00", "23:00-ден кейін", "compliance.example.kz/v/2026-4170382-61", "31.05.2027", "<svg"],
            text => Assert.Contains(text, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_individual_number_does_not_hang_at_the_door()
    {
        var sheet = Of(Details with { Bin = "850312300112" });
        Assert.DoesNotContain("850312300112", await PrintedAudit.Page(sheet), StringComparison.Ordinal);
        Assert.DoesNotContain("850312300112", Encoding.UTF8.GetString(sheet.Attached.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_venue_renamed_afterwards_hangs_under_the_name_the_officer_read()
    {
        var renamed = Of(Details, ("venue", new VenueEvent.DetailsCorrected(Club, Details with { NameKk = "Басқа", NameRu = "Другое" })));
        Assert.Equal(await PrintedAudit.Page(Sheet), await PrintedAudit.Page(renamed));
        var renewed = Of(Details, ("venue", new VenueEvent.DetailsCorrected(Club, Details with { NameKk = "Басқа", NameRu = "Другое" })),
            ("licence", new LicenceEvent.Renewed(Club, Guid.Empty, new(2027, 6, 1), new(2028, 5, 31), Granted.Ruling, Granted.At.AddDays(300))));
        var html = WebUtility.HtmlDecode(await PrintedAudit.Page(renewed));
        Assert.Contains("Басқа", html, StringComparison.Ordinal);
        Assert.Contains("31.05.2028", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_days_and_conditions_follow_from_the_attached_facts()
    {
        var lifted = Of(Details, ("licence", new LicenceEvent.ConditionLifted(Club, Granted.Conditions[0].ConditionId, Granted.Ruling)));
        var attached = FactsFile.Parse(lifted.Attached.ToJson());
        Assert.Equal(1, attached.Figures["conditions.count"]);
        Assert.Equal(attached.Figures, Figures.Again(attached)!);
        Assert.NotEqual(attached.Figures, Figures.Again(attached with { Facts = [.. attached.Facts.Where(f => f.Name != "licence.condition-lifted.v1")] })!);
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
        Assert.Equal(("facts.json", "/Data"), (Text(attached, "/UF"), Text(attached, "/AFRelationship")));
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
            var pdf = await printed.Content.ReadAsByteArrayAsync(Ct);
            Assert.Equal("%PDF-1.7"u8.ToArray(), pdf[..8]);
            var verification = Verifier.Check("certificate.pdf", pdf, new(), TestContext.Current.CancellationToken);
            Assert.True(verification.Holds, string.Join('\n', verification.Steps));
            Assert.Contains(verification.Steps, step => step is { Step: "figures", Holds: Holds.Yes });
            Assert.Matches(@"^certificate-[a-z0-9-]+-\d{4}-\d{7}-\d{2}-[0-9a-f]{8}-kk-ru\.pdf$", printed.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        }

        await licence.Rule("suspended", new LicenceCommand.Suspend(null, null, LicenceScene.Why));
        Assert.Equal("409 licence.suspended-print", await (await Ask()).Refusal());
        await licence.Rule("reinstated", new LicenceCommand.Reinstate(LicenceScene.Why));
        house.Clock.Advance(TimeSpan.FromDays(400));
        Assert.Equal("409 licence.not-printable", await (await Ask()).Refusal());
    }
}
