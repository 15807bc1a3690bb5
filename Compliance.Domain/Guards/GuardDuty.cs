using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Guards;

/// <summary>How many guards a rulebook wants for so many persons: <c>First</c> for the first <c>UpTo</c>, one more for every <c>Per</c> begun above.</summary>
/// <param name="From">The time of the night from which it is asked; null: as soon as the venue is open.</param>
public sealed record HeadFormula(string RuleId, int First, int UpTo, int Per, TimeOnly? From)
{
    /// <summary>The formula of the first rule that counts guards by heads; null where the rulebook has none, or a number of it was not read yet.</summary>
    public static HeadFormula? In(Rulebook book) => book.Rules.Select(rule => Of(rule.Id, rule.Check, null)).FirstOrDefault(f => f is not null);

    public int Needed(int persons) => First + (int)Math.Ceiling(Math.Max(0, persons - UpTo) / (decimal)Per);

    static HeadFormula? Of(string ruleId, Check check, TimeOnly? from) => check switch
    {
        Check.When(Check.Trading(var late), var then) => Of(ruleId, then, late),
        Check.When(_, var then) => Of(ruleId, then, from),
        Check.All(var of) => of.Select(c => Of(ruleId, c, from)).FirstOrDefault(f => f is not null),
        Check.CountByHeads { Of: "guardShift", First: { } first, Per: > 0 and { } per } heads => new(ruleId, (int)first, (int)(heads.UpTo ?? 0), (int)per, from),
        _ => null,
    };
}

/// <summary>A part of a night in which neither the number on duty nor what is needed changed.</summary>
/// <param name="Needed">Null while nothing is asked: before the hour of the rule.</param>
public sealed record DutyStep(DateTimeOffset From, DateTimeOffset Until, int OnDuty, int? Needed)
{
    public bool IsShort => OnDuty < Needed;
}

/// <summary>How many guards of a venue are on duty, and how many the head-count formula wants.</summary>
/// <param name="Persons">Counted inside within the last hour; null: the formula is put to the capacity, the most there may be.</param>
/// <param name="Needed">Null where the venue is closed, or the rule is not asked yet at this hour.</param>
/// <param name="Shared">Of those on duty, how many came with a telephone that another guard came with.</param>
/// <param name="Steps">This opening from its beginning, or from the coming of the first guard, until now.</param>
public sealed record GuardDuty(
    Guid VenueId, DateTimeOffset At, int OnDuty, int? Needed, int? Persons, int Capacity, int Shared, HeadFormula? Formula,
    DateTimeOffset? Opens, DateTimeOffset? Closes, IReadOnlyList<DutyStep> Steps)
{
    /// <summary>Pure: the same sheets and instant give the same numbers.</summary>
    /// <param name="sheets">Of this night and the one before.</param>
    public static GuardDuty Of(
        Guid venueId, DateTimeOffset at, int capacity, OpeningWeeks hours, HeadFormula? formula, IReadOnlyList<ShiftSheet> sheets)
    {
        var opening = hours.Openings(at.AddDays(-2), at).Where(o => at < o.Closes).Cast<(DateTimeOffset Opens, DateTimeOffset Closes)?>().LastOrDefault();
        var night = new NightOnDuty(capacity, formula, opening, sheets);
        return new(venueId, at, night.OnDuty(at), night.Needed(at), night.Persons(at), capacity,
            sheets.Sum(s => s.OnDuty(at).Count(s.SharesHandset)), formula, opening?.Opens, opening?.Closes, opening is { } open ? night.Steps(open.Opens, at) : []);
    }
}

/// <summary>What was so at each moment of one opening.</summary>
sealed record NightOnDuty(int Capacity, HeadFormula? Formula, (DateTimeOffset Opens, DateTimeOffset Closes)? Opening, IReadOnlyList<ShiftSheet> Sheets)
{
    /// <summary>A guard counts once, whatever was planned for him.</summary>
    public int OnDuty(DateTimeOffset at) => Sheets.SelectMany(s => s.OnDuty(at)).Select(s => s.GuardId).Distinct().Count();

    public int? Persons(DateTimeOffset at) => Sheets.SelectMany(s => s.Heads).Where(h => h.HoldsAt(at)).MaxBy(h => h.At)?.Persons;

    public int? Needed(DateTimeOffset at) => Formula is { } formula && AskedFrom is { } from && at >= from && at < Opening!.Value.Closes
        ? formula.Needed(Persons(at) ?? Capacity) : null;

    DateTimeOffset? AskedFrom => Opening is not { } opening ? null
        : Formula?.From is { } late ? OpeningTimes.LateIn(opening.Opens, opening.Closes, late) : opening.Opens;

    public IReadOnlyList<DutyStep> Steps(DateTimeOffset from, DateTimeOffset to)
    {
        var turns = Sheets.SelectMany(s => s.Shifts).SelectMany(s => (DateTimeOffset?[])[s.In, s.Out, s.Until])
            .Concat(Sheets.SelectMany(s => s.Heads).SelectMany(h => (DateTimeOffset?[])[h.At, h.At + HeadCount.Lasts]))
            .Append(AskedFrom).OfType<DateTimeOffset>().Where(t => t > from && t < to).Distinct().Order().ToArray();
        var steps = new List<DutyStep>();
        foreach (var (begins, ends) in turns.Prepend(from).Zip(turns.Append(to)))
        {
            var step = new DutyStep(begins, ends, OnDuty(begins), Needed(begins));
            if (steps is [.., var last] && (last.OnDuty, last.Needed) == (step.OnDuty, step.Needed)) steps[^1] = last with { Until = ends };
            else if (ends > begins) steps.Add(step);
        }

        return steps;
    }
}
