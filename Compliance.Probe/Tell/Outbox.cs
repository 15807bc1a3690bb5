using System.Collections.Concurrent;
using System.Diagnostics;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Tell;

/// <summary>Where the rounds put what has to be told: what turned on disk, of measurements only the newest, in memory.</summary>
internal sealed class Outbox(Spool spool) : IDisposable
{
    readonly ConcurrentDictionary<Guid, Observation> _newest = [];
    readonly SemaphoreSlim _nudge = new(0);

    public Spool Spool { get; } = spool;

    public void Tell(IReadOnlyCollection<Observation> turned)
    {
        if (turned.Count == 0) return;
        Spool.Keep([.. turned.Select(Traced)]);
        _nudge.Release();
    }

    /// <summary>Its trace begins here, and goes on at the API whenever that hears of it.</summary>
    static Observation Traced(Observation seen)
    {
        var verdict = seen is VerdictObserved of ? $"{of.Verdict}" : "";
        ProbeMeasures.Observed.Add(1, ProbeMeasures.Tag("kind", seen.GetType().Name), ProbeMeasures.Tag("verdict", verdict));
        using var activity = ProbeMeasures.Source.StartActivity("observe", ActivityKind.Producer);
        return activity is null ? seen : seen with { Trace = activity.SetTag("compliance.kind", seen.GetType().Name).SetTag("compliance.verdict", verdict).Id };
    }

    public void Show(Observation measurement) => _newest[measurement.DeviceId] = measurement;

    public IReadOnlyList<Observation> TakeMeasurements(int most) =>
        [.. _newest.Keys.Take(most).Select(device => _newest.TryRemove(device, out var m) ? m : null).OfType<Observation>()];

    /// <summary>Until there is something new to tell, or a while has passed.</summary>
    public Task<bool> Wait(TimeSpan longest, CancellationToken ct) => _nudge.WaitAsync(longest, ct);

    public void Dispose() => _nudge.Dispose();
}
