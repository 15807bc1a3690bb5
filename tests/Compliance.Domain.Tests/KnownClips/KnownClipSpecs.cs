using Compliance.Domain.Detectors;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Models;
using Compliance.Domain.Probes;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.KnownClips.KnownClip;
using static Compliance.Domain.KnownClips.KnownClipCommand;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.KnownClips;

public sealed class KnownClipSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000c1"), Box = new("00000000-0000-0000-0000-0000000000b1"), Other = new("00000000-0000-0000-0000-0000000000b2"), Venue = new("00000000-0000-0000-0000-00000000000a"), Camera = new("00000000-0000-0000-0000-00000000000c");
    static readonly KnownClipEvent.Added Card = new(Id, Detector.Fight, true, new('a', 64), 1000, 10, 640, 360, ClipRight.Staged, "Order 7");
    static readonly Add Told = new(Id, Detector.Fight, true, ClipRight.Staged, " Order 7 ", new('a', 64), 1000, 10, 640, 360);
    static readonly KnownClipEvent.Deleted Gone = new(Id, "Consent taken back", Noon);

    [Fact] public void It_is_added_with_why_it_may_be_used() => KnownClip.Decider.Given().When(Told).Then(Card);
    [Fact] public void A_second_knock_adds_nothing() => KnownClip.Decider.Given(Card).When(Told).ThenNothing();
    [Fact] public void Another_clip_has_another_id() => KnownClip.Decider.Given(Card).When(Told with { Shows = false }).ThenRefused("knownclip.already-added");
    [Fact] public void Without_a_paper_it_is_not_used() => KnownClip.Decider.Given().When(Told with { Paper = " " }).ThenRefused("knownclip.paper-missing", "paper");

    [Theory, InlineData("№ 12 of 03.11.2026", true), InlineData("K-7/2026", true), InlineData("Ерлан Тестов, 2026", false), InlineData("consents of all", false), InlineData("4444444444 4444444444 4444444444 4444444444 4", false)]
    public void A_consent_is_cited_by_its_number_and_names_nobody(string paper, bool isTaken)
    {
        var told = KnownClip.Decider.Given().When(Told with { Right = ClipRight.Consent, Paper = paper });
        if (isTaken) told.Then(Card with { Right = ClipRight.Consent, Paper = paper });
        else told.ThenRefused("knownclip.paper-number", "paper");
    }

    [Fact] public void Faces_are_not_tried_by_clips() => KnownClip.Decider.Given().When(Told with { Detector = Detector.WatchList }).ThenRefused("knownclip.detector-untried", "detector");
    [Fact] public void An_empty_file_is_none() => KnownClip.Decider.Given().When(Told with { Bytes = 0 }).ThenRefused("knownclip.file-size", "file");
    [Fact] public void A_large_one_is_refused() => KnownClip.Decider.Given().When(Told with { Bytes = Largest + 1 }).ThenRefused("knownclip.file-size", "file");
    [Fact] public void A_picture_of_8K_is_refused() => KnownClip.Decider.Given().When(Told with { Width = 7680, Height = 4320 }).ThenRefused("knownclip.picture-size", "file");

    [Theory, InlineData(5.9), InlineData(60.1), InlineData(double.NaN)]
    public void A_clip_lasts_some_seconds(double seconds) => KnownClip.Decider.Given().When(Told with { Seconds = seconds }).ThenRefused("knownclip.length", "file");

    [Fact] public void It_is_assigned_to_boxes() => KnownClip.Decider.Given(Card).When(new Assign([Other, Box, Box], Noon)).Then(new KnownClipEvent.Assigned(Id, [Box, Other], Noon));
    [Fact] public void Or_to_every_box() => KnownClip.Decider.Given(Card).When(new Assign(null, Noon)).Then(new KnownClipEvent.Assigned(Id, null, Noon));
    [Fact] public void The_same_boxes_are_nothing_new() => KnownClip.Decider.Given(Card, new KnownClipEvent.Assigned(Id, [Box, Other], Noon)).When(new Assign([Other, Box], Noon)).ThenNothing();
    [Fact] public void It_is_deleted_with_grounds() => KnownClip.Decider.Given(Card).When(new Delete(" Consent taken back ", Noon)).Then(Gone);
    [Fact] public void Not_without() => KnownClip.Decider.Given(Card).When(new Delete("", Noon)).ThenRefused("knownclip.grounds-missing", "grounds");
    [Fact] public void Once() => KnownClip.Decider.Given(Card, Gone).When(new Delete("again", Noon)).ThenNothing();
    [Fact] public void What_was_deleted_is_assigned_to_nobody() => KnownClip.Decider.Given(Card, Gone).When(new Assign(null, Noon)).ThenRefused("knownclip.deleted");
    [Fact] public void Nobody_assigns_what_nobody_added() => KnownClip.Decider.Given().When(new Assign(null, Noon)).ThenRefused("knownclip.unknown");

    [Fact]
    public void A_box_plays_what_is_assigned_to_it_and_not_deleted()
    {
        KnownClipRow Row(params KnownClipEvent[] facts) => KnownClipRow.View.Build(Of([(Id, Card), .. facts.Select(fact => (Id, (object)fact))])).Values.Single();
        Assert.False(Row().IsFor(Box));
        Assert.True(Row(new KnownClipEvent.Assigned(Id, [Box], Noon)).IsFor(Box));
        Assert.False(Row(new KnownClipEvent.Assigned(Id, [Box], Noon)).IsFor(Other));
        Assert.True(Row(new KnownClipEvent.Assigned(Id, null, Noon)).IsFor(Other));
        Assert.False(Row(new KnownClipEvent.Assigned(Id, null, Noon), Gone).IsFor(Box));
        Assert.False(Row(new KnownClipEvent.Assigned(Id, null, Noon), new KnownClipEvent.Assigned(Id, [], Noon)).IsFor(Box));
    }

    // Showings

    static readonly DetectorModel Model = new("fights", new('b', 64), 0.6, new('c', 64));

    static ShowingObserved Seen(bool found) => new(Box, Camera, Noon, new(true, 0), Id, Detector.Fight, Model, found, found ? 5.5 : null, found ? 0.8 : null, 55, 2, null);

    static ShowingEvent.Judged Judged(Guid id, bool shows, bool found, DateTimeOffset at, double? after = null) => new(id, Venue, Camera, Id, Detector.Fight, shows, Model, found, found ? after ?? 5.5 : null, found ? 0.8 : null, 55, 2, at);

    [Fact] public void What_a_box_found_stands_beside_what_the_clip_shows() => Showing.Decider.Given().When(new TellShowing(Seen(true), Venue, true, Noon)).Then(Judged(Box, true, true, Noon));
    [Fact] public void And_so_does_what_it_did_not_find() => Showing.Decider.Given().When(new TellShowing(Seen(false), Venue, true, Noon)).Then(Judged(Box, true, false, Noon));
    [Fact] public void Told_twice_it_is_one() => Showing.Decider.Given(Judged(Box, true, true, Noon)).When(new TellShowing(Seen(true), Venue, true, Noon)).ThenNothing();

    [Fact]
    public void Why_it_was_not_shown_is_a_fact_too() => Showing.Decider.Given().When(new TellShowing(Seen(false) with { Model = null, Because = NotShown.ClipMissing }, Venue, true, Noon))
        .Then(new ShowingEvent.Failed(Box, Venue, Camera, Id, Detector.Fight, NotShown.ClipMissing, Noon));

    public static TheoryData<ShowingObserved> Unsound =>
        [Seen(true) with { AfterSeconds = null }, Seen(false) with { AfterSeconds = 3 }, Seen(true) with { Score = 1.5 }, Seen(true) with { AfterSeconds = 600 }, Seen(false) with { FramesAnalysed = 0 }, Seen(false) with { Model = null }];

    [Theory, MemberData(nameof(Unsound))]
    public void What_cannot_be_is_not_counted(ShowingObserved told) => Showing.Decider.Given().When(new TellShowing(told, Venue, true, Noon)).ThenRefused("showing.unsound");

    [Fact]
    public void Recall_is_counted_by_version_venue_and_month_and_false_alarms_apart()
    {
        Guid Next(int n) => new($"00000000-0000-0000-0000-0000000000e{n}");
        var rows = RecallMonth.View.Build(Of(
            (Next(1), Judged(Next(1), true, true, Noon, 4)), (Next(2), Judged(Next(2), true, true, Noon, 6)), (Next(3), Judged(Next(3), true, false, Noon)), (Next(4), Judged(Next(4), false, true, Noon)), (Next(5), Judged(Next(5), false, false, Noon)),
            (Next(6), Judged(Next(6), true, true, Noon.AddDays(40))), (Next(7), new ShowingEvent.Failed(Next(7), Venue, Camera, Id, Detector.Fight, NotShown.NothingRan, Noon)))).Values.OrderBy(RecallMonth.View.SortOf, StringComparer.Ordinal).ToList();
        Assert.Equal([new(2026, 7, 1), new(2026, 6, 1), new(2026, 6, 1)], rows.Select(row => row.Month));
        Assert.Equal(new Recall(1, 1, 0, 0, 5.5), rows[0].Recall);
        var failed = rows.Single(row => row.ModelSha256 is null);
        Assert.Equal((Recall.None, 1), (failed.Recall, failed.NotShown[NotShown.NothingRan]));
        var june = rows.Single(row => row.Month.Month == 6 && row.ModelSha256 is not null);
        Assert.Equal(new Recall(3, 2, 2, 1, 10), june.Recall);
        Assert.Equal(5, june.Recall.MeanSeconds);
        Assert.Equal(new Dictionary<string, DateTimeOffset> { ["user:test"] = Noon }, june.Boxes);
    }

    [Theory, InlineData(0, 0, 0, 1), InlineData(3, 3, 0.4385, 1), InlineData(0, 10, 0, 0.2775), InlineData(5, 10, 0.2366, 0.7634), InlineData(80, 100, 0.7112, 0.8666)]
    public void Of_few_nobody_knows_much(int found, int of, double from, double to)
    {
        var interval = Wilson.Of(found, of);
        Assert.Equal(from, interval.From, 4);
        Assert.Equal(to, interval.To, 4);
    }
}
