using System.Globalization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>What of a duty waits for an official: a wish for more time, or a repair that somebody has to look at.</summary>
public enum DutyWait { Extension, Repair }

/// <summary>Why a wait is put before the authority: its own term passed, or the limitation draws near.</summary>
public enum WaitStage { Term, Limitation }

/// <summary>How long officials may take. No text that was read gives these numbers: they are this project's own, and say so.</summary>
public static class OfficialTerms
{
    public const Confidence Sureness = Confidence.Project;

    /// <summary>So long after the term of the duty passed the wait is told once more: two weeks before nobody can be held liable any longer (KoAP article 62).</summary>
    public static readonly TimeSpan BeforeLimitation = TimeSpan.FromDays(45);

    public static CalendarSpan Of(DutyWait wait) => wait == DutyWait.Extension ? new(0, 0, 5, default) : new(0, 0, 10, default);

    public static DateTimeOffset Due(DutyWait wait, DateTimeOffset since) => Of(wait).After(since, RulebookShelf.All[RulebookShelf.Usual].Holidays);
}

/// <summary>What of one duty waits for an official, whatever must be done first on top.</summary>
public sealed record OfficialWait(Guid DutyId, Guid VenueId, IReadOnlyList<WaitOf> Waits)
{
    public static readonly View<OfficialWait> View = new(
        "official-waits", 2, fact => (fact as DutyEvent)?.DutyId, Apply, row => row.VenueId,
        row => $"{row.NextAt.UtcTicks.ToString("D20", CultureInfo.InvariantCulture)}{row.DutyId:N}");

    /// <summary>As the page lists them: the longest overdue on top, what rests last.</summary>
    public static readonly View<OfficialWait> ByDue = View with
    {
        Name = "official-waits-by-due", SortOf = row => row.Rests ? $"1{row.DutyId:N}" : $"0{row.Due.UtcTicks.ToString("D20", CultureInfo.InvariantCulture)}{row.DutyId:N}",
    };

    /// <summary>By when an official has to act first.</summary>
    public DateTimeOffset Due => Waits.Select(wait => wait.Due).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    /// <summary>When somebody has to be told next; never again once all has been said.</summary>
    public DateTimeOffset NextAt => Waits.Min(wait => wait.NextAt) ?? DateTimeOffset.MaxValue;

    /// <summary>A wish for more time of which nothing can be decided while nothing is asked: it waits on when the duty goes on.</summary>
    public bool Rests { get; init; }

    static OfficialWait? Apply(OfficialWait? row, object fact, Recorded recorded) => fact switch
    {
        DutyEvent.ExtensionAsked f => With(row, f, new(DutyWait.Extension, f.At)),
        DutyEvent.ExtensionGranted or DutyEvent.ExtensionRefused => Without(row, DutyWait.Extension),
        DutyEvent.Fixed when row is { Rests: true } => row,
        DutyEvent.Fixed f => With(row, f, new(DutyWait.Repair, f.At)),
        DutyEvent.Reopened => Without(row, DutyWait.Repair),
        DutyEvent.WentOn f => row is { Rests: true } ? With(null, f, new(DutyWait.Extension, f.At)) : Without(row, DutyWait.Repair),
        DutyEvent.Lapsed f when f.Because.IsForNow() => row?.Waits.Any(wait => wait.Kind == DutyWait.Extension) == true || row is { Rests: true } ? new(f.DutyId, f.VenueId, []) { Rests = true } : null,
        DutyEvent.Verified or DutyEvent.Lapsed => null,
        DutyEvent.WaitEscalated f => row is null ? null : row with { Waits = [.. row.Waits.Select(wait => wait.Kind == f.Wait ? wait with { NextAt = f.NextAt, EscalatedAt = f.At, Stage = f.Stage } : wait)] },
        _ => row,
    };

    static OfficialWait With(OfficialWait? row, DutyEvent of, WaitOf wait) =>
        new(of.DutyId, of.VenueId, [.. (row?.Waits ?? []).Where(other => other.Kind != wait.Kind), wait with { Due = OfficialTerms.Due(wait.Kind, wait.Since), NextAt = OfficialTerms.Due(wait.Kind, wait.Since) }]);

    static OfficialWait? Without(OfficialWait? row, DutyWait kind) =>
        row?.Waits.Where(wait => wait.Kind != kind).ToArray() is { Length: > 0 } left ? row with { Waits = left } : null;
}

/// <param name="Due">By when an official has to act; <paramref name="EscalatedAt"/> when it was put before the authority because he had not.</param>
public sealed record WaitOf(DutyWait Kind, DateTimeOffset Since, DateTimeOffset Due = default, DateTimeOffset? NextAt = null, DateTimeOffset? EscalatedAt = null, WaitStage? Stage = null);

/// <summary>What waits for an official, as the domain decides it: told once when its term passed, and once more before the limitation.</summary>
static class Waits
{
    extension(Duty.Owed o)
    {
        public Decision<DutyEvent> Escalate(DateTimeOffset now) => [.. new[] { DutyWait.Extension, DutyWait.Repair }.SelectMany(wait => o.Escalate(wait, now))];

        IEnumerable<DutyEvent.WaitEscalated> Escalate(DutyWait wait, DateTimeOffset now)
        {
            if (o.SinceOf(wait) is not { } since || o.Clock.Due is not { } due) yield break;
            var told = o.Escalated.Where(e => e.Wait == wait && e.At >= since).Select(e => e.Stage).ToArray();
            var (term, last) = (OfficialTerms.Due(wait, since), due + OfficialTerms.BeforeLimitation);
            if (now >= last && now >= term && !told.Contains(WaitStage.Limitation))
                yield return new(o.Card.DutyId, o.Card.VenueId, wait, WaitStage.Limitation, term, null, now);
            else if (now >= term && told.Length == 0)
                yield return new(o.Card.DutyId, o.Card.VenueId, wait, WaitStage.Term, term, last, now);
        }

        DateTimeOffset? SinceOf(DutyWait wait) => wait == DutyWait.Extension ? o.Asked?.At : o.Clock.Fixed;
    }
}
