using Compliance.Domain.Kernel;

namespace Compliance.Api.Views;

/// <summary>How far along the log all views of this process are, for queries that must see what a command just wrote.</summary>
sealed class ViewProgress(TimeProvider clock)
{
    /// <summary>So soon a fact is in the views as long as nothing holds them up.</summary>
    static readonly TimeSpan Usual = TimeSpan.FromSeconds(2);

    readonly Lock _gate = new();
    LogPosition _position;
    DateTimeOffset? _behindSince;
    TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>True from the first time that the views have seen the whole log: the API is ready to be asked.</summary>
    public bool CaughtUp { get; private set; }

    public LogPosition Position
    {
        get
        {
            lock (_gate) return _position;
        }
    }

    /// <summary>For longer than that the views have not seen the whole log: rows may be old.</summary>
    public bool IsBehind(TimeSpan patience)
    {
        lock (_gate) return _behindSince is { } since && clock.GetUtcNow() - since > patience;
    }

    /// <summary>False when the views do not get there in time.</summary>
    public Task<bool> WaitFor(LogPosition position, TimeSpan timeout, CancellationToken ct) => Wait(() => _position >= position, timeout, ct);

    /// <summary>False when the views have not seen the whole log in time, as while a new version of one is rebuilt.</summary>
    public Task<bool> WaitUntilCaughtUp(TimeSpan timeout, CancellationToken ct) => Wait(() => CaughtUp, timeout, ct);

    async Task<bool> Wait(Func<bool> there, TimeSpan timeout, CancellationToken ct)
    {
        for (var since = clock.GetTimestamp(); ;)
        {
            Task moved;
            lock (_gate)
            {
                if (there()) return true;
                moved = _moved.Task;
            }

            var left = timeout - clock.GetElapsedTime(since);
            if (left <= TimeSpan.Zero) return false;
            try
            {
                await moved.WaitAsync(left, clock, ct);
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    /// <param name="recordedAt">When the newest fact was recorded that they have seen now: on a log that never rests they are not behind if that was just now.</param>
    internal void Reached(LogPosition position, bool end, DateTimeOffset? recordedAt = null)
    {
        lock (_gate)
        {
            _behindSince = end || clock.GetUtcNow() - recordedAt < Usual ? null : _behindSince ?? clock.GetUtcNow();
            var first = end && !CaughtUp;
            CaughtUp |= end;
            if (position == _position && !first) return;
            _position = position;
            _moved.SetResult();
            _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>They stand still until the next <see cref="Reached"/>.</summary>
    internal void Stumbled()
    {
        lock (_gate) _behindSince ??= clock.GetUtcNow();
    }
}
