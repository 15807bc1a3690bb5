using Compliance.Domain.Probes;
using Compliance.Probe.Look;

namespace Compliance.Probe.Tests.Look;

public sealed class StreamMeterTests
{
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    readonly StreamMeter _meter = new();

    [Fact]
    public void Rate_bits_and_keyframes_are_those_of_the_window()
    {
        Play(0, 100, fps: 25);
        Assert.Equal((10, 25, 1000, 2.0), Short(_meter.Measure(10, At(100))));
        Play(100, 110, fps: 8);
        Assert.Equal(8, _meter.Measure(10, At(110)).Fps);
        Assert.InRange(_meter.Measure(60, At(110)).Fps, 21, 23);
    }

    [Fact]
    public void A_connection_younger_than_the_window_is_measured_over_its_own_time()
    {
        Play(0, 30, fps: 25);
        _meter.OnConnected();
        Play(60, 65, fps: 25);
        Assert.Equal((4, 25, 1000, 2.0), Short(_meter.Measure(10, At(65))));
    }

    [Fact]
    public void A_stream_that_stopped_measures_nothing_and_remembers_when()
    {
        Play(0, 30, fps: 25);
        var silent = _meter.Measure(10, At(90));
        Assert.Equal((0, 0), (silent.Fps, silent.BitrateKbps));
        Assert.Equal(At(29.96), silent.LastAccessUnitAt);
    }

    void Play(int from, int to, int fps)
    {
        for (var i = 0; i < (to - from) * fps; i++) _meter.OnAccessUnit(At(from + ((double)i / fps)), 5000, i % (fps * 2) == 0);
    }

    static (double, double, double, double?) Short(Measurement m) => (m.WindowSeconds, m.Fps, m.BitrateKbps, m.KeyframeIntervalSeconds);

    static DateTimeOffset At(double second) => Noon.AddMilliseconds(Math.Round(second * 1000));
}
