using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;

namespace Compliance.Probe.Judge;

/// <summary>How a sweep goes round.</summary>
internal sealed record SweepSettings
{
    /// <summary>Each feed is looked at so often, a tenth more or less: a city that lost power is not called in step.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After a bad look, sooner: this long, or up to twice as long.</summary>
    public TimeSpan AgainAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Looks at once; most of their time they wait for a keyframe.</summary>
    public int InFlight { get; init; } = 600;

    /// <summary>So many looks in a row have to find the same before something bad is told; one good look ends it.</summary>
    public int Agreeing { get; init; } = 3;
}

/// <summary>
/// Goes round many feeds with one <see cref="QuickCheck"/> at a time each: every feed at its own moment of the period, a bounded number
/// at once. Says a verdict when it is another than before; what is bad begins with the last good look.
/// </summary>
internal sealed class Sweep(Func<AssignedCamera, CancellationToken, Task<Checked>> check, SweepSettings settings, TimeProvider clock, Random chance) : IDisposable
{
    readonly SemaphoreSlim _flight = new(settings.InFlight);

    public Task Run(IEnumerable<AssignedCamera> cameras, Action<AssignedCamera, Held> tell, CancellationToken ct) =>
        Task.WhenAll(cameras.Select(camera => Follow(camera, held => tell(camera, held), ct)));

    public void Dispose() => _flight.Dispose();

    async Task Follow(AssignedCamera camera, Action<Held> tell, CancellationToken ct)
    {
        var (told, lastGood, streak) = (Verdict.Unknown, clock.GetUtcNow(), Streak.None);
        await Task.Delay(settings.Every * chance.NextDouble(), clock, ct);
        while (true)
        {
            var found = await Look(camera, ct);
            var now = clock.GetUtcNow();
            streak = streak.Add(found.Verdict, now);
            var isGood = found.Verdict == Verdict.Online;
            if (found.Verdict != told && (isGood || streak.Count >= settings.Agreeing))
            {
                told = found.Verdict;
                tell(new(told, isGood ? now : lastGood, found.Detail));
            }

            if (isGood) lastGood = now;
            var pause = isGood || streak.Count >= settings.Agreeing ? settings.Every * (0.9 + (0.2 * chance.NextDouble())) : settings.AgainAfter * (1 + chance.NextDouble());
            await Task.Delay(pause, clock, ct);
        }
    }

    async Task<Checked> Look(AssignedCamera camera, CancellationToken ct)
    {
        await _flight.WaitAsync(ct);
        try
        {
            return await check(camera, ct);
        }
        finally
        {
            _flight.Release();
        }
    }
}
