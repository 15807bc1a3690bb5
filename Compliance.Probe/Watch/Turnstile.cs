namespace Compliance.Probe.Watch;

/// <summary>Lets attempts through one by one: so many a second on one host, then so many a second in all.</summary>
internal sealed class Turnstile(WatchSettings settings, TimeProvider clock)
{
    const int Remembered = 10_000;
    readonly Lock _gate = new();
    readonly Dictionary<string, TimeSpan> _free = new(StringComparer.OrdinalIgnoreCase);

    public async Task Pass(string host, CancellationToken ct)
    {
        await Wait(host, settings.BetweenAttemptsPerHost, ct);
        await Wait("", settings.BetweenAttempts, ct);
    }

    /// <summary>Opens only when it is a host's turn, whoever wants to open it.</summary>
    public OpenFeed Before(OpenFeed open) => async (target, outlet, onStep, ct) =>
    {
        await Pass(target.Stream.Host, ct);
        return await open(target, outlet, onStep, ct);
    };

    Task Wait(string queue, TimeSpan between, CancellationToken ct)
    {
        TimeSpan wait;
        lock (_gate)
        {
            // By the clock that only ticks: one on the wall that is set back would hold all attempts for as long.
            var now = clock.GetElapsedTime(0);
            if (_free.Count > Remembered)
                foreach (var (old, free) in _free)
                    if (free < now) _free.Remove(old);
            var turn = _free.TryGetValue(queue, out var next) && next > now ? next : now;
            _free[queue] = turn + between;
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, ct) : Task.CompletedTask;
    }
}
