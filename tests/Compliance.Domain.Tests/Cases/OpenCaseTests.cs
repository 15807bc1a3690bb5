using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Duties;
using Compliance.Domain.Venues;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Cases;

/// <summary>What the record makes of a term that passed: person, article, route, stage and amount. It decides nothing.</summary>
public sealed class OpenCaseTests
{
    static readonly Guid Owner = new("00000000-0000-0000-0000-00000000000e"), Manager = new("00000000-0000-0000-0000-00000000000d"), Later = new("00000000-0000-0000-0000-0000000000ef");
    static readonly DateOnly Day = VenueZone.Day(Noon);
    static readonly DutySource Rule = new DutySource.OfRule("kz", "1");

    static readonly Appointment[] People =
    [
        new(Manager, Post.Manager, Day.AddDays(-300), null, []), new(Owner, Post.Owner, Day.AddDays(-200), Day, []), new(Later, Post.Owner, Day.AddDays(1), null, []),
    ];

    static AwaitedCase Awaited(DutyMatter matter, DutySource? source = null) => new(DutySpecs.Id, DutySpecs.Venue, source ?? Rule, matter, Noon, Guid.NewGuid());

    static DutyMatter Matter(string? sanction, Wording wording = Wording.Violation) => DutySpecs.Matter with { Sanction = sanction, Wording = wording };

    static CaseCommand.Open Open(AwaitedCase awaited, params CaseRow[] others) => OpenCaseWhenDutyOverstays.Of(awaited, People, others, CaseSpecs.Known, Noon.AddSeconds(5));

    /// <summary>An earlier case under the same row, penalised so long before.</summary>
    static CaseRow Penalised(string sanction, TimeSpan before, SizeClass? size = null, bool cancelled = false)
    {
        var opened = CaseSpecs.Opened(new(Route.OtherArticle, sanction, Sanctions.Of(sanction, Noon)!.Article, Stage.First, null, size, Confidence.Read, null)) with { CaseId = Guid.NewGuid() };
        var ruled = new CaseEvent.Decided(opened.CaseId, opened.VenueId, CaseOutcome.Warning, Route.Warning, "x", Owner, Noon - before);
        var facts = new List<object> { opened, ruled };
        if (cancelled) facts.Add(new CaseEvent.AppealDecided(opened.CaseId, opened.VenueId, AppealOutcome.Cancelled, "x", Manager, Noon));
        if (cancelled) facts.Insert(2, new CaseEvent.Appealed(opened.CaseId, opened.VenueId, new(Owner, Owner, ""), new([], ""), Noon));
        return CaseRow.View.Build(Of([.. facts.Select(f => (opened.CaseId, f))]))[opened.CaseId];
    }

    [Fact]
    public void It_names_the_owner_of_that_day()
    {
        Assert.Equal(new(Owner, Post.Owner, Day.AddDays(-200), Day), Open(Awaited(Matter("KOAP-410"))).Responsible);
        Assert.Equal(Manager, Responsible.On(Day.AddDays(-250), People)!.SubjectId);
        Assert.Null(Responsible.On(Day.AddDays(-400), People));
    }

    [Fact]
    public void It_is_barred_two_months_after_the_offence()
    {
        var open = Open(Awaited(Matter("KOAP-410")));
        Assert.Equal((Noon, new DateTimeOffset(2026, 8, 1, 12, 0, 0, TimeSpan.Zero), Noon.AddSeconds(5)), (open.OffenceAt, open.BarredAt, open.At));
    }

    [Fact]
    public void The_same_overstay_opens_the_same_case()
    {
        var awaited = Awaited(Matter("KOAP-410"));
        Assert.Equal(Open(awaited), Open(awaited));
        Assert.NotEqual(Open(awaited).CaseId, Open(Awaited(Matter("KOAP-410"))).CaseId);
    }

    [Fact]
    public void Fire_rules_are_first_warned_of_and_then_fined()
    {
        Assert.Equal((Route.Warning, Stage.First), (Open(Awaited(Matter("KOAP-410"))).Charge.Route, Open(Awaited(Matter("KOAP-410"))).Charge.Stage));
        var earlier = Penalised("KOAP-410", TimeSpan.FromDays(30));
        var again = Open(Awaited(Matter("KOAP-410")), earlier).Charge;
        Assert.Equal((Route.Article410, Stage.Repeat, earlier.CaseId), (again.Route, again.Stage, again.Earlier!.Value));
    }

    [Fact]
    public void A_repeat_within_a_year_falls_under_the_next_part()
    {
        Assert.Equal("KOAP-132r", Open(Awaited(Matter("KOAP-132")), Penalised("KOAP-132", TimeSpan.FromDays(364))).Charge.Sanction);
        Assert.Equal("KOAP-132r", Open(Awaited(Matter("KOAP-132")), Penalised("KOAP-132r", TimeSpan.FromDays(10))).Charge.Sanction);
        Assert.Equal("KOAP-132", Open(Awaited(Matter("KOAP-132")), Penalised("KOAP-132", TimeSpan.FromDays(366))).Charge.Sanction);
        Assert.Equal("KOAP-132", Open(Awaited(Matter("KOAP-132")), Penalised("KOAP-437", TimeSpan.FromDays(10))).Charge.Sanction);
        Assert.Equal("KOAP-132", Open(Awaited(Matter("KOAP-132")), Penalised("KOAP-132", TimeSpan.FromDays(10), cancelled: true)).Charge.Sanction);
    }

    [Fact]
    public void Of_a_cancelled_ruling_nothing_is_a_repeat_any_more()
    {
        var opened = Open(Awaited(Matter("KOAP-132")), Penalised("KOAP-132", TimeSpan.FromDays(10)));
        var fact = new CaseEvent.Opened(opened.CaseId, opened.VenueId, opened.DutyId, opened.Matter, opened.Charge, null, opened.OffenceAt, opened.BarredAt, opened.At);
        var row = CaseRow.View.Build(Of((opened.CaseId, fact)))[opened.CaseId];
        var charge = OpenCaseWhenDutyOverstays.Anew(row, Rule, [row, Penalised("KOAP-132", TimeSpan.FromDays(10), cancelled: true)]);
        Assert.Equal((Stage.Repeat, Stage.First, "KOAP-132", null), (row.Charge.Stage, charge.Stage, charge.Sanction, charge.Earlier));
        var told = new CaseEvent.ChargedAnew(opened.CaseId, opened.VenueId, charge, row.Charge.Earlier!.Value, Noon);
        Assert.Equal(charge, CaseRow.View.Build(Of((opened.CaseId, fact), (opened.CaseId, told)))[opened.CaseId].Charge);
    }

    [Fact]
    public void A_repeat_waits_from_the_cancellation_until_it_is_charged_anew()
    {
        var earlier = Guid.NewGuid();
        var opened = CaseSpecs.Opened(CaseSpecs.Order with { Stage = Stage.Repeat, Earlier = earlier });
        var cancelled = new CaseEvent.AppealDecided(earlier, opened.VenueId, AppealOutcome.Cancelled, "x", Owner, Noon);
        RepeatedCases Row(params CaseEvent[] facts) => RepeatedCases.View.Build(Of([.. facts.Select(f => (f.CaseId, (object)f))]))[opened.VenueId];
        Assert.Empty(Row(opened).Waiting());
        Assert.Empty(Row(opened, cancelled with { Outcome = AppealOutcome.Upheld }).Waiting());
        Assert.Equal([new(opened.CaseId, earlier)], Row(opened, cancelled).Waiting());
        Assert.Empty(Row(opened, cancelled, new CaseEvent.ChargedAnew(opened.CaseId, opened.VenueId, CaseSpecs.Order, earlier, Noon)).Waiting());
    }

    [Theory]
    [InlineData("KOAP-149", Route.Article149), InlineData("KOAP-437", Route.OtherArticle)]
    public void The_route_follows_the_article(string sanction, Route route) => Assert.Equal(route, Open(Awaited(Matter(sanction))).Charge.Route);

    [Fact]
    public void An_order_that_was_not_executed_is_462_3_whatever_it_was_about() =>
        Assert.Equal((Route.Article462Part3, "462(3)"), Open(Awaited(Matter("KOAP-410"), DutySpecs.Order)).Charge is var c ? (c.Route, c.Article) : default);

    [Fact]
    public void Without_an_article_only_an_order_follows_and_without_law_a_recommendation()
    {
        Assert.Equal(Route.Prescription, Open(Awaited(Matter(null))).Charge.Route);
        var charge = Open(Awaited(Matter("KOAP-410", Wording.Recommended))).Charge;
        Assert.Equal((Route.Recommendation, null, null), (charge.Route, charge.Sanction, charge.Confidence));
    }

    [Fact]
    public void The_amount_follows_the_size_that_an_officer_set_at_this_venue_before()
    {
        Assert.Null(Open(Awaited(Matter("KOAP-437"))).Charge.Fine);
        var charge = Open(Awaited(Matter("KOAP-437")), Penalised("KOAP-149", TimeSpan.FromDays(500), SizeClass.Small)).Charge;
        Assert.Equal((SizeClass.Small, new Fine(20, 20, 2026, 86_500, 86_500), Confidence.Secondary), (charge.Size!.Value, charge.Fine, charge.Confidence!.Value));
    }

    [Theory]
    [InlineData("KOAP-410", SizeClass.Small, 2025, 58_980), InlineData("KOAP-410", SizeClass.Large, 2025, 589_800), InlineData("KOAP-132r", SizeClass.Small, 2026, 129_750), InlineData("KOAP-422r", SizeClass.Large, 2026, 8_650_000)]
    public void Amounts_are_those_of_the_report(string sanction, SizeClass size, int year, int tenge) =>
        Assert.Equal(tenge, Fine.Of(Sanctions.Of(sanction, Noon)!.Fines[size], new(year, 6, 1, 0, 0, 0, TimeSpan.Zero), CaseSpecs.Known)!.FromTenge);

    [Fact]
    public void A_case_is_awaited_from_the_overstay_until_it_is_opened()
    {
        var overstayed = new DutyEvent.Overstayed(DutySpecs.Id, DutySpecs.Venue, Rule, DutySpecs.Matter, Noon);
        var log = Of((DutySpecs.Id, overstayed));
        var awaited = AwaitedCase.View.Build(log)[DutySpecs.Id];
        Assert.Equal((log[0].EventId, Noon), (awaited.OverstayedBy, awaited.DueAt));
        Assert.Empty(AwaitedCase.View.Build(Of((DutySpecs.Id, overstayed), (CaseSpecs.Id, CaseSpecs.Opened()))));
    }
}
