using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Compliance.Api.Drills;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Alerts;

/// <summary>
/// One incident as a message of the Common Alerting Protocol (OASIS CAP 1.2), for control centres of others: as it stands now, in Kazakh and Russian.
/// What was reviewed is observed; a score of 0.8 or more is likely, a lower one possible; what a device or a person told without a model is likely.
/// </summary>
sealed class Cap(IViewStore views, LogIdentity identity, IConfiguration settings)
{
    public const string MediaType = "application/cap+xml";

    /// <summary>From which score on something is likely; of this project's reading of what control centres expect.</summary>
    const double Likely = 0.8;

    /// <summary>How far around the address, kilometres.</summary>
    const string Around = "0.1";

    static readonly string[] Languages = ["kk", "ru"];

    static readonly XNamespace Space = "urn:oasis:names:tc:emergency:cap:1.2";

    /// <summary>A drill has no message: an officer who would send one on ends it, and to everybody else there is none.</summary>
    public static async Task<IResult> Show(Guid incidentId, Caller caller, Cap cap, DrillDesk drills, CancellationToken ct) =>
        await cap.Of(incidentId, caller, ct) is { } message ? Results.Text($"{new XDeclaration("1.0", "utf-8", null)}\n{message}", MediaType)
        : caller.Is(DrillDesk.Tried) && await drills.AskForMore(incidentId, caller, Guid.CreateVersion7(), ct) is { } test ? Problems.Of(test) : Problems.Of(new Refusal("policeincident.unknown", "No such incident."));

    /// <summary>The incident as this caller is told of it; null where nothing of it is for him. Another office's machines do not learn that somebody on a list was seen, and miss nothing else that happened there.</summary>
    public static IncidentCard? For(Caller caller, IncidentCard card) =>
        !caller.Is(Who.Centre) || card.Alerts.All(a => a.Kind.IsForOthers()) ? card
        : card.Alerts.Where(a => a.Kind.IsForOthers()).ToArray() is { Length: > 0 } told ? card with { Alerts = told } : null;

    async Task<XElement?> Of(Guid incidentId, Caller caller, CancellationToken ct)
    {
        if (await views.Find(IncidentCard.View, incidentId, ct) is not { } whole || For(caller, whole) is not { } card || await views.Find(VenueCard.View, card.VenueId, ct) is not { } venue) return null;
        var rows = new List<AlertRow>();
        foreach (var gathered in card.Alerts)
            if (await views.Find(AlertRow.View, gathered.AlertId, ct) is { } row) rows.Add(row);
        var isFirst = card.Revision == 0;
        return new(Space + "alert",
            Say("identifier", Name(card.IncidentId, card.Revision)), Say("sender", identity.Origin), Say("sent", Time(isFirst ? card.OpenedAt : card.ChangedAt)),
            Say("status", DemoAccounts.AreOn(settings) ? "Exercise" : "Actual"), Say("msgType", isFirst ? "Alert" : card.Stage == IncidentStage.Rejected ? "Cancel" : "Update"),
            Say("scope", "Restricted"), Say("restriction", "Police and emergency services"),
            isFirst ? null : Say("references", $"{identity.Origin},{Name(card.IncidentId, 0)},{Time(card.OpenedAt)}"),
            Languages.Select(language => Info(Words.All[language], card, venue, rows)));
    }

    static XElement Info(Words words, IncidentCard card, VenueCard venue, List<AlertRow> rows)
    {
        var (top, newest) = (card.Alerts.MaxBy(a => a.Kind.Urgency())!.Kind, card.Alerts.Max(a => a.SeenFrom));
        var (name, district) = (words.Language == "kk" ? venue.Details.NameKk : venue.Details.NameRu, District.Of(venue.Details.District));
        var where = $"{venue.Details.Address}, {(words.Language == "kk" ? district?.Kk : district?.Ru) ?? venue.Details.District}";
        return new(Space + "info",
            Say("language", $"{words.Language}-KZ"), Say("category", Category(top)), Say("event", words[top]),
            card.IsOver ? Say("responseType", "AllClear") : Say("responseType", top == AlertKind.CriticalOutage ? "Monitor" : "Assess"),
            Say("urgency", card.IsOver ? "Past" : "Immediate"), Say("severity", Severity(card.Urgency)), Say("certainty", Certainty(card, rows)),
            Say("effective", Time(card.OpenedAt)), Say("onset", Time(rows.Count > 0 ? rows.Min(r => r.SeenFrom) : card.OpenedAt)),
            Say("senderName", words["CapSender"]), Say("headline", words.Say("CapHeadline", words[top], name)),
            Say("description", words.Say("CapDescription", name, where, venue.Capacity, card.Alerts.Count, Time(newest)) + (rows.Any(r => r.Seen is not null) ? $" {words["CapByModel"]}" : "")),
            Parameter("stage", card.Stage.ToString()), Parameter("bin", venue.Details.Bin), rows.SelectMany(Parameters),
            new XElement(Space + "area", Say("areaDesc", where), Say("circle", string.Create(CultureInfo.InvariantCulture, $"{venue.Details.Position.Latitude},{venue.Details.Position.Longitude} {Around}"))));
    }

    /// <summary>CAP's own digest is SHA-1; ours stands as a parameter.</summary>
    static IEnumerable<XElement> Parameters(AlertRow row)
    {
        yield return Parameter("alert", $"{row.AlertId}");
        if (row.DeviceId is { } device) yield return Parameter("device", $"{device}");
        if (row is { Kind: not AlertKind.WatchListMatch, Seen: { } seen })
        {
            yield return Parameter("score", seen.Score.ToString("0.###", CultureInfo.InvariantCulture));
            yield return Parameter("threshold", seen.Model.Threshold.ToString("0.###", CultureInfo.InvariantCulture));
            yield return Parameter("model", $"{seen.Model.Name} {seen.Model.Sha256}");
        }

        if (row.Clip is { } clip) yield return Parameter("clip-sha256", clip.Sha256);
    }

    static string Category(AlertKind kind) => kind switch
    {
        AlertKind.Fire or AlertKind.PanelFault => "Fire",
        AlertKind.CriticalOutage => "Infra",
        AlertKind.BlockedExit => "Safety",
        _ => "Security",
    };

    static string Severity(Urgency urgency) => urgency switch { Urgency.Critical => "Severe", Urgency.Serious => "Moderate", _ => "Minor" };

    /// <summary>A face was looked at by two persons before there was an alert.</summary>
    static string Certainty(IncidentCard card, List<AlertRow> rows) =>
        card.Stage is IncidentStage.Confirmed or IncidentStage.Dispatched or IncidentStage.Arrived or IncidentStage.Closed ? "Observed"
        : card.Stage == IncidentStage.Rejected ? "Unlikely"
        : rows.Any(r => r.Seen is null || r.Kind == AlertKind.WatchListMatch || r.Seen.Score >= Likely) ? "Likely" : "Possible";

    /// <summary>With the venue's offset, without parts of seconds.</summary>
    static string Time(DateTimeOffset at) => VenueZone.Local(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    static string Name(Guid incident, long revision) => $"{incident:N}-{revision}";

    static XElement Parameter(string name, string value) => new(Space + "parameter", Say("valueName", name), Say("value", value));

    static XElement Say(string name, string text) => new(Space + name, Clean(text));

    /// <summary>What XML has no place for (XML 1.0, 2.2) is left out: the name of one venue breaks no feed of all.</summary>
    internal static string Clean(string text) => text.All(System.Xml.XmlConvert.IsXmlChar) ? text : string.Concat(text.EnumerateRunes().Where(rune => !Rune.IsControl(rune) || rune.Value is 9 or 10 or 13).Where(rune => rune.Value is not (0xFFFE or 0xFFFF)));
}
