using Compliance.Domain.Inspections;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Inspections;

/// <summary>An inspection of a made-up venue against a made-up rulebook of three rules: one asked, one measured, one under a condition.</summary>
static class Visit
{
    public static readonly Guid Id = new("00000000-0000-0000-0000-0000000000b1"), Club = new("00000000-0000-0000-0000-0000000000a1");
    public static readonly Guid Officer = new("00000000-0000-0000-0000-0000000000c1"), Owner = new("00000000-0000-0000-0000-0000000000d1");
    public static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 6, 1);

    public static readonly Rulebook Book = new("book", "1", new("", "", ""), "KZ", new(2026, 1, 1), null, [],
        new Dictionary<string, Source> { ["S1"] = new("Act, article 1", "https://law.example", "R") },
        [
            Rule("ASKED", new Check.Is("venue.recorderLocked", "true"), Severity.Critical, Confidence.Read),
            Rule("MEASURED", new Check.Each("camera", new Check.AtLeast("fps", 15)), Severity.Major, Confidence.General),
            Rule("CONDITION", new Check.When(new Check.Is("venue.alcoholSold", "true"), new Check.InForce("venue.alcoholLicenceUntil")), Severity.Minor, Confidence.Read),
        ]);

    public static readonly InspectionCommand.Schedule Plan = new(Id, Club, InspectionKind.Scheduled, Today, "book", "Fire department", "Plan 2026, line 7", [Officer]);
    public static readonly InspectionEvent.Scheduled Planned = new(Id, Club, InspectionKind.Scheduled, Today, "book", "Fire department", "Plan 2026, line 7", [Officer]);
    public static readonly InspectionEvent.CheckRegistered Registered = new(Id, Club, "26-17");
    public static readonly InspectionEvent.Started Started = new(Id, Club, "book", "1", "hash", Noon);
    public static readonly InspectionEvent[] Walking = [Planned, Registered, Started];
    public static readonly InspectionEvent[] OwnWalk =
        [new InspectionEvent.Scheduled(Id, Club, InspectionKind.SelfCheck, Today, "book", "", "", [Owner]), Started];

    public static readonly InspectionCommand.Start Begin = new("book", "1", "hash", Noon);
    public static readonly Photo Shot = new(new("00000000-0000-0000-0000-0000000000e1"), "ASKED", new('a', 64), Noon, new(43.2, 76.9), "tablet", 100);

    public static InspectionEvent.ItemRecorded Said(string rule, Found? verdict, string? remark = null, NoPhoto? noPhoto = null, params Statement[] statements) =>
        new(Id, Club, rule, verdict, statements, [], remark, noPhoto);

    public static InspectionCommand.RecordItem Say(string rule, Found? verdict, string? remark = null, NoPhoto? noPhoto = null, params Statement[] statements) =>
        new(rule, verdict, statements, [], remark, noPhoto);

    public static Statement OfVenue(string attribute, bool value) => new(Vocabulary.Venue, "club", "", attribute, new Known.Flag(value));

    /// <summary>The list of a venue with one camera of so many frames a second, when this is known of the venue.</summary>
    public static Checklist List(int fps, params (string Name, bool Value)[] known) => Checklist.Of(Facts(fps, known), Book, "hash");

    static VenueFacts Facts(int fps, (string Name, bool Value)[] known) => new(
        Club, Noon, new(Vocabulary.Venue, "club", "", known.ToDictionary(k => k.Name, k => (Known)new Known.Flag(k.Value) { From = Provenance.Inspector })),
        new Dictionary<string, IReadOnlyList<Thing>>
        {
            ["camera"] = [new("camera", "1", "Entrance", new Dictionary<string, Known> { ["fps"] = new Known.Number(fps, Guid.Empty) { From = Provenance.Measured } })],
        },
        Vocabulary.Registered, OpeningWeeks.None);

    /// <summary>A list that asks for one number of the venue, which somebody may have written down.</summary>
    public static Checklist Measuring(decimal? metres) => Checklist.Of(Facts(25, []) is var facts && metres is { } said
        ? facts with { Venue = facts.Venue with { Attributes = new Dictionary<string, Known> { ["uplink"] = new Known.Number(said, Guid.Empty) { From = Provenance.Inspector } } } } : facts,
        Book with { Rules = [Rule("FIGURE", new Check.AtLeast("venue.uplink", 20), Severity.Major, Confidence.Read)] }, "hash");

    /// <summary>A list of one rule of which nothing is known.</summary>
    public static Checklist Asking(Check check) => Checklist.Of(Facts(25, []), Book with { Rules = [Rule("VALUED", check, Severity.Major, Confidence.Read)] }, "hash");

    static Rule Rule(string id, Check check, Severity severity, Confidence confidence) =>
        new(id, "subject", new("", "", ""), check, severity, [new(Basis.Law, confidence)], ["S1"], Answerable.Owner, "462-3");
}
