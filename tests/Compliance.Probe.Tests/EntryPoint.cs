using Compliance.Probe.Tell;
using Compliance.Probe.Tests.Tell;
using Microsoft.Data.Sqlite;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Compliance.Probe.Tests;

/// <summary>xUnit's own entry point, but for the process that a test starts in order to kill it.</summary>
static class EntryPoint
{
    static async Task<int> Main(string[] args)
    {
        if (args is ["spool", var path]) return KeepOnAndOn(path);
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }

    static int KeepOnAndOn(string path)
    {
        using var spool = new Spool(new(path));
        for (var number = 1; ;)
        {
            try
            {
                spool.Keep([Some.Verdict(number)]);
                Console.WriteLine(number++);
            }
            catch (SqliteException)
            {
                Console.WriteLine("full");
                Console.ReadLine();
            }
        }
    }
}
