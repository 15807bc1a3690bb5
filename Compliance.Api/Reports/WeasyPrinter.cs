using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Compliance.Api.Reports;

/// <summary>Where WeasyPrint is found and how long it may take (configuration section <c>Reports</c>).</summary>
/// <param name="Python">The interpreter that has WeasyPrint.</param>
/// <param name="Patience">After that a print is given up.</param>
/// <param name="Presses">How many may print at the same time; the others wait in line.</param>
sealed record PrinterSettings(string Python, TimeSpan Patience, int Presses)
{
    public static readonly PrinterSettings Default = new("/usr/bin/python3", TimeSpan.FromSeconds(90), 2);
}

/// <summary>
/// WeasyPrint as a child process, one for each document. Page, attachments and result go through pipes: no temporary file, no
/// shell, no address it could fetch. A caller who leaves takes his process with him.
/// </summary>
sealed partial class WeasyPrinter(PrinterSettings settings, ILogger<WeasyPrinter> log) : IPrinter, IDisposable
{
    const int NotInstalled = 69;
    const string HowToInstall = "WeasyPrint prints the reports and is not installed here: apt-get install weasyprint fonts-noto-core";
    static readonly string Script = Resource.Text("weasyprint.py");
    readonly SemaphoreSlim _presses = new(settings.Presses);

    public async Task<byte[]> Print(Manuscript manuscript, CancellationToken ct)
    {
        await _presses.WaitAsync(ct);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
            patience.CancelAfter(settings.Patience);
            return await Press(manuscript, patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new PrinterOutOfOrder("report.printer-slow", $"Printing took longer than {settings.Patience.TotalSeconds:0} seconds.");
        }
        finally
        {
            _presses.Release();
        }
    }

    async Task<byte[]> Press(Manuscript manuscript, CancellationToken ct)
    {
        using var process = Start(manuscript);
        try
        {
            var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(ct);
            var reading = process.StandardOutput.BaseStream.CopyToAsync(output, ct);
            var feeding = Feed(process, manuscript, ct);
            await Task.WhenAll(reading, errors, process.WaitForExitAsync(ct));
            if (process.ExitCode == NotInstalled) throw new PrinterOutOfOrder("report.printer-missing", HowToInstall);
            if (process.ExitCode != 0)
            {
                Failed(process.ExitCode, await errors);
                throw new PrinterOutOfOrder("report.printer-failed", "WeasyPrint could not print this report; the log says why.");
            }

            await feeding;
            return output.ToArray();
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>The date is handed in: fonts would be stamped with the hour of printing, and no two prints were alike.</summary>
    Process Start(Manuscript manuscript)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(settings.Python, ["-I", "-c", Script])
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
                Environment = { ["SOURCE_DATE_EPOCH"] = manuscript.IssuedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
            })!;
        }
        catch (Win32Exception)
        {
            throw new PrinterOutOfOrder("report.printer-missing", HowToInstall);
        }
    }

    static async Task Feed(Process process, Manuscript manuscript, CancellationToken ct)
    {
        var issued = manuscript.IssuedAt.UtcDateTime.ToString("'D:'yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream,
            new { html = manuscript.Html, identifier = manuscript.Identifier.ToString("N"), issued, files = manuscript.Files, readers = manuscript.ForScreenReaders }, cancellationToken: ct);
        process.StandardInput.Close();
    }

    public void Dispose() => _presses.Dispose();

    [LoggerMessage(Level = LogLevel.Error, Message = "WeasyPrint ended with {ExitCode}: {Errors}")]
    partial void Failed(int exitCode, string errors);
}
