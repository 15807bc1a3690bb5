using System.Text;
using static Compliance.Api.Tests.Reports.PdfObjects;

namespace Compliance.Api.Tests.Reports;

/// <summary>
/// What ISO 19005-3 (PDF/A-3, level B) asks of a file and qpdf can answer, clause by clause. veraPDF judges more; where its
/// command <c>verapdf</c> is installed it is asked too.
/// </summary>
public sealed class PdfATests(PrintedAudit printed) : IClassFixture<PrintedAudit>
{
    Task<PdfObjects> Objects() => Open("kk");

    async Task<PdfObjects> Open(string language) => await In(await printed.In(language));

    [Fact]
    public async Task The_file_opens_as_6_1_asks()
    {
        var bytes = await File.ReadAllBytesAsync(await printed.In("kk"), TestContext.Current.CancellationToken);
        Assert.Equal("%PDF-1.7\n%", Encoding.ASCII.GetString(bytes, 0, 10));
        Assert.All(bytes[10..14], b => Assert.True(b > 127));
        var pdf = await Objects();
        Assert.True(Has(pdf.Trailer, "/ID"));
        Assert.False(Has(pdf.Trailer, "/Encrypt"));
        Assert.DoesNotContain(pdf.Dictionaries, d => Text(d, "/Filter") is { } filter && (filter.Contains("LZW", StringComparison.Ordinal) || filter.Contains("Crypt", StringComparison.Ordinal)));
    }

    /// <summary>6.2: one output intent with a profile of its own; no colour that it does not explain, nothing that needs a guess.</summary>
    [Fact]
    public async Task Its_colours_mean_the_same_everywhere()
    {
        var pdf = await Objects();
        var intent = pdf.Follow(Assert.Single(pdf.At(pdf.Catalog, "/OutputIntents").EnumerateArray()));
        Assert.Equal("/GTS_PDFA1", Text(intent, "/S"));
        Assert.Equal("3", Text(pdf.At(intent, "/DestOutputProfile"), "/N"));
        Assert.Empty(pdf.Keys.Intersect(["/TR", "/TR2", "/HTP", "/OPI", "/Ref", "/Alternates", "/PS", "/SMask", "/BM"]));
        Assert.DoesNotContain(pdf.Dictionaries, d => Text(d, "/ColorSpace") == "/DeviceCMYK" || Text(d, "/Interpolate") == "True");
    }

    /// <summary>6.2.11: every font program lies in the file, and every glyph can be read back.</summary>
    [Fact]
    public async Task Its_fonts_are_whole()
    {
        var pdf = await Objects();
        Assert.All(pdf.OfType("/FontDescriptor"), font => Assert.True(Has(font, "/FontFile2") || Has(font, "/FontFile3")));
        var composite = pdf.OfType("/Font").Where(font => Text(font, "/Subtype") == "/Type0").ToArray();
        Assert.NotEmpty(composite);
        Assert.All(composite, font =>
        {
            Assert.True(Has(font, "/ToUnicode"));
            Assert.Equal("/Identity-H", Text(font, "/Encoding"));
            var glyphs = pdf.Follow(pdf.At(font, "/DescendantFonts")[0]);
            Assert.Equal("/Identity", Text(glyphs, "/CIDToGIDMap"));
            Assert.True(Has(pdf.At(glyphs, "/FontDescriptor"), "/FontFile2") || Has(pdf.At(glyphs, "/FontDescriptor"), "/FontFile3"));
        });
    }

    /// <summary>6.3, 6.5, 6.6: links are printed and lead inside; nothing acts, plays or computes.</summary>
    [Fact]
    public async Task Nothing_in_it_acts()
    {
        var pdf = await Objects();
        const int Print = 4, InvisibleHiddenNoViewToggle = 1 | 2 | 32 | 256;
        Assert.All(pdf.OfType("/Annot"), link =>
        {
            Assert.Equal("/Link", Text(link, "/Subtype"));
            Assert.Equal(Print, link.GetProperty("/F").GetInt32() & (Print | InvisibleHiddenNoViewToggle));
            Assert.True(Has(link, "/Dest"));
        });
        Assert.Empty(pdf.Keys.Intersect(["/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/AcroForm", "/XFA", "/RichMediaContent", "/OCProperties", "/NeedAppearances", "/Requirements"]));
    }

    /// <summary>6.6.2.3: XMP lies in the file unpacked and says what the file's own entries say.</summary>
    [Theory, InlineData("kk"), InlineData("ru"), InlineData("en")]
    public async Task What_it_says_of_itself_agrees(string language)
    {
        var pdf = await Open(language);
        var metadata = pdf.At(pdf.Catalog, "/Metadata");
        Assert.Equal(("/XML", null), (Text(metadata, "/Subtype"), Text(metadata, "/Filter")));
        var xmp = await Tool.Run("pdfinfo", "-meta", await printed.In(language));
        var info = pdf.At(pdf.Trailer, "/Info");
        Assert.Contains(Text(info, "/Title")!, xmp);
        Assert.Contains($"<xmp:CreateDate>{Iso(Text(info, "/CreationDate")!)}</xmp:CreateDate>", xmp);
        Assert.Contains($"<xmp:ModifyDate>{Iso(Text(info, "/ModDate")!)}</xmp:ModifyDate>", xmp);
        Assert.Equal(language, Text(pdf.Catalog, "/Lang"));
    }

    /// <summary>6.8: what is attached says how it belongs to the document.</summary>
    [Fact]
    public async Task The_attached_facts_belong_to_the_document()
    {
        var pdf = await Objects();
        var file = Assert.Single(pdf.OfType("/Filespec"));
        Assert.Equal(("facts.json", "facts.json", "/Data"), (Text(file, "/F"), Text(file, "/UF"), Text(file, "/AFRelationship")));
        var stream = pdf.At(pdf.At(file, "/EF"), "/F");
        Assert.Equal("/application/json", Text(stream, "/Subtype"));
        Assert.Matches(@"^D:\d{14}Z$", Text(pdf.At(stream, "/Params"), "/ModDate"));
        Assert.Equal(file.ToString(), pdf.Follow(Assert.Single(pdf.At(pdf.Catalog, "/AF").EnumerateArray())).ToString());
    }

    [Theory, InlineData("kk"), InlineData("ru"), InlineData("en")]
    public async Task VeraPdf_finds_no_fault(string language) =>
        Assert.StartsWith("PASS", await Tool.Run("verapdf", "--flavour", "3b", "--format", "text", await printed.In(language)));

    /// <summary><c>D:20261123093000Z</c> as XMP writes it.</summary>
    static string Iso(string date) => $"{date[2..6]}-{date[6..8]}-{date[8..10]}T{date[10..12]}:{date[12..14]}:{date[14..16]}Z";
}
