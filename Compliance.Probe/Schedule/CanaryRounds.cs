using Compliance.Probe.Judge;
using Compliance.Probe.Watch;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Schedule;

/// <summary>Listens every few seconds whether one of the canaries still sings.</summary>
internal sealed partial class CanaryRounds(IReadOnlyList<Canary> canaries, ProbeOptions options, TimeProvider clock, ILogger<CanaryRounds> log)
    : Rounds("Listening for canaries", clock, log)
{
    long? _heardAt;
    bool _sings;

    /// <summary>A round that is overdue is as good as silence; by the clock that only ticks.</summary>
    public Canaries State =>
        _heardAt is not { } at ? Canaries.None
        : _sings && Clock.GetElapsedTime(at) < (3 * options.CanariesEvery) + options.Watch.Patience ? Canaries.Alive : Canaries.Dead;

    public async Task Listen(CancellationToken ct)
    {
        var songs = await Task.WhenAll(canaries.Select(canary => canary.Sings(ct)));
        var sings = songs.Contains(true);
        if (sings != _sings || _heardAt is null) Heard(log, sings, canaries.Count);
        (_sings, _heardAt) = (sings, Clock.GetTimestamp());
    }

    protected override Task Round(DateTimeOffset now, CancellationToken ct) => Listen(ct);

    [LoggerMessage(LogLevel.Warning, "A canary sings: {Sings} (of {Count})")]
    static partial void Heard(ILogger log, bool sings, int count);
}
