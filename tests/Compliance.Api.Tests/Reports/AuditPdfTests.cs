using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Compliance.Api.Reports;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.Reports;

/// <summary>What independent tools say of a report that WeasyPrint really printed.</summary>
public sealed class AuditPdfTests(PrintedAudit printed) : IClassFixture<PrintedAudit>
{
    public static readonly TheoryData<string> Languages = ["kk", "ru", "en"];

    [Theory, MemberData(nameof(Languages))]
    public async Task It_is_a_sound_file_that_calls_itself_PDF_A_3b(string language)
    {
        var pdf = await printed.In(language);
        await Tool.Run("qpdf", "--check", pdf);
        var xmp = await Tool.Run("pdfinfo", "-meta", pdf);
        Assert.Matches("pdfaid:part=\"3\"", xmp);
        Assert.Matches("pdfaid:conformance=\"B\"", xmp);
        Assert.Matches(@"595\.\d+ x 841\.\d+ pts \(A4\)", await Tool.Run("pdfinfo", pdf));
    }

    [Theory, MemberData(nameof(Languages))]
    public async Task Its_fonts_are_embedded_and_ours(string language) => Assert.All(
        (await Tool.Run("pdffonts", await printed.In(language))).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..],
        line => Assert.Matches(@"^\w{6}\+Noto-Sans\S*.* yes yes yes +\d|^\w{6}\+Noto-Serif\S*.* yes yes yes +\d", line));

    [Fact]
    public async Task Kazakh_letters_can_be_read_back()
    {
        var text = await Tool.Run("pdftotext", await printed.In("kk"), "-");
        Assert.Contains("«Түнгі Өзен» би клубы", text);
        Assert.Contains("Әлия Серікқызы", text);
        Assert.All("ӘәҒғҚқҢңӨөҰұҮүҺһІі", letter => Assert.Contains(letter, text));
    }

    [Fact]
    public async Task Every_page_says_which_of_how_many_and_of_which_document()
    {
        var report = await ANight.Report("en");
        var pages = (await Tool.Run("pdftotext", "-layout", await printed.In("en"), "-")).TrimEnd('\f', '\n').Split('\f');
        Assert.All(pages.Select((text, i) => (text, i)), page =>
        {
            Assert.Contains($"page {page.i + 1} of {pages.Length}", page.text);
            Assert.Contains(report.DocumentId.ToString(), page.text);
        });
        Assert.All(pages.Skip(1), page => Assert.Contains("Танцевальный клуб «Ночная река»", page));
    }

    [Fact]
    public async Task The_facts_lie_inside_as_data()
    {
        var attached = await Attached("ru");
        Assert.Equal(Encoding.UTF8.GetString((await ANight.Report("ru")).Attached.ToJson()), attached);
        var structure = await Tool.Run("qpdf", "--json", await printed.In("ru"));
        Assert.Contains("\"/AFRelationship\": \"/Data\"", structure);
        Assert.Contains("\"/AF\": [", structure);
        Assert.Contains("\"/Subtype\": \"/application/json\"", structure);
    }

    [Fact]
    public async Task Every_reference_in_the_document_stands_in_the_list_and_in_the_attachment()
    {
        var text = await Tool.Run("pdftotext", await printed.In("en"), "-");
        using var json = JsonDocument.Parse(await Attached("en"));
        var facts = json.RootElement.GetProperty("facts").EnumerateArray().ToDictionary(f => f.GetProperty("number").GetInt32(), f => f.GetProperty("eventId").GetString()!);
        int[] cited = [.. Regex.Matches(text, @"\[([\d–,\s]+)\]").SelectMany(m => Regex.Matches(m.Groups[1].Value, @"\d+")).Select(m => int.Parse(m.Value, null))];
        Assert.NotEmpty(cited);
        Assert.All(cited, number => Assert.Contains(number, facts.Keys));
        Assert.All(facts.Values, id => Assert.Contains(id, text));
    }

    /// <summary>What a court's expert would do: forget the server, take the file, compute again.</summary>
    [Fact]
    public async Task The_figures_follow_from_the_attached_facts_alone()
    {
        using var json = JsonDocument.Parse(await Attached("en"));
        var root = json.RootElement;
        Recorded[] facts = [.. root.GetProperty("facts").EnumerateArray().Select(f => new Recorded(
            StreamId.Parse(f.GetProperty("stream").GetString()!)!.Value, f.GetProperty("revision").GetInt64(), LogPosition.Parse(f.GetProperty("position").GetString()!, null),
            f.GetProperty("eventId").GetGuid(), f.GetProperty("name").GetString()!, Encoding.UTF8.GetBytes(f.GetProperty("data").GetRawText()),
            f.GetProperty("recordedAt").GetDateTimeOffset(), new(Guid.Empty, f.GetProperty("actor").GetString()!)))];
        var again = VenueAudit.Of(root.GetProperty("venueId").GetGuid(), new(root.GetProperty("from").GetDateTimeOffset(), root.GetProperty("to").GetDateTimeOffset()), facts)!;
        var printedAudit = (await ANight.Report("en")).Audit;
        Assert.Equal(Text(printedAudit.Devices), Text(again.Devices));
        Assert.Equal(Text(printedAudit.Outages), Text(again.Outages));
        Assert.Equal(Text(printedAudit.Papers), Text(again.Papers));
    }

    [Fact]
    public async Task The_same_report_is_the_same_file_byte_for_byte() =>
        Assert.Equal(await File.ReadAllBytesAsync(await printed.In("kk"), TestContext.Current.CancellationToken), await PrintedAudit.Print("kk"));

    async Task<string> Attached(string language)
    {
        var pdf = await printed.In(language);
        var file = Path.Combine(Path.GetDirectoryName(pdf)!, $"{language}-{Guid.NewGuid():N}.json");
        await Tool.Run("pdfdetach", "-save", "1", "-o", file, pdf);
        return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
    }

    static string Text(object value) => JsonSerializer.Serialize(value, EventCatalog.Json);
}
