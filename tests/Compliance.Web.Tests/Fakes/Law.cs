using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Web.Tests.Fakes;

/// <summary>What the shipped rulebooks say of a made-up club, worked out by the engine itself.</summary>
static class Law
{
    public static VenueCompliance Of(VenueCard venue, IEnumerable<DeviceCard> devices, DateTimeOffset at, string book = "kz-nightclub-2025-2026")
    {
        var things = devices.Where(d => d.VenueId == venue.VenueId).Select(Of).GroupBy(t => t.Kind).ToDictionary(t => t.Key, t => (IReadOnlyList<Thing>)[.. t]);
        var club = new Thing(Vocabulary.Venue, venue.VenueId.ToString(), "", new Dictionary<string, Known>
        {
            ["uto"] = new Known.Flag(venue.Details.Uto, By("uto")), ["capacity"] = new Known.Number(venue.Capacity, By("capacity")),
            ["fireConclusionUntil"] = new Known.Instant(at.AddMonths(-1), By("fire")), ["insuranceUntil"] = new Known.Instant(at.AddMonths(3), By("insurance")),
        });
        var facts = new VenueFacts(venue.VenueId, at, club, things, Vocabulary.Registered, OpeningWeeks.Always(venue.OpeningHours));
        return VenueCompliance.Of(facts, RulebookShelf.All[book], RulebookShelf.Hash(book));
    }

    /// <summary>A second version of the Kazakh rulebook: one rule more, one less, one parameter and one text otherwise.</summary>
    public static string Draft { get; } = Written();

    public static RulebookRow Versions => new(
        RulebookVersions.IdOf(Book), Book,
        [
            new("0.2.0", RulebookVersions.HashOf(Draft), VersionState.Draft, null, null, null),
            new("0.1.2", RulebookShelf.Hash(Book), VersionState.Published, new(2025, 9, 25), null, null),
        ]);

    public static RulebookDiff Diff => RulebookDiff.Between(RulebookShelf.Text(Book), Draft);

    public static WhatIfState Trial(City city) => new(
        Book, "0.2.0", RulebookVersions.HashOf(Draft), "0.1.2", city.Now, city.Venues.Count, city.Venues.Count, 0, false, false,
        WhatIf.Sum(RulebookFile.Read("", Draft).Rulebook!, [new("KZ.CAM.002", city.Venues[0].VenueId, Outcome.Fail), new("KZ.CAM.002", city.Venues[1].VenueId, Outcome.Fail), new("KZ.EXIT.002", city.Venues[1].VenueId, Outcome.Unknown)]));

    public static FleetCompliance Fleet(City city) => FleetCompliance.Of(RulebookShelf.All[Book],
        city.Venues.Select(venue => Of(venue, city.Devices, city.Now)).Select(answer => new ComplianceCard(
            answer.VenueId, answer.Rulebook, answer.Version, answer.RulebookHash, answer.AsOf,
            [.. answer.Rules.Select(rule => new RuleStands(rule.RuleId, rule.Outcome, rule.Wording, rule.HardStop, rule.Severity, rule.Answerable))])),
        city.Venues.ToDictionary(venue => venue.VenueId));

    static string Written()
    {
        var book = System.Text.Json.Nodes.JsonNode.Parse(RulebookShelf.Text(Book))!;
        (book["version"], book["validFrom"]) = ("0.2.0", "2027-01-01");
        var rules = book["rules"]!.AsArray();
        var faces = rules.First(rule => $"{rule!["id"]}" == "KZ.CAM.002")!;
        faces["params"]!["min"] = 350;
        faces["requirement"]!["en"] = "An entrance camera gives an image of the face by which a person can be identified, at night too.";
        rules.RemoveAt(rules.Count - 1);
        var more = rules[0]!.DeepClone();
        more["id"] = "KZ.CAM.099";
        rules.Add(more);
        return book.ToJsonString();
    }

    const string Book = "kz-nightclub-2025-2026";

    static Thing Of(DeviceCard device) => device.Spec switch
    {
        ExitSpec exit => Thing("exit", device, new()
        {
            ["lock"] = new Known.Text($"{exit.Lock}", By("lock")), ["opens"] = new Known.Text($"{exit.Opening}", By("opens")),
            ["clearWidth"] = new Known.Number(exit.ClearWidthMm / 1000m, By("width")), ["clearHeight"] = new Known.Number(exit.ClearHeightMm / 1000m, By("height")),
        }),
        FireAlarmSpec => Thing("fireAlarm", device, new() { ["state"] = new Known.Text(device.Verdict == Verdict.Ready ? "normal" : "Fault", By("state")) }),
        CameraSpec camera => Thing("camera", device, new()
        {
            ["entrance"] = new Known.Flag(camera.Purpose == CameraPurpose.Entrance, By("entrance")), ["onlineNow"] = new Known.Flag(device.Verdict == Verdict.Online, By("online")),
            ["width"] = new Known.Number(1280, By("w")), ["height"] = new Known.Number(720, By("h")), ["fps"] = new Known.Number(24.9m, By("fps")),
            ["pxPerMetre"] = new Known.Number(120, By("px")),
        }),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    static Thing Thing(string kind, DeviceCard device, Dictionary<string, Known> known) => new(kind, device.DeviceId.ToString(), device.Spec.PlaceRu, known);

    static Guid By(string what) => Compliance.Domain.Kernel.EventIds.From(Guid.Empty, what);
}
