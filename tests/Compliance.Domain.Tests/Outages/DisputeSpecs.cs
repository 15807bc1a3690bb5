using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Outages.Outage;
using static Compliance.Domain.Outages.OutageCommand;
using static Compliance.Domain.Outages.OutageEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Outages;

/// <summary>In whose hands an outage lay: named, contested, decided.</summary>
public sealed class DisputeSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-00000000000f");
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Plea = new("00000000-0000-0000-0000-0000000000b1");
    static readonly Proof Letter = new("ISP 17/2026");
    static readonly Opened Began = new(Id, Camera, Venue, DeviceKind.Camera, Verdict.Unreachable, Noon, "refused");
    static readonly Closed Ended = new(Id, Camera, Venue, Verdict.Unreachable, At(30));
    static readonly Contested Pleaded = new(Id, Camera, Venue, Plea, At(10), At(20), Cause.Provider, Letter);

    static DateTimeOffset At(int minute) => Noon.AddMinutes(minute);

    static Contest Plead(int from = 10, int until = 20, Cause cause = Cause.Provider, Proof? proof = null, Guid? id = null, int now = 25) =>
        new(id ?? Plea, At(from), At(until), cause, proof ?? Letter, At(now));

    static CauseAttributed Named(Cause cause, int from, int? until) => new(Id, Camera, Venue, cause, At(from), until is { } m ? At(m) : null, "grid report");

    static ContestDecided Decided(bool accepted) => new(Id, Camera, Venue, Plea, At(10), At(20), Cause.Provider, accepted, "letter checked", AvailabilityFormula.Current);

    [Fact] public void A_cause_is_named_while_it_runs() => Decider.Given(Began)
        .When(new AttributeCause(Cause.Power, At(0), null, "grid report")).Then(Named(Cause.Power, 0, null));

    [Fact] public void And_after_it_is_over() => Decider.Given(Began, Ended)
        .When(new AttributeCause(Cause.Power, At(5), At(30), "grid report")).Then(Named(Cause.Power, 5, 30));

    [Fact] public void The_word_may_be_taken_back_by_another() => Decider.Given(Began, Named(Cause.Power, 0, null))
        .When(new AttributeCause(Cause.Provider, At(0), null, "grid report")).Then(Named(Cause.Provider, 0, null));

    [Fact] public void The_same_word_is_said_once() => Decider.Given(Began, Named(Cause.Power, 0, null))
        .When(new AttributeCause(Cause.Power, At(0), null, "grid report")).ThenNothing();

    [Fact] public void Nobody_names_a_cause_without_grounds() => Decider.Given(Began)
        .When(new AttributeCause(Cause.Power, At(0), null, " ")).ThenRefused("outage.grounds-missing", "grounds");

    [Fact] public void A_window_that_ended_early_excuses_less()
    {
        Excused Marked(int until) => new(Id, Camera, Venue, Plea, At(5), At(until));
        Decider.Given(Began, Marked(30)).When(new Excuse(Plea, At(5), At(12))).Then(Marked(12));
        Assert.Equal([new ExcusedTime(Plea, At(5), At(12))], OutageRow.View.Build(Story.Of((Id, Began), (Id, Marked(30)), (Id, Marked(12))))[Id].Excused);
    }

    [Fact] public void A_cause_is_named_of_its_own_minutes_only()
    {
        Decider.Given(Began, Ended).When(new AttributeCause(Cause.Power, At(-1), null, "g")).ThenRefused("outage.interval-outside", "from");
        Decider.Given(Began, Ended).When(new AttributeCause(Cause.Power, At(30), null, "g")).ThenRefused("outage.interval-outside", "from");
        Decider.Given(Began, Ended).When(new AttributeCause(Cause.Power, At(0), At(31), "g")).ThenRefused("outage.interval-outside", "until");
        Decider.Given(Began, Ended).When(new AttributeCause(Cause.Power, At(5), At(5), "g")).ThenRefused("outage.interval-backward", "until");
    }

    [Fact] public void Minutes_are_contested_with_cause_and_proof() => Decider.Given(Began).When(Plead()).Then(Pleaded);

    [Fact] public void Also_when_it_is_over() => Decider.Given(Began, Ended).When(Plead(now: 9_000)).Then(Pleaded);

    [Fact] public void What_has_not_passed_cannot_be_contested() => Decider.Given(Began).When(Plead(until: 26)).ThenRefused("outage.interval-outside", "until");

    [Fact] public void Nor_what_lies_after_its_end() => Decider.Given(Began, Ended).When(Plead(until: 31, now: 99)).ThenRefused("outage.interval-outside", "until");

    [Theory, InlineData(Cause.Owner), InlineData(Cause.Unknown)]
    public void A_contest_names_somebody_else(Cause cause) => Decider.Given(Began).When(Plead(cause: cause)).ThenRefused("outage.cause-not-claimable", "cause");

    [Fact] public void A_claim_without_a_document_is_none() => Decider.Given(Began).When(Plead(proof: new(" "))).ThenRefused("outage.proof-missing", "proof.reference");

    [Theory, InlineData("abc"), InlineData("zz345678901234567890123456789012345678901234567890123456789012zz")]
    public void A_fingerprint_is_a_fingerprint(string hash) => Decider.Given(Began).When(Plead(proof: new("17", hash))).ThenRefused("outage.proof-malformed", "proof.sha256");

    [Fact] public void Each_minute_is_contested_once()
    {
        Decider.Given(Began, Pleaded).When(Plead(19, 22, id: Camera)).ThenRefused("outage.minutes-contested");
        Decider.Given(Began, Pleaded, Decided(false)).When(Plead(id: Camera)).ThenRefused("outage.minutes-contested");
        Decider.Given(Began, Pleaded).When(Plead(20, 22, id: Camera)).Then(Pleaded with { ContestId = Camera, From = At(20), Until = At(22) });
    }

    [Fact] public void Another_contest_needs_another_id() => Decider.Given(Began, Pleaded).When(Plead(1, 2)).ThenRefused("outage.contest-taken");

    [Theory, InlineData(true), InlineData(false)]
    public void A_decision_names_the_formula(bool accepted) => Decider.Given(Began, Pleaded, Ended)
        .When(new DecideContest(Plea, accepted, "letter checked")).Then(Decided(accepted));

    [Fact] public void A_decision_needs_grounds() => Decider.Given(Began, Pleaded).When(new DecideContest(Plea, true, "")).ThenRefused("outage.grounds-missing", "grounds");

    [Fact] public void It_is_decided_once()
    {
        Decider.Given(Began, Pleaded, Decided(true)).When(new DecideContest(Plea, true, "letter checked")).ThenNothing();
        Decider.Given(Began, Pleaded, Decided(true)).When(new DecideContest(Plea, false, "letter checked")).ThenRefused("outage.contest-decided");
        Decider.Given(Began).When(new DecideContest(Plea, false, "why")).ThenRefused("outage.contest-missing");
    }

    [Fact] public void Maintenance_excuses_once() => Decider.Given(Began).When(new Excuse(Plea, At(0), At(60)))
        .Then(new Excused(Id, Camera, Venue, Plea, At(0), At(60)));

    [Fact] public void Of_no_outage_is_anything_said() => Decider.Given().When(Plead()).ThenRefused("outage.unknown");

    [Fact]
    public void The_list_shows_what_was_said_and_what_came_of_it()
    {
        var log = Of((Id, Began), (Id, Named(Cause.Owner, 0, null)), (Id, Pleaded), (Id, Decided(true)));
        var row = OutageRow.View.Build(log)[Id];
        Assert.Equal([new(Cause.Owner, At(0), null), new(Cause.Provider, At(10), At(20))], row.Causes);
        Assert.Equal((true, "letter checked", Letter), (row.Contests[0].Accepted, row.Contests[0].Grounds, row.Contests[0].Proof));
        Assert.Equal(log.Select(r => r.EventId), row.EventIds);
        Assert.Single(OutageRow.View.Build(Of((Id, Began), (Id, Named(Cause.Owner, 0, null)), (Id, Pleaded), (Id, Decided(false))))[Id].Causes);
    }
}
