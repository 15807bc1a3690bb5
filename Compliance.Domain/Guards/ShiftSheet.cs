using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Guards;

/// <summary>Facts about one night's guards at one venue: who was to come, who came and left, and how many persons were counted inside.</summary>
public abstract record ShiftEvent(Guid VenueId, DateOnly Night)
{
    [EventName("shift.planned.v1")]
    public sealed record Planned(Guid VenueId, DateOnly Night, Guid ShiftId, Guid GuardId, DateTimeOffset From, DateTimeOffset Until) : ShiftEvent(VenueId, Night);

    [EventName("shift.cancelled.v1")]
    public sealed record Cancelled(Guid VenueId, DateOnly Night, Guid ShiftId) : ShiftEvent(VenueId, Night);

    /// <param name="Handset">A mark of the telephone for this night of this venue: another night, or another venue, gives another mark.</param>
    [EventName("shift.checked-in.v1")]
    public sealed record CheckedIn(Guid VenueId, DateOnly Night, Guid ShiftId, Guid GuardId, DateTimeOffset At, Guid Handset) : ShiftEvent(VenueId, Night);

    [EventName("shift.checked-out.v1")]
    public sealed record CheckedOut(Guid VenueId, DateOnly Night, Guid ShiftId, Guid GuardId, DateTimeOffset At, Witness By) : ShiftEvent(VenueId, Night);

    /// <summary>Nobody had come when the patience ended.</summary>
    [EventName("shift.late.v1")]
    public sealed record Late(Guid VenueId, DateOnly Night, Guid ShiftId, Guid GuardId, DateTimeOffset Due) : ShiftEvent(VenueId, Night);

    [EventName("shift.missed.v1")]
    public sealed record Missed(Guid VenueId, DateOnly Night, Guid ShiftId, Guid GuardId, DateTimeOffset Until) : ShiftEvent(VenueId, Night);

    /// <summary>It ended, and nobody wrote down when the guard left.</summary>
    [EventName("shift.left-open.v1")]
    public sealed record LeftOpen(Guid VenueId, DateOnly Night, Guid ShiftId, Guid GuardId, DateTimeOffset Until) : ShiftEvent(VenueId, Night);

    [EventName("shift.heads-counted.v1")]
    public sealed record HeadsCounted(Guid VenueId, DateOnly Night, int Persons, DateTimeOffset At) : ShiftEvent(VenueId, Night);
}

public abstract record ShiftCommand
{
    public sealed record Plan(
        Guid ShiftId, Guid GuardId, DateTimeOffset From, DateTimeOffset Until,
        [property: JsonIgnore] Guid VenueId = default, [property: JsonIgnore] DateTimeOffset Now = default) : ShiftCommand;

    public sealed record Cancel(Guid ShiftId, [property: JsonIgnore] DateTimeOffset Now = default) : ShiftCommand;
    public sealed record CheckIn(Guid GuardId, Guid Handset, DateTimeOffset Now) : ShiftCommand;
    public sealed record CheckOut(Guid GuardId, DateTimeOffset Now) : ShiftCommand;

    /// <summary>The venue writes down when a guard left who did not say so.</summary>
    public sealed record WriteEnd(Guid ShiftId, DateTimeOffset At, [property: JsonIgnore] DateTimeOffset Now = default) : ShiftCommand;

    public sealed record CountHeads(int Persons, [property: JsonIgnore] Guid VenueId = default, [property: JsonIgnore] DateTimeOffset Now = default) : ShiftCommand;
    public sealed record Assess(DateTimeOffset Now) : ShiftCommand;
}

/// <summary>One night's sheet of a venue. It is its own row: the page of the guards shows it as it stands.</summary>
/// <param name="Heads">In the order they were counted.</param>
public sealed record ShiftSheet(Guid VenueId, DateOnly Night, IReadOnlyList<Shift> Shifts, IReadOnlyList<HeadCount> Heads)
{
    /// <summary>A guard may come so long before the shift begins, and so long after before he is late.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromHours(1), Patience = TimeSpan.FromMinutes(15);

    /// <summary>So long after its end a shift can be closed with the code.</summary>
    public static readonly TimeSpan Linger = TimeSpan.FromHours(1);

    public static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    /// <summary>So far ahead a shift is planned.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromDays(60);

    public static readonly Refusal TooFar = new("shift.far", $"A shift is planned for the next {Ahead.TotalDays} days.", "from");

    const int Crowd = 100_000, MostShifts = 200, MostCounts = 500;

    /// <summary>So many days back the rules ask for a whole log.</summary>
    public const int AskedDays = 184;

    public static readonly Decider<ShiftSheet, ShiftCommand, ShiftEvent> Decider = new("shift", new(Guid.Empty, default, [], []), Decide, Evolve);

    public static readonly View<ShiftSheet> View = new(
        "shift-sheet", 1, fact => fact is ShiftEvent f ? IdOf(f.VenueId, f.Night) : null,
        (row, fact, _) => Evolve(row ?? Decider.Initial, (ShiftEvent)fact), row => row.VenueId,
        row => (row.IsSettled ? "1" : "0") + (DateOnly.MaxValue.DayNumber - row.Night.DayNumber).ToString("D7", CultureInfo.InvariantCulture));

    public static Guid IdOf(Guid venueId, DateOnly night) => EventIds.From(venueId, $"shifts/{night:yyyy-MM-dd}");

    /// <summary>Nothing more is expected of any of its shifts.</summary>
    public bool IsSettled => Shifts.All(s => s.Out is not null || s.IsOver);

    public IEnumerable<Shift> OnDuty(DateTimeOffset at) => Shifts.Where(s => s.IsOnDuty(at));

    public HeadCount? HeadsAt(DateTimeOffset at) => Heads.LastOrDefault(h => h.HoldsAt(at));

    /// <summary>The shift a guard is in now and can leave with the code: of several, the one that began last.</summary>
    public Shift? OpenOf(Guid guardId, DateTimeOffset now) =>
        Shifts.Where(s => s.GuardId == guardId && s.In <= now && s.Out is null && now <= s.Until + Linger).MaxBy(s => s.From);

    /// <summary>Two guards came with one telephone: one of them may not have come at all.</summary>
    public bool SharesHandset(Shift shift) => shift.Handset is { } mark && Shifts.Any(s => s.Handset == mark && s.GuardId != shift.GuardId);

    static Decision<ShiftEvent> Decide(ShiftSheet sheet, ShiftCommand command) => command switch
    {
        ShiftCommand.Plan p => Plan(sheet, p),
        ShiftCommand.Cancel(var id, var now) => sheet.Shift(id) switch
        {
            null => [],
            { In: not null } => Begun,
            { From: var from } when from <= now => Begun,
            _ => [new ShiftEvent.Cancelled(sheet.VenueId, sheet.Night, id)],
        },
        ShiftCommand.CheckIn(var guard, var handset, var now) => sheet.Shifts.Where(s => s.GuardId == guard && s.From - Early <= now && now < s.Until).OrderBy(s => s.From).ToArray() switch
        {
            var mine when mine.Any(s => s.In is not null && s.Out is null) => [],
            var mine => mine.FirstOrDefault(s => s.In is null) is { } next
                ? [new ShiftEvent.CheckedIn(sheet.VenueId, sheet.Night, next.ShiftId, guard, now, handset)]
                : new Refusal("shift.none-now", "No shift is planned for this guard now."),
        },
        ShiftCommand.CheckOut(var guard, var now) => sheet.OpenOf(guard, now) switch
        {
            null => NotIn,
            var open => [new ShiftEvent.CheckedOut(sheet.VenueId, sheet.Night, open.ShiftId, guard, now, Witness.Code)],
        },
        ShiftCommand.WriteEnd(var id, var at, var now) => sheet.Shift(id) switch
        {
            null or { In: null } => NotIn,
            { Out: not null } => [],
            { In: var came, Until: var until } when at < came || at > now || at > until + Linger => new Refusal("shift.end-impossible", "The guard left after coming, not later than now.", "at"),
            var open => [new ShiftEvent.CheckedOut(sheet.VenueId, sheet.Night, id, open.GuardId, at, Witness.Venue)],
        },
        ShiftCommand.CountHeads(var persons, _, _) when persons is < 0 or > Crowd => new Refusal("shift.heads-impossible", "A number of persons, from none up.", "persons"),
        ShiftCommand.CountHeads(var persons, var venue, var now) => sheet.Heads is [.., var last] && (last.At == now || (last.Persons == persons && now - last.At < TimeSpan.FromMinutes(1)))
            ? [] : sheet.Heads.Count >= MostCounts ? new Refusal("shift.heads-many", $"A night has up to {MostCounts} counts.") : [new ShiftEvent.HeadsCounted(venue, Venues.Night.Of(now), persons, now)],
        ShiftCommand.Assess(var now) => [.. sheet.Shifts.SelectMany(s => Due(sheet, s, now))],
        _ => throw new UnreachableException(),
    };

    static Decision<ShiftEvent> Plan(ShiftSheet sheet, ShiftCommand.Plan p)
    {
        if (sheet.Shift(p.ShiftId) is { } known)
            return (known.GuardId, known.From, known.Until) == (p.GuardId, p.From, p.Until) ? [] : new Refusal("shift.already-planned", "This id belongs to another shift.");
        if (p.Until <= p.From || p.Until - p.From > Longest) return new Refusal("shift.length-impossible", $"A shift ends after it begins and lasts up to {Longest.TotalHours} hours.", "until");
        if (p.From > p.Now + Ahead) return TooFar;
        if (p.Until <= p.Now) return new Refusal("shift.past", "A shift is planned before it is over.", "until");
        if (sheet.Shifts.Count >= MostShifts) return new Refusal("shift.crowded", $"A night has up to {MostShifts} shifts.");
        return sheet.Shifts.Any(s => s.GuardId == p.GuardId && s.Out is null && s.From < p.Until && p.From < s.Until)
            ? new Refusal("shift.overlaps", "This guard has a shift at that time already.")
            : [new ShiftEvent.Planned(p.VenueId, Venues.Night.Of(p.From), p.ShiftId, p.GuardId, p.From, p.Until)];
    }

    /// <summary>What time alone has brought about; said once.</summary>
    static IEnumerable<ShiftEvent> Due(ShiftSheet sheet, Shift s, DateTimeOffset now)
    {
        if (s.IsOver || s.Out is not null) yield break;
        if (s is { In: null, IsLate: false } && now >= s.From + Patience) yield return new ShiftEvent.Late(sheet.VenueId, sheet.Night, s.ShiftId, s.GuardId, s.From + Patience);
        if (s.In is null && now >= s.Until) yield return new ShiftEvent.Missed(sheet.VenueId, sheet.Night, s.ShiftId, s.GuardId, s.Until);
        if (s.In is not null && now >= s.Until + Linger) yield return new ShiftEvent.LeftOpen(sheet.VenueId, sheet.Night, s.ShiftId, s.GuardId, s.Until);
    }

    /// <summary>The sheet after one more fact; the rules ask the same of the stored facts.</summary>
    public static ShiftSheet Evolve(ShiftSheet sheet, ShiftEvent fact)
    {
        sheet = sheet with { VenueId = fact.VenueId, Night = fact.Night };
        return fact switch
        {
            ShiftEvent.Planned f => sheet with { Shifts = [.. sheet.Shifts, new(f.ShiftId, f.GuardId, f.From, f.Until, null, null, null, null, false, false)] },
            ShiftEvent.Cancelled f => sheet with { Shifts = [.. sheet.Shifts.Where(s => s.ShiftId != f.ShiftId)] },
            ShiftEvent.CheckedIn f => sheet.Now(f.ShiftId, s => s with { In = f.At, Handset = f.Handset }),
            ShiftEvent.CheckedOut f => sheet.Now(f.ShiftId, s => s with { Out = f.At, OutBy = f.By }),
            ShiftEvent.Late f => sheet.Now(f.ShiftId, s => s with { IsLate = true }),
            ShiftEvent.Missed f => sheet.Now(f.ShiftId, s => s with { IsOver = true }),
            ShiftEvent.LeftOpen f => sheet.Now(f.ShiftId, s => s with { IsOver = true }),
            ShiftEvent.HeadsCounted f => sheet with { Heads = [.. sheet.Heads, new(f.Persons, f.At)] },
            _ => sheet,
        };
    }

    Shift? Shift(Guid id) => Shifts.FirstOrDefault(s => s.ShiftId == id);

    ShiftSheet Now(Guid id, Func<Shift, Shift> change) => this with { Shifts = [.. Shifts.Select(s => s.ShiftId == id ? change(s) : s)] };

    static readonly Refusal Begun = new("shift.begun", "A shift that has begun, or should have, is not cancelled.");
    static readonly Refusal NotIn = new("shift.not-in", "This guard has not checked in.");
}
