using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using CsCheck;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Evidence;

/// <summary>Minutes of an hour of three cameras A, B, C; each formula question is one test.</summary>
public sealed class AvailabilityFormulaTests
{
    static readonly Guid A = new("00000000-0000-0000-0000-00000000000a"), B = new("00000000-0000-0000-0000-00000000000b"), C = new("00000000-0000-0000-0000-00000000000c");
    static readonly Period Hour = new(Noon, Noon.AddHours(1));

    static DateTimeOffset At(double minute) => Noon.AddMinutes(minute);

    static DeviceLine Line(Guid id, params (Verdict Verdict, double From, string Detail)[] told) => Line(id, Hour, told);

    static DeviceLine Line(Guid id, Period counted, params (Verdict Verdict, double From, string Detail)[] told) => new(id, counted,
        [.. told.Select((t, i) => new Stretch(t.Verdict, At(t.From), i + 1 < told.Length ? At(told[i + 1].From) : counted.To, Guid.Empty, t.Detail))], []);

    static DeviceLine Good(Guid id) => Line(id, (Verdict.Online, 0, ""));

    static OutageRow Outage(Guid device, double from, double? until, CauseSaid[]? causes = null, ContestLine[]? contests = null) =>
        new(Guid.Empty, device, Guid.Empty, DeviceKind.Camera, Verdict.Unreachable, "", At(from), At(from), until is { } end ? At(end) : null, [])
        { Causes = causes ?? [], Contests = contests ?? [] };

    static ContestLine Claim(double from, double until, bool? accepted = null) =>
        new(Guid.Empty, At(from), At(until), Cause.Power, new("1"), Noon, accepted, null);

    static MaintenanceRow Window(Guid device, double from, double until, MaintenanceState state = MaintenanceState.Approved) => new(
        Guid.Empty, Guid.Empty, [device], At(from), At(until), WorkKind.Repair, "1", Noon, "", state,
        state == MaintenanceState.Approved ? new(At(from), At(until)) : null, null, null, []);

    static VenueLine Venue(IReadOnlyList<DeviceLine> devices, OutageRow[]? outages = null, MaintenanceRow[]? windows = null, OpeningHours[]? hours = null) =>
        new(devices, outages ?? [], windows ?? [], new([new(Noon.AddDays(-9), hours ?? [])]));

    static IReadOnlyList<Piece> Pieces(VenueLine venue, int device = 0) => AvailabilityFormula.Pieces(venue.Devices[device], venue, Silence.Of(venue.Devices));

    static AvailabilityScore Score(VenueLine venue, int device = 0) => AvailabilityScore.Of(Pieces(venue, device));

    static DeviceLine Away(Guid id, double from = 10, double until = 40, Verdict verdict = Verdict.Unreachable, string detail = "") =>
        Line(id, (Verdict.Online, 0, ""), (verdict, from, detail), (Verdict.Online, until, ""));

    static (double Up, double Against, double Unknown) Minutes(AvailabilityScore score) =>
        (score.Up.TotalMinutes, score.Against.TotalMinutes, score.DownBy(Cause.Unknown).TotalMinutes);

    [Fact] public void One_camera_away_while_another_answers_is_its_owners() => Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A), Good(B)]))));

    [Fact] public void All_cameras_away_at_once_are_nobodys_until_somebody_says() =>
        Assert.Equal((30, 0, 30), Minutes(Score(Venue([Away(A), Away(B)]))));

    [Fact] public void A_lone_camera_has_no_witness() => Assert.Equal((30, 0, 30), Minutes(Score(Venue([Away(A)]))));

    /// <summary>A is away from 10 to 40, B from 20 to 30; two minutes on either side belong to the common silence.</summary>
    [Fact] public void Only_the_minutes_of_the_common_silence_are_nobodys() =>
        Assert.Equal((30, 16, 14), Minutes(Score(Venue([Away(A), Away(B, 20, 30)]))));

    [Fact] public void A_camera_that_answers_wrongly_is_a_witness_too() =>
        Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A), Away(B, verdict: Verdict.AuthFailed)]))));

    [Fact] public void A_camera_nobody_looked_at_is_no_witness() =>
        Assert.Equal((30, 0, 30), Minutes(Score(Venue([Away(A), Line(B, (Verdict.Unknown, 0, ""))]))));

    /// <summary>A is away from 10 to 40, B answers; at minute 12 another probe saw A's picture.</summary>
    static VenueLine SeenElsewhere(double? until, Verdict verdict = Verdict.Unreachable, CauseSaid[]? causes = null) => Venue([Away(A, verdict: verdict), Good(B)],
        [Outage(A, 10, until, causes) with { Look = new(Vantage.Contradicted, C, Verdict.Online, At(12)) }]);

    [Fact] public void What_another_probe_saw_meanwhile_lay_on_the_first_ones_way()
    {
        Assert.Equal((30, 0, 0), Minutes(Score(SeenElsewhere(40))));
        Assert.Equal(30, Score(SeenElsewhere(40)).DownBy(Cause.ProbeFault).TotalMinutes);
        Assert.Equal(30, Score(SeenElsewhere(null, causes: [new(Cause.Owner, At(10), null)])).DownBy(Cause.ProbeFault).TotalMinutes);
        Assert.Equal(30, Score(SeenElsewhere(40, causes: [new(Cause.Provider, At(10), null)])).DownBy(Cause.Provider).TotalMinutes);
    }

    [Fact] public void Once_it_was_over_or_for_what_a_picture_showed_a_second_look_changes_nothing()
    {
        Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A), Good(B)], [Outage(A, 10, 11) with { Look = new(Vantage.Contradicted, C, Verdict.Online, At(12)) }]))));
        Assert.Equal((30, 30, 0), Minutes(Score(SeenElsewhere(40, Verdict.Covered))));
    }

    /// <summary>Open from 17:00 by the week that holds until 17:20, and by the next not at all on that day.</summary>
    [Theory, InlineData(AvailabilityFormula.Current, 0), InlineData(AvailabilityFormula.Attributed, 40)]
    public void Another_week_lets_an_opening_end_as_it_began_and_before_cut_it(string version, double closedFor)
    {
        var device = Good(A) with { Hours = [new(MandatedHours.OpeningHours, At(0), null, [])] };
        var venue = Venue([device]) with { OpeningHours = OpeningWeeks.Always([new(DayOfWeek.Monday, new(17, 0), new(19, 0))]).Set(At(20), [new(DayOfWeek.Tuesday, new(9, 0), new(10, 0))]) };
        Assert.Equal(closedFor, AvailabilityScore.Of(AvailabilityFormula.Pieces(device, venue, [], version)).NotOwed(Owed.OutsideHours).TotalMinutes);
    }

    [Fact] public void The_formula_before_knew_one_place_only()
    {
        var venue = SeenElsewhere(40);
        Assert.Equal((30, 30, 0), Minutes(AvailabilityScore.Of(AvailabilityFormula.Pieces(venue.Devices[0], venue, Silence.Of(venue.Devices), AvailabilityFormula.Attributed))));
    }

    [Fact] public void A_camera_the_probe_never_called_is_no_witness() =>
        Assert.Equal((30, 0, 30), Minutes(Score(Venue([Away(A), Line(B, (Verdict.NoStream, 0, "AddressRefused feed.private-refused"))]))));

    [Fact] public void What_the_probe_broke_is_not_the_owners_whoever_names_him() => Assert.Equal((30, 0, 0), Minutes(Score(Venue(
        [Away(A, verdict: Verdict.NoStream, detail: "ProbeFault TimeoutException"), Good(B)], [Outage(A, 10, 40, [new(Cause.Owner, At(10), null)])]))));

    [Fact] public void An_exit_seen_free_is_no_witness() => Assert.Equal((30, 0, 30), Minutes(Score(Venue([Away(A), Line(B, (Verdict.Clear, 0, ""))]))));

    [Theory, InlineData(Verdict.Covered), InlineData(Verdict.Black), InlineData(Verdict.AuthFailed), InlineData(Verdict.ParameterViolation), InlineData(Verdict.Blocked), InlineData(Verdict.Fault)]
    public void What_was_answered_or_seen_needs_no_witness(Verdict verdict) => Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A, verdict: verdict)]))));

    [Theory, InlineData(Verdict.ProbeBlind, ""), InlineData(Verdict.NoStream, "ProbeFault TimeoutException"), InlineData(Verdict.NoStream, "AddressRefused feed.private-refused")]
    public void A_fault_of_the_probe_never_counts_against_an_owner(Verdict verdict, string detail)
    {
        var score = Score(Venue([Away(A, verdict: verdict, detail: detail), Good(B)]));
        Assert.Equal((30, 0, 1.0), (score.Up.TotalMinutes, score.Against.TotalMinutes, score.Share));
        Assert.Equal(30, score.Portions.Where(p => p.Cause == Cause.ProbeFault).Sum(p => p.Time.TotalMinutes));
    }

    [Theory, InlineData(Verdict.NoLegalBasis), InlineData(Verdict.VenueClosed)]
    public void Without_a_duty_nothing_is_owed(Verdict verdict) => Assert.Equal(30, Score(Venue([Away(A, verdict: verdict)])).NotOwed(Owed.NoDuty).TotalMinutes);

    [Fact] public void The_last_word_on_a_minute_holds()
    {
        var score = Score(Venue([Away(A), Good(B)], [Outage(A, 10, 40, [new(Cause.Power, At(10), null), new(Cause.Owner, At(10), At(15)), new(Cause.Provider, At(12), At(15))])]));
        Assert.Equal((2, 3, 25), (score.Against.TotalMinutes, score.DownBy(Cause.Provider).TotalMinutes, score.DownBy(Cause.Power).TotalMinutes));
    }

    [Fact] public void A_word_on_one_camera_says_nothing_of_another() =>
        Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A), Good(B)], [Outage(B, 10, 40, [new(Cause.Power, At(10), null)])]))));

    [Fact] public void Contested_minutes_count_for_nobody_yet_and_the_least_share_is_said_beside()
    {
        var score = Score(Venue([Away(A), Good(B)], [Outage(A, 10, 40, contests: [Claim(10, 20)])]));
        Assert.Equal((20, 10), (score.Against.TotalMinutes, score.InContest.TotalMinutes));
        Assert.Equal((0.6, 0.5), (score.Share, score.LeastShare));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_is_decided_is_contested_no_more(bool accepted) => Assert.Equal(TimeSpan.Zero,
        Score(Venue([Away(A), Good(B)], [Outage(A, 10, 40, contests: [Claim(10, 20, accepted)])])).InContest);

    [Fact] public void To_contest_what_is_nobodys_lowers_nothing() =>
        Assert.Equal(1, Score(Venue([Away(A)], [Outage(A, 10, 40, contests: [Claim(10, 20)])])).LeastShare);

    [Fact] public void Approved_maintenance_leaves_the_sum_with_what_was_up_in_it()
    {
        var score = Score(Venue([Away(A), Good(B)], windows: [Window(A, 5, 30), Window(B, 0, 60)]));
        Assert.Equal((25, 25, 10), (score.NotOwed(Owed.Maintenance).TotalMinutes, score.Up.TotalMinutes, score.Against.TotalMinutes));
    }

    [Fact] public void What_is_only_asked_for_excuses_nothing() =>
        Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A), Good(B)], windows: [Window(A, 5, 30, MaintenanceState.Waiting)]))));

    /// <summary>Noon in the story is five in the evening of a Monday at the venue.</summary>
    [Fact] public void Where_opening_hours_are_mandated_the_rest_is_not_owed()
    {
        OpeningHours[] hours = [new(DayOfWeek.Monday, new(17, 20), new(17, 50))];
        var device = Away(A) with { Hours = [new(MandatedHours.OpeningHours, At(0), null, [])] };
        var score = Score(Venue([device, Good(B)], hours: hours));
        Assert.Equal((30, 10, 20), (score.NotOwed(Owed.OutsideHours).TotalMinutes, score.Up.TotalMinutes, score.Against.TotalMinutes));
        Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A), Good(B)], hours: hours))));
    }

    [Fact] public void Hours_are_mandated_from_when_it_was_said() => Assert.Equal(30,
        Score(Venue([Away(A) with { Hours = [new(MandatedHours.OpeningHours, At(30), null, [])] }], hours: [new(DayOfWeek.Tuesday, new(1, 0), new(2, 0))])).NotOwed(Owed.OutsideHours).TotalMinutes);

    [Fact] public void A_night_that_began_yesterday_is_still_open() => Assert.Equal(50,
        Score(Venue([Good(A) with { Hours = [new(MandatedHours.OpeningHours, At(0), null, [])] }], hours: [new(DayOfWeek.Sunday, new(18, 0), new(17, 10))])).NotOwed(Owed.OutsideHours).TotalMinutes);

    /// <summary>Until half past twelve the venue was to be open all Monday; from then on it is closed.</summary>
    [Fact] public void What_was_asked_is_asked_by_the_hours_that_held_then()
    {
        var device = Away(A) with { Hours = [new(MandatedHours.OpeningHours, At(0), null, [])] };
        var venue = Venue([device, Good(B)]) with { OpeningHours = OpeningWeeks.Always([new(DayOfWeek.Monday, new(9, 0), new(17, 30))]).Set(At(45), [new(DayOfWeek.Tuesday, new(9, 0), new(10, 0))]) };
        Assert.Equal((10, 20, 30), (Score(venue).Up.TotalMinutes, Score(venue).Against.TotalMinutes, Score(venue).NotOwed(Owed.OutsideHours).TotalMinutes));
    }

    [Fact] public void Hours_that_nobody_named_are_all_hours() =>
        Assert.Equal((30, 30, 0), Minutes(Score(Venue([Away(A) with { Hours = [new(MandatedHours.OpeningHours, At(0), null, [])] }, Good(B)]))));

    [Fact] public void Where_nothing_is_known_there_is_no_share() => Assert.Null(Score(Venue([Line(A, (Verdict.Unknown, 0, ""))])).Share);

    [Fact]
    public void Pieces_have_no_gap_the_portions_make_up_the_whole_and_no_excuse_ever_costs() => Gen.Int.Sample(seed =>
    {
        var venue = Any(new(seed));
        for (var i = 0; i < venue.Devices.Count; i++)
        {
            var (pieces, counted) = (Pieces(venue, i), venue.Devices[i].Counted);
            Assert.Equal((counted.From, counted.To), (pieces[0].From, pieces[^1].Until));
            for (var n = 1; n < pieces.Count; n++) Assert.Equal(pieces[n - 1].Until, pieces[n].From);
            Assert.All(pieces, p => Assert.True(p.Length > TimeSpan.Zero));
            var score = AvailabilityScore.Of(pieces);
            Assert.Equal(counted.Length, score.Whole);
            Assert.Equal(counted.Length, score.Up + score.Down + score.Unknown + score.NotOwed(Owed.NoDuty) + score.NotOwed(Owed.OutsideHours) + score.NotOwed(Owed.Maintenance));
            Assert.Equal(score.Down, Causes.All.Aggregate(TimeSpan.Zero, (sum, cause) => sum + score.DownBy(cause)));
            Assert.False(score.LeastShare > score.Share);
            Assert.Equal(score.Portions, (AvailabilityScore.Of(pieces.Take(3)) + AvailabilityScore.Of(pieces.Skip(3))).Portions);
            Assert.True(AvailabilityScore.Of(Pieces(venue with { Maintenance = [] }, i)).Against >= score.Against);
            Assert.Equal(score.Portions, AvailabilityScore.Of(Pieces(venue, i)).Portions);
        }
    }, iter: 400);

    static VenueLine Any(Random chance)
    {
        Verdict[] verdicts = [Verdict.Online, Verdict.Unreachable, Verdict.Covered, Verdict.Unknown, Verdict.ProbeBlind, Verdict.NoLegalBasis, Verdict.Stalled];
        double Minute() => chance.Next(0, 60 * 24 * 3);
        DeviceLine Device(Guid id)
        {
            double[] turns = [0, .. Enumerable.Range(0, chance.Next(12)).Select(_ => Minute()).Where(m => m > 0).Distinct().Order()];
            return Line(id, new(At(0), At((60 * 24 * 3) + 1)), [.. turns.Select(m => (verdicts[chance.Next(verdicts.Length)], m, ""))]) with
            {
                Hours = chance.Next(2) == 0 ? [] : [new(MandatedHours.OpeningHours, At(Minute()), null, [])],
            };
        }

        Guid Some() => new[] { A, B, C }[chance.Next(3)];
        return Venue(
            [Device(A), Device(B), Device(C)],
            [.. Enumerable.Range(0, chance.Next(4)).Select(_ => (m: Minute(), n: chance.Next(1, 300))).Select(x => Outage(Some(), x.m, x.m + x.n,
                [new(Causes.All[chance.Next(6)], At(x.m), At(x.m + x.n))], [Claim(x.m, x.m + x.n, chance.Next(2) == 0 ? null : true)]))],
            [.. Enumerable.Range(0, chance.Next(3)).Select(_ => Minute()).Select(m => Window(Some(), m, m + chance.Next(1, 600)))],
            [new(DayOfWeek.Monday, new(18, 0), new(3, 0)), new(DayOfWeek.Tuesday, new(10, 0), new(12, 0))]);
    }
}
