using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Duties.Duty;
using static Compliance.Domain.Duties.DutyCommand;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Duties;

public sealed class DutySpecs
{
    internal static readonly Guid Id = new("00000000-0000-0000-0000-0000000000d1");
    internal static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Person = new("00000000-0000-0000-0000-00000000000e");
    static readonly string Photo = new('a', 64);
    internal static readonly Writing Why = new(new("00000000-0000-0000-0000-000000000001"), Person, new('b', 64));
    static readonly DateTimeOffset DueAt = Noon.AddDays(10);

    internal static readonly DutyMatter Matter = new("KZ.EXIT.003", Severity.Critical, Wording.Violation, true, "KOAP-410");
    internal static readonly DutySource Order = new DutySource.OfFinding(Guid.Empty, Id);
    static readonly DutySource Camera = new DutySource.OfOutage(Id, Id, DeviceKind.Camera, Verdict.Covered);
    internal static readonly DutyTerm Term = DutyTerms.Of(Severity.Critical);

    internal static DutyEvent[] Arisen(DutySource? source = null) =>
        [new DutyEvent.Arose(Id, Venue, source ?? Order, Matter, Noon.AddHours(-1), Noon), new DutyEvent.DueSet(Id, Venue, DueAt, Term)];

    static DutyEvent[] And(params DutyEvent[] more) => [.. Arisen(), .. more];

    static readonly DutyEvent.Fixed Mended = new(Id, Venue, Noon.AddDays(1));
    static readonly DutyEvent.Verified Met = new(Id, Venue, VerifiedBy.Inspector, "seen", Noon.AddDays(2));
    static readonly DutyEvent.Overstayed Late = new(Id, Venue, Order, Matter, DueAt);
    static readonly DutyEvent.ExtensionAsked Asked = new(Id, Venue, DueAt.AddDays(5), Why, Noon);

    static Arise Arising(DateTimeOffset detected) => new(Id, Venue, Order, Matter, Noon.AddHours(-1), detected, DueAt, Term);

    [Fact] public void A_duty_arises_with_its_term() => Decider.Given().When(Arising(Noon)).Then(Arisen());

    [Fact] public void It_arises_once_while_it_is_owed() => Decider.Given(Arisen()).When(Arising(Noon.AddDays(1))).ThenNothing();

    [Fact] public void A_rule_that_fails_again_is_owed_again() => Decider
        .Given(And(Mended, Met))
        .When(Arising(Noon.AddDays(3)))
        .Then(new DutyEvent.Arose(Id, Venue, Order, Matter, Noon.AddHours(-1), Noon.AddDays(3)), new DutyEvent.DueSet(Id, Venue, DueAt, Term));

    [Fact] public void What_was_met_since_does_not_arise_from_an_old_failure() => Decider.Given(And(Mended, Met)).When(Arising(Noon.AddDays(1))).ThenNothing();

    [Fact] public void The_first_notice_counts() => Decider
        .Given(Arisen())
        .When(new Notify(Person, Noon.AddMinutes(1)))
        .Then(new DutyEvent.Notified(Id, Venue, Person, Noon.AddMinutes(1)));

    [Fact] public void The_first_screen_counts() => Decider
        .Given(Arisen())
        .When(new MarkDelivered(Person, Noon.AddMinutes(2)))
        .Then(new DutyEvent.Delivered(Id, Venue, Person, Noon.AddMinutes(2)));

    [Fact] public void What_was_mended_meanwhile_is_still_read() => Decider
        .Given(And(Mended, Met))
        .When(new MarkRead(Person, Noon.AddDays(4)))
        .Then(new DutyEvent.Read(Id, Venue, Person, Noon.AddDays(4)));

    [Fact] public void More_time_is_asked_for_with_reasons() => Decider.Given(Arisen()).When(new AskExtension(DueAt.AddDays(5), Why, Noon)).Then(Asked);

    [Fact] public void More_time_is_not_asked_for_twice_at_once() => Decider
        .Given(And(Asked)).When(new AskExtension(DueAt.AddDays(9), Why, Noon)).ThenRefused("duty.extension-pending");

    [Fact] public void More_time_is_asked_for_in_time() => Decider
        .Given(Arisen()).When(new AskExtension(DueAt.AddDays(5), Why, DueAt)).ThenRefused("duty.extension-late");

    [Fact] public void A_new_term_ends_later() => Decider
        .Given(Arisen()).When(new AskExtension(DueAt, Why, Noon)).ThenRefused("duty.extension-backward", "until");

    [Fact] public void An_extension_is_granted_on_grounds() => Decider
        .Given(And(Asked))
        .When(new GrantExtension("the part is on its way", Noon))
        .Then(new DutyEvent.ExtensionGranted(Id, Venue, DueAt.AddDays(5), "the part is on its way", Noon));

    [Fact] public void An_extension_is_refused_on_grounds() => Decider
        .Given(And(Asked))
        .When(new RefuseExtension("an exit is no matter of parts", Noon))
        .Then(new DutyEvent.ExtensionRefused(Id, Venue, "an exit is no matter of parts", Noon));

    [Fact] public void No_decision_goes_without_grounds()
    {
        Decider.Given(And(Asked)).When(new GrantExtension(" ", Noon)).ThenRefused("duty.grounds-missing", "grounds");
        Decider.Given(And(Asked)).When(new RefuseExtension("", Noon)).ThenRefused("duty.grounds-missing", "grounds");
        Decider.Given(And(Mended)).When(new Verify("", Noon)).ThenRefused("duty.grounds-missing", "grounds");
        Decider.Given(And(Mended)).When(new Reopen("", Noon)).ThenRefused("duty.grounds-missing", "grounds");
    }

    [Fact] public void Nobody_decides_what_nobody_asked() => Decider.Given(Arisen()).When(new GrantExtension("x", Noon)).ThenRefused("duty.no-extension-asked");

    [Fact] public void A_repair_is_shown_by_a_picture() => Decider
        .Given(Arisen())
        .When(new ShowRepair(Photo, Noon.AddDays(1)))
        .Then(new DutyEvent.RepairShown(Id, Venue, Photo, Noon.AddDays(1)), Mended);

    [Fact] public void A_better_picture_may_follow() => Decider
        .Given(And(new DutyEvent.RepairShown(Id, Venue, Photo, Noon.AddDays(1)), Mended))
        .When(new ShowRepair(new('c', 64), Noon.AddDays(2)))
        .Then(new DutyEvent.RepairShown(Id, Venue, new('c', 64), Noon.AddDays(2)));

    [Fact] public void Words_are_no_picture() => Decider.Given(Arisen()).When(new ShowRepair("done", Noon)).ThenRefused("duty.photo-missing", "photoHash");

    [Theory, InlineData(SaysOtherwise.Device, "duty.device-says-otherwise"), InlineData(SaysOtherwise.Rule, "duty.measured-otherwise")]
    public void No_picture_stands_against_what_still_says_otherwise(SaysOtherwise otherwise, string code) =>
        Decider.Given(Arisen()).When(new ShowRepair(Photo, Noon.AddDays(1), otherwise)).ThenRefused(code);

    [Fact] public void A_camera_shows_itself() => Decider.Given(Arisen(Camera)).When(new ShowRepair(Photo, Noon)).ThenRefused("duty.probe-sees-it");

    [Fact] public void A_probe_finds_it_met() => Decider
        .Given(Arisen(Camera))
        .When(new Meet(VerifiedBy.Probe, Noon.AddDays(1)))
        .Then(Mended, new DutyEvent.Verified(Id, Venue, VerifiedBy.Probe, "", Noon.AddDays(1)));

    [Fact] public void What_its_owner_reports_is_mended_and_not_found_so() => Decider.Given(Arisen()).When(new Meet(null, Noon.AddDays(1))).Then(Mended);

    [Fact] public void An_inspector_finds_it_met() => Decider.Given(And(Mended)).When(new Verify("seen", Noon.AddDays(2))).Then(Met);

    [Fact] public void An_inspector_may_find_what_nobody_showed() => Decider
        .Given(Arisen()).When(new Verify("seen", Noon.AddDays(2))).Then(Mended with { At = Noon.AddDays(2) }, Met);

    [Fact] public void An_inspector_may_find_it_not_mended() => Decider
        .Given(And(Mended)).When(new Reopen("boxes still there", Noon.AddDays(2))).Then(new DutyEvent.Reopened(Id, Venue, "boxes still there", Noon.AddDays(2)));

    [Fact] public void What_nobody_showed_is_not_reopened() => Decider.Given(Arisen()).When(new Reopen("x", Noon)).ThenRefused("duty.not-shown");

    [Fact] public void It_lapses_when_nothing_is_owed_any_more() => Decider
        .Given(Arisen()).When(new Lapse(LapsedBecause.VenueClosed, Noon)).Then(new DutyEvent.Lapsed(Id, Venue, LapsedBecause.VenueClosed, Noon));

    [Fact] public void It_overstays_when_its_term_is_over() => Decider.Given(Arisen()).When(new Assess(DueAt)).Then(Late);

    [Fact] public void It_does_not_overstay_before() => Decider.Given(Arisen()).When(new Assess(DueAt.AddTicks(-1))).ThenNothing();

    [Fact] public void It_overstays_once() => Decider.Given(And(Late)).When(new Assess(DueAt.AddDays(9))).ThenNothing();

    [Fact] public void What_was_mended_in_time_does_not_overstay_while_nobody_looks() => Decider.Given(And(Mended)).When(new Assess(DueAt.AddDays(9))).ThenNothing();

    [Fact] public void What_was_not_mended_after_all_overstays() => Decider
        .Given(And(Mended, new DutyEvent.Reopened(Id, Venue, "x", DueAt))).When(new Assess(DueAt.AddDays(1))).Then(Late);

    [Fact] public void A_longer_term_overstays_later() => Decider
        .Given(And(Asked, new DutyEvent.ExtensionGranted(Id, Venue, DueAt.AddDays(5), "x", Noon))).When(new Assess(DueAt.AddDays(4))).ThenNothing();

    [Fact] public void While_an_officer_has_not_decided_on_more_time_it_does_not_overstay() => Decider
        .Given(And(Asked)).When(new Assess(DueAt.AddDays(5).AddTicks(-1))).ThenNothing();

    [Fact] public void What_nobody_decides_on_protects_no_longer_than_was_asked() => Decider
        .Given(And(Asked)).When(new Assess(DueAt.AddDays(5))).Then(Late with { DueAt = DueAt.AddDays(5) });

    [Fact] public void When_more_time_is_refused_the_old_term_counts()
    {
        var refused = new DutyEvent.ExtensionRefused(Id, Venue, "x", DueAt.AddDays(1));
        Decider.Given(And(Asked)).When(new RefuseExtension("x", DueAt.AddDays(1))).Then(refused, Late);
        Decider.Given(And(Asked, refused with { At = Noon })).When(new Assess(DueAt)).Then(Late);
    }

    [Fact] public void What_is_mended_while_more_time_is_asked_for_is_late_only_if_that_is_refused()
    {
        var mended = Mended with { At = DueAt.AddDays(1) };
        Decider.Given(And(Asked)).When(new Meet(null, DueAt.AddDays(1))).Then(mended);
        Decider.Given(And(Asked, mended, new DutyEvent.ExtensionGranted(Id, Venue, DueAt.AddDays(5), "x", DueAt.AddDays(2)))).When(new Assess(DueAt.AddDays(9))).ThenNothing();
        Decider.Given(And(Asked, mended)).When(new RefuseExtension("x", DueAt.AddDays(2))).Then(new DutyEvent.ExtensionRefused(Id, Venue, "x", DueAt.AddDays(2)), Late);
    }

    [Fact] public void What_is_mended_too_late_overstayed_even_where_nobody_asked_in_between() => Decider
        .Given(Arisen()).When(new Meet(null, DueAt.AddDays(1))).Then(Late, Mended with { At = DueAt.AddDays(1) });

    [Fact] public void What_is_over_stays_over()
    {
        Decider.Given(And(Mended, Met)).When(new Meet(VerifiedBy.Probe, DueAt)).ThenNothing();
        Decider.Given(And(Mended, Met)).When(new Lapse(LapsedBecause.VenueClosed, DueAt)).ThenNothing();
        Decider.Given(And(Mended, Met)).When(new Assess(DueAt)).ThenNothing();
        Decider.Given(And(Mended, Met)).When(new Verify("again", DueAt)).ThenRefused("duty.over");
    }

    [Fact] public void Nobody_owes_what_never_arose() => Decider.Given().When(new Verify("x", Noon)).ThenRefused("duty.unknown");

    [Fact]
    public void The_list_has_the_instants_and_the_facts_it_rests_on()
    {
        var log = Of([.. And(new DutyEvent.Notified(Id, Venue, Person, Noon.AddMinutes(1)), Asked, Late, Mended).Select(f => (Id, (object)f))]);
        var row = DutyRow.View.Build(log)[Id];
        Assert.Equal(log.Select(r => r.EventId), row.EventIds);
        Assert.Equal(new(Noon.AddHours(-1), Noon, Noon.AddMinutes(1), null, null, DueAt, Mended.At, null), row.Clock);
        Assert.Equal((DutyState.Mended, log[4].EventId, Why), (row.State, row.OverstayedBy, row.Extension!.Why));
    }

    [Fact]
    public void The_most_urgent_stands_on_top()
    {
        var (soon, later, done) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        DutyEvent Begun(Guid id) => Arisen()[0] with { DutyId = id };
        DutyEvent Due(Guid id, int days) => new DutyEvent.DueSet(id, Venue, Noon.AddDays(days), Term);
        var rows = DutyRow.View.Build(Of((later, Begun(later)), (later, Due(later, 9)), (done, Begun(done)), (done, Due(done, 1)), (done, Met with { DutyId = done }), (soon, Begun(soon)), (soon, Due(soon, 2))));
        Assert.Equal([soon, later, done], rows.Values.OrderBy(DutyRow.View.SortOf, StringComparer.Ordinal).Select(r => r.DutyId));
    }
}
