using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Probes;

/// <summary>What is held of devices that nobody can or may look at.</summary>
public sealed class DoubtTests
{
    static readonly DateTimeOffset Then = new(2026, 6, 5, 9, 0, 0, TimeSpan.Zero);
    static readonly DateOnly Today = new(2026, 6, 12);

    static readonly VenueCard Club = new(
        Guid.Empty, new("Жұлдыз", "Звезда", "123456789012", "Абай 1", "Алмалы", new(43.2, 76.9), true), 200, [], [], [Basis(null)], 1, null, new Dictionary<Guid, DeviceState>());

    static readonly ProbeCard Well = new(Guid.Empty, "north", [Guid.Empty], false, false, null);

    static LegalBasis Basis(int? until) => new(Guid.Empty, LegalBasisKind.Consent, "№ 1", "all", new(2026, 1, 1), until is { } day ? new(2026, 6, day) : null);

    [Fact]
    public void There_is_none_while_one_probe_sees() => Assert.Null(Doubt.Of(Club, [Well, Well with { Silent = true, SilentSince = Then }], Today));

    [Fact]
    public void A_silent_probe_leaves_it_unknown_since_it_was_heard_last() =>
        Assert.Equal(new(Verdict.Unknown, Then), Doubt.Of(Club, [Well with { Silent = true, SilentSince = Then }], Today));

    [Fact]
    public void Nothing_is_owed_since_the_venue_closed_whoever_looks() =>
        Assert.Equal(new(Verdict.VenueClosed, Then), Doubt.Of(Club with { ClosedBecause = "sold", ClosedAt = Then }, [Well], Today));

    [Fact]
    public void Nothing_is_owed_since_the_midnight_after_the_last_day_of_the_last_basis() =>
        Assert.Equal(new(Verdict.NoLegalBasis, VenueZone.Midnight(new(2026, 6, 11))), Doubt.Of(Club with { Bases = [Basis(10), Basis(3)], BasisWithdrawnAt = Then }, [Well], Today));

    [Fact]
    public void Nothing_is_owed_since_the_last_basis_was_withdrawn() =>
        Assert.Equal(new(Verdict.NoLegalBasis, Then), Doubt.Of(Club with { Bases = [], BasisWithdrawnAt = Then }, [Well], Today));

    [Theory]
    [InlineData(Verdict.VenueClosed, DeviceKind.Exit, Verdict.Blocked, Verdict.VenueClosed)]
    [InlineData(Verdict.VenueClosed, DeviceKind.Camera, Verdict.Unknown, Verdict.VenueClosed)]
    [InlineData(Verdict.VenueClosed, DeviceKind.Camera, Verdict.NoLegalBasis, null)]
    [InlineData(Verdict.NoLegalBasis, DeviceKind.Camera, Verdict.Unreachable, Verdict.NoLegalBasis)]
    [InlineData(Verdict.NoLegalBasis, DeviceKind.Exit, Verdict.Blocked, null)]
    [InlineData(Verdict.Unknown, DeviceKind.Camera, Verdict.Online, Verdict.Unknown)]
    [InlineData(Verdict.Unknown, DeviceKind.Camera, Verdict.ProbeBlind, null)]
    [InlineData(Verdict.ProbeBlind, DeviceKind.Exit, Verdict.Clear, null)]
    [InlineData(null, DeviceKind.Camera, Verdict.Unreachable, null)]
    [InlineData(null, DeviceKind.Camera, Verdict.NoLegalBasis, Verdict.Unknown)]
    public void Only_devices_it_concerns_get_another_verdict(Verdict? doubt, DeviceKind kind, Verdict held, Verdict? instead) =>
        Assert.Equal(instead, Doubt.Instead(doubt is { } verdict ? new(verdict, null) : null, kind, held));

    [Fact]
    public void A_venue_is_due_when_its_next_basis_begins_or_ends() =>
        Assert.Equal(new DateOnly(2026, 6, 21), (Club with { Bases = [Basis(20), Basis(10), Basis(null)] }).NextTurn(Today));
}
