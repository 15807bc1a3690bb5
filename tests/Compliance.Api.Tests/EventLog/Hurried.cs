namespace Compliance.Api.Tests.EventLog;

/// <summary>A clock on which a second passes at every look and no wait is long.</summary>
sealed class Hurried : TimeProvider
{
    long _seconds;

    public override long TimestampFrequency => 1;
    public override long GetTimestamp() => Interlocked.Increment(ref _seconds);
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, period);
}
