using System.Diagnostics;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>Debian packages that a test stands on; where one is missing the test says so and is skipped.</summary>
static class Installed
{
    public static void OrSkip(params string[] packages)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/dpkg-query"), "There are no Debian packages here.");
        var missing = packages.Where(package => !Has(package)).ToArray();
        Assert.SkipWhen(missing.Length > 0, $"Not installed: apt-get install {string.Join(' ', missing)}");
    }

    /// <summary>What a program of the system says; it must be content.</summary>
    public static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}{await output}");
        return await output;
    }

    static bool Has(string package)
    {
        using var query = Process.Start(new ProcessStartInfo("/usr/bin/dpkg-query", ["-W", "-f", "${Status}", package])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        return query.StandardOutput.ReadToEnd().Contains("install ok installed", StringComparison.Ordinal);
    }
}
