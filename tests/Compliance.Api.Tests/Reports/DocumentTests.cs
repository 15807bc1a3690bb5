using System.Text;
using System.Text.RegularExpressions;
using Compliance.Api.Evidence;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Evidence;
using Compliance.Domain.Evidence;
using Compliance.Domain.TransparentLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Compliance.Api.Tests.Reports;

/// <summary>What is true of every document, whatever it is about: whoever takes it home can check it, read it and have it read aloud.</summary>
public sealed class DocumentTests(Archive archive) : IClassFixture<Archive>
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => ["audit", "liability", "month", "certificate", "act", "prescription", "outage", "ledger"];

    public static TheoryData<string, string> KindsAndLanguages => [.. Kinds.SelectMany(kind => (string[])["kk", "ru", "en"], (kind, language) => ((string)kind, language))];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Its_figures_are_computed_again_from_its_facts_without_the_server(string kind)
    {
        var pdf = await File.ReadAllBytesAsync(await archive.Printed(kind, "kk"), Ct);
        var verification = Verifier.Check("x.pdf", pdf, new(), TestContext.Current.CancellationToken);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        Assert.Contains(verification.Steps, step => step is { Step: "proof", Holds: Holds.Yes });
        Assert.Contains(verification.Steps, step => step is { Step: "figures", Holds: Holds.Yes });
        Assert.True(verification.Figures > 0);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_figure_that_does_not_follow_is_found(string kind)
    {
        var facts = FactsFile.Parse(Issued.Attached(await File.ReadAllBytesAsync(await archive.Printed(kind, "kk"), Ct))[FactsFile.Name]);
        var again = Figures.Again(facts)!;
        Assert.Equal(facts.Figures, again);
        var name = again.Keys.First();
        Assert.NotEqual(again[name], again[name] + 1);
        Assert.NotEqual(facts.Figures.ToDictionary(f => f.Key, f => f.Key == name ? f.Value + 1 : f.Value), again);
    }

    [Theory, MemberData(nameof(KindsAndLanguages))]
    public async Task Each_page_says_which_of_how_many_and_of_which_document_in_letters_that_can_be_read_back(string kind, string language)
    {
        var file = await archive.Printed(kind, language);
        await Tool.Run("qpdf", "--check", file);
        var id = FactsFile.Parse(Issued.Attached(await File.ReadAllBytesAsync(file, Ct))[FactsFile.Name]).Document.ToString();
        var pages = (await Tool.Run("pdftotext", "-layout", file, "-")).TrimEnd('\f', '\n').Split('\f');
        Assert.All(pages.Select((text, i) => (text, i)), page =>
        {
            Assert.Contains(id, page.text, StringComparison.Ordinal);
            // The certificate is one sheet for a door: it counts no pages.
            if (kind != "certificate") Assert.Matches($@"\b{page.i + 1}\D+{pages.Length}\b", page.text.TrimEnd().Split('\n')[^1]);
        });
        if (kind == "certificate") Assert.Single(pages);
        Assert.All((await Tool.Run("pdffonts", file)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[2..], line => Assert.Matches(@"^\w{6}\+Noto-S\S*.* yes yes yes +\d", line));
        Assert.DoesNotContain("\uFFFD", string.Concat(pages), StringComparison.Ordinal);
        Assert.Contains(language == "kk" ? "Жұлдыз" : "Звезда", string.Concat(pages), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task It_can_be_read_aloud(string kind)
    {
        var file = await archive.Printed(kind, "kk", "pdf-ua");
        await Tool.Run("qpdf", "--check", file);
        Assert.Matches(@"Tagged:\s+yes", await Tool.Run("pdfinfo", file));
        var xmp = await Tool.Run("pdfinfo", "-meta", file);
        Assert.Contains("pdfuaid:part=\"1\"", xmp, StringComparison.Ordinal);
        var pdf = await PdfObjects.In(file);
        Assert.Equal("kk", PdfObjects.Text(pdf.Catalog, "/Lang"));
        Assert.Equal("True", PdfObjects.Text(pdf.At(pdf.Catalog, "/ViewerPreferences"), "/DisplayDocTitle"));
        var structure = await Tool.Run("pdfinfo", "-struct-text", file);
        Assert.Single(Regex.Matches(structure, @"^\s*H1\b", RegexOptions.Multiline));
        int[] levels = [.. Regex.Matches(structure, @"^\s*H(\d)\b", RegexOptions.Multiline).Select(m => int.Parse(m.Groups[1].Value, null))];
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"H{pair.First} is followed by H{pair.Second}"));
        var elements = pdf.OfType("/StructElem").ToArray();
        Assert.All(elements.Where(e => PdfObjects.Text(e, "/S") == "/TH"), head => Assert.Contains(PdfObjects.Text(pdf.At(head, "/A"), "/Scope"), (string[])["/Column", "/Row"]));
        Assert.All(elements.Where(e => PdfObjects.Text(e, "/S") == "/Figure"), figure => Assert.False(string.IsNullOrWhiteSpace(PdfObjects.Text(figure, "/Alt"))));
        var verification = Verifier.Check("x.pdf", await File.ReadAllBytesAsync(file, Ct), new(), TestContext.Current.CancellationToken);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
    }

    [Theory, MemberData(nameof(KindsAndLanguages))]
    public async Task It_is_read_on_the_screen_as_it_is_printed(string kind, string language)
    {
        using var answer = await archive.Scene.AsOwner.Ask("GET", $"{archive.Doors[kind]}language={language}&as=html");
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var html = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Contains(language == "kk" || kind == "certificate" ? "Жұлдыз" : "Звезда", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{0}", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Scene.Feed.Main.Host, kind == "audit" ? "" : html, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_language_or_a_form_that_is_none_is_named(string kind)
    {
        Assert.Equal("400 report.language-unknown language", await (await archive.Scene.AsOwner.Ask("GET", $"{archive.Doors[kind]}language=de")).Refusal());
        Assert.Equal("400 report.form-unknown as", await (await archive.Scene.AsOwner.Ask("GET", $"{archive.Doors[kind]}language=en&as=docx")).Refusal());
    }

    /// <summary>What is said in Kazakh and what is said in Russian begins on one line, row by row.</summary>
    [Fact]
    public async Task The_act_stands_in_both_state_languages_side_by_side()
    {
        var file = await archive.Printed("act", "kk-ru");
        var verification = Verifier.Check("x.pdf", await File.ReadAllBytesAsync(file, Ct), new(), TestContext.Current.CancellationToken);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        var lines = (await Tool.Run("pdftotext", "-layout", file, "-")).Split('\n');
        Assert.All((string[])["Act_Number", "Act_Body", "Act_Ground", "Act_Side_Venue"], key => Assert.Contains(lines, line =>
            line.Contains(Words.All["kk"][key], StringComparison.Ordinal) && line.Contains(Words.All["ru"][key], StringComparison.Ordinal)));
        Assert.Equal("400 report.language-unknown language", await (await archive.Scene.AsOwner.Ask("GET", $"{archive.Doors["prescription"]}language=kk-ru")).Refusal());
    }

    /// <summary>As <c>as=html</c> shows it, in every language; drawn into <c>KEEP_REPORTS</c> for eyes to judge.</summary>
    [Fact]
    public async Task On_a_telephone_no_document_is_wider_than_the_screen_and_no_two_of_its_words_lie_on_each_other()
    {
        var path = Array.Find(["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"], File.Exists);
        if (path is null) Assert.Skip("There is no Chromium on this machine (apt: chromium).");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        List<string> faults = [];
        foreach (var (kind, language) in KindsAndLanguages.Select(row => row.Data).Append(("act", "kk-ru")).Append(("year", "kk")).Append(("year", "ru")))
        {
            var html = kind == "year" ? await (await archive.Scene.AsAuthority.Ask("GET", $"/transparency/{archive.Month.Year}?language={language}&as=html")).Content.ReadAsStringAsync(Ct)
                : Encoding.UTF8.GetString(await archive.Take(kind, language, "html"));
            await page.SetContentAsync(html);
            faults.AddRange((await page.EvaluateAsync<string[]>(Crowded)).Select(fault => $"{kind} {language}: {fault}"));
            if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) await page.ScreenshotAsync(new() { Path = Path.Combine(kept, $"{kind}-{language}-390.png"), FullPage = true });
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>What sticks out of the screen, and what is wider than its own cell.</summary>
    const string Crowded = """
        () => [...document.querySelectorAll('body *')].filter(e => !e.closest('svg, thead, .running-venue') && getComputedStyle(e).display !== 'inline' && getComputedStyle(e).display !== 'contents')
          .filter(e => e.getBoundingClientRect().right > 391 || e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
          .map(e => `${e.tagName}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)} and holds ${e.scrollWidth} in ${e.clientWidth}: ${e.textContent.trim().slice(0, 40)}`).slice(0, 5)
          .concat(document.documentElement.scrollWidth > 390 ? [`${document.documentElement.scrollWidth} px wide`] : [])
        """;

    [Fact]
    public async Task The_numbers_of_a_year_point_at_nobody_and_say_so_to_whoever_checks_them()
    {
        var year = archive.Month.Year;
        Assert.Equal(403, (int)(await archive.Scene.AsOwner.Ask("GET", $"/transparency/{year}?language=en")).StatusCode);
        Assert.Equal("400 report.period-malformed year", await (await archive.Scene.AsAuthority.Ask("GET", $"/transparency/{year + 9}?language=en")).Refusal());
        using var answer = await archive.Scene.AsAuthority.Ask("GET", $"/transparency/{year}?language=ru");
        if ((int)answer.StatusCode == 503) Assert.Skip(await answer.Content.ReadAsStringAsync(Ct));
        var pdf = await answer.Content.ReadAsByteArrayAsync(Ct);
        if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) await File.WriteAllBytesAsync(Path.Combine(kept, "transparency.pdf"), pdf, Ct);
        var verification = Verifier.Check("x.pdf", pdf, new(), TestContext.Current.CancellationToken);
        Assert.True(verification.Holds, string.Join('\n', verification.Steps));
        Assert.Contains(verification.Steps, step => step is { Step: "log", Holds: Holds.Open });
        Assert.Contains(verification.Steps, step => step is { Step: "log", Holds: Holds.Yes });
        var stranger = new Api.TransparentLog.NoteSigner("other.example/log", NoteKeyKind.Log, new byte[32]);
        Assert.False(Verifier.Check("x.pdf", pdf, new(LogKey: stranger.Key), Ct).Holds);
        Assert.False(Verifier.Check("x.pdf", pdf, new(Witnesses: [new Api.TransparentLog.NoteSigner("w.example", NoteKeyKind.Witness, new byte[32]).Key]), Ct).Holds);
        var facts = FactsFile.Parse(Issued.Attached(pdf)[FactsFile.Name]);
        Assert.Empty(facts.Facts);
        Assert.DoesNotContain("cases.opened", facts.Figures.Keys); // one case was opened
        Assert.Equal(0, facts.Figures["complaints.noise"]);
        Assert.DoesNotContain(facts.Figures.Keys, name => name.StartsWith("availability", StringComparison.Ordinal)); // of one venue
    }

    [Fact]
    public async Task A_paper_whose_facts_are_not_proven_is_not_issued()
    {
        var elsewhere = new Domain.Kernel.Recorded(new("venue", archive.Scene.Venue), 0, default, Guid.NewGuid(), "venue.closed.v1", "{}"u8.ToArray(), archive.House.Clock.GetUtcNow(), new(Guid.NewGuid(), "user:test"));
        var issuer = archive.House.Services.GetRequiredService<Issuer>();
        var refused = await Assert.ThrowsAsync<PrinterOutOfOrder>(() => issuer.Issue(new Unproven(elsewhere), "<body></body>", Ct));
        Assert.Equal("log.unsigned", refused.Code);
    }

    sealed record Unproven(Domain.Kernel.Recorded Fact) : IPaper
    {
        public Guid DocumentId { get; } = Guid.NewGuid();
        public DateTimeOffset IssuedAt => Fact.RecordedAt;
        public FactsFile Attached => new(DocumentId, "unproven.v1", [Fact]);
        public IReadOnlyList<Words> Languages => [Words.All["en"]];
        public string FileName => "unproven";
        public Task<string> Render(PageHtml pages) => Task.FromResult("");
    }

    [Fact]
    public async Task A_duty_that_nobody_ordered_has_no_prescription() =>
        Assert.Equal("409 report.no-order", await (await archive.Scene.AsOwner.Ask("GET", $"/duties/{archive.Scene.Duty}/prescription")).Refusal());

    [Theory]
    [InlineData("outage", "In the owner’s hands")]
    [InlineData("prescription", "Табло над задним выходом не горит.")]
    [InlineData("prescription", "26-17")]
    [InlineData("ledger", "granted")]
    [InlineData("ledger", "00:02:00")]
    [InlineData("month", "KZ.EXIT.006")]
    public async Task It_says_what_it_is_about(string kind, string said) =>
        Assert.Contains(said, System.Net.WebUtility.HtmlDecode(Encoding.UTF8.GetString(await archive.Take(kind, "en", "html"))), StringComparison.Ordinal);
}
