using System.Globalization;
using Compliance.Domain.Detectors;
using Compliance.Domain.Venues;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Shell;
using Microsoft.Extensions.Localization;
using MudBlazor;

namespace Compliance.Web.Parts.Detectors;

/// <summary>What a basis or a detector looks like: a tone, an icon, a word.</summary>
public static class DetectorFaces
{
    /// <summary>Characters of a hash that a person reads.</summary>
    const int Read = 12;

    public static string Short(this string hash) => hash.Length > Read ? hash[..Read] : hash;

    public static (string Tone, string Icon, string Word) Face(this DetectorBasisRow row, IStringLocalizer<DetectorWords> words, DateTimeOffset now) => row switch
    {
        { End: { By: not null } end } => ("unclear", Icons.Material.Rounded.Undo, words["basis.withdrawn", VenueZone.Day(end.At).Text()]),
        _ when row.End is not null || row.Card.Until <= now => ("unclear", Icons.Material.Rounded.EventBusy, words["basis.ended", VenueZone.Day(row.Card.Until.AddTicks(-1)).Text()]),
        _ when row.Card.From > now => ("unclear", Icons.Material.Rounded.Schedule, words["basis.begins", row.Card.From.Moment(now)]),
        _ => ("good", Icons.Material.Rounded.CheckCircle, words["basis.holds", row.Card.Until.Ends(now)]),
    };

    /// <summary>Null: no box has told of it yet.</summary>
    public static (string Tone, string Icon, string Word) Face(this DetectorCard? card, IStringLocalizer<DetectorWords> words) => card switch
    {
        null => ("unclear", Icons.Material.Rounded.HourglassEmpty, words["unheard"]),
        { Because: null } => ("good", Icons.Material.Rounded.Visibility, words["runs"]),
        { Because: { } why } => (why is DetectorRest.ModelMissing or DetectorRest.ListTooOld or DetectorRest.Broken ? "bad" : "unclear", Icons.Material.Rounded.VisibilityOff, words[$"rest.{why}"]),
    };

    public static string Say(this IStringLocalizer<DetectorWords> words, HoursOfDay hours) =>
        hours.From == hours.Until ? words["basis.hours-all"] : words[hours.From < hours.Until ? "basis.hours" : "basis.hours-next-day", Time(hours.From), Time(hours.Until)];

    static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
