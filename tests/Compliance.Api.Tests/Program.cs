using Compliance.Api.Tests.EventLog;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Compliance.Api.Tests;

/// <summary>xUnit's own entry point, but for the process that tests start in order to kill it. The name Program is the API's.</summary>
static class EntryPoint
{
    static async Task<int> Main(string[] args)
    {
        if (await AppendingProcess.IsThis()) return 0;
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
