using System.Globalization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Drills;
using Compliance.Web.Parts.Complaints;
using Compliance.Web.Parts.Devices;
using Compliance.Web.Shell;
using Microsoft.Extensions.Localization;
using static MudBlazor.Icons.Material;

namespace Compliance.Web.Parts.Alerts;

/// <summary>The icon, the tone and the words of what was seen: made from its kind and its figures, never free text.</summary>
public static class AlertFaces
{
    public static string Icon(this AlertKind kind) => kind switch
    {
        AlertKind.Fight => Rounded.SportsKabaddi,
        AlertKind.Fire => Rounded.LocalFireDepartment,
        AlertKind.PanelFault => Rounded.NotificationsOff,
        AlertKind.BlockedExit => Rounded.Block,
        AlertKind.CriticalOutage => Rounded.VideocamOff,
        AlertKind.WatchListMatch => Rounded.HowToReg,
        AlertKind.CrowdGathering => Rounded.Groups,
        AlertKind.CrowdSurge => Rounded.DirectionsRun,
        AlertKind.Aggression => Rounded.PersonalInjury,
        AlertKind.LeftObject => Rounded.WorkOff,
        AlertKind.PanicButton => Rounded.Sos,
        _ => Rounded.RecordVoiceOver,
    };

    public static string Tone(this Urgency urgency) => urgency switch
    {
        Urgency.Critical => "bad",
        Urgency.Serious => "others",
        _ => "unclear",
    };

    public static string Tone(this IncidentStage stage) => stage switch
    {
        IncidentStage.New => "bad",
        IncidentStage.Taken or IncidentStage.Confirmed or IncidentStage.Dispatched or IncidentStage.Arrived => "running-on",
        _ => "some",
    };

    /// <summary>Null where no model judged.</summary>
    public static ConfidenceBand? Band(this AlertRow row) => row.Seen is { } seen ? AlertKinds.Band(seen.Score, seen.Model.Threshold) : null;

    /// <summary>So much of a hash tells versions apart.</summary>
    public static string Version(this DetectorModel model) => model.Sha256[..8];

    public static string Say(this IStringLocalizer<AlertWords> words, AlertSeen alert, IStringLocalizer<DeviceWords> devices, IStringLocalizer<ComplaintWords> complaints)
    {
        var (row, cause) = (alert.Row, alert.Row.Cause);
        var place = (Languages.Current == "kk" ? alert.PlaceKk : alert.PlaceRu) ?? words["place.unknown"].Value;
        var verdict = cause?.Verdict is { } held ? devices[$"verdict.{held}"].Value : "";
        return row.Kind switch
        {
            AlertKind.Fire => words["seen.Fire", cause?.Zone ?? 0],
            AlertKind.PanelFault => words["seen.PanelFault", verdict],
            AlertKind.BlockedExit when row.Seen is not null => words["seen.BlockedExit-by-picture", place],
            AlertKind.BlockedExit or AlertKind.CriticalOutage => words[$"seen.{row.Kind}", verdict, place],
            AlertKind.Complaint => words["seen.Complaint", cause?.Category is { } category ? complaints[$"category.{category}"].Value : ""],
            AlertKind.PanicButton => words[$"seen.PanicButton.{alert.Panic ?? PanicWay.Panel}", cause?.Zone ?? 0],
            _ => words[$"seen.{row.Kind}", place],
        };
    }

    /// <summary>What an officer said in words; that they are gone where he was forgotten; null where he said none.</summary>
    public static string? Words(this IStringLocalizer<AlertWords> words, IncidentCard card) => card.Grounds ?? (card.Said is null ? null : words["words.gone"].Value);

    public static string Share(double share) => share.ToString("0.00", CultureInfo.CurrentCulture);

    public static string VenueName(this IncidentLine line) => Languages.Current == "kk" ? line.NameKk : line.NameRu;

    public static string VenueName(this WithdrawnDrill drill) => Languages.Current == "kk" ? drill.NameKk : drill.NameRu;

    public static string VenueName(this HeldBackAlert alert) => Languages.Current == "kk" ? alert.NameKk : alert.NameRu;
}
