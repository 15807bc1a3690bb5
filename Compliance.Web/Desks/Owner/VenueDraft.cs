using System.Globalization;
using System.Text.RegularExpressions;
using Compliance.Domain.Venues;

namespace Compliance.Web.Desks.Owner;

/// <summary>A venue being typed in, kept in the browser until it is registered. Numbers are texts here: half a number is a state too.</summary>
public sealed partial class VenueDraft
{
    public string NameKk { get; set; } = "";
    public string NameRu { get; set; } = "";
    public string Bin { get; set; } = "";
    public string Address { get; set; } = "";
    public string District { get; set; } = "";
    public string Latitude { get; set; } = "";
    public string Longitude { get; set; } = "";
    public string Capacity { get; set; } = "";
    public bool Uto { get; set; }

    /// <summary>Who brings the internet; may stay empty.</summary>
    public string Provider { get; set; } = "";

    /// <summary>Monday first.</summary>
    public List<DayDraft> Days { get; set; } = [.. Enumerable.Range(1, 7).Select(day => new DayDraft { Day = (DayOfWeek)(day % 7) })];

    public sealed class DayDraft
    {
        /// <summary>The domain's rule: a day has no more openings.</summary>
        public const int MostOpenings = 2;

        public DayOfWeek Day { get; set; }
        public List<OpeningDraft> Openings { get; set; } = [];
    }

    public sealed class OpeningDraft
    {
        public TimeOnly Opens { get; set; } = new(20, 0);
        public TimeOnly Closes { get; set; } = new(5, 0);
    }

    /// <summary>A registered venue, to be corrected.</summary>
    public static VenueDraft Of(VenueCard card)
    {
        var draft = new VenueDraft
        {
            NameKk = card.Details.NameKk, NameRu = card.Details.NameRu, Bin = card.Details.Bin, Address = card.Details.Address, District = card.Details.District,
            Capacity = card.Capacity.ToString(CultureInfo.InvariantCulture), Uto = card.Details.Uto, Provider = card.Provider,
        };
        draft.StandAt(card.Details.Position, "R");
        foreach (var day in draft.Days)
            day.Openings = [.. card.OpeningHours.Where(h => h.Day == day.Day).Select(h => new OpeningDraft { Opens = h.Opens, Closes = h.Closes })];
        return draft;
    }

    /// <summary>The fields that are not right yet, by the names the API calls them, each with the code of its sentence.</summary>
    public IReadOnlyDictionary<string, string> Faults()
    {
        Dictionary<string, string> faults = [];
        if (string.IsNullOrWhiteSpace(NameKk)) faults["details.nameKk"] = "venue.name-missing";
        if (string.IsNullOrWhiteSpace(NameRu)) faults["details.nameRu"] = "venue.name-missing";
        if (Bin.Length == 0) faults["details.bin"] = "form.required";
        else if (!Domain.Venues.Bin.HasTwelveDigits(Bin)) faults["details.bin"] = "venue.bin-malformed";
        else if (!Domain.Venues.Bin.HasItsControlDigit(Bin)) faults["details.bin"] = "venue.bin-mistyped";
        if (string.IsNullOrWhiteSpace(Address)) faults["details.address"] = "form.required";
        if (string.IsNullOrWhiteSpace(District)) faults["details.district"] = "form.required";
        if (string.IsNullOrWhiteSpace(Latitude)) faults["details.position.latitude"] = "form.required";
        else if (Degrees(Latitude) is not (>= Kazakhstan.South and <= Kazakhstan.North)) faults["details.position.latitude"] = "venue.position-impossible";
        if (string.IsNullOrWhiteSpace(Longitude)) faults["details.position.longitude"] = "form.required";
        else if (Degrees(Longitude) is not (>= Kazakhstan.West and <= Kazakhstan.East)) faults["details.position.longitude"] = "venue.position-impossible";
        if (string.IsNullOrWhiteSpace(Capacity)) faults["capacity"] = "form.required";
        else if (Persons is not (> 0 and <= 100_000)) faults["capacity"] = "venue.capacity-impossible";
        if (!VenueFaults.IsProvider(Provider)) faults["provider"] = "venue.provider-malformed";
        return faults;
    }

    public VenueCommand.Register ToCommand(Guid venue) => new(
        venue,
        new(NameKk.Trim(), NameRu.Trim(), Bin, Address.Trim(), District.Trim(), new(Degrees(Latitude) ?? 0, Degrees(Longitude) ?? 0), Uto),
        Persons ?? 0,
        [.. from day in Days from hours in day.Openings select new OpeningHours(day.Day, hours.Opens, hours.Closes)]);

    int? Persons => int.TryParse(Capacity, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>Five digits behind the point are a metre.</summary>
    public void StandAt(GeoPosition position, string format = "0.00000") => (Latitude, Longitude) =
        (position.Latitude.ToString(format, CultureInfo.InvariantCulture), position.Longitude.ToString(format, CultureInfo.InvariantCulture));

    /// <summary>Both degrees out of one text as maps copy them ("43.238, 76.945", decimal commas too, either order); false where it holds no such pair.</summary>
    public bool TakePosition(string text)
    {
        if (Degree().Matches(text) is not [var first, var second] || Degrees(first.Value) is not { } a || Degrees(second.Value) is not { } b) return false;
        var (latitude, longitude) = Kazakhstan.Holds(new(a, b)) ? (first, second) : (second, first);
        if (!Kazakhstan.Holds(new(Degrees(latitude.Value)!.Value, Degrees(longitude.Value)!.Value))) return false;
        (Latitude, Longitude) = (latitude.Value.Replace(',', '.'), longitude.Value.Replace(',', '.'));
        return true;
    }

    [GeneratedRegex(@"-?\d+(?:[.,]\d+)?")]
    private static partial Regex Degree();

    static double? Degrees(string text) =>
        double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
}
