namespace Compliance.Domain.Rulebooks;

/// <summary>Size of the business, as the Code on administrative offences (KoAP) grades its fines.</summary>
public enum SizeClass { Individual, Small, Medium, Large }

/// <summary>Where the offence leads: a repeat is one within a year of the penalty before.</summary>
public enum Stage { First, Repeat, Any }

/// <summary>A fine in monthly calculation indices (MCI, МРП): an exact number, or from-to at the court's discretion.</summary>
public sealed record MciRange(decimal From, decimal To)
{
    /// <summary>In tenge, at the MCI of the year of the offence.</summary>
    public (decimal From, decimal To) At(decimal tenge) => (From * tenge, To * tenge);
}

/// <summary>One row of the sanction table. A size without a fine was not read in the source: nothing is made up.</summary>
public sealed record Sanction(
    string Id, string Article, Stage Stage, IReadOnlyDictionary<SizeClass, MciRange> Fines,
    bool WarningFirst, bool MaySuspend, bool AgainstVenue, Confidence Confidence, IReadOnlyList<string> Sources, string Note);

/// <summary>What the Code asks of an owner, as far as it was read. Amounts carry their confidence wherever they are shown.</summary>
public static class Sanctions
{
    /// <summary>One MCI in tenge by year (two sources that agree).</summary>
    public static readonly IReadOnlyDictionary<int, decimal> Mci = new Dictionary<int, decimal> { [2025] = 3932, [2026] = 4325 };

    /// <summary>The row of an order that was not executed.</summary>
    public const string OrderNotExecuted = "KOAP-462-3";

    public static readonly IReadOnlyDictionary<string, Sanction> Table = new Sanction[]
    {
        new("KOAP-132", "132(1)", Stage.First, Fines(10, 15, 30, 50), false, false, true, Confidence.Read, ["K31"], "minors in the venue 22-06"),
        new("KOAP-132r", "132(2)", Stage.Repeat, Fines(20, 30, 50, 100), false, true, true, Confidence.Read, ["K31"], "repeat within a year, with suspension of activity"),
        new("KOAP-149", "149", Stage.Any, Between(200, 500), false, false, true, Confidence.Secondary, ["K23", "K24", "K25"], "court practice 100-470; press: up to about 1,000 MCI or closure"),
        new("KOAP-200", "200", Stage.Any, Fines(), false, false, true, Confidence.General, ["K42"], "amounts not read; licences are lost in practice"),
        new("KOAP-410", "410", Stage.First, Fines(5, 15, null, 150), true, false, true, Confidence.Secondary, ["K39", "K40"], "edition before the 2025 bill"),
        new("KOAP-410b", "410", Stage.Any, Fines(null, 100, null, 300), false, true, true, Confidence.Secondary, ["K39"], "as in the 2025 bill; adoption not confirmed"),
        new("KOAP-422", "422(1)", Stage.First, Fines(), false, false, true, Confidence.General, ["K30"], "part 1 not read"),
        new("KOAP-422r", "422(2)", Stage.Repeat, Fines(null, 200, 400, 2000), false, false, true, Confidence.General, ["K30"], "amounts read, subject of the article from memory"),
        new("KOAP-437", "437(1)", Stage.First, Fines(5, 20, 30, 100), false, false, true, Confidence.Secondary, ["K32"], "silence"),
        new("KOAP-437r", "437(2)", Stage.Repeat, Fines(10, 40, 60, 150), false, false, true, Confidence.Secondary, ["K32"], "silence, repeat within a year"),
        new("KOAP-440-1", "440-1", Stage.Any, Fines(40), false, false, false, Confidence.Secondary, ["K37"], "the visitor's, or arrest up to 10 days"),
        new("KOAP-442", "442", Stage.First, Fines(3), false, false, false, Confidence.Read, ["K36"], "paid by the minor's legal representatives; repeat 7"),
        new("KOAP-462-3", "462(3)", Stage.Any, new Dictionary<SizeClass, MciRange>
        {
            [SizeClass.Small] = new(100, 100), [SizeClass.Medium] = new(100, 500), [SizeClass.Large] = new(500, 500),
        }, false, true, true, Confidence.Secondary, ["K33"], "prescription not executed; the court may add suspension"),
        new("KOAP-79", "79, 641", Stage.Any, Fines(), false, false, true, Confidence.General, ["K74"], "personal data; amounts not read"),
    }.ToDictionary(s => s.Id);

    static Dictionary<SizeClass, MciRange> Fines(params decimal?[] bySize) => bySize
        .Select((mci, size) => ((SizeClass)size, mci)).Where(x => x.mci is not null)
        .ToDictionary(x => x.Item1, x => new MciRange(x.mci!.Value, x.mci.Value));

    static Dictionary<SizeClass, MciRange> Between(decimal from, decimal to) =>
        ((SizeClass[])[SizeClass.Small, SizeClass.Medium, SizeClass.Large]).ToDictionary(s => s, _ => new MciRange(from, to));
}
