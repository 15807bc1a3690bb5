using Compliance.Probe.Watch;

namespace Compliance.Probe.Tests.Watch;

public sealed class DrainTests
{
    [Fact]
    public async Task One_that_breaks_is_lost_and_the_others_go_on()
    {
        using var drain = new Drain(TimeProvider.System);
        var (broken, sound) = (new Drained(breaks: true), new Drained(breaks: false));
        drain.Add(broken);
        drain.Add(sound);
        Assert.IsType<InvalidOperationException>(await broken.Lost.Task.WaitAsync(TestContext.Current.CancellationToken));
        sound.Wants = 3;
        await sound.Pumped.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, broken.Pumps);
    }

    sealed class Drained(bool breaks) : IDrained
    {
        public TaskCompletionSource<Exception> Lost { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource Pumped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public int Wants { get; set; } = int.MaxValue;
        public int Pumps { get; private set; }
        public TimeSpan Cadence => TimeSpan.FromMilliseconds(5);

        public void Pump(Span<byte> scratch, DateTimeOffset now)
        {
            Pumps++;
            if (breaks) throw new InvalidOperationException();
            if (--Wants <= 0) Pumped.TrySetResult();
        }

        public void Lose(Exception e) => Lost.TrySetResult(e);
    }
}
