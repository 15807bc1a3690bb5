using System.Collections.Concurrent;
using System.Text.Json;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// When each probe was heard last, and what it said of itself: telemetry, in memory, and on every tick in one small file, so
/// that the time this process was away counts as silence too. A probe never heard of counts as heard when this process began.
/// </summary>
sealed class Presence
{
    readonly TimeProvider _clock;
    readonly string _path;
    readonly DateTimeOffset _began;
    readonly ConcurrentDictionary<Guid, DateTimeOffset> _heard;
    readonly ConcurrentDictionary<Guid, bool> _blind = [];

    public Presence(TimeProvider clock, DataFolder data)
    {
        (_clock, _path, _began) = (clock, data.File("presence.json"), clock.GetUtcNow());
        _heard = new(File.Exists(_path) ? JsonSerializer.Deserialize<Dictionary<Guid, DateTimeOffset>>(File.ReadAllBytes(_path)) ?? [] : []);
    }

    public void Heard(Heartbeat beat) => (_heard[beat.ProbeId], _blind[beat.ProbeId]) = (_clock.GetUtcNow(), beat.Blind);

    /// <summary>Written beside and moved into place: half a file never stands there.</summary>
    public void Keep()
    {
        File.WriteAllBytes(_path + ".new", JsonSerializer.SerializeToUtf8Bytes(_heard));
        File.Move(_path + ".new", _path, overwrite: true);
    }

    /// <summary>The question the probe's own stream answers. What it said of its sight is asked of this process's own hearing only.</summary>
    public ProbeCommand.Assess Assess(Guid probeId, TimeSpan patience) =>
        new(_heard.GetValueOrDefault(probeId, _began), _blind.GetValueOrDefault(probeId), _clock.GetUtcNow(), patience);
}
