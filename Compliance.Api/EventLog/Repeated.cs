namespace Compliance.Api.EventLog;

/// <summary>A trouble that repeats is said at once, and then at most once a second with how often it happened since.</summary>
sealed class Repeated(TimeProvider clock)
{
    readonly Lock _gate = new();
    long? _said;
    int _times;

    public void Tell(Action<int> say)
    {
        int times;
        lock (_gate)
        {
            _times++;
            if (_said is { } before && clock.GetElapsedTime(before) < TimeSpan.FromSeconds(1)) return;
            (times, _times, _said) = (_times, 0, clock.GetTimestamp());
        }

        say(times);
    }
}
