using Compliance.Api.Reports;

namespace Compliance.Api.Tests.Reports;

public sealed class WeasyPrinterTests
{
    static readonly Manuscript Page = new("<p>Бір бет", Guid.Empty, DateTimeOffset.UnixEpoch, new Dictionary<string, string> { ["facts.json"] = "{}" });

    static async Task<string> CodeOf(PrinterSettings settings, Manuscript? page = null)
    {
        using var printer = PrintedAudit.Printer(settings);
        return (await Assert.ThrowsAsync<PrinterOutOfOrder>(() => printer.Print(page ?? Page, TestContext.Current.CancellationToken))).Code;
    }

    [Theory, InlineData("/nowhere/python3"), InlineData("/bin/false-that-is-not")]
    public async Task A_missing_printer_says_what_to_install(string python)
    {
        using var printer = PrintedAudit.Printer(PrinterSettings.Default with { Python = python });
        var thrown = await Assert.ThrowsAsync<PrinterOutOfOrder>(() => printer.Print(Page, TestContext.Current.CancellationToken));
        Assert.Equal("report.printer-missing", thrown.Code);
        Assert.Contains("apt-get install weasyprint", thrown.Message);
    }

    [Fact]
    public async Task A_printer_that_breaks_is_out_of_order() =>
        Assert.Equal("report.printer-failed", await CodeOf(PrinterSettings.Default with { Python = "/bin/false" }));

    [Fact]
    public async Task A_printer_that_hangs_is_given_up() =>
        Assert.Equal("report.printer-slow", await CodeOf(PrinterSettings.Default with { Python = Endless(), Patience = TimeSpan.FromMilliseconds(200) }));

    [Fact]
    public async Task A_reader_who_leaves_ends_the_print()
    {
        using var printer = PrintedAudit.Printer(PrinterSettings.Default with { Python = Endless() });
        using var leaving = new CancellationTokenSource();
        var print = printer.Print(Page, leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => print);
    }

    /// <summary>A page may not reach for anything: neither a file of this machine nor an address.</summary>
    [Theory, InlineData("file:///etc/hostname"), InlineData("http://127.0.0.1:9/picture.png"), InlineData("attached:/other.json")]
    public async Task A_page_fetches_nothing(string address)
    {
        var plain = await Print("<p>x</p>");
        var reaching = await Print($"<p>x</p><img src='{address}'><link rel=attachment href='{address}'>");
        Assert.Equal(Count(plain, "/EmbeddedFile"), Count(reaching, "/EmbeddedFile"));
        Assert.Equal(0, Count(reaching, "/Image"));
    }

    static async Task<string> Print(string html)
    {
        using var printer = PrintedAudit.Printer();
        try
        {
            return System.Text.Encoding.Latin1.GetString(await printer.Print(Page with { Html = html }, TestContext.Current.CancellationToken));
        }
        catch (PrinterOutOfOrder missing) when (missing.Code == "report.printer-missing")
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    static int Count(string pdf, string word) => pdf.Split(word).Length - 1;

    /// <summary>A program that takes any arguments and never ends by itself.</summary>
    static string Endless()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("endless").FullName, "python");
        File.WriteAllText(file, "#!/bin/sh\nexec tail -f /dev/null\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
