using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>A post at the venue whose term touches the period.</summary>
public sealed record PostHeld(Appointment Appointment, IReadOnlyList<Guid> RestsOn);

/// <summary>A legal basis that was in force within the period; a withdrawn one says when and why it ended.</summary>
public sealed record BasisHeld(LegalBasis Basis, DateTimeOffset? WithdrawnAt, string? WithdrawnBecause, IReadOnlyList<Guid> RestsOn);

/// <summary>
/// What the register said of a venue within a period, change by change: as it was then, never as it is today. Papers hold from
/// when they were recorded; posts and legal bases by the dates they name.
/// </summary>
public sealed record VenuePapers(
    IReadOnlyList<Held<VenueDetails>> Details,
    IReadOnlyList<Held<int>> Capacity,
    IReadOnlyList<Held<IReadOnlyList<OpeningHours>>> OpeningHours,
    IReadOnlyList<PostHeld> People,
    IReadOnlyList<BasisHeld> Bases,
    Held<string>? Closed)
{
    internal static VenuePapers Of(IReadOnlyList<Told> facts, Period period) => new(
        Changes(facts, period, fact => (fact as VenueEvent.Registered)?.Details ?? (fact as VenueEvent.DetailsCorrected)?.Details),
        [.. Changes(facts, period, CapacityIn).Select(h => new Held<int>(h.Value!.Value, h.From, h.Until, h.RestsOn))],
        [.. WeeksOf(facts).Where(held => period.Touches(held.From, held.Until))],
        PeopleOf(facts, period),
        BasesOf(facts, period),
        Changes(facts, period, fact => (fact as VenueEvent.Closed)?.Reason).SingleOrDefault())
    {
        Weeks = new([.. WeeksOf(facts).Select((held, i) => new OpeningWeek(i == 0 ? DateTimeOffset.MinValue : held.From, held.Value))]),
    };

    /// <summary>The hours of all times: an opening that began before the period may end in it.</summary>
    internal OpeningWeeks Weeks { get; init; } = OpeningWeeks.None;

    internal IEnumerable<Guid> RestsOn =>
    [
        .. Details.SelectMany(h => h.RestsOn), .. Capacity.SelectMany(h => h.RestsOn), .. OpeningHours.SelectMany(h => h.RestsOn),
        .. People.SelectMany(p => p.RestsOn), .. Bases.SelectMany(b => b.RestsOn), .. Closed?.RestsOn ?? [],
    ];

    static int? CapacityIn(object fact) => (fact as VenueEvent.Registered)?.Capacity ?? (fact as VenueEvent.CapacitySet)?.Capacity;

    /// <summary>Each value from when it was recorded until the next one was.</summary>
    static IReadOnlyList<Held<T>> Changes<T>(IReadOnlyList<Told> facts, Period period, Func<object, T?> pick)
    {
        var told = facts.Select(f => (f.At, f.Id, Value: pick(f.Fact))).Where(f => f.Value is not null).ToArray();
        return
        [
            .. told.Select((f, i) => new Held<T>(f.Value!, f.At, i + 1 < told.Length ? told[i + 1].At : null, [f.Id]))
                .Where(held => period.Touches(held.From, held.Until)),
        ];
    }

    /// <summary>Each week from when it counts; what was to count later than another one that came is replaced by it.</summary>
    static List<Held<IReadOnlyList<OpeningHours>>> WeeksOf(IReadOnlyList<Told> facts)
    {
        var weeks = new List<Held<IReadOnlyList<OpeningHours>>>();
        foreach (var told in facts)
        {
            var (hours, from) = told.Fact switch
            {
                VenueEvent.Registered f => (f.OpeningHours, told.At),
                VenueEvent.OpeningHoursSet f => (f.OpeningHours, f.From ?? told.At),
                _ => (null, default),
            };
            if (hours is null) continue;
            weeks.RemoveAll(w => w.From >= from);
            if (weeks is [.., var last]) weeks[^1] = last with { Until = from };
            weeks.Add(new(hours, from, null, [told.Id]));
        }

        return weeks;
    }

    /// <summary>Every term, with the facts that began and ended it: a new appointment ends the term it overlaps.</summary>
    static IReadOnlyList<PostHeld> PeopleOf(IReadOnlyList<Told> facts, Period period)
    {
        var terms = new List<PostHeld>();
        foreach (var (recorded, fact) in facts)
        {
            if (fact is VenueEvent.PersonAppointed { Appointment: var next })
            {
                terms = [.. terms.Select(held => held.Appointment.Before(next) is not { } rest ? null
                    : ReferenceEquals(rest, held.Appointment) ? held : new PostHeld(rest, [.. held.RestsOn, recorded.EventId])).OfType<PostHeld>()];
                terms.Add(new(next, [recorded.EventId]));
            }

            if (fact is not VenueEvent.PersonRelieved relieved) continue;
            var last = terms.FindLastIndex(held => held.Appointment.Is(relieved.SubjectId, relieved.Post));
            if (last >= 0) terms[last] = new(terms[last].Appointment with { Until = relieved.Until }, [terms[last].RestsOn[0], recorded.EventId]);
        }

        return [.. terms.Where(t => period.Touches(t.Appointment.From, t.Appointment.Until))];
    }

    static IReadOnlyList<BasisHeld> BasesOf(IReadOnlyList<Told> facts, Period period)
    {
        var bases = new Dictionary<Guid, BasisHeld>();
        foreach (var (recorded, fact) in facts)
        {
            if (fact is VenueEvent.LegalBasisGranted { Basis: var basis }) bases[basis.BasisId] = new(basis, null, null, [recorded.EventId]);
            if (fact is VenueEvent.LegalBasisWithdrawn(_, var id, var reason) && bases.GetValueOrDefault(id) is { } held)
                bases[id] = new(held.Basis, recorded.RecordedAt, reason, [.. held.RestsOn, recorded.EventId]);
        }

        return
        [
            .. bases.Values.Where(b => period.Touches(b.Basis.From, b.Basis.Until) && (b.WithdrawnAt is not { } at || at > period.From))
                .OrderBy(b => b.Basis.From),
        ];
    }
}
