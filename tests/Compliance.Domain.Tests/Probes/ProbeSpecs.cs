using Compliance.Domain.Probes;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Probes.Probe;
using static Compliance.Domain.Probes.ProbeCommand;
using static Compliance.Domain.Probes.ProbeEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Probes;

public sealed class ProbeSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000bb");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    static readonly ProbeEvent.Enrolled Box = new(Id, "Almaty 1");

    [Fact] public void A_probe_is_enrolled_once() => Decider.Given().When(new Enrol(Id, "Almaty 1")).Then(Box);

    [Fact] public void An_id_is_not_reused_for_another_probe() => Decider
        .Given(Box)
        .When(new Enrol(Id, "Almaty 2"))
        .ThenRefused("probe.already-enrolled");

    [Fact] public void A_venue_is_assigned_once() => Decider.Given(Box).When(new Assign(Venue)).Then(new Assigned(Id, Venue));

    [Fact] public void A_venue_not_assigned_cannot_be_taken_away() => Decider.Given(Box).When(new Unassign(Venue)).ThenNothing();

    [Fact] public void A_probe_not_heard_for_too_long_is_silent() => Decider
        .Given(Box)
        .When(new Assess(Noon, Blind: false, Noon.AddMinutes(2), Patience))
        .Then(new WentSilent(Id, Noon));

    [Fact] public void A_missed_tick_changes_nothing() => Decider
        .Given(Box, new WentSilent(Id, Noon))
        .When(new Assess(Noon, Blind: false, Noon.AddHours(9), Patience))
        .ThenNothing();

    [Fact] public void A_probe_heard_again_is_no_longer_silent() => Decider
        .Given(Box, new WentSilent(Id, Noon))
        .When(new Assess(Noon.AddMinutes(5), Blind: true, Noon.AddMinutes(5), Patience))
        .Then(new HeardAgain(Id, Noon.AddMinutes(5)), new BlindBegan(Id, Noon.AddMinutes(5)));

    [Fact] public void A_revoked_probe_answers_nobody() => Decider
        .Given(Box, new Revoked(Id, "stolen"))
        .When(new Assign(Venue))
        .ThenRefused("probe.revoked");

    [Fact] public void A_revoked_probe_has_no_card() => Assert.Empty(ProbeCard.View.Build(Of((Id, Box), (Id, new Revoked(Id, "stolen")))));
}
