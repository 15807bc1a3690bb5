using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Inspections.Visit;

namespace Compliance.Domain.Tests.Inspections;

public sealed class InspectionSpecs
{
    static Given<Inspection, InspectionCommand, InspectionEvent> Given(params InspectionEvent[] history) => Inspection.Decider.Given(history);

    [Fact] public void A_visit_is_planned() => Given().When(Plan).Then(Planned);

    [Fact] public void Another_plan_under_its_id_is_refused() =>
        Given(Planned).When(Plan with { Day = Today.AddDays(1) }).ThenRefused("inspection.already-scheduled");

    [Fact] public void Nothing_happens_to_what_nobody_planned() => Given().When(Begin).ThenRefused("inspection.unknown");

    [Theory]
    [InlineData("", "Plan", "body")]
    [InlineData("Fire department", " ", "basis")]
    public void An_officers_visit_says_whose_and_why(string body, string basis, string field) =>
        Given().When(Plan with { Body = body, Basis = basis }).ThenRefused("inspection.malformed", field);

    [Fact] public void The_owners_check_has_no_state_behind_it() =>
        Given().When(Plan with { Kind = InspectionKind.SelfCheck }).ThenRefused("inspection.malformed", "body");

    [Fact] public void Somebody_walks_the_owners_check() =>
        Given().When(Plan with { Kind = InspectionKind.SelfCheck, Body = "", Basis = "", Walkers = [] }).ThenRefused("inspection.malformed", "walkers");

    [Fact] public void A_visit_that_names_nobody_is_the_inspectors_who_takes_it() => Given(Planned with { Walkers = [] })
        .When(new InspectionCommand.Take(Officer)).Then(new InspectionEvent.Taken(Id, Club, Officer));

    [Fact] public void A_visit_is_taken_once() => Given(Planned with { Walkers = [] }, new InspectionEvent.Taken(Id, Club, Officer))
        .When(new InspectionCommand.Take(Owner)).ThenRefused("inspection.taken");

    [Fact] public void What_names_its_walkers_is_nobody_elses() => Given(Planned).When(new InspectionCommand.Take(Owner)).ThenRefused("inspection.taken");

    [Fact] public void Taken_it_is_still_the_visit_that_was_planned() => Given(Planned with { Walkers = [] }, new InspectionEvent.Taken(Id, Club, Officer))
        .When(Plan with { Walkers = [] }).ThenNothing();

    [Fact] public void The_state_registers_the_check() => Given(Planned).When(new InspectionCommand.RegisterCheck("26-17")).Then(Registered);

    [Fact] public void One_check_has_one_number() =>
        Given(Planned, Registered).When(new InspectionCommand.RegisterCheck("26-18")).ThenRefused("inspection.registered-already");

    [Theory, InlineData(InspectionKind.Scheduled), InlineData(InspectionKind.Unscheduled)]
    public void Without_a_number_nobody_begins(InspectionKind kind) => Given(Planned with { Kind = kind }).When(Begin).ThenRefused("inspection.not-registered");

    [Fact] public void With_a_number_it_begins() => Given(Planned, Registered).When(Begin).Then(Started);

    [Fact] public void The_owners_own_check_begins_without() => Given(OwnWalk[0]).When(Begin).Then(Started);

    [Fact] public void The_owners_own_check_is_not_registered() => Given(OwnWalk[0]).When(new InspectionCommand.RegisterCheck("1")).ThenRefused("inspection.self-check");

    [Fact] public void It_begins_on_the_rulebook_it_was_planned_on() =>
        Given(Planned, Registered).When(Begin with { Rulebook = "other" }).ThenRefused("inspection.rulebook-other", "rulebook");

    [Fact] public void What_has_not_begun_is_not_walked() => Given(Planned, Registered).When(Say("ASKED", Found.Met)).ThenRefused("inspection.not-started");

    [Fact] public void An_item_is_recorded() => Given(Walking).When(Say("ASKED", null, null, null, OfVenue("recorderLocked", true)))
        .Then(Said("ASKED", null, null, null, OfVenue("recorderLocked", true)));

    [Fact] public void Said_anew_it_is_recorded_anew() => Given([.. Walking, Said("ASKED", Found.Met)]).When(Say("ASKED", Found.NotChecked)).Then(Said("ASKED", Found.NotChecked));

    [Fact] public void A_failed_item_is_described() => Given(Walking).When(Say("ASKED", Found.NotMet)).ThenRefused("inspection.remark-missing", "remark");

    [Fact] public void An_owners_words_stay_out_of_the_record() =>
        Given(OwnWalk).When(Say("ASKED", Found.NotMet, "The door")).ThenRefused("inspection.remark-official", "remark");

    public static TheoryData<Statement> Nonsense =>
    [
        new Statement("venue", "club", "", "noSuchWord", new Known.Flag(true)),
        new Statement("venue", "club", "", "capacity", new Known.Flag(true)),
        new Statement("outage", "1", "", "device", new Known.Text("Camera")),
        new Statement("camera", "1", "", "online", new Known.Line([])),
        new Statement("zone", "", "", "use", new Known.Text("hall")),
    ];

    [Theory, MemberData(nameof(Nonsense))]
    public void A_statement_is_made_of_words_of_the_law(Statement statement) =>
        Given(Walking).When(Say("ASKED", null, null, null, statement)).ThenRefused("inspection.malformed", "statements");

    [Fact] public void Persons_are_counted_not_named() => Given(Walking)
        .When(Say("ASKED", null, null, null, new Statement("guardShift", "1", "Somebody", "onDuty", new Known.Flag(true))))
        .ThenRefused("inspection.label-of-person", "statements");

    [Fact] public void What_the_register_lists_is_not_listed_here() => Given(Walking)
        .When(Say("ASKED", null) with { Listings = [new("camera", [], true)] }).ThenRefused("inspection.kind-registered", "listings");

    [Fact] public void A_photo_is_attached() => Given(Walking).When(new InspectionCommand.AttachPhoto(Shot)).Then(new InspectionEvent.PhotoAttached(Id, Club, Shot));

    [Fact] public void A_photo_is_never_exchanged() => Given([.. Walking, new InspectionEvent.PhotoAttached(Id, Club, Shot)])
        .When(new InspectionCommand.AttachPhoto(Shot with { Sha256 = new('b', 64) })).ThenRefused("inspection.photo-taken");

    [Fact] public void One_inspection_holds_so_many_photos_and_no_more()
    {
        InspectionEvent Taken(int nth) => new InspectionEvent.PhotoAttached(Id, Club, Nth(nth));
        Given([.. Walking, .. Enumerable.Range(1, Inspection.MostPhotos - 1).Select(Taken)]).When(new InspectionCommand.AttachPhoto(Nth(Inspection.MostPhotos))).Then(Taken(Inspection.MostPhotos));
        var full = Given([.. Walking, .. Enumerable.Range(1, Inspection.MostPhotos).Select(Taken)]);
        full.When(new InspectionCommand.AttachPhoto(Nth(Inspection.MostPhotos + 1))).ThenRefused("inspection.photos-many");
        full.When(new InspectionCommand.AttachPhoto(Nth(7))).Then();
    }

    static Photo Nth(int nth) => Shot with { PhotoId = EventIds.From(Id, $"photo/{nth}") };

    [Fact] public void A_photo_has_a_hash() => Given(Walking).When(new InspectionCommand.AttachPhoto(Shot with { Sha256 = "?" })).ThenRefused("inspection.malformed", "sha256");

    static readonly InspectionEvent.Signed OfOfficer = new(Id, Club, Officer, Signatory.Inspector, null), OfVenueSigned = new(Id, Club, Owner, Signatory.Venue, null);

    static InspectionCommand.Sign Sign(Guid subject, Signatory side) => new(subject, side, List(25), Noon);

    static InspectionCommand.RefuseSignature Refuse => new(WhyUnsigned.Disagrees, List(25), Noon);

    static SignedContent Content(Checklist list, params InspectionEvent[] more) =>
        SignedContent.Of((Inspection.Running)Inspection.Decider.Fold([.. Walking, .. more]), list, Noon);

    [Fact] public void Both_sides_sign() => Given([.. Walking, OfOfficer]).When(Sign(Owner, Signatory.Venue)).Then(OfVenueSigned with { Content = Content(List(25)) });

    [Fact] public void Nobody_signs_for_both() =>
        Given([.. Walking, OfOfficer]).When(Sign(Officer, Signatory.Venue)).ThenRefused("inspection.signs-for-both");

    [Fact] public void A_refusal_to_sign_is_recorded() =>
        Given(Walking).When(Refuse).Then(new InspectionEvent.SignatureRefused(Id, Club, WhyUnsigned.Disagrees, Content(List(25))));

    [Fact] public void Who_has_signed_has_not_refused() =>
        Given([.. Walking, OfVenueSigned]).When(Refuse).ThenRefused("inspection.signed-already");

    [Fact] public void The_owners_check_is_not_signed() => Given(OwnWalk).When(Sign(Owner, Signatory.Venue)).ThenRefused("inspection.self-check");

    [Fact] public void What_changes_after_a_signature_is_signed_anew() =>
        Given([.. Walking, OfOfficer, OfVenueSigned, Said("ASKED", Found.Met)]).When(Issue(List(25))).ThenRefused("inspection.item-unanswered");

    static readonly InspectionEvent[] Answered = [Said("ASKED", null, null, null, OfVenue("recorderLocked", true)), Said("CONDITION", Found.NotChecked)];

    static readonly Checklist Seen = List(25, ("recorderLocked", true)), Later = List(12, ("recorderLocked", true));

    static InspectionEvent[] SignedBoth =>
        [.. Answered, OfOfficer with { Content = Content(Seen, Answered) }, OfVenueSigned with { Content = Content(Seen, Answered) }];

    [Fact] public void An_act_is_of_what_was_signed() => Given([.. Walking, .. SignedBoth]).When(Issue(Seen)).Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));

    [Fact] public void Days_after_it_was_signed_no_act_is_issued_of_it()
    {
        InspectionCommand.IssueAct On(int days) => new(Seen, Domain.Venues.VenueZone.Day(Noon).AddDays(days));
        Given([.. Walking, .. SignedBoth]).When(On(SignedContent.DaysToIssue)).Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));
        Given([.. Walking, .. SignedBoth]).When(On(SignedContent.DaysToIssue + 1)).ThenRefused("inspection.signatures-old");
    }

    [Fact] public void How_many_days_a_finding_gives_is_signed_with_it()
    {
        var walk = (Inspection.Running)Inspection.Decider.Fold([.. Walking, Said("ASKED", Found.NotMet, "It stands open.")]);
        Checklist Graded(Severity severity) => Seen with { Sections = [.. Seen.Sections.Select(s => s with { Items = [.. s.Items.Select(i => i with { Rule = i.Rule with { Severity = severity } })] })] };
        Assert.NotEqual(SignedContent.Of(walk, Graded(Severity.Critical), Noon).Hash, SignedContent.Of(walk, Graded(Severity.Major), Noon).Hash);
    }

    /// <summary>Made by the two forms that held values as they were written.</summary>
    [Theory, InlineData("ce0983a0f8ef0a5cae9ed357d8650618b935f2f1860b8db070be35559558c968"), InlineData("22cd9f7e4ac6595af06d455851b4db68e0c8706ef4f733aa4e39fa0bf276a695")]
    public void What_was_signed_in_an_earlier_form_is_found_to_be_the_same(string hash)
    {
        var walk = (Inspection.Running)Inspection.Decider.Fold([.. Walking, Said("ASKED", Found.NotMet, "It stands open."), new InspectionEvent.PhotoAttached(Id, Club, Shot)]);
        Assert.True(new SignedContent(hash, Noon).IsOf(walk, Seen));
        Assert.False(new SignedContent(hash, Noon).IsOf(walk, Later));
    }

    [Fact] public void A_value_printed_otherwise_is_the_same_content()
    {
        var walk = (Inspection.Running)Inspection.Decider.Fold([.. Walking, .. Answered]);
        Checklist Printed(string found) => Seen with
        {
            Sections = [.. Seen.Sections.Select(s => s with { Items = [.. s.Items.Select(i => i with { Rule = i.Rule with { Grounds = [.. i.Rule.Grounds.Select(g => g.Attribute == "fps" ? g with { Found = found } : g)] } })] })],
        };
        Assert.Equal(SignedContent.Of(walk, Seen, Noon).Hash, SignedContent.Of(walk, Printed("25.00"), Noon).Hash);
        Assert.NotEqual(SignedContent.Of(walk, Seen, Noon).Hash, SignedContent.Of(walk, Printed("24.9"), Noon).Hash);
    }

    [Fact] public void What_was_measured_since_is_not_what_was_signed() => Given([.. Walking, .. SignedBoth]).When(Issue(Later)).ThenRefused("inspection.content-changed");

    [Fact] public void Whoever_signs_another_content_is_alone_with_it()
    {
        var anew = new InspectionCommand.Sign(Owner, Signatory.Venue, Later, Noon);
        var signed = OfVenueSigned with { Content = Content(Later, Answered) };
        Given([.. Walking, .. SignedBoth]).When(anew).Then(signed);
        Given([.. Walking, .. SignedBoth, signed]).When(Issue(Later)).ThenRefused("inspection.signature-missing");
    }

    [Fact] public void Every_part_of_it_is_in_the_hash() => Assert.Distinct(new[]
    {
        Content(Seen), Content(Seen, Answered), Content(Later, Answered), Content(Seen, [.. Answered, new InspectionEvent.PhotoAttached(Id, Club, Shot)]),
        SignedContent.Of((Inspection.Running)Inspection.Decider.Fold(Walking), Seen, Noon.AddSeconds(1)),
    }.Select(content => content.Hash));

    [Fact] public void The_sheet_says_whether_it_still_is_what_was_signed()
    {
        var walk = Inspection.Decider.Fold([.. Walking, .. SignedBoth]);
        Assert.True(InspectionSheet.Of(walk, Seen, null)!.ContentHolds);
        Assert.False(InspectionSheet.Of(walk, Later, null)!.ContentHolds);
        Assert.Null(InspectionSheet.Of(Inspection.Decider.Fold([.. Walking, .. SignedBoth, Said("ASKED", Found.Met)]), Seen, null)!.Content);
    }

    [Fact] public void Older_signatures_name_no_content()
    {
        static object Read(object old) => EventCatalog.Decode(EventCatalog.NameOf(old), EventCatalog.Encode(old))!;
        Assert.Equal(OfOfficer, Read(new SignedV1(Id, Club, Officer, Signatory.Inspector)));
        Assert.Equal(new InspectionEvent.SignatureRefused(Id, Club, WhyUnsigned.Disagrees, null), Read(new SignatureRefusedV1(Id, Club, WhyUnsigned.Disagrees)));
    }

    static InspectionCommand.IssueAct Issue(Checklist list) => new(list, Today);

    [Fact] public void An_act_without_findings() => Given([.. Walking, .. Answered, OfOfficer, OfVenueSigned]).When(Issue(List(25, ("recorderLocked", true))))
        .Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));

    [Fact] public void An_unanswered_item_holds_the_act() => Given([.. Walking, Answered[0], OfOfficer, OfVenueSigned])
        .When(Issue(List(25, ("recorderLocked", true)))).ThenRefused("inspection.item-unanswered");

    [Fact] public void What_folded_away_is_not_asked() => Given([.. Walking, Answered[0], OfOfficer, OfVenueSigned])
        .When(Issue(List(25, ("recorderLocked", true), ("alcoholSold", false)))).Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));

    [Fact] public void Met_is_no_answer_where_the_rule_asks_for_a_number()
    {
        InspectionEvent[] said = [.. Walking, Said("FIGURE", Found.Met), OfOfficer, OfVenueSigned];
        Given(said).When(Issue(Measuring(null))).ThenRefused("inspection.figure-missing");
        Assert.Equal(["FIGURE"], InspectionSheet.Of(Inspection.Decider.Fold(said), Measuring(null), null)!.WithoutFigure);
        Given(said).When(Issue(Measuring(50))).Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));
    }

    /// <summary>A day, a text, and what only the probe could know.</summary>
    public static readonly TheoryData<Check> Valued =
        [new Check.InForce("venue.alcoholLicenceUntil"), new Check.HoldsAny("venue.signs", ["exit"]), new Check.Is("venue.guardLicenceSubtype", "1"), new Check.Each("camera", new Check.Share("online", 0.9m, new(0, 30, 0, TimeSpan.Zero)))];

    [Theory, MemberData(nameof(Valued))]
    public void Met_carries_its_value_or_is_no_answer(Check check)
    {
        Given([.. Walking, Said("VALUED", Found.Met), OfOfficer, OfVenueSigned]).When(Issue(Asking(check))).ThenRefused("inspection.figure-missing");
        Given([.. Walking, Said("VALUED", Found.NotChecked), OfOfficer, OfVenueSigned]).When(Issue(Asking(check))).Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));
    }

    [Fact] public void What_is_seen_with_the_eye_is_met_by_the_officers_word() => Given([.. Walking, Said("VALUED", Found.Met), OfOfficer, OfVenueSigned])
        .When(Issue(Asking(new Check.Is("venue.recorderLocked", "true")))).Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));

    [Fact] public void Nobody_talks_a_failure_away() => Given([.. Walking, Said("ASKED", Found.Met), Answered[1], OfOfficer, OfVenueSigned])
        .When(Issue(List(25, ("recorderLocked", false)))).ThenRefused("inspection.verdict-contradicts");

    static readonly InspectionEvent.ItemRecorded Bad = Said("ASKED", Found.NotMet, "The recorder stands open.");

    [Fact] public void A_failed_item_needs_a_photo() => Given([.. Walking, Bad, Answered[1], OfOfficer, OfVenueSigned])
        .When(Issue(List(25, ("recorderLocked", false)))).ThenRefused("inspection.photo-missing");

    static InspectionEvent.ActIssued Act(string rule, Severity severity, Wording wording, int days, string remark) => new(Id, Club, "book", "1", "hash",
        [new(Finding.IdOf(Id, rule), rule, severity, wording, false, "462-3", Today.AddDays(days), remark)]);

    [Fact] public void With_a_photo_it_is_a_finding() => Given([.. Walking, Bad, new InspectionEvent.PhotoAttached(Id, Club, Shot), Answered[1], OfOfficer, OfVenueSigned])
        .When(Issue(List(25, ("recorderLocked", false)))).Then(Act("ASKED", Severity.Critical, Wording.Violation, 10, "The recorder stands open."));

    [Fact] public void Or_with_the_reason_why_there_is_none() => Given([.. Walking, Bad with { NoPhoto = NoPhoto.NothingToSee }, Answered[1], OfOfficer, OfVenueSigned])
        .When(Issue(List(25, ("recorderLocked", false)))).Then(Act("ASKED", Severity.Critical, Wording.Violation, 10, "The recorder stands open."));

    [Fact] public void What_was_measured_needs_no_photo_and_what_was_not_read_is_no_violation() => Given([.. Walking, .. Answered, OfOfficer, OfVenueSigned])
        .When(Issue(List(12, ("recorderLocked", true))))
        .Then(Act("MEASURED", Severity.Major, Wording.ToBeConfirmed, 30, "Entrance: кадр жиілігі: 12\u00A0кадр/с (керегі: кемінде 15\u00A0кадр/с) / Entrance: частота кадров: 12\u00A0кадр/с (нужно: не менее 15\u00A0кадр/с)"));

    public static TheoryData<InspectionEvent[]> HalfSigned =>
        [Array.Empty<InspectionEvent>(), new InspectionEvent[] { OfOfficer }, new InspectionEvent[] { OfVenueSigned }];

    [Theory, MemberData(nameof(HalfSigned))]
    public void An_act_bears_two_signatures(InspectionEvent[] signatures) => Given([.. Walking, .. Answered, .. signatures])
        .When(Issue(List(25, ("recorderLocked", true)))).ThenRefused("inspection.signature-missing");

    [Fact] public void Or_a_recorded_refusal() => Given([.. Walking, .. Answered, OfOfficer, new InspectionEvent.SignatureRefused(Id, Club, WhyUnsigned.NobodyThere, null)])
        .When(Issue(List(25, ("recorderLocked", true)))).Then(new InspectionEvent.ActIssued(Id, Club, "book", "1", "hash", []));

    [Fact] public void The_list_is_of_the_version_it_began_with() => Given([.. Walking, .. Answered, OfOfficer, OfVenueSigned])
        .When(Issue(List(25) with { Hash = "later" })).ThenRefused("inspection.rulebook-other");

    [Fact] public void The_owners_check_ends_without_an_act() => Given([.. OwnWalk, .. Answered])
        .When(new InspectionCommand.CompleteSelfCheck(List(12, ("recorderLocked", true)), Owner)).Then(new InspectionEvent.SelfCheckCompleted(Id, Club, Owner));

    [Fact] public void It_asks_for_the_same_photos() => Given([.. OwnWalk, Said("ASKED", Found.NotMet), Answered[1]])
        .When(new InspectionCommand.CompleteSelfCheck(List(25, ("recorderLocked", false)), Owner)).ThenRefused("inspection.photo-missing");

    [Fact] public void It_issues_none() => Given([.. OwnWalk, .. Answered]).When(Issue(List(25, ("recorderLocked", true)))).ThenRefused("inspection.self-check");

    [Fact] public void An_inspection_is_not_completed_by_its_owner() => Given([.. Walking, .. Answered])
        .When(new InspectionCommand.CompleteSelfCheck(List(25), Owner)).ThenRefused("inspection.not-self-check");

    [Fact] public void What_is_over_stands() => Given([.. Walking, Act("ASKED", Severity.Critical, Wording.Violation, 10, "")])
        .When(Say("ASKED", Found.Met)).ThenRefused("inspection.over");

    [Fact] public void A_visit_may_be_cancelled() =>
        Given(Walking).When(new InspectionCommand.Cancel("Wrong venue")).Then(new InspectionEvent.Cancelled(Id, Club, "Wrong venue"));

    [Fact] public void What_was_cancelled_does_not_go_on() =>
        Given(Planned, new InspectionEvent.Cancelled(Id, Club, "Wrong venue")).When(Begin).ThenRefused("inspection.cancelled");

    [Fact] public void An_act_is_not_cancelled() => Given([.. Walking, Act("ASKED", Severity.Critical, Wording.Violation, 10, "")])
        .When(new InspectionCommand.Cancel("Regret")).ThenRefused("inspection.over");

    [Fact]
    public void The_queue_shows_where_a_visit_stands()
    {
        var row = InspectionRow.View.Build(Story.Of([.. ((InspectionEvent[])[.. Walking, Bad, new InspectionEvent.PhotoAttached(Id, Club, Shot)]).Select(f => (Id, (object)f))]))[Id];
        Assert.Equal((InspectionStage.Running, "26-17", 1, (int?)null), (row.Stage, row.Number, row.Photos, row.Findings));
        Assert.Equal(2, InspectionRow.View.Build(Story.Of((Id, Planned), (Id, Act("A", 0, 0, 1, "") with { Findings = [Bare("A"), Bare("B")] })))[Id].Findings);
    }

    [Fact]
    public void The_queue_has_the_open_first_then_the_finished_and_last_the_cancelled()
    {
        InspectionRow Row(params InspectionEvent[] facts) => InspectionRow.View.Build(Story.Of([.. facts.Select(f => (Id, (object)f))]))[Id];
        InspectionRow[] rows = [Row(Planned, new InspectionEvent.Cancelled(Id, Club, "Wrong venue")), Row(Planned, Registered, Started, Act("A", 0, 0, 1, "")), Row(Planned), Row(Planned, Registered, Started)];
        Assert.Equal(
            [InspectionStage.Running, InspectionStage.Planned, InspectionStage.Done, InspectionStage.Cancelled],
            rows.OrderBy(InspectionRow.View.SortOf, StringComparer.Ordinal).Select(row => row.Stage));
    }

    static Finding Bare(string rule) => new(Guid.Empty, rule, Severity.Minor, Wording.Recommended, false, null, Today, "");

    [Fact]
    public void A_line_names_the_day_it_was_walked_and_before_that_the_day_it_was_planned_for()
    {
        InspectionRow Row(params InspectionEvent[] facts) => InspectionRow.View.Build(Story.Of([.. facts.Select(f => (Id, (object)f))]))[Id];
        var earlier = Started with { At = Noon.AddDays(-2) };
        Assert.Equal((Today, Today.AddDays(-2)), (Row(Planned, Registered).On, Row(Planned, Registered, earlier, Act("A", 0, 0, 1, "")).On));
        Assert.Equal(Today.AddDays(-2), InspectionSheet.Of(Inspection.Decider.Fold([Planned, Registered, earlier]), null, null)!.On);
    }
}
