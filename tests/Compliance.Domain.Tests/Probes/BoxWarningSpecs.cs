using Compliance.Domain.Probes;

namespace Compliance.Domain.Tests.Probes;

public sealed class BoxWarningSpecs
{
    static readonly ProbeCard Card = new(Guid.Empty, "box", [], false, false, null);
    static readonly BoxHealth Well = new(0.3, 0.5, 40_000, 0.4, 50, TimeSpan.FromHours(1), new(true, 3), true, true, new Dictionary<string, int> { ["probe.lease-lost"] = 9 });

    [Fact] public void A_box_that_is_well_warns_of_nothing_and_a_lost_lease_is_no_fault() => Assert.Empty(Of(Well));

    [Fact] public void A_machine_that_does_not_tell_is_not_ill() => Assert.Empty(Of(Well with { CpuShare = null, MemoryShare = null, DiskFreeMb = null, DiskShare = null, TemperatureC = null, Canaries = null }));

    [Fact] public void One_not_heard_since_the_start_warns_of_nothing_but_silence() => Assert.Equal([BoxWarning.Silent], BoxWarnings.Of(Card with { Silent = true, Blind = true }, null));

    [Fact]
    public void Each_figure_beyond_its_limit_is_named_the_worst_first() => Assert.Equal(
        [BoxWarning.Blind, BoxWarning.DiskFull, BoxWarning.ClockOff, BoxWarning.CanaryDead, BoxWarning.Hot, BoxWarning.MemoryFull, BoxWarning.CpuBusy, BoxWarning.Late, BoxWarning.SpoolGrows, BoxWarning.Refused, BoxWarning.FramesShed, BoxWarning.BeganAnew],
        BoxWarnings.Of(Card with { Blind = true }, new(Guid.Empty, 2_001, 1, true, 1_001, 3, "1", true)
        {
            Health = new(0.96, 0.91, 499, 0.2, 81, TimeSpan.Zero, new(false, 9_000), false, false, new Dictionary<string, int> { ["device.unknown"] = 3 }) { Eyes = new(3, 1, 30, 10) },
        }));

    static IReadOnlyList<BoxWarning> Of(BoxHealth health) => BoxWarnings.Of(Card, new(Guid.Empty, 5, 1, false, 0, 9, "1") { Health = health });
}
