using Compliance.Api.Reactions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Reactions;

/// <summary>Rules about time are assessed after the start and on every tick, each on its own.</summary>
public sealed class MetronomeTests
{
    [Fact]
    public async Task It_assesses_after_the_start_and_on_every_tick_even_when_one_rule_fails()
    {
        var clock = new FakeTimeProvider();
        using var assessed = new SemaphoreSlim(0);
        using var metronome = new Metronome(
            [
                new("broken", _ => throw new InvalidOperationException("this rule is broken")),
                new("sound", _ => { assessed.Release(); return Task.CompletedTask; }),
            ],
            clock, new ConfigurationBuilder().AddInMemoryCollection([new("Metronome:Tick", "00:00:10")]).Build(), NullLogger<Metronome>.Instance);
        var ct = TestContext.Current.CancellationToken;

        await metronome.StartAsync(ct);
        await assessed.WaitAsync(ct);
        for (var tick = 0; tick < 3; tick++)
        {
            Assert.Equal(0, assessed.CurrentCount);
            clock.Advance(TimeSpan.FromSeconds(10));
            await assessed.WaitAsync(ct);
        }

        await metronome.StopAsync(ct);
    }
}
