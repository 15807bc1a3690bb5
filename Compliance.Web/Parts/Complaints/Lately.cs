namespace Compliance.Web.Parts.Complaints;

/// <summary>How often each address did something lately, and how long it has to wait when it was too often.</summary>
sealed class Lately(int most, TimeSpan window, TimeProvider clock)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, Queue<DateTimeOffset>> _times = [];
    DateTimeOffset _swept = DateTimeOffset.MinValue;

    /// <summary>Until the oldest of them no longer counts; null when it need not wait.</summary>
    public TimeSpan? Wait(string address)
    {
        lock (_gate)
        {
            Forget(clock.GetUtcNow() - window);
            return _times.GetValueOrDefault(address) is { } times && times.Count >= most ? times.Peek() + window - clock.GetUtcNow() : null;
        }
    }

    public void Count(string address)
    {
        lock (_gate)
        {
            if (!_times.TryGetValue(address, out var times)) _times[address] = times = [];
            times.Enqueue(clock.GetUtcNow());
        }
    }

    /// <summary>What is older than this counts no longer.</summary>
    void Forget(DateTimeOffset before)
    {
        foreach (var times in _times.Values)
            while (times.TryPeek(out var oldest) && oldest <= before) times.Dequeue();
        if (_swept > before) return;
        _swept = clock.GetUtcNow();
        foreach (var address in _times.Where(one => one.Value.Count == 0).Select(one => one.Key).ToArray()) _times.Remove(address);
    }
}
