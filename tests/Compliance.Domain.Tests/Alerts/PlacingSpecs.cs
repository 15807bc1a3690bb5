using Compliance.Domain.Alerts;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Alerts.Sights;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

/// <summary>Which desk is called for an alert, if any: cool-down, budget, what belongs together, and what is never held back.</summary>
public sealed class PlacingSpecs
{
    static readonly DeskScene Quiet = new(District, Noon.AddSeconds(5), null, [], 0, new());
    static readonly OpenIncident Serious = new(Inc2, Urgency.Serious, Noon.AddSeconds(-30));

    static AlertEvent.Raised Of(AlertKind kind) => Raised with { Kind = kind, Seen = null };

    static AlertEvent.Placed Placed(AlertKind kind, Guid incident, bool opens) => new(Id, Venue, Camera, kind, Noon, District, incident, opens, null, Noon.AddSeconds(5));

    static AlertEvent.Suppressed Held(AlertKind kind, Suppression because, Guid? after = null, int? shown = null, int? budget = null, double seconds = 5) =>
        new(Id, Venue, kind, Noon, District, because, after, shown, budget, Noon.AddSeconds(seconds));

    static void Expect(AlertKind kind, DeskScene scene, AlertEvent expected) => Alert.Decider.Given(Of(kind)).When(new AlertCommand.Place(scene, Inc)).Then(expected);

    [Fact] public void On_a_quiet_desk_it_opens_an_incident() => Expect(AlertKind.Fight, Quiet, Placed(AlertKind.Fight, Inc, true));
    [Fact] public void What_belongs_together_is_one_incident() => Expect(AlertKind.Fight, Quiet with { Open = [Serious] }, Placed(AlertKind.Fight, Inc2, false));
    [Fact] public void What_is_more_urgent_is_an_incident_of_its_own() => Expect(AlertKind.Fire, Quiet with { Open = [Serious] }, Placed(AlertKind.Fire, Inc, true));
    [Fact] public void What_was_long_ago_does_not_belong_to_it() => Expect(AlertKind.Fight, Quiet with { Open = [Serious with { LastSeen = Noon.AddMinutes(-11) }] }, Placed(AlertKind.Fight, Inc, true));
    [Fact] public void The_same_camera_does_not_call_again_at_once() =>
        Expect(AlertKind.Fight, Quiet with { Last = new(Other, Venue, Noon.AddSeconds(-119)) }, Held(AlertKind.Fight, Suppression.CoolDown, Other));
    [Fact] public void After_the_cool_down_it_does() => Expect(AlertKind.Fight, Quiet with { Last = new(Other, Venue, Noon.AddSeconds(-120)) }, Placed(AlertKind.Fight, Inc, true));
    [Fact] public void What_comes_too_late_calls_nobody() => Expect(AlertKind.Fight, Quiet with { Now = Noon.AddMinutes(16) }, Held(AlertKind.Fight, Suppression.Late, seconds: 960));
    [Fact] public void Over_the_budget_of_the_hour_it_is_held_back() => Expect(AlertKind.Fight, Quiet with { ShownThisHour = 12 }, Held(AlertKind.Fight, Suppression.Budget, shown: 12, budget: 12));
    [Fact] public void What_is_minor_is_held_back_first() => Expect(AlertKind.CriticalOutage, Quiet with { ShownThisHour = 9 }, Held(AlertKind.CriticalOutage, Suppression.Budget, shown: 9, budget: 9));
    [Fact] public void The_last_of_the_budget_is_kept_for_what_is_not() => Expect(AlertKind.Fight, Quiet with { ShownThisHour = 9 }, Placed(AlertKind.Fight, Inc, true));
    [Fact] public void Anonymous_complaints_have_their_share_of_it() => Expect(AlertKind.Complaint, Quiet with { ShownThisHour = 3, AnonymousThisHour = 3 }, Placed(AlertKind.Complaint, Inc, true));
    [Fact] public void And_no_more() => Expect(AlertKind.Complaint, Quiet with { ShownThisHour = 4, AnonymousThisHour = 4 }, Held(AlertKind.Complaint, Suppression.Budget, shown: 4, budget: 4));
    [Fact] public void The_whole_budget_bounds_them_too() => Expect(AlertKind.Complaint, Quiet with { ShownThisHour = 12, AnonymousThisHour = 0 }, Held(AlertKind.Complaint, Suppression.Budget, shown: 12, budget: 12));
    [Fact] public void Who_calls_by_name_is_not_among_them() => Expect(AlertKind.Complaint, Quiet with { ShownThisHour = 11 }, Placed(AlertKind.Complaint, Inc, true));
    [Fact] public void An_anonymous_complaint_joins_what_is_open() => Expect(AlertKind.Complaint, Quiet with { AnonymousThisHour = 9, Open = [Serious] }, Placed(AlertKind.Complaint, Inc2, false));
    [Fact] public void What_joins_costs_no_budget() => Expect(AlertKind.Fight, Quiet with { ShownThisHour = 12, Open = [Serious] }, Placed(AlertKind.Fight, Inc2, false));

    [Fact] public void A_full_incident_takes_no_more_in() => Expect(AlertKind.Fight, Quiet with { Open = [Serious with { Alerts = 200 }] }, Held(AlertKind.Fight, Suppression.Full, shown: 200, budget: 200));
    [Fact] public void The_last_that_fits_does_join() => Expect(AlertKind.Fight, Quiet with { Open = [Serious with { Alerts = 199 }] }, Placed(AlertKind.Fight, Inc2, false));
    [Fact] public void Where_one_is_full_another_takes_it_in() =>
        Expect(AlertKind.Fight, Quiet with { Open = [new(Other, Urgency.Serious, Noon, 200), Serious] }, Placed(AlertKind.Fight, Inc2, false));
    [Fact] public void Long_after_it_was_full_it_holds_nothing_back() =>
        Expect(AlertKind.Fight, Quiet with { Open = [Serious with { LastSeen = Noon.AddMinutes(-11), Alerts = 200 }] }, Placed(AlertKind.Fight, Inc, true));
    [Theory, InlineData(AlertKind.Fire), InlineData(AlertKind.PanicButton)]
    public void What_is_critical_opens_another_where_one_is_full(AlertKind kind) => Expect(kind, Quiet with { Open = [new(Inc2, Urgency.Critical, Noon, 200)] }, Placed(kind, Inc, true));

    [Fact]
    public void A_fire_is_never_held_back() =>
        Expect(AlertKind.Fire, Quiet with { ShownThisHour = 999, Last = new(Other, Venue, Noon), Now = Noon.AddHours(2) }, Placed(AlertKind.Fire, Inc, true) with { At = Noon.AddHours(2) });

    [Fact]
    public void A_face_that_two_officers_took_their_time_over_calls_the_desk() =>
        Expect(AlertKind.WatchListMatch, Quiet with { Now = Noon.AddHours(3), RaisedAt = Noon.AddHours(3).AddSeconds(-5) }, Placed(AlertKind.WatchListMatch, Inc, true) with { At = Noon.AddHours(3) });

    [Fact]
    public void But_not_for_what_they_said_long_ago() =>
        Expect(AlertKind.WatchListMatch, Quiet with { Now = Noon.AddHours(3), RaisedAt = Noon.AddHours(2) }, Held(AlertKind.WatchListMatch, Suppression.Late, seconds: 10_800));

    [Fact]
    public void Another_kind_is_late_by_when_it_was_seen() =>
        Expect(AlertKind.Fight, Quiet with { Now = Noon.AddHours(3), RaisedAt = Noon.AddHours(3) }, Held(AlertKind.Fight, Suppression.Late, seconds: 10_800));

    [Fact]
    public void The_next_person_of_a_list_before_the_same_camera_calls_it_too() =>
        Expect(AlertKind.WatchListMatch, Quiet with { Last = new(Other, Venue, Noon.AddSeconds(-3)) }, Placed(AlertKind.WatchListMatch, Inc, true));

    [Fact]
    public void It_is_placed_once()
    {
        var held = Held(AlertKind.Fight, Suppression.Budget, shown: 12, budget: 12);
        Alert.Decider.Given(Of(AlertKind.Fight), held).When(new AlertCommand.Place(Quiet, Inc)).ThenNothing();
    }

    [Theory, InlineData(0.6, ConfidenceBand.Low), InlineData(0.79, ConfidenceBand.Medium), InlineData(0.95, ConfidenceBand.High)]
    public void How_sure_a_detector_is_counts_from_its_threshold(double score, ConfidenceBand band) => Assert.Equal(band, AlertKinds.Band(score, 0.6));

    [Fact]
    public void Every_district_has_a_neighbour_that_is_one() => Assert.All(Domain.Venues.District.OfAlmaty, district =>
        Assert.Contains(Domain.Venues.District.OfAlmaty, other => other.Kk == DeskNeighbours.Of(district.Kk) && other != district));
}
