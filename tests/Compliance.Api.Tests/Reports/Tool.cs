using System.ComponentModel;
using System.Diagnostics;

namespace Compliance.Api.Tests.Reports;

/// <summary>A program of the system that judges what we print. Where it is not installed the test says so and is skipped.</summary>
static class Tool
{
    public static async Task<string> Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{program}: {await errors}{await output}");
            return await output;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{program} is not installed ({(program == "verapdf" ? "https://verapdf.org" : "apt-get install poppler-utils qpdf")})");
            throw;
        }
    }
}
