namespace Compliance.Probe.Schedule;

/// <summary>Watches that broke: each rests for a while before it is begun again, twice as long each time, until it went well for long. Else a stream that breaks one would be begun with every second.</summary>
internal sealed class Breakdowns(TimeProvider clock)
{
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(10), Longest = TimeSpan.FromMinutes(10), Well = TimeSpan.FromMinutes(10);

    readonly Dictionary<Guid, (long At, TimeSpan Pause)> _last = [];

    public void Broke(Guid device)
    {
        var pause = _last.TryGetValue(device, out var before) && clock.GetElapsedTime(before.At) < before.Pause + Well ? before.Pause * 2 : Shortest;
        _last[device] = (clock.GetTimestamp(), pause < Longest ? pause : Longest);
    }

    public bool Rests(Guid device) => _last.TryGetValue(device, out var one) && clock.GetElapsedTime(one.At) < one.Pause;
}
