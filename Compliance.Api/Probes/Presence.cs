using System.Collections.Concurrent;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// When each probe was heard last, and what it said of itself: telemetry, in memory. A probe nobody heard since this process
/// began counts as heard when it began, so that a restart accuses nobody.
/// </summary>
sealed class Presence(TimeProvider clock)
{
    readonly DateTimeOffset _began = clock.GetUtcNow();
    readonly ConcurrentDictionary<Guid, (DateTimeOffset At, Heartbeat Beat)> _heard = [];

    public void Heard(Heartbeat beat) => _heard[beat.ProbeId] = (clock.GetUtcNow(), beat);

    /// <summary>The question the probe's own stream answers.</summary>
    public ProbeCommand.Assess Assess(Guid probeId, TimeSpan patience) => _heard.TryGetValue(probeId, out var heard)
        ? new(heard.At, heard.Beat.Blind, clock.GetUtcNow(), patience) : new(_began, false, clock.GetUtcNow(), patience);
}
