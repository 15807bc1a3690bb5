using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Tests.EventLog;

/// <summary>
/// Another process that does nothing but append to a log, three facts at a time, and say so on its standard output:
/// <c>stored {stream} {revision}</c> after each answer, or <c>refused {why}</c>, after which it waits for a line of input.
/// It is this test program itself, started with the variable below.
/// </summary>
sealed class AppendingProcess : IDisposable
{
    const string Variable = "COMPLIANCE_APPEND";

    readonly Process _process;

    public AppendingProcess(string path, int writers = 1)
    {
        // A write beyond a file-size limit is then an error (EFBIG), as on a full disk, instead of a signal that kills.
        var start = new ProcessStartInfo("bash", ["-c", "trap '' XFSZ; exec dotnet \"$0\"", typeof(AppendingProcess).Assembly.Location])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, Environment = { [Variable] = $"{writers} {path}" },
        };
        _process = Process.Start(start)!;
    }

    public int Id => _process.Id;

    public async IAsyncEnumerable<string[]> Says([EnumeratorCancellation] CancellationToken ct)
    {
        while (await _process.StandardOutput.ReadLineAsync(ct) is { } line) yield return line.Split(' ', 3);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public async Task GoOn() => await _process.StandardInput.WriteLineAsync();

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    /// <summary>What runs in the other process; false in this one.</summary>
    public static async Task<bool> IsThis()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(' ', 2) is not [var writers, var path]) return false;
        try
        {
            var log = new SqliteEventLog(path, TimeProvider.System);
            await Task.WhenAll(Enumerable.Range(0, int.Parse(writers, CultureInfo.InvariantCulture)).Select(_ => AppendForEver(log)));
        }
        catch (EventLogException e)
        {
            Console.WriteLine($"refused {e.Message}");
        }

        return true;
    }

    static async Task AppendForEver(SqliteEventLog log)
    {
        var venue = Facts.NewVenue();
        for (var n = 0; ;)
        {
            object[] facts = [Facts.Capacity(venue, n), Facts.Capacity(venue, n + 1), Facts.Capacity(venue, n + 2)];
            try
            {
                var done = await log.Append(venue, n - 1, facts, new Origin(EventIds.From(venue.Id, $"{n}"), "user:test"), default);
                Console.WriteLine($"stored {venue} {done!.Revision}");
                n += 3;
            }
            catch (EventLogException e)
            {
                Console.WriteLine($"refused {e.Message}");
                if (Console.ReadLine() is null) return;
            }
        }
    }
}
