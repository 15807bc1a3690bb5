using System.Globalization;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tell;

namespace Compliance.Probe.Schedule;

/// <summary>Reads how the box itself is, where its machine tells: processor, memory, disk and temperature from Linux's own files.</summary>
internal sealed class BoxGauge(ProbeOptions options, CanaryRounds canaries, ApiConnection api, Spool spool, TimeProvider clock)
{
    readonly long _began = clock.GetTimestamp();
    (double Busy, double All) _before = Cpu() ?? default;

    public BoxHealth Read()
    {
        var disk = Tried(() => new DriveInfo(Path.GetFullPath(options.DataDir)) is { IsReady: true } drive ? drive : null);
        return new(
            CpuShare(), MemoryShare(), disk?.AvailableFreeSpace / (1 << 20), disk is { TotalSize: > 0 } of ? Share(1 - ((double)of.AvailableFreeSpace / of.TotalSize)) : null,
            Temperature(), clock.GetElapsedTime(_began), api.Clock, canaries.State switch { Canaries.Alive => true, Canaries.Dead => false, _ => null },
            options.Identity is not null, spool.Refusals());
    }

    double? CpuShare()
    {
        var (busy, all) = _before;
        if (Cpu() is not { } now) return null;
        _before = now;
        return now.All > all ? Share((now.Busy - busy) / (now.All - all)) : null;
    }

    /// <summary>Ticks of all cores since the start: user, nice, system, idle, iowait … (proc_stat(5)).</summary>
    static (double Busy, double All)? Cpu() => Tried(() =>
    {
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Sums(ticks.Sum() - ticks[3] - ticks[4], ticks.Sum());
    }) is { } read ? (read.Busy, read.All) : null;

    static double? MemoryShare() => Tried(() =>
    {
        var lines = File.ReadLines("/proc/meminfo").Select(line => line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 1)
            .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));
        return new Sums(lines["MemTotal"] - lines["MemAvailable"], lines["MemTotal"]);
    }) is { All: > 0 } read ? Share(read.Busy / read.All) : null;

    /// <summary>Of the hottest zone; thousandths of a degree (thermal sysfs).</summary>
    static double? Temperature() => Tried(() => Directory.Exists("/sys/class/thermal")
        ? Directory.GetDirectories("/sys/class/thermal", "thermal_zone*").Select(zone => Path.Combine(zone, "temp")).Where(File.Exists)
            .Select(file => double.TryParse(Tried(() => File.ReadAllText(file)), CultureInfo.InvariantCulture, out var milli) ? milli / 1000 : (double?)null)
            .Max() is { } hottest ? new Sums(Math.Round(hottest), 1) : null
        : null)?.Busy;

    static double Share(double share) => Math.Round(Math.Clamp(share, 0, 1), 3);

    /// <summary>A machine that does not tell is no fault of the probe.</summary>
    static T? Tried<T>(Func<T?> read) where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    sealed record Sums(double Busy, double All);
}
