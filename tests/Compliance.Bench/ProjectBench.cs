using System.Diagnostics;
using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Bench;

/// <summary>
/// How fast all views are rebuilt from the SQLite log into their SQLite store, on one core: by the clock, and by the processor
/// time it took, which others on the machine disturb less.
/// </summary>
static class ProjectBench
{
    const int Rounds = 3, Venues = 100, Failures = 30_000;

    public static async Task Run(string[] args)
    {
        using var scratch = new Scratch();
        await using var log = new SqliteEventLog(scratch.New("log.db"), TimeProvider.System);
        var writing = new List<Task<Appended?>>();
        var (count, heads) = (0, new Dictionary<StreamId, long>());
        foreach (var (stream, facts) in City.Appends(Venues, Failures))
        {
            var head = heads.GetValueOrDefault(stream, -1);
            writing.Add(log.Append(stream, head, facts, new Origin(Guid.NewGuid(), "probe:bench"), default));
            heads[stream] = head + facts.Length;
            count += facts.Length;
        }

        var end = (await Task.WhenAll(writing)).Max(appended => appended!.Position);
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) Process.GetCurrentProcess().ProcessorAffinity = 1;

        var (rounds, busy) = (new List<(double, double?)>(), new List<(double, double?)>());
        for (var n = 0; n <= Rounds; n++)
        {
            using var store = new SqliteViewStore(scratch.New("views.db"));
            var before = Environment.CpuUsage.TotalTime;
            var perSecond = await Scratch.PerSecond(count, () => Rebuild(log, store, end));
            if (n == 0) continue; // warming up
            rounds.Add((perSecond, null));
            busy.Add((count / (Environment.CpuUsage.TotalTime - before).TotalSeconds, null));
        }

        var figure = $"project: rebuild of {AllViews.Of.Count} views from {count} events, one core";
        Figure.Print(figure, "events/s", rounds, target: 50_000);
        Figure.Print(figure, "events/s of processor time", busy, target: 50_000);
    }

    static async Task Rebuild(IEventLog log, IViewStore store, LogPosition end)
    {
        await foreach (var step in new Projection(log, store, AllViews.Of, TimeProvider.System, NullLogger<Projection>.Instance).Run(default))
            if (step.Position >= end) return;
    }
}
