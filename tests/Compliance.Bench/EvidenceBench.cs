using System.Diagnostics;
using Compliance.Api;
using Compliance.Api.EventLog;
using Compliance.Api.TransparentLog;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Bench;

/// <summary>What the tree over a log of a million facts costs: appending with and without it, and its proofs.</summary>
static class EvidenceBench
{
    const int Facts = 1_000_000, Batch = 500, More = 40_000, Rounds = 5, Proofs = 200;

    /// <summary>One append after another, as many as a busy city writes at once: the log has time for its tree.</summary>
    const int PacedPerSecond = 2_000;

    static LogPosition _last;

    /// <param name="args">How many facts the log has, or <c>reports</c> for the documents alone.</param>
    public static async Task Run(string[] args)
    {
        await ReportBench.Run();
        if (args is ["reports"]) return;
        using var scratch = new Scratch();
        var (folder, facts) = (Path.GetDirectoryName(scratch.New("x"))!, args is [var n] ? int.Parse(n, System.Globalization.CultureInfo.InvariantCulture) : Facts);
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data", folder)]).Build();
        var identity = new LogIdentity(new SecretVault(new DataFolder(settings), new EphemeralDataProtectionProvider()), settings);
        await using var log = new SqliteEventLog(scratch.New("log.db"), TimeProvider.System);
        using var store = new TreeStore(scratch.New("tree.db"), identity.Origin);
        await Append(log, facts, null);

        var built = Stopwatch.GetTimestamp();
        using (var keeper = await Keeping(log, store, identity))
        {
            while (store.Mark.Size < facts) await Task.Delay(50);
            Figure.Print($"evidence: tree built over {facts:N0} facts", "facts/s", [(facts / Stopwatch.GetElapsedTime(built).TotalSeconds, null)]);
            await keeper.StopAsync(default);
        }

        // Side by side: rounds without and with the tree take turns.
        var (fast, paced) = (new List<(double, double?)>(), new List<(double, double?)>());
        for (var round = 0; round < Rounds; round++)
        {
            fast.Add(await SideBySide(null));
            paced.Add(await SideBySide(PacedPerSecond));
        }

        Figure.Print($"evidence: append after {facts:N0} facts, as fast as it goes, with the tree", "µs a fact", fast, "without the tree", 1.15, atMost: true);
        Figure.Print($"evidence: append after {facts:N0} facts, {PacedPerSecond} a second, with the tree", "µs a fact", paced, "without the tree", 1.15, atMost: true);

        var (size, chance, inclusions, consistencies) = (store.Mark.Size, new Random(1), new List<(double, double?)>(), new List<(double, double?)>());
        for (var i = 0; i < Proofs + 20; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await new TiledTree(size, store.ReadTile).Inclusion(chance.NextInt64(size), default);
            var inclusion = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            began = Stopwatch.GetTimestamp();
            await new TiledTree(size, store.ReadTile).Consistency(chance.NextInt64(1, size), default);
            if (i < 20) continue;
            inclusions.Add((inclusion, null));
            consistencies.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds, null));
        }

        Figure.Print($"evidence: an inclusion proof at {size:N0} leaves", "ms", inclusions, target: 5, atMost: true);
        Figure.Print($"evidence: a consistency proof of two heads up to {size:N0} leaves", "ms", consistencies, target: 5, atMost: true);

        async Task<(double, double?)> SideBySide(int? perSecond)
        {
            var without = await Append(log, More, perSecond);
            using var keeper = await Keeping(log, store, identity);
            while (store.Mark.Position != _last) await Task.Delay(20);
            var with = await Append(log, More, perSecond);
            await keeper.StopAsync(default);
            return (with, without);
        }
    }

    static async Task<TreeKeeper> Keeping(IEventLog log, TreeStore store, LogIdentity identity)
    {
        var keeper = new TreeKeeper(log, store, identity, TimeProvider.System, NullLogger<TreeKeeper>.Instance);
        await keeper.StartAsync(default);
        return keeper;
    }

    /// <returns>Microseconds a fact that an append took, waiting between appends not counted.</returns>
    static async Task<double> Append(SqliteEventLog log, int count, int? perSecond)
    {
        var (device, spent, began) = (new StreamId("device", Guid.NewGuid()), TimeSpan.Zero, Stopwatch.GetTimestamp());
        for (var n = 0; n < count / Batch; n++)
        {
            object[] facts = [.. Enumerable.Range(0, Batch).Select(i => Fact(device.Id, (n * Batch) + i))];
            var one = Stopwatch.GetTimestamp();
            _last = (await log.Append(device, (n * Batch) - 1, facts, new Origin(Guid.NewGuid(), "probe:bench"), default))!.Position;
            spent += Stopwatch.GetElapsedTime(one);
            if (perSecond is { } pace && TimeSpan.FromSeconds((n + 1.0) * Batch / pace) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } wait) await Task.Delay(wait);
        }

        return spent.TotalMicroseconds / count;
    }

    static DeviceEvent.VerdictChanged Fact(Guid device, int n) => new(
        device, device, DeviceKind.Camera, Verdict.Online, Verdict.Unreachable, DateTimeOffset.UnixEpoch.AddSeconds(n),
        DateTimeOffset.UnixEpoch.AddSeconds(n + 10), device, "no media for 10 s", null);
}
