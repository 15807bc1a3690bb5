using System.Diagnostics;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>Size of the business, as the Code on administrative offences (KoAP) grades its fines.</summary>
public enum SizeClass { Individual, Small, Medium, Large }

/// <summary>Where the offence leads: a repeat is one within a year of the penalty before.</summary>
public enum Stage { First, Repeat, Any }

/// <summary>A fine in monthly calculation indices (MCI, МРП): an exact number, or from-to at the court's discretion.</summary>
public sealed record MciRange(decimal From, decimal To)
{
    /// <summary>In tenge, at the MCI of the day of the offence.</summary>
    public (decimal From, decimal To) At(decimal tenge) => (From * tenge, To * tenge);
}

/// <summary>One row of the sanction table. A size without a fine was not read in the source: nothing is made up.</summary>
/// <param name="From">The first day it is law, where another row of this id was law before; <paramref name="Until"/> the last.</param>
public sealed record Sanction(
    string Id, string Article, Stage Stage, IReadOnlyDictionary<SizeClass, MciRange> Fines, Confidence Confidence, IReadOnlyList<string> Sources, string Note,
    bool WarningFirst = false, bool MaySuspend = false, bool AgainstVenue = true, DateOnly? From = null, DateOnly? Until = null)
{
    public bool HoldsOn(DateOnly day) => (From is not { } from || from <= day) && (Until is not { } until || day <= until);
}

/// <summary>What the Code asks of an owner, as far as it was read, in one version. Amounts carry their confidence wherever they are shown.</summary>
/// <param name="Mci">The indices that were known when it was delivered; later ones are told by the authority (<see cref="MciEvent"/>).</param>
public sealed record SanctionTable(
    string Id, string Version, string Jurisdiction, IReadOnlyDictionary<string, Source> Sources, IReadOnlyList<MciValue> Mci, IReadOnlyList<Sanction> Rows);

/// <summary>The sanction table this house is delivered with. A test proves that it reads without a fault.</summary>
public static class Sanctions
{
    /// <summary>The row of an order that was not executed.</summary>
    public const string OrderNotExecuted = "KOAP-462-3";

    /// <summary>The table as it is written.</summary>
    public static readonly string Text = Resource();

    public static readonly SanctionTable Table = SanctionFile.Read("sanctions.json", Text) switch
    {
        ({ } table, _) => table,
        (_, var faults) => throw new UnreachableException(string.Join('\n', faults)),
    };

    public static bool Has(string id) => Table.Rows.Any(row => row.Id == id);

    /// <summary>The row as it was law on the day of an offence; null where none is known.</summary>
    public static Sanction? Of(string id, DateTimeOffset offence) =>
        VenueZone.Day(offence) is var day ? Table.Rows.FirstOrDefault(row => row.Id == id && row.HoldsOn(day)) : null;

    static string Resource()
    {
        using var reader = new StreamReader(typeof(Sanctions).Assembly.GetManifestResourceStream("sanctions")!);
        return reader.ReadToEnd();
    }
}
