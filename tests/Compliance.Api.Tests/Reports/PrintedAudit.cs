using System.Text;
using System.Collections.Concurrent;
using Compliance.Api.Reports;
using Compliance.Domain.Evidence;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.Reports;

/// <summary>The night's report, really printed once for each language and kept in a folder of its own.</summary>
public sealed class PrintedAudit : IDisposable
{
    readonly ConcurrentDictionary<string, Task<string>> _files = [];
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("audit");

    internal static Task<string> Page(IPaper paper) => paper.Render(new(NullLoggerFactory.Instance));

    internal static WeasyPrinter Printer(PrinterSettings? settings = null) => new(settings ?? PrinterSettings.Default, NullLogger<WeasyPrinter>.Instance);

    internal static async Task<Manuscript> Manuscript(string language)
    {
        var report = await ANight.Report(language);
        return new(await Page(report), report.DocumentId, report.IssuedAt, new Dictionary<string, string> { [FactsFile.Name] = Encoding.UTF8.GetString(report.Attached.ToJson()) });
    }

    internal static async Task<byte[]> Print(string language)
    {
        using var printer = Printer();
        try
        {
            return await printer.Print(await Manuscript(language), TestContext.Current.CancellationToken);
        }
        catch (PrinterOutOfOrder missing) when (missing.Code == "report.printer-missing")
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }

    /// <summary>Where the PDF lies.</summary>
    public Task<string> In(string language) => _files.GetOrAdd(language, async l =>
    {
        var file = Path.Combine(_folder.FullName, $"{l}.pdf");
        await File.WriteAllBytesAsync(file, await Print(l));
        if (Environment.GetEnvironmentVariable("KEEP_REPORTS") is { } kept) File.Copy(file, Path.Combine(kept, $"{l}.pdf"), true);
        return file;
    });

    public void Dispose() => _folder.Delete(recursive: true);
}
