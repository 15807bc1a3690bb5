using Compliance.Domain.Rulebooks;
using static Compliance.Domain.Tests.Rulebooks.VenueFactsBuilder;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>Each of the 63 Kazakh rules with an example that passes (the exemplary club), one that fails and one that is unknown.</summary>
public sealed class KazakhRulesTests
{
    delegate VenueFactsBuilder Change(VenueFactsBuilder club);

    static readonly Rulebook Book = RulebookShelf.All["kz-nightclub-2025-2026"];

    static readonly DateTimeOffset LongAgo = Night.AddYears(-2);

    static readonly Dictionary<string, (Change Fails, Change Unknown)> Examples = new()
    {
        ["KZ.CAM.001"] = (c => c.Set("opening", ("recordingCameras", 0)), c => c.Unlisted("opening")),
        ["KZ.CAM.002"] = (c => c.Set("camera", ("pxPerMetre", 249)), c => c.Forget("camera", "pxPerMetre")),
        ["KZ.CAM.003"] = (c => c.Add("zone", ("use", "bar"), ("pxPerMetre", 62)), c => c.Forget("zone", "pxPerMetre")),
        ["KZ.CAM.004"] = (c => c.Set("opening", ("cameras", 0)), c => c.Forget("opening", "pxPerMetre")),
        ["KZ.CAM.005"] = (c => c.Set("camera", ("height", 720)), c => c.Forget("camera", "width")),
        ["KZ.CAM.006"] = (c => c.Set("camera", ("fps", 24)), c => c.Set("camera", ("fps", 20)).Forget("camera", "entrance")),
        ["KZ.CAM.007"] = (c => c.Set("camera", ("codec", "MJPEG")), c => c.Forget("camera", "onvifProfiles")),
        ["KZ.CAM.008"] = (c => c.Set("camera", ("archiveDays", 29)), c => c.Forget("camera", "archiveDays")),
        ["KZ.CAM.009"] = (c => c.Set("incident", ("footageHeld", false)), c => c.Forget("incident", "holdDays")),
        ["KZ.CAM.010"] = (c => c.Set("camera", ("clockOffset", 1.1m)), c => c.Forget("camera", "timeShown")),
        ["KZ.CAM.011"] = (c => c.Set("camera", ("recording", UpBut(TimeSpan.FromSeconds(61)))), c => c.Forget("camera", "recording")),
        ["KZ.CAM.012"] = (c => c.None("dailyCheck"), c => c.None("dailyCheck").Unlisted("dailyCheck")),
        ["KZ.CAM.013"] = (c => c.Set("camera", ("certifiedAt", LongAgo)), c => c.Forget("camera", "certifiedAt")),
        ["KZ.CAM.014"] = (c => c.Forget("outage", "repairedAt"), c => c.Forget("outage", "detectedAt")),
        ["KZ.CAM.015"] = (c => c.Forget("outage", "policeNotifiedAt"), c => c.Unlisted("outage")),
        ["KZ.CAM.016"] = (c => c.Set("camera", ("recordingNow", false)), c => c.Forget("camera", "recordingNow")),
        ["KZ.CAM.017"] = (c => c.Venue(("recorderUsers", 4)), c => c.Forget("recorderLocked")),
        ["KZ.CAM.018"] = (c => c.Set("opening", ("signLanguages", (string[])["ru"])), c => c.Forget("opening", "sign")),
        ["KZ.POL.001"] = (c => c.None("legalBasis"), c => c.None("legalBasis").Forget("policeFeed")),
        ["KZ.POL.002"] = (c => c.Set("camera", ("online", UpBut(TimeSpan.FromHours(8)))), c => c.Forget("camera", "online")),
        ["KZ.POL.003"] = (c => c.Set("camera", ("firstPicture95", 11)), c => c.Forget("camera", "firstPicture95")),
        ["KZ.POL.004"] = (c => c.Venue(("uplink", 4.7m)), c => c.Forget("camera", "bitrate")),
        ["KZ.POL.005"] = (c => c.Set("access", ("caseNumber", "")), c => c.Forget("access", "purpose")),
        ["KZ.POL.006"] = (c => c.Forget("footageRequest", "fulfilledAt"), c => c.Forget("footageRequest", "receivedAt")),
        ["KZ.POL.007"] = (c => c.Venue(("panicButton", false)), c => c.Venue(("panicButton", false)).Forget("uto")),
        ["KZ.FIRE.001"] = (c => c.None("fireAlarm"), c => c.Forget("fireAlarm", "state")),
        ["KZ.FIRE.002"] = (c => c.Venue(("warningTestPassed", false)), c => c.Forget("warningTestedAt")),
        ["KZ.FIRE.003"] = (c => c.None("person"), c => c.Forget("fireInstructionApproved")),
        ["KZ.FIRE.004"] = (c => c.Venue(("fireServicePermitUntil", LongAgo)), c => c.Forget("fireServicePermitUntil")),
        ["KZ.FIRE.005"] = (c => c.Set("fireAlarm", ("testedAt", Night.AddDays(-8))), c => c.Forget("fireAlarm", "checkedAt")),
        ["KZ.FIRE.006"] = (c => c.Venue(("drillAt", LongAgo)), c => c.Venue(("drillAt", LongAgo)).Forget("capacity")),
        ["KZ.FIRE.007"] = (c => c.Venue(("fireConclusionUntil", LongAgo)), c => c.Venue(("fireConclusionUntil", LongAgo)).Forget("commissionedUnderLaw")),
        ["KZ.FIRE.008"] = (c => c.Venue(("insuranceUntil", LongAgo)), c => c.Forget("insuranceUntil")),
        ["KZ.FIRE.009"] = (c => c.Venue(("pyrotechnicsAbsent", false)), c => c.Forget("pyrotechnicsAbsent")),
        ["KZ.EXIT.001"] = (c => c.Venue(("capacity", 501)), c => c.Forget("capacity")),
        ["KZ.EXIT.002"] = (c => c.Set("exit", ("lock", "Key")), c => c.Set("exit", ("lock", "Magnetic"))),
        ["KZ.EXIT.003"] = (c => c.Set("exit", ("free", false)), c => c.Forget("exit", "free")),
        ["KZ.EXIT.004"] = (c => c.Set("exit", ("opens", "Inward")), c => c.Set("exit", ("opens", "Inward")).Forget("capacity")),
        ["KZ.EXIT.005"] = (c => c.Set("exit", ("clearWidth", 1.1m)), c => c.Set("exit", ("clearWidth", 1.1m)).Forget("capacity")),
        ["KZ.EXIT.006"] = (c => c.Venue(("exitSignsLit", false)), c => c.Forget("exitsMarked")),
        ["KZ.EXIT.007"] = (c => c.Venue(("emergencyLightFullTestAt", LongAgo)), c => c.Forget("emergencyLightShortTestAt")),
        ["KZ.EXIT.008"] = (c => c.Venue(("headcount", 351)), c => c.Forget("maxPersons")),
        ["KZ.EXIT.009"] = (c => c.Set("floorPlan", ("posted", false)), c => c.None("floorPlan").Unlisted("floorPlan")),
        ["KZ.EXIT.010"] = (c => c.Venue(("floor", 3)), c => c.Forget("windowBars")),
        ["KZ.GRD.001"] = (c => c.Venue(("guardLicenceUntil", LongAgo)), c => c.Venue(("guardLicenceUntil", LongAgo)).Forget("guardsHired")),
        ["KZ.GRD.002"] = (c => c.Venue(("guardLicenceSubtype", "2")), c => c.Forget("guardLicenceSubtype")),
        ["KZ.GRD.003"] = (c => c.None("guardShift"), c => c.Forget("headcount")),
        ["KZ.GRD.004"] = (c => c.Venue(("guardLogDays", 90)), c => c.Forget("guardLogComplete")),
        ["KZ.GRD.005"] = (c => c.Venue(("countError", 0.06m)), c => c.Forget("countError")),
        ["KZ.GRD.006"] = (c => c.Forget("incident", "recordedAt"), c => c.Forget("incident", "at")),
        ["KZ.OWN.001"] = (c => c.Set("person", ("post", "Owner")), c => c.Set("person", ("post", "Owner")).Unlisted("person")),
        ["KZ.OWN.002"] = (c => c.Add("noise", ("at", Night.AddHours(-1))), c => c.Add("noise")),
        ["KZ.OWN.003"] = (c => c.Add("minor", ("at", Night.AddHours(-1))), c => c.Unlisted("minor")),
        ["KZ.OWN.004"] = (c => c.Forget("drugs", "measureAt"), c => c.Forget("drugs", "at")),
        ["KZ.OWN.005"] = (c => c.Add("underageSale", ("at", Night.AddDays(-20))), c => c.Forget("alcoholLicenceUntil")),
        ["KZ.OWN.006"] = (c => c.Forget("order", "executedAt"), c => c.Forget("order", "dueAt")),
        ["KZ.OWN.007"] = (c => c.Venue(("utoTrainingAt", LongAgo)), c => c.Forget("utoPassportUntil")),
        ["KZ.OWN.008"] = (c => c.Set("offence", ("caseOpenedAt", Night.AddDays(62))), c => c.Unlisted("offence")),
        ["KZ.PRV.001"] = (c => c.Venue(("strayTemplates", 1)), c => c.Forget("strayTemplates")),
        ["KZ.PRV.002"] = (c => c.Set("alert", ("reviewedAt", Night)), c => c.Forget("alert", "reviewedAt")),
        ["KZ.PRV.003"] = (c => c.Set("watchListEntry", ("category", "nuisance_guest")), c => c.Forget("watchListEntry", "expiresAt")),
        ["KZ.PRV.004"] = (c => c.Venue(("analyticsModules", (string[])["movement", "emotion"])), c => c.Forget("analyticsModules")),
        ["KZ.PRV.005"] = (c => c.Set("breach", ("notifiedAt", Night)), c => c.Unlisted("breach")),
    };

    public static TheoryData<string> Rules => [.. Book.Rules.Select(r => r.Id)];

    [Fact]
    public void Every_rule_has_its_examples_and_every_example_its_rule() =>
        Assert.Equal(Book.Rules.Select(r => r.Id).Order(StringComparer.Ordinal), Examples.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Rules))]
    public void The_exemplary_club_passes(string rule) => Said(rule, Exemplary(), Outcome.Pass);

    [Theory, MemberData(nameof(Rules))]
    public void What_breaks_it_fails(string rule) => Said(rule, Examples[rule].Fails(Exemplary()), Outcome.Fail);

    [Theory, MemberData(nameof(Rules))]
    public void What_nobody_knows_is_unknown(string rule) => Said(rule, Examples[rule].Unknown(Exemplary()), Outcome.Unknown);

    [Theory, MemberData(nameof(Rules))]
    public void Of_a_venue_nobody_knows_anything_of_nothing_passes(string rule) =>
        Assert.DoesNotContain(Book.Evaluate(Exemplary().Facts with
        {
            Venue = new(Vocabulary.Venue, "", "", new Dictionary<string, Known>()),
            Things = new Dictionary<string, IReadOnlyList<Thing>>(),
            Complete = new HashSet<string>(),
        }), r => r.Rule.Id == rule && r.Outcome is Outcome.Pass or Outcome.Fail);

    static void Said(string rule, VenueFactsBuilder club, Outcome outcome)
    {
        var result = Book.Evaluate(club.Facts).Single(r => r.Rule.Id == rule);
        Assert.Equal(outcome, result.Outcome);
        Assert.Contains(result.Grounds, ground => ground.Outcome == outcome);
    }
}
