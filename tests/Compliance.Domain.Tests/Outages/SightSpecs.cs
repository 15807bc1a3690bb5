using Compliance.Domain.Devices;
using Compliance.Domain.Outages;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Outages.Outage;
using static Compliance.Domain.Outages.OutageCommand;
using static Compliance.Domain.Outages.OutageEvent;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Outages;

/// <summary>Two vantage points before an outage counts against an owner.</summary>
public sealed class SightSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-00000000000f"), Camera = new("00000000-0000-0000-0000-00000000000c"), Venue = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Second = new("00000000-0000-0000-0000-0000000000b2");
    static readonly Opened Began = new(Id, Camera, Venue, DeviceKind.Camera, Verdict.Unreachable, Noon, "");
    static readonly CauseAttributed Owners = new(Id, Camera, Venue, Cause.Owner, Noon, null, "protocol 4");

    static DateTimeOffset At(double minute) => Noon.AddMinutes(minute);

    static LookAgain Look(Vantage vantage, double minute = 2) => vantage == Vantage.OnePlaceOnly ? new(vantage, null, null, At(minute))
        : new(vantage, Second, vantage == Vantage.Confirmed ? Verdict.Unreachable : Verdict.Online, At(minute));

    static LookedAgain Looked(Vantage vantage, double minute = 2) => Look(vantage, minute) is var (v, probe, seen, at) ? new(Id, Camera, Venue, v, probe, seen, at) : null!;

    static Closed Ended(double minute) => new(Id, Camera, Venue, Verdict.Unreachable, At(minute));

    static AttributeCause Name(Cause cause, PersonConfirmation? confirmed = null) => new(cause, Noon, null, "protocol 4", confirmed);

    [Theory, InlineData(Vantage.Confirmed), InlineData(Vantage.Contradicted), InlineData(Vantage.OnePlaceOnly)]
    public void What_the_second_place_said_is_a_fact(Vantage vantage) => Decider.Given(Began).When(Look(vantage)).Then(Looked(vantage));

    [Theory, InlineData(Vantage.Confirmed), InlineData(Vantage.Contradicted)]
    public void It_is_looked_at_once(Vantage first)
    {
        foreach (var again in Enum.GetValues<Vantage>()) Decider.Given(Began, Looked(first)).When(Look(again, 9)).ThenNothing();
    }

    [Fact] public void That_nobody_could_look_stands_until_somebody_can() =>
        Decider.Given(Began, Looked(Vantage.OnePlaceOnly)).When(Look(Vantage.Confirmed, 30)).Then(Looked(Vantage.Confirmed, 30));

    [Fact] public void And_is_said_once() => Decider.Given(Began, Looked(Vantage.OnePlaceOnly)).When(Look(Vantage.OnePlaceOnly, 30)).ThenNothing();

    [Fact] public void What_was_seen_after_the_end_says_nothing_of_it() => Decider.Given(Began, Ended(2)).When(Look(Vantage.Contradicted, 2)).ThenNothing();

    [Theory, InlineData(Verdict.Covered, DeviceKind.Camera), InlineData(Verdict.ParameterViolation, DeviceKind.Camera), InlineData(Verdict.Blocked, DeviceKind.Exit)]
    public void What_was_seen_itself_needs_no_second_place(Verdict verdict, DeviceKind kind)
    {
        Decider.Given(Began with { Verdict = verdict, Kind = kind }).When(Look(Vantage.Contradicted)).ThenNothing();
        Decider.Given(Began with { Verdict = verdict, Kind = kind }).When(Name(Cause.Owner)).Then(Owners);
    }

    [Theory, InlineData(Verdict.Unreachable), InlineData(Verdict.Stalled), InlineData(Verdict.NoStream), InlineData(Verdict.SessionLimit), InlineData(Verdict.AuthFailed)]
    public void Seen_from_one_place_the_owner_is_not_named(Verdict verdict)
    {
        Decider.Given(Began with { Verdict = verdict }).When(Name(Cause.Owner)).ThenRefused("outage.unconfirmed", "confirmed");
        Decider.Given(Began with { Verdict = verdict }, Looked(Vantage.OnePlaceOnly)).When(Name(Cause.Owner)).ThenRefused("outage.unconfirmed", "confirmed");
        Decider.Given(Began with { Verdict = verdict }, Looked(Vantage.Confirmed)).When(Name(Cause.Owner)).Then(Owners);
    }

    [Theory, InlineData(PersonConfirmation.OnTheSpot), InlineData(PersonConfirmation.OwnersWord), InlineData(PersonConfirmation.Document)]
    public void Unless_a_person_confirmed_it(PersonConfirmation how) => Decider.Given(Began).When(Name(Cause.Owner, how)).Then(new ConfirmedByPerson(Id, Camera, Venue, how, Noon), Owners);

    [Fact] public void What_a_person_confirmed_once_need_not_be_said_again() =>
        Decider.Given(Began, new ConfirmedByPerson(Id, Camera, Venue, PersonConfirmation.Document, Noon)).When(Name(Cause.Owner)).Then(Owners);

    [Theory, InlineData(Cause.Power), InlineData(Cause.Provider), InlineData(Cause.Unknown)]
    public void Anybody_else_is_named_without(Cause cause) => Decider.Given(Began).When(Name(cause)).Then(Owners with { Cause = cause });

    [Fact] public void A_contradicted_outage_is_never_the_owners() =>
        Decider.Given(Began, Looked(Vantage.Contradicted)).When(Name(Cause.Owner, PersonConfirmation.OnTheSpot)).ThenRefused("outage.contradicted", "cause");

    [Fact]
    public void A_picture_seen_once_it_was_over_contradicts_nothing()
    {
        Decider.Given(Began, Looked(Vantage.Contradicted), Ended(2)).When(Name(Cause.Owner)).ThenRefused("outage.unconfirmed", "confirmed");
        Decider.Given(Began, Looked(Vantage.Contradicted), Ended(3)).When(Name(Cause.Owner)).ThenRefused("outage.contradicted", "cause");
        Assert.False(Fold(Began, Looked(Vantage.Contradicted), Ended(2)).IsExcused);
        Assert.False(Row(Looked(Vantage.Contradicted), Ended(2)).IsContradicted);
    }

    [Fact]
    public void Nobody_is_called_to_account_over_a_contradicted_one()
    {
        Assert.True(Fold(Began, Looked(Vantage.Contradicted)).IsExcused);
        Assert.True(Fold(Began, Looked(Vantage.Contradicted), Ended(30)).IsExcused);
        Assert.False(Fold(Began, Looked(Vantage.Confirmed), Ended(30)).IsExcused);
        Assert.False(Fold(Began, Looked(Vantage.OnePlaceOnly)).IsExcused);
    }

    [Fact] public void What_the_first_probe_saw_in_a_picture_is_the_owners_all_the_same()
    {
        var covered = new VerdictChanged(Id, Camera, Venue, Verdict.Covered, At(5), "");
        Assert.False(Fold(Began, Looked(Vantage.Contradicted), covered).IsExcused);
        Decider.Given(Began, Looked(Vantage.Contradicted), covered).When(Name(Cause.Owner)).Then(Owners);
    }

    [Fact] public void The_list_shows_who_looked_and_how_a_person_confirmed_it()
    {
        var row = Row(Looked(Vantage.Confirmed), new ConfirmedByPerson(Id, Camera, Venue, PersonConfirmation.OwnersWord, Noon));
        Assert.Equal((new(Vantage.Confirmed, Second, Verdict.Unreachable, At(2)), PersonConfirmation.OwnersWord), (row.Look!, row.ConfirmedBy));
    }

    static Outage Fold(params OutageEvent[] facts) => Decider.Fold(facts);

    static OutageRow Row(params OutageEvent[] facts) => OutageRow.View.Build(Of([(Id, Began), .. facts.Select(f => (Id, (object)f))]))[Id];
}
