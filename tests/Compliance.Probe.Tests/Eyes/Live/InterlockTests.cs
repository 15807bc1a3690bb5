using Compliance.Domain.Detectors;
using Compliance.Domain.Venues;
using Compliance.Probe.Eyes.Live;

namespace Compliance.Probe.Tests.Eyes.Live;

public sealed class InterlockTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60), Fresh = TimeSpan.FromSeconds(3);
    static readonly DateTimeOffset Midnight = VenueZone.Midnight(new(2026, 6, 2));
    static readonly AssignedDetector Basis = new(new(1, 0, 0, new byte[8]), Guid.Empty, Guid.Empty, Detector.Fight, new(new(22, 0), new(5, 0)), Midnight.AddDays(-10), Midnight.AddDays(10));

    static Permit At(DateTimeOffset at, TimeSpan? unconfirmed = null, params AssignedDetector[] bases) => Interlock.Of(bases is [] ? [Basis] : bases, at, unconfirmed ?? Fresh, Patience);

    [Fact] public void Within_its_hours_it_runs() => Assert.Equal(new(Basis, null), At(Midnight));
    [Fact] public void Outside_it_rests() => Assert.Equal(DetectorRest.OutOfHours, At(Midnight.AddHours(5)).Because);
    [Fact] public void Before_it_begins_it_rests() => Assert.Equal(DetectorRest.NotBegun, At(Midnight.AddDays(-10).AddHours(-1)).Because);
    [Fact] public void To_the_second_at_its_end_it_stops_by_itself() => Assert.Equal((null, DetectorRest.NoBasis), (At(Basis.Until.AddTicks(-1)).Because, At(Basis.Until).Because));
    [Fact] public void Without_a_basis_it_never_runs() => Assert.Equal(DetectorRest.NoBasis, Interlock.Of([], Midnight, Fresh, Patience).Because);

    [Fact]
    public void When_nobody_says_that_the_list_holds_it_stops()
    {
        Assert.Null(At(Midnight, Patience).Because);
        Assert.Equal(DetectorRest.ListTooOld, At(Midnight, Patience + TimeSpan.FromTicks(1)).Because);
        Assert.Equal(DetectorRest.ListTooOld, At(Midnight, TimeSpan.MaxValue).Because);
    }

    [Fact]
    public void Of_several_one_that_holds_is_enough_and_the_choice_does_not_flicker()
    {
        var day = Basis with { BasisId = new(2, 0, 0, new byte[8]), Hours = new(new(5, 0), new(22, 0)), Until = Basis.Until.AddDays(1) };
        Assert.Equal(Basis, At(Midnight, null, Basis, day).Basis);
        Assert.Equal(day, At(Midnight.AddHours(12), null, Basis, day).Basis);
        var all = Basis with { BasisId = new(3, 0, 0, new byte[8]), Hours = HoursOfDay.All };
        Assert.Equal(At(Midnight, null, Basis, all).Basis, At(Midnight.AddHours(1), null, all, Basis).Basis);
    }
}
