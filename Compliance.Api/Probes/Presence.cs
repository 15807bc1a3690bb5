using System.Collections.Concurrent;
using System.Text.Json;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>
/// When each probe was heard last, and what it said of itself: telemetry, in memory, and on every tick in one small file, so
/// that the time this process was away counts as silence too. A probe never heard of counts as heard when this process began.
/// </summary>
sealed partial class Presence
{
    readonly TimeProvider _clock;
    readonly ILogger<Presence> _log;
    readonly string _path;
    readonly DateTimeOffset _began;
    readonly ConcurrentDictionary<Guid, DateTimeOffset> _heard;
    readonly ConcurrentDictionary<Guid, bool> _beganAnew = [];
    readonly ConcurrentDictionary<Guid, Heartbeat> _beats = [];
    readonly ConcurrentDictionary<Guid, ClockState> _clocks = [];

    public Presence(TimeProvider clock, DataFolder data, ILogger<Presence> log)
    {
        (_clock, _log, _path, _began) = (clock, log, data.File("presence.json"), clock.GetUtcNow());
        _heard = new(Kept());
    }

    public void Heard(Heartbeat beat)
    {
        (_heard[beat.ProbeId], _beats[beat.ProbeId]) = (_clock.GetUtcNow(), beat);
        if (!beat.BeganAnew) _beganAnew.TryRemove(beat.ProbeId, out _);
        else if (_beganAnew.TryAdd(beat.ProbeId, true)) BeganAnew(_log, beat.ProbeId);
    }

    /// <summary>What it said of itself last; null when it was not heard since this process began.</summary>
    public Heartbeat? BeatOf(Guid probeId) => _beats.GetValueOrDefault(probeId);

    /// <summary>From where its lease runs: the newest heartbeat, but of the time this process was away nobody is held to it.</summary>
    public DateTimeOffset LastSign(Guid probeId) => _heard.TryGetValue(probeId, out var at) && at > _began ? at : _began;

    public void Heard(Guid probeId, ClockState clock) => _clocks[probeId] = clock;

    /// <summary>It was heard within <paramref name="patience"/>, sees, and its clock was in order when it last told something.</summary>
    public bool IsFit(Guid probeId, TimeSpan patience) =>
        LastHeard(probeId) is { } at && _clock.GetUtcNow() - at <= patience && _beats.GetValueOrDefault(probeId) is not { Blind: true } && _clocks.GetValueOrDefault(probeId) is not { Synchronised: false };

    /// <summary>How many of those ever heard are heard within <paramref name="patience"/>, see, or do neither.</summary>
    public IEnumerable<(string State, int Count)> Count(TimeSpan patience) =>
        from state in (string[])["heard", "blind", "silent"]
        select (state, _heard.Count(of => state == (_clock.GetUtcNow() - of.Value > patience ? "silent" : BeatOf(of.Key)?.Blind == true ? "blind" : "heard")));

    /// <summary>Null when this probe was never heard.</summary>
    public DateTimeOffset? LastHeard(Guid probeId) => _heard.TryGetValue(probeId, out var at) ? at : null;

    /// <summary>Written beside and moved into place: half a file never stands there.</summary>
    public void Keep()
    {
        using (var file = new FileStream(_path + ".new", FileMode.Create))
        {
            JsonSerializer.Serialize(file, _heard);
            file.Flush(flushToDisk: true);
        }

        File.Move(_path + ".new", _path, overwrite: true);
    }

    /// <summary>The question the probe's own stream answers. What it said of its sight is asked of this process's own hearing only.</summary>
    public ProbeCommand.Assess Assess(Guid probeId, TimeSpan patience) =>
        new(_heard.GetValueOrDefault(probeId, _began), BeatOf(probeId)?.Blind == true, _clock.GetUtcNow(), patience);

    /// <summary>A damaged file costs the knowledge of one silence; it must not cost the start.</summary>
    Dictionary<Guid, DateTimeOffset> Kept()
    {
        if (!File.Exists(_path)) return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<Guid, DateTimeOffset>>(File.ReadAllBytes(_path)) ?? [];
        }
        catch (JsonException e)
        {
            File.Move(_path, _path + ".damaged", overwrite: true);
            Damaged(_log, _path, e.Message);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "Probe {Probe} found its file damaged, set it aside and began anew: what waited in it was not told, and an engineer should look at its disk")]
    static partial void BeganAnew(ILogger log, Guid probe);

    [LoggerMessage(LogLevel.Warning, "{Path} is damaged ({Why}) and set aside as .damaged; all probes count as heard now")]
    static partial void Damaged(ILogger log, string path, string why);
}
