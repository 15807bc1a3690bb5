using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests;

/// <summary>A simulated clock whose wall can be set back, while its timers and timestamps only go forward.</summary>
sealed class SettableClock(DateTimeOffset begun) : FakeTimeProvider(begun)
{
    TimeSpan _behind;

    public void SetBack(TimeSpan step) => _behind += step;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - _behind;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
