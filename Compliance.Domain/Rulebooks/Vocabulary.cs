namespace Compliance.Domain.Rulebooks;

public enum WordType { Flag, Number, Text, Texts, Instant, Line }

/// <summary>One attribute of a kind of thing. <paramref name="Unit"/> is what its number counts.</summary>
public sealed record Word(string Name, WordType Type, string? Unit = null);

/// <summary>The words a check may use: kinds of things, and the attributes of each. A rulebook that uses another one is refused.</summary>
public static class Vocabulary
{
    public const string Venue = "venue";

    /// <summary>Kinds the register itself lists: the log names every one of them.</summary>
    public static readonly IReadOnlySet<string> Registered = new HashSet<string> { "camera", "fireAlarm", "exit", "legalBasis", "outage", "order" };

    /// <summary>Kinds whose things stand for persons.</summary>
    public static readonly IReadOnlySet<string> OfPersons =
        new HashSet<string> { "person", "guardShift", "recorderUser", "access", "minor", "underageSale", "offence", "alert", "watchListEntry" };

    /// <summary>Attributes that this system brings about itself: it tells the police of an outage.</summary>
    public static readonly IReadOnlySet<string> OfTheSystem = new HashSet<string> { "outage.policeNotifiedAt" };

    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, Word>> Kinds =
        new Dictionary<string, IReadOnlyDictionary<string, Word>>
        {
            [Venue] = Of(
                Flag("uto"), Number("capacity", "persons"), Number("maxPersons", "persons"), Number("headcount", "persons"),
                Number("countError", "share"), Flag("largeFacility"), Flag("nearDwellings"), Flag("commissionedUnderLaw"),
                Instant("fireConclusionUntil"), Instant("insuranceUntil"), Instant("alcoholLicenceUntil"), Flag("alcoholSold"),
                Flag("fireInstructionApproved"), Instant("fireServicePermitUntil"), Instant("warningTestedAt"), Flag("warningTestPassed"),
                Flag("pyrotechnicsAbsent"), Instant("drillAt"), Flag("exitsMarked"), Flag("exitSignsLit"),
                Instant("emergencyLightShortTestAt"), Instant("emergencyLightFullTestAt"),
                Flag("windowBars"), Number("floor", "storey"), Flag("guardsHired"), Instant("guardLicenceUntil"), Text("guardLicenceSubtype"),
                Flag("guardLogComplete"), Number("guardLogDays", "days"), Flag("panicButton"), Instant("panicButtonTestedAt"),
                Flag("recorderLocked"), Number("recorderUsers", "persons"), Flag("recorderUsersCertified"), Number("uplink", "Mbit/s"),
                Instant("utoPassportUntil"), Instant("utoTrainingAt"), Flag("lightingSufficient"), Texts("signs"), Texts("analyticsModules"),
                Number("strayTemplates", "templates"), Flag("memorandumSigned"), Flag("monitoredByPolice"), Number("installerYears", "years"),
                Flag("exportPlayable"), Flag("systemOperatorPresent"), Flag("policeFeed")),
            ["camera"] = Of(
                Text("purpose"), Flag("entrance"), Flag("outside"), Number("width", "px"), Number("height", "px"), Number("fps", "1/s"), Text("codec"),
                Texts("protocols"), Texts("onvifProfiles"), Number("pxPerMetre", "px/m"), Number("archiveDays", "days"), Number("holdDays", "days"),
                Number("clockOffset", "s"), Flag("timeShown"), Line("online"), Line("recording"), Flag("recordingNow"), Flag("onlineNow"), Instant("certifiedAt"),
                Flag("audio"), Number("bitrate", "Mbit/s"), Number("firstPicture95", "s"), Number("coverageRadius", "m"), Flag("discernible")),
            ["opening"] = Of(Flag("patrons"), Flag("evacuation"), Number("cameras", "cameras"), Number("recordingCameras", "cameras"), Number("pxPerMetre", "px/m"), Flag("sign"), Texts("signLanguages")),
            ["zone"] = Of(Text("use"), Number("pxPerMetre", "px/m")),
            ["exit"] = Of(
                Number("clearWidth", "m"), Number("clearHeight", "m"), Text("opens"), Text("lock"), Flag("opensWithoutKey"), Flag("free")),
            ["fireAlarm"] = Of(Text("state"), Flag("supervised"), Instant("checkedAt"), Instant("testedAt"), Instant("servicedAt")),
            ["legalBasis"] = Of(Text("kind"), Text("document"), Instant("until")),
            ["person"] = Of(Text("post")),
            ["outage"] = Of(Text("device"), Instant("lastedUntil"), Instant("detectedAt"), Instant("repairedAt"), Instant("policeNotifiedAt")),
            ["dailyCheck"] = Of(Instant("at")),
            ["incident"] = Of(Instant("at"), Instant("recordedAt"), Flag("footageHeld"), Number("holdDays", "days")),
            ["guardShift"] = Of(Flag("onDuty"), Flag("licensed")),
            ["footageRequest"] = Of(Instant("receivedAt"), Instant("fulfilledAt"), Flag("fulfilled")),
            ["recorderUser"] = Of(Text("role")),
            ["access"] = Of(Text("officer"), Instant("at"), Text("purpose"), Text("caseNumber")),
            ["order"] = Of(Instant("dueAt"), Instant("executedAt")),
            ["noise"] = Of(Instant("at")),
            ["minor"] = Of(Instant("at")),
            ["underageSale"] = Of(Instant("at")),
            ["drugs"] = Of(Instant("at"), Instant("measureAt")),
            ["disclosure"] = Of(Instant("at")),
            ["offence"] = Of(Instant("at"), Instant("caseOpenedAt")),
            ["alert"] = Of(Flag("dispatched"), Text("reviewer"), Instant("reviewedAt"), Instant("dispatchedAt")),
            ["watchListEntry"] = Of(Text("authority"), Text("category"), Text("reason"), Text("author"), Instant("addedAt"), Instant("expiresAt")),
            ["breach"] = Of(Instant("detectedAt"), Instant("notifiedAt")),
            ["floorPlan"] = Of(Number("persons", "persons"), Flag("posted")),
        };

    /// <summary>Finds an attribute as a check names it: <c>venue.x</c> anywhere, <c>x</c> of the kind at hand; null when there is no such word.</summary>
    public static Word? Find(string kind, string name) =>
        name.StartsWith("venue.", StringComparison.Ordinal)
            ? Kinds[Venue].GetValueOrDefault(name["venue.".Length..])
            : Kinds.GetValueOrDefault(kind)?.GetValueOrDefault(name);

    static Dictionary<string, Word> Of(params Word[] attributes) => attributes.ToDictionary(a => a.Name);
    static Word Flag(string name) => new(name, WordType.Flag);
    static Word Number(string name, string unit) => new(name, WordType.Number, unit);
    static Word Text(string name) => new(name, WordType.Text);
    static Word Texts(string name) => new(name, WordType.Texts);
    static Word Instant(string name) => new(name, WordType.Instant);
    static Word Line(string name) => new(name, WordType.Line);
}
