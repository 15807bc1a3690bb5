using Compliance.Api.Feeds;
using Compliance.Domain.Probes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Feeds;

public sealed class MinuteStoreTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_minute_takes_at_most_forty_bytes_and_no_more_when_a_camera_tells_nonsense()
    {
        using var folder = new TempFolder();
        const int cameras = 40, minutes = 1_440;
        var (path, chance) = (folder["data"], new Random(7));
        using (var store = Store(path, new FakeTimeProvider(Begin)))
            for (var m = 0; m < minutes; m++)
                store.Keep([.. Enumerable.Range(0, cameras).Select(camera => Minute(camera, m, chance))]);
        Assert.InRange((double)new FileInfo(Path.Combine(path, "measurements.db")).Length / (cameras * minutes), 15, 40);
    }

    [Fact]
    public void What_was_kept_is_there_after_a_restart()
    {
        using var folder = new TempFolder();
        var minute = new MinuteMeasured(Guid.NewGuid(), Begin, 60, 0, 25, 2000, 3, 2, -40);
        using (var store = Store(folder["data"], new FakeTimeProvider(Begin))) store.Keep([minute]);
        using var again = Store(folder["data"], new FakeTimeProvider(Begin));
        Assert.Equal(minute, Assert.Single(again.Of(minute.DeviceId, Begin, Begin.AddMinutes(1))));
        Assert.Empty(again.Of(Guid.NewGuid(), Begin, Begin.AddMinutes(1)));
    }

    static MinuteStore Store(string path, TimeProvider clock) =>
        new(new DataFolder(new ConfigurationBuilder().AddInMemoryCollection([new("Data", path)]).Build()), new MeasurementRules(), clock);

    static MinuteMeasured Minute(int camera, int minute, Random chance) => new(
        new(camera + 1, 0, 0, new byte[8]), Begin.AddMinutes(minute), 60, 0, 24 + chance.NextDouble(), camera == 0 ? 1e300 : 1_900 + (300 * chance.NextDouble()),
        camera == 0 ? int.MaxValue : chance.Next(3), camera == 0 ? 1e300 : 2, camera == 0 ? -1e300 : (chance.NextDouble() * 400) - 200);
}
