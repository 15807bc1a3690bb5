using System.Globalization;
using Compliance.Domain.Contacts;
using Compliance.Domain.Panels;
using Microsoft.Extensions.Localization;
using static MudBlazor.Icons.Material;

namespace Compliance.Web.Parts.Panels;

/// <summary>How what a panel or a contact says looks, and how its zones are called.</summary>
public static class PanelFaces
{
    public static string Icon(this PanelSignal signal) => signal switch
    {
        PanelSignal.Fire or PanelSignal.ZoneTest => Rounded.LocalFireDepartment,
        PanelSignal.Mains => Rounded.PowerOff,
        PanelSignal.Battery => Rounded.BatteryAlert,
        PanelSignal.Bypass => Rounded.NotificationsOff,
        PanelSignal.TestMode or PanelSignal.AutomaticTest or PanelSignal.ManualTest => Rounded.Build,
        PanelSignal.Supervisory => Rounded.RemoveRedEye,
        _ => Rounded.Error,
    };

    public static string Tone(this PanelSignal signal) => signal switch
    {
        PanelSignal.Fire or PanelSignal.Fault or PanelSignal.Battery or PanelSignal.Bypass => "bad",
        _ => "some",
    };

    public static string Tone(this PanelLink link) => link switch
    {
        PanelLink.Up => "good",
        PanelLink.CommFault => "bad",
        PanelLink.Suspect => "some",
        _ => "unclear",
    };

    public static string Tone(this ContactState state) => state switch
    {
        ContactState.Free => "good",
        ContactState.Silent => "unclear",
        _ => "bad",
    };

    /// <summary>Zone 3 · bar; the panel itself is zone 0, and one that is not on the map has a number only.</summary>
    public static string ZoneName(this IStringLocalizer<PanelWords> words, int number, IReadOnlyList<PanelZone> map) =>
        number == 0 ? words["zone.panel"]
        : map.FirstOrDefault(zone => zone.Number == number) is { } zone ? $"{words["zone", number]} · {zone.Place()}" : words["zone", number];

    public static string Place(this PanelZone zone) => Shell.Languages.Current == "kk" ? zone.PlaceKk : zone.PlaceRu;

    /// <summary>Seconds with one decimal; a clock of whole seconds may be a little ahead.</summary>
    public static string Seconds(this TimeSpan delay) => Math.Max(0, delay.TotalSeconds).ToString("0.0", CultureInfo.CurrentCulture);
}
