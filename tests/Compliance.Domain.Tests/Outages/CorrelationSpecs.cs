using Compliance.Domain.Devices;
using Compliance.Domain.Outages;
using CsCheck;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Outages;

/// <summary>What fails together, and what it has in common.</summary>
public sealed class CorrelationSpecs
{
    static readonly CorrelationRules Rules = new();
    static readonly Guid Probe = Id(0xb1);

    static Guid Id(int n) => new($"00000000-0000-0000-0000-{n:x12}");

    /// <summary>Device <paramref name="n"/> of a venue.</summary>
    static Guid Device(int n, int venue = 1) => Id((venue * 0x100) + n);

    static FailedDevice Fails(int n, double second = 0, Verdict verdict = Verdict.Unreachable, int venue = 1, double? until = null, int outage = 0) => new(
        Id((venue * 0x100) + n + 0x100000 + (outage * 0x10000)), Device(n, venue), Id(venue), verdict, Noon.AddSeconds(second), until is { } end ? Noon.AddSeconds(end) : null);

    static KnownDevice Camera(int n, string? host = "one", bool answers = true, int venue = 1) => new(Device(n, venue), Id(venue), DeviceKind.Camera, host, Probe, answers);

    static KnownDevice Panel(bool answers) => new(Device(9), Id(1), DeviceKind.FireAlarm, null, Probe, answers);

    static KnownVenue Venue(int n = 1, bool dark = false, string district = "Бостандық", string? provider = null, DateTimeOffset? mains = null) =>
        new(Id(n), district, provider, 3, dark ? 3 : 0, Probe, mains);

    static CorrelationScene Scene(FailedDevice[] failed, KnownDevice[] devices, KnownVenue[]? venues = null, BlindTime[]? blind = null, KnownGroup[]? groups = null) =>
        new(failed, devices, venues ?? [Venue()], blind ?? [], groups ?? []);

    static IReadOnlyList<FoundGroup> Groups(CorrelationScene scene) => Correlation.Of(scene, Rules);

    static FoundGroup One(CorrelationScene scene) => Assert.Single(Groups(scene));

    static KnownGroup Known(FoundGroup g) => new(g.GroupId, g.VenueId, g.Members, g.EndedAt);

    [Fact] public void One_camera_alone_is_itself() => Assert.Equal((CommonCause.Device, 1, 3), One(Scene([Fails(1)], [Camera(1, answers: false), Camera(2), Camera(3)])) is var g ? (g.Cause, g.Evidence.Failed, g.Evidence.Answering + 1) : default);

    [Fact]
    public void All_cameras_of_one_host_are_its_recorder()
    {
        var g = One(Scene([Fails(1), Fails(2, 1.5), Fails(3, 4, Verdict.Stalled)], [Camera(1, answers: false), Camera(2, answers: false), Camera(3, answers: false), Camera(4, "two")]));
        Assert.Equal((CommonCause.Recorder, 3, 3, 4, 1), (g.Cause, g.Evidence.Failed, g.Evidence.Of, g.Evidence.Seconds, g.Evidence.Answering));
    }

    [Fact] public void A_recorder_that_refuses_all_passwords_is_one_too() => Assert.Equal(CommonCause.Recorder,
        One(Scene([Fails(1, 0, Verdict.AuthFailed), Fails(2, 1, Verdict.AuthFailed)], [Camera(1), Camera(2), Camera(3, "two")])).Cause);

    [Fact] public void Two_of_three_behind_one_host_are_one_notice_and_no_recorder() => Assert.Equal(CommonCause.Several,
        One(Scene([Fails(1), Fails(2, 3)], [Camera(1, answers: false), Camera(2, answers: false), Camera(3)])).Cause);

    static readonly KnownDevice[] TwoHosts = [Camera(1, answers: false), Camera(2, answers: false), Camera(3, "two", false), Camera(4, "two", false)];
    static readonly FailedDevice[] AllOfTwoHosts = [Fails(1), Fails(2, 1), Fails(3, 2), Fails(4, 2)];

    [Fact] public void All_cameras_of_several_hosts_are_the_venue() => Assert.Equal(CommonCause.Venue, One(Scene(AllOfTwoHosts, TwoHosts)).Cause);

    [Fact] public void Where_the_panel_answers_over_its_own_way_it_is_the_uplink() => Assert.Equal((CommonCause.VenueUplink, true),
        One(Scene(AllOfTwoHosts, [.. TwoHosts, Panel(true)])) is var g ? (g.Cause, g.Evidence.PanelAnswers) : default);

    [Fact] public void A_panel_nobody_hears_tells_nothing_apart() => Assert.Equal(CommonCause.Venue, One(Scene(AllOfTwoHosts, [.. TwoHosts, Panel(false)])).Cause);

    [Fact] public void Where_cameras_of_another_host_answer_the_uplink_is_there_and_it_is_the_power() => Assert.Equal(CommonCause.VenuePower,
        One(Scene(AllOfTwoHosts, [.. TwoHosts, Camera(5, "three")])).Cause);

    [Theory, InlineData(60, CommonCause.VenuePower), InlineData(-60, CommonCause.VenuePower), InlineData(600, CommonCause.VenueUplink)]
    public void A_panel_that_lost_its_mains_then_says_that_it_is_the_power(int second, CommonCause cause) => Assert.Equal(cause,
        One(Scene(AllOfTwoHosts, [.. TwoHosts, Panel(true)], [Venue(mains: Noon.AddSeconds(second))])).Cause);

    [Fact] public void What_answered_wrongly_is_no_matter_of_power() => Assert.Equal(CommonCause.Several,
        One(Scene([Fails(1), Fails(2, 1), Fails(3, 2, Verdict.AuthFailed), Fails(4, 2)], TwoHosts)).Cause);

    [Fact] public void Cameras_with_their_panel_are_the_venue_even_behind_one_host() => Assert.Equal(CommonCause.Venue,
        One(Scene([Fails(1), Fails(2), Fails(9, 5, Verdict.CommFault)], [Camera(1, answers: false), Camera(2, answers: false), Panel(false)])).Cause);

    /// <summary>One dark camera in each venue: the venue's only one, all at once.</summary>
    static CorrelationScene City(int dark, int lit, Func<int, string> district, Func<int, string?>? provider = null, double apart = 1, Guid? otherProbe = null) => Scene(
        [.. Enumerable.Range(1, dark).Select(v => Fails(1, v * apart, venue: v))], [.. Enumerable.Range(1, dark).Select(v => Camera(1, answers: false, venue: v))],
        [.. Enumerable.Range(1, dark + lit).Select(v => new KnownVenue(Id(v), district(v), provider?.Invoke(v), 1, v <= dark ? 1 : 0, v <= dark ? Probe : otherProbe ?? Probe))]);

    [Fact] public void Venues_of_one_district_that_go_dark_at_once_are_the_district()
    {
        var groups = Groups(City(4, 2, v => v <= 5 ? "Алмалы" : "Әуезов"));
        Assert.Equal(4, groups.Count);
        Assert.All(groups, g => Assert.Equal((CommonCause.District, 4, 5, "Алмалы"), (g.Cause, g.Evidence.Venues, g.Evidence.OfVenues, g.Evidence.Name)));
    }

    [Fact] public void Two_cameras_of_two_venues_in_the_same_seconds_are_chance() =>
        Assert.All(Groups(City(2, 0, _ => "Алмалы")), g => Assert.Equal(CommonCause.Device, g.Cause));

    [Fact] public void So_are_three_of_many() => Assert.All(Groups(City(3, 10, _ => "Алмалы", apart: 1)), g => Assert.Equal(CommonCause.Device, g.Cause));

    [Fact] public void So_are_venues_that_go_dark_one_after_the_other() => Assert.All(Groups(City(4, 0, _ => "Алмалы", apart: 60)), g => Assert.Equal(CommonCause.Device, g.Cause));

    [Fact] public void Where_they_share_a_provider_it_is_the_narrower_one() =>
        Assert.All(Groups(City(4, 2, _ => "Алмалы", v => v <= 4 ? v % 2 == 0 ? "ТОО 1" : "тоо «1»" : "ТОО 2")), g => Assert.Equal((CommonCause.Provider, true), (g.Cause, KnownVenue.IsSame("ТОО 1", g.Evidence.Name))));

    [Fact] public void Venues_of_several_districts_with_one_probe_are_the_probe() =>
        Assert.All(Groups(City(4, 6, v => v % 2 == 0 ? "Алмалы" : "Әуезов")), g => Assert.Equal((CommonCause.Probe, 4, 10), (g.Cause, g.Evidence.Venues, g.Evidence.OfVenues)));

    [Theory, InlineData(30, null, CommonCause.Probe), InlineData(-600, null, CommonCause.Probe), InlineData(-600, -300, CommonCause.Device), InlineData(120, null, CommonCause.Device)]
    public void What_began_just_before_or_while_its_probe_was_blind_is_the_probes(int from, int? until, CommonCause cause) => Assert.Equal(cause, One(Scene(
        [Fails(1)], [Camera(1, answers: false)], blind: [new(Probe, Noon.AddSeconds(from), until is { } end ? Noon.AddSeconds(end) : null)])).Cause);

    [Fact] public void What_another_probe_saw_meanwhile_lies_on_the_probes_way() =>
        Assert.Equal(CommonCause.Probe, One(Scene([Fails(1) with { SeenElsewhere = true }], [Camera(1, answers: false), Camera(2)])).Cause);

    [Fact] public void A_covered_lens_is_its_own_whatever_else_fails()
    {
        var groups = Groups(Scene([Fails(1), Fails(2), Fails(3, 0, Verdict.Covered)], [Camera(1, answers: false), Camera(2, answers: false), Camera(3)]));
        Assert.Equal([(CommonCause.Device, 1), (CommonCause.Several, 2)], groups.Select(g => (g.Cause, g.Members.Count)).Order());
    }

    [Fact]
    public void A_late_joiner_makes_the_group_grow_and_not_another_one()
    {
        var first = One(Scene([Fails(1), Fails(2, 2)], [Camera(1, answers: false), Camera(2, answers: false), Camera(3)]));
        var later = One(Scene([Fails(1), Fails(2, 2), Fails(3, 40)], [Camera(1, answers: false), Camera(2, answers: false), Camera(3, answers: false)], groups: [Known(first)]));
        Assert.Equal((first.GroupId, CommonCause.Recorder, 3), (later.GroupId, later.Cause, later.Members.Count));
    }

    [Fact]
    public void What_fails_much_later_is_another_matter()
    {
        var first = One(Scene([Fails(1), Fails(2, 2)], [Camera(1, answers: false), Camera(2, answers: false), Camera(3)]));
        Assert.Equal(2, Groups(Scene([Fails(1), Fails(2, 2), Fails(3, 900)], [Camera(1), Camera(2), Camera(3)], groups: [Known(first)])).Count);
    }

    [Fact]
    public void It_runs_until_the_last_is_back()
    {
        KnownDevice[] devices = [Camera(1, answers: false), Camera(2, answers: false)];
        var first = One(Scene([Fails(1), Fails(2)], devices));
        Assert.Null(first.EndedAt);
        Assert.Null(One(Scene([Fails(1, until: 90), Fails(2)], devices, groups: [Known(first)])).EndedAt);
        var over = One(Scene([Fails(1, until: 90), Fails(2, until: 200)], devices, groups: [Known(first)]));
        Assert.Equal((first.GroupId, Noon.AddSeconds(200), 2), (over.GroupId, over.EndedAt, over.Members.Count));
    }

    [Theory, InlineData(600, 1), InlineData(1_200, 2)]
    public void A_camera_that_flaps_is_one_matter_until_all_was_well_for_long(int again, int groups)
    {
        var first = One(Scene([Fails(1, until: 60)], [Camera(1)]));
        Assert.Equal(groups, Groups(Scene([Fails(1, until: 60), Fails(1, again, outage: 1)], [Camera(1, answers: false)], groups: [Known(first)])).Count);
    }

    [Fact]
    public void A_camera_that_joins_a_dead_recorder_covered_stays_its_own()
    {
        var recorder = One(Scene([Fails(1, until: 60), Fails(2)], [Camera(1), Camera(2, answers: false)]));
        var groups = Groups(Scene([Fails(1, until: 60), Fails(2), Fails(1, 100, Verdict.Covered, outage: 1)], [Camera(1), Camera(2, answers: false)], groups: [Known(recorder)]));
        Assert.Equal([1, 2], groups.Select(g => g.Members.Count).Order());
    }

    [Fact]
    public void The_order_of_arrival_changes_nothing() => Gen.Shuffle(AllOfTwoHosts).Sample(order =>
    {
        KnownGroup[] known = [];
        for (var n = 1; n <= order.Length; n++)
            known = [.. Groups(Scene([.. order.Take(n)], TwoHosts, groups: known)).Select(Known)];
        var last = One(Scene(order, TwoHosts, groups: known));
        return last.Cause == CommonCause.Venue && last.Members.SequenceEqual(AllOfTwoHosts.Select(f => f.Member));
    });

    [Fact]
    public void Asked_again_it_says_the_same()
    {
        var first = Groups(Scene(AllOfTwoHosts, TwoHosts));
        var again = Groups(Scene([.. AllOfTwoHosts.Reverse()], [.. TwoHosts.Reverse()], groups: [.. first.Select(Known)]));
        Assert.Equal((first[0].GroupId, first[0].Cause, first[0].Evidence), (again[0].GroupId, again[0].Cause, again[0].Evidence));
        Assert.Equal(first[0].Members, again[0].Members);
    }
}
