using Compliance.Domain.Evidence;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Maintenance.MaintenanceCommand;
using static Compliance.Domain.Maintenance.MaintenanceWindow;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Maintenance;

public sealed class MaintenanceSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000a1");
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly MaintenanceEvent.Requested Asked = new(Id, Venue, [Camera], At(1), At(5), WorkKind.Replacement, "WO-12");
    static readonly MaintenanceEvent.Approved Granted = new(Id, Venue, [Camera], At(1), At(5));

    static DateTimeOffset At(double hour) => Noon.AddHours(hour);

    static Request Ask(double from = 1, double until = 5, double now = 0, string document = "WO-12", params Guid[] devices) =>
        new(Id, Venue, devices is [] ? [Camera] : devices, At(from), At(until), WorkKind.Replacement, document, At(now));

    [Fact] public void A_window_is_asked_for() => Decider.Given().When(Ask()).Then(Asked);
    [Fact] public void Each_device_is_named_once() => Decider.Given().When(Ask(devices: [Camera, Camera])).Then(Asked);
    [Fact] public void What_has_begun_cannot_be_asked_for() => Decider.Given().When(Ask(now: 1.1)).ThenRefused("maintenance.not-ahead", "from");
    [Fact] public void It_ends_after_it_begins() => Decider.Given().When(Ask(until: 1)).ThenRefused("maintenance.dates-backward", "until");
    [Fact] public void It_does_not_last_for_ever() => Decider.Given().When(Ask(until: 24 * 15)).ThenRefused("maintenance.too-long", "until");
    [Fact] public void It_names_a_work_order() => Decider.Given().When(Ask(document: " ")).ThenRefused("maintenance.document-missing", "document");
    [Fact] public void It_names_devices() => Decider.Given().When(Ask() with { DeviceIds = [] }).ThenRefused("maintenance.nothing-named", "deviceIds");
    [Fact] public void Another_window_has_another_id() => Decider.Given(Asked).When(Ask(until: 6)).ThenRefused("maintenance.already-requested");
    [Fact] public void A_second_knock_asks_nothing_even_later() => Decider.Given(Asked, Granted).When(Ask(now: 3)).ThenNothing();

    [Fact] public void It_is_approved_as_asked() => Decider.Given(Asked).When(new Approve(At(0.5))).Then(Granted);
    [Fact] public void Approved_late_it_excuses_nothing_that_has_passed() => Decider.Given(Asked).When(new Approve(At(2))).Then(Granted with { From = At(2) });
    [Fact] public void Approved_too_late_it_excuses_nothing() => Decider.Given(Asked).When(new Approve(At(5))).ThenRefused("maintenance.over");
    [Fact] public void It_is_approved_once() => Decider.Given(Asked, Granted).When(new Approve(At(2))).ThenNothing();
    [Fact] public void What_was_refused_is_not_approved() =>
        Decider.Given(Asked, new MaintenanceEvent.Refused(Id, Venue, "festival")).When(new Approve(At(0))).ThenRefused("maintenance.decided");

    [Fact] public void It_is_refused_with_grounds() => Decider.Given(Asked).When(new Refuse("festival")).Then(new MaintenanceEvent.Refused(Id, Venue, "festival"));
    [Fact] public void Not_without() => Decider.Given(Asked).When(new Refuse("")).ThenRefused("maintenance.grounds-missing", "grounds");
    [Fact] public void It_is_given_up() => Decider.Given(Asked).When(new Withdraw()).Then(new MaintenanceEvent.Withdrawn(Id, Venue));
    [Fact] public void What_is_approved_is_ended_and_not_given_up() => Decider.Given(Asked, Granted).When(new Withdraw()).ThenRefused("maintenance.decided");
    [Fact] public void It_ends_early() => Decider.Given(Asked, Granted).When(new End(At(3))).Then(new MaintenanceEvent.Ended(Id, Venue, At(3)));
    [Fact] public void Before_it_began_it_excuses_nothing() => Decider.Given(Asked, Granted).When(new End(At(0.2))).Then(new MaintenanceEvent.Ended(Id, Venue, At(1)));
    [Fact] public void It_ends_by_itself() => Decider.Given(Asked, Granted).When(new End(At(6))).ThenNothing();
    [Fact] public void What_waits_cannot_end() => Decider.Given(Asked).When(new End(At(3))).ThenRefused("maintenance.undecided");
    [Fact] public void Nobody_approves_what_nobody_asked_for() => Decider.Given().When(new Approve(At(0))).ThenRefused("maintenance.unknown");

    [Fact]
    public void Only_approved_time_is_excused_and_only_until_the_work_is_done()
    {
        MaintenanceRow Row(params MaintenanceEvent[] facts) => MaintenanceRow.View.Build(Of([.. facts.Select(f => (Id, (object)f))]))[Id];
        Assert.Null(Row(Asked).Excused);
        Assert.Null(Row(Asked, new MaintenanceEvent.Refused(Id, Venue, "festival")).Excused);
        Assert.Equal(new Period(At(1), At(5)), Row(Asked, Granted).Excused);
        Assert.Equal(new Period(At(1), At(3)), Row(Asked, Granted, new MaintenanceEvent.Ended(Id, Venue, At(3))).Excused);
    }

    [Fact]
    public void What_waits_longest_stands_on_top()
    {
        var rows = MaintenanceRow.View.Build(Of(
            (Id, Asked), (Venue, Asked with { MaintenanceId = Venue }), (Camera, Asked with { MaintenanceId = Camera }), (Id, Granted))).Values;
        Assert.Equal([Venue, Camera, Id], rows.OrderBy(MaintenanceRow.View.SortOf, StringComparer.Ordinal).Select(r => r.MaintenanceId));
    }
}
