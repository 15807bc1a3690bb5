using Compliance.Domain.Access;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Reports;

/// <summary>A table of the report for everybody.</summary>
public sealed record PublishedTable(string Name, IReadOnlyList<PublishedLine> Lines);

/// <summary>What the whole system did in a year, in numbers that point at nobody: nothing else of it is published.</summary>
/// <param name="Position">How far the log had been read.</param>
/// <param name="ComplaintsByStep">In steps of four weeks; null where the count is withheld.</param>
/// <param name="Scores">Attributed availability of all devices of a kind together; of a kind that few venues or few devices stand for, none.</param>
public sealed record TransparencyReport(
    int Year, Period Period, LogPosition? Position, IReadOnlyList<PublishedTable> Tables, IReadOnlyList<int?> ComplaintsByStep, IReadOnlyDictionary<DeviceKind, AvailabilityScore> Scores)
{
    /// <summary>How police answered, and whether anybody was at a desk.</summary>
    public PoliceYear Police { get; init; } = new(null, null, 0, TimeSpan.Zero);

    /// <summary>How the report follows from the log; a new name when the rule changes.</summary>
    public const string Formula = "transparency-report.v3";

    /// <summary>The lines of each table in the order they are printed, and which of them the others are parts of: what did not happen is printed as none.</summary>
    static readonly (string Table, string[] Lines, string? Total)[] Layout =
    [
        ("register", ["venues", .. Words<DeviceKind>()], null),
        ("licences", ["granted", "refused", "suspended", "revoked", "expired"], null),
        ("outages", Words<DeviceKind>(), null),
        ("inspections", [.. Words<InspectionKind>().Where(kind => kind != "selfcheck")], null),
        ("cases", ["opened", .. Words<CaseOutcome>(), "timebarred"], "opened"),
        ("penalties", ["set", "lifted", "settled"], "set"),
        ("appeals", ["made", .. Words<AppealOutcome>()], "made"),
        ("complaints", Words<ComplaintCategory>(), null),
        ("answers", Words<ComplaintOutcome>(), null),
        ("accesses", [.. Words<LegalBasisKind>().SelectMany(kind => (string[])[$"granted-{kind}", $"withdrawn-{kind}"]), "letters-read"], null),
        ("looks", ["opened", .. Words<AccessPurpose>(), "never-viewed"], "opened"),
        ("urgent", ["opened", "justified", "unjustified", "overdue"], "opened"),
        ("feeds", ["demanded", "viewed", "never-viewed"], "demanded"),
        ("calls", ["incidents", "taken", "never-taken", "to-neighbour", "to-lead", "dispatched", "arrived"], "incidents"),
    ];

    /// <summary>By the venue's clocks; of the year that runs only the months that are over, so that no two papers tell what a single day brought. Null where none is.</summary>
    public static Period? PeriodOf(int year, DateTimeOffset now)
    {
        var (from, over) = (new DateOnly(year, 1, 1), VenueZone.Month(now));
        return over <= from ? null : Period.Days(from, (over < from.AddYears(1) ? over : from.AddYears(1)).AddDays(-1));
    }

    /// <param name="scores">What the formula says of each venue's devices within the year.</param>
    public static TransparencyReport Of(int year, Period period, LogPosition? position, YearCounts counts, IEnumerable<VenueAvailability> scores)
    {
        var venues = scores.ToArray();
        var tables = Layout.ToDictionary(table => table.Table, table => SmallCounts.Of(Lines(table.Table, table.Lines), table.Total));
        var steps = Math.Min((int)Math.Ceiling(period.Length.TotalDays / 28), YearCounts.Steps);
        (tables["complaints"], var byStep) = SmallCounts.OfOneSum(
            Lines("complaints", Words<ComplaintCategory>()), counts.ComplaintsByStep.Take(steps).Select((count, i) => KeyValuePair.Create($"{i:00}", count)), tables["answers"]);
        return new(year, period, position, [.. Layout.Select(table => new PublishedTable(table.Table, tables[table.Table]))], [.. byStep.Select(line => line.Count)],
            Enum.GetValues<DeviceKind>().Where(AreMany).ToDictionary(kind => kind, kind => venues.Aggregate(AvailabilityScore.None, (sum, venue) => sum + venue.Score(kind)))) { Police = counts.Police };

        IEnumerable<KeyValuePair<string, int>> Lines(string table, string[] lines) => lines.Select(line => KeyValuePair.Create(line, counts.Table(table).GetValueOrDefault(line)));

        // So many venues have at least so many devices.
        bool AreMany(DeviceKind kind) => venues.Count(venue => venue.Devices.Any(device => device.Kind == kind)) >= SmallCounts.Least;
    }

    /// <summary>Every number that is published, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures
    {
        get
        {
            var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
            foreach (var table in Tables)
                foreach (var line in table.Lines)
                    if (line.Count is { } count) figures[$"{table.Name}.{line.Key}"] = count;
            if (Police.SecondsToTake is { } taken) figures["police.seconds-to-take"] = taken;
            if (Police.SecondsToArrive is { } there) figures["police.seconds-to-arrive"] = there;
            (figures["police.desk-outages"], figures["police.desk-left-seconds"]) = (Police.DeskOutages, Police.DeskLeft.TotalSeconds);
            foreach (var (kind, score) in Scores)
            {
                if (score.Share is { } share) figures[$"availability.{Word(kind)}.share"] = share;
                foreach (var cause in Enum.GetValues<Cause>()) figures[$"availability.{Word(kind)}.by-{Word(cause)}"] = score.DownBy(cause).TotalSeconds;
            }

            return figures;
        }
    }

    static string[] Words<T>() where T : struct, Enum => [.. Enum.GetValues<T>().Select(word => Word(word))];

    static string Word(Enum word) => word.ToString().ToLowerInvariant();
}
