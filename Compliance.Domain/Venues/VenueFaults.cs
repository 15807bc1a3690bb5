using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>What is wrong with the papers of a venue, field by field; the first stands for all in the refusal's code.</summary>
public static class VenueFaults
{
    internal static Refusal? Of(VenueDetails details, int capacity, IReadOnlyList<OpeningHours> hours) =>
        Together([.. In(details), In(capacity), In(hours)]);

    internal static Refusal? Of(VenueDetails details) => Together(In(details));

    internal static Refusal? Of(int capacity) => In(capacity);

    internal static Refusal? Of(IReadOnlyList<OpeningHours> hours) => In(hours);

    internal static Refusal? OfProvider(string provider) => IsProvider(provider) ? null
        : new("venue.provider-malformed", "A provider is named in 2 to 60 characters on one line, or not at all.", "provider");

    /// <summary>A company's short name, or nothing.</summary>
    public static bool IsProvider(string provider) => provider.Trim().Length is 0 or (>= 2 and <= 60) && !provider.Any(char.IsControl);

    static IEnumerable<Refusal?> In(VenueDetails d)
    {
        yield return Missing(d.NameKk, "details.nameKk");
        yield return Missing(d.NameRu, "details.nameRu");
        yield return !Bin.HasTwelveDigits(d.Bin) ? new("venue.bin-malformed", "A business identification number (BIN) has 12 digits.", "details.bin")
            : !Bin.HasItsControlDigit(d.Bin) ? new("venue.bin-mistyped", "The control digit of this business identification number (BIN) does not fit its other digits.", "details.bin")
            : null;
        yield return Kazakhstan.Holds(d.Position) ? null : new("venue.position-impossible",
            FormattableString.Invariant($"A venue stands in Kazakhstan: latitude {Kazakhstan.South} to {Kazakhstan.North}, longitude {Kazakhstan.West} to {Kazakhstan.East} degrees."), "details.position");
    }

    static Refusal? Missing(string name, string field) =>
        string.IsNullOrWhiteSpace(name) ? new("venue.name-missing", "A venue has a name in Kazakh and in Russian.", field) : null;

    static Refusal? In(int capacity) =>
        capacity is > 0 and <= 100_000 ? null : new("venue.capacity-impossible", "The capacity is a number of persons between 1 and 100 000.", "capacity");

    static Refusal? In(IReadOnlyList<OpeningHours> hours) =>
        hours.GroupBy(h => h.Day).Any(day => day.Count() > 2)
            ? new("venue.hours-crowded", "A day has at most two openings.", "openingHours") : null;

    static Refusal? Together(IEnumerable<Refusal?> faults) =>
        faults.OfType<Refusal>().ToArray() is [var first, .. var others] ? first with { Others = others } : null;
}

/// <summary>The box around the country, in WGS 84 degrees, a little wider than its outermost points.</summary>
public static class Kazakhstan
{
    public const double South = 40.5, North = 55.5, West = 46.4, East = 87.4;

    public static bool Holds(GeoPosition p) => p is { Latitude: >= South and <= North, Longitude: >= West and <= East };
}
