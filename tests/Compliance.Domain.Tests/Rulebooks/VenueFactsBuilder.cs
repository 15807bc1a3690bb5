using Compliance.Domain.Devices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Tests.Rulebooks;

/// <summary>What is known of a made-up venue. Each word must be one of the vocabulary, of its type.</summary>
sealed class VenueFactsBuilder
{
    /// <summary>A Sunday, two at night by the venue's clock: it is open since Saturday 22:00.</summary>
    public static readonly DateTimeOffset Night = VenueZone.At(new(2026, 5, 17), new(2, 0));

    readonly List<(string Kind, string Id, Dictionary<string, Known> Known)> _things = [(Vocabulary.Venue, Vocabulary.Venue, [])];
    readonly HashSet<string> _complete = [.. Vocabulary.Kinds.Keys];
    DateTimeOffset _at = Night;

    static readonly OpeningHours[] Hours = [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(22, 0), new(6, 0)))];

    public VenueFacts Facts => new(
        Guid.Empty, _at, Thing(_things[0]),
        _things.Skip(1).GroupBy(t => t.Kind).ToDictionary(kind => kind.Key, kind => (IReadOnlyList<Thing>)[.. kind.Select(Thing)]),
        _complete, OpeningWeeks.Always(Hours));

    public VenueFactsBuilder At(DateTimeOffset at)
    {
        _at = at;
        return this;
    }

    /// <summary>One more thing of a kind, with what is known of it.</summary>
    public VenueFactsBuilder Add(string kind, params (string Name, object Value)[] known)
    {
        var id = $"{kind}-{_things.Count}";
        _things.Add((kind, id, []));
        return Put(t => t.Id == id, kind, known);
    }

    /// <summary>Something else is known of the venue, or of all things of a kind.</summary>
    public VenueFactsBuilder Set(string kind, params (string Name, object Value)[] known) => Put(t => t.Kind == kind, kind, known);

    public VenueFactsBuilder Venue(params (string Name, object Value)[] known) => Set(Vocabulary.Venue, known);

    /// <summary>Nobody knows this any more.</summary>
    public VenueFactsBuilder Forget(string kind, string name)
    {
        foreach (var thing in _things.Where(t => t.Kind == kind)) Assert.True(thing.Known.Remove(name), $"{kind}.{name} was not known");
        return this;
    }

    public VenueFactsBuilder Forget(string name) => Forget(Vocabulary.Venue, name);

    /// <summary>There are none of a kind.</summary>
    public VenueFactsBuilder None(string kind)
    {
        _things.RemoveAll(t => t.Kind == kind);
        return this;
    }

    /// <summary>Nobody knows how many there are of a kind.</summary>
    public VenueFactsBuilder Unlisted(string kind)
    {
        Assert.True(_complete.Remove(kind));
        return this;
    }

    VenueFactsBuilder Put(Predicate<(string Kind, string Id, Dictionary<string, Known> Known)> which, string kind, (string Name, object Value)[] known)
    {
        foreach (var (name, value) in known)
            foreach (var thing in _things.FindAll(which)) thing.Known[name] = Read(Vocabulary.Find(kind, name)!.Type, value);
        return this;
    }

    static Known Read(WordType type, object value) => (type, value) switch
    {
        (WordType.Flag, bool flag) => new Known.Flag(flag),
        (WordType.Number, IConvertible number) => new Known.Number(number.ToDecimal(null)),
        (WordType.Text, string text) => new Known.Text(text),
        (WordType.Texts, string[] texts) => new Known.Texts(texts),
        (WordType.Instant, DateTimeOffset at) => new Known.Instant(at),
        (WordType.Line, Stretch[] line) => new Known.Line(line),
        _ => throw new ArgumentException($"{value} is no {type}"),
    };

    static Thing Thing((string Kind, string Id, Dictionary<string, Known> Known) thing) =>
        new(thing.Kind, thing.Id, thing.Id, thing.Known.ToDictionary(k => k.Key, k => k.Value));

    /// <summary>Up for 60 days until the night, but for the last of them.</summary>
    public static Stretch[] UpBut(TimeSpan down) =>
    [
        new(Verdict.Online, Night.AddDays(-60), Night - down, Guid.Empty),
        .. down > TimeSpan.Zero ? (Stretch[])[new(Verdict.Unreachable, Night - down, null, Guid.Empty)] : [],
    ];

    /// <summary>A club that meets every Kazakh rule: large, vulnerable to terrorism, between dwellings, with a life of its own.</summary>
    public static VenueFactsBuilder Exemplary()
    {
        var soon = Night.AddDays(100);
        var lately = Night.AddDays(-3);
        return new VenueFactsBuilder()
            .Venue(("uto", true), ("capacity", 350), ("maxPersons", 350), ("headcount", 320), ("countError", 0.02m), ("largeFacility", true),
                ("nearDwellings", true), ("commissionedUnderLaw", true), ("fireConclusionUntil", soon), ("insuranceUntil", soon),
                ("alcoholSold", true), ("alcoholLicenceUntil", soon), ("fireInstructionApproved", true), ("fireServicePermitUntil", soon),
                ("warningTestPassed", true), ("warningTestedAt", lately), ("pyrotechnicsAbsent", true), ("drillAt", lately), ("exitsMarked", true),
                ("exitSignsLit", true), ("emergencyLightShortTestAt", lately), ("emergencyLightFullTestAt", lately))
            .Venue(("windowBars", false), ("floor", 1), ("guardsHired", true), ("guardLicenceUntil", soon), ("guardLicenceSubtype", "1"),
                ("guardLogComplete", true), ("guardLogDays", 200), ("panicButton", true), ("panicButtonTestedAt", lately), ("recorderLocked", true),
                ("recorderUsers", 2), ("uplink", 10), ("utoPassportUntil", soon), ("utoTrainingAt", lately),
                ("analyticsModules", (string[])["movement"]), ("strayTemplates", 0), ("policeFeed", true))
            .Add("camera", ("entrance", true), ("width", 1920), ("height", 1080), ("fps", 25), ("codec", "H264"), ("protocols", (string[])["RTSP"]),
                ("onvifProfiles", (string[])["S"]), ("pxPerMetre", 500), ("archiveDays", 30), ("clockOffset", 0.4m), ("timeShown", true),
                ("online", UpBut(TimeSpan.Zero)), ("recording", UpBut(TimeSpan.Zero)), ("recordingNow", true), ("certifiedAt", lately),
                ("bitrate", 4), ("firstPicture95", 3))
            .Add("opening", ("patrons", true), ("evacuation", true), ("cameras", 1), ("recordingCameras", 1), ("pxPerMetre", 30), ("sign", true),
                ("signLanguages", (string[])["kk", "ru"]))
            .Add("zone", ("use", "hall"), ("pxPerMetre", 70))
            .Add("exit", ("clearWidth", 1.2m), ("clearHeight", 2.0m), ("opens", "Outward"), ("lock", "PanicBar"), ("free", true))
            .Add("exit", ("clearWidth", 1.3m), ("clearHeight", 2.0m), ("opens", "Outward"), ("lock", "None"), ("free", true))
            .Add("fireAlarm", ("state", "normal"), ("checkedAt", Night.AddHours(-5)), ("testedAt", lately), ("servicedAt", lately))
            .Add("legalBasis", ("kind", "Consent"), ("document", "No. 1 of 1 May 2026"))
            .Add("person", ("post", "Owner")).Add("person", ("post", "Manager"))
            .Add("person", ("post", "FireSafety")).Add("person", ("post", "Security"))
            .Add("outage", ("device", "Camera"), ("lastedUntil", lately.AddHours(5)), ("detectedAt", lately), ("repairedAt", lately.AddHours(5)), ("policeNotifiedAt", lately))
            .Add("dailyCheck", ("at", Night.AddHours(-5)))
            .Add("incident", ("at", lately), ("recordedAt", lately.AddHours(1)), ("footageHeld", true), ("holdDays", 365))
            .Add("guardShift", ("onDuty", true)).Add("guardShift", ("onDuty", true)).Add("guardShift", ("onDuty", true))
            .Add("guardShift", ("onDuty", true)).Add("guardShift", ("onDuty", true))
            .Add("footageRequest", ("receivedAt", lately), ("fulfilledAt", lately.AddHours(3)))
            .Add("access", ("officer", "s-1"), ("at", lately), ("purpose", "inquiry"), ("caseNumber", "26-17"))
            .Add("order", ("dueAt", lately), ("executedAt", lately.AddDays(-1)))
            .Add("drugs", ("at", lately), ("measureAt", lately.AddMinutes(20)))
            .Add("offence", ("at", lately), ("caseOpenedAt", lately.AddDays(1)))
            .Add("alert", ("dispatched", true), ("reviewer", "s-2"), ("reviewedAt", lately), ("dispatchedAt", lately.AddSeconds(20)))
            .Add("watchListEntry", ("authority", "police"), ("category", "missing_person"), ("reason", "search"), ("author", "s-3"),
                ("addedAt", lately), ("expiresAt", lately.AddDays(30)))
            .Add("breach", ("detectedAt", lately), ("notifiedAt", lately.AddHours(2)))
            .Add("floorPlan", ("persons", 350), ("posted", true));
    }
}
