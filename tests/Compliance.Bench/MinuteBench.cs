using System.Diagnostics;
using Compliance.Api;
using Compliance.Api.Feeds;
using Compliance.Domain.Probes;
using Microsoft.Extensions.Configuration;

namespace Compliance.Bench;

/// <summary>What a camera's month of minutes costs: on disk, to write, and to read a day of it among others.</summary>
static class MinuteBench
{
    const int Rounds = 3, Cameras = 20, Days = 30, PerDay = 1_440;

    static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static Task Run(string[] args)
    {
        var (month, minute, writes, reads) = (new List<(double, double?)>(), new List<(double, double?)>(), new List<(double, double?)>(), new List<(double, double?)>());
        for (var round = 0; round < Rounds; round++)
        {
            using var scratch = new Scratch();
            var (folder, chance) = (scratch.New("data"), new Random(round));
            using var store = new MinuteStore(new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", folder)]).Build()), new MeasurementRules(), TimeProvider.System);
            var began = Stopwatch.GetTimestamp();
            for (var m = 0; m < Days * PerDay; m++) store.Keep([.. Enumerable.Range(0, Cameras).Select(camera => Minute(camera, m, chance))]);
            writes.Add((Cameras * Days * PerDay / Stopwatch.GetElapsedTime(began).TotalSeconds, null));
            var size = (double)new FileInfo(Path.Combine(folder, "measurements.db")).Length;
            month.Add((size / Cameras / 1e6, null));
            minute.Add((size / Cameras / Days / PerDay, null));
            began = Stopwatch.GetTimestamp();
            for (var camera = 0; camera < Cameras; camera++) MeasurementSeries.Of(Id(camera), Begin.AddDays(9), Begin.AddDays(10), 10, store.Of(Id(camera), Begin.AddDays(9), Begin.AddDays(10)));
            reads.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds / Cameras, null));
        }

        Figure.Print("minutes: on disk, a camera's minute", "bytes", minute, target: 40, atMost: true);
        Figure.Print("minutes: on disk, a camera's month", "MB", month, target: 1.8, atMost: true);
        Figure.Print("minutes: kept a second, twenty in a transaction", "minutes", writes);
        Figure.Print("minutes: a camera's day in steps of ten", "ms", reads);
        return Task.CompletedTask;
    }

    static MinuteMeasured Minute(int camera, int minute, Random chance) => new(
        Id(camera), Begin.AddMinutes(minute), 60, 0, 24 + chance.NextDouble(), 1_900 + (300 * chance.NextDouble()), chance.Next(20) == 0 ? chance.Next(50) : 0, 2, (chance.NextDouble() * 400) - 200);

    static Guid Id(int camera) => new(camera + 1, 0, 0, new byte[8]);
}
