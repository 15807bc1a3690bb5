using Compliance.Domain.Venues;

namespace Compliance.Domain.Alerts;

/// <summary>
/// How the desk of one district answered the incidents of one day: police are held to account by the same record as venues. No officer is named.
/// </summary>
/// <param name="Taken">How many somebody took.</param>
/// <param name="ToNeighbour">How many waited so long that the neighbouring desk was called.</param>
/// <param name="ToLead">How many went to the shift lead.</param>
/// <param name="NeverTaken">How many nobody ever took.</param>
/// <param name="SecondsToTake">Of those taken, the middle one; null where none was.</param>
/// <param name="Dispatched">How many somebody was sent to.</param>
/// <param name="SecondsToArrive">From sending to arriving, the middle one; null where nobody has arrived.</param>
public sealed record AnswerDay(
    string District, DateOnly Day, int Incidents, int Taken, int ToNeighbour, int ToLead, int NeverTaken, int? SecondsToTake, int Dispatched, int? SecondsToArrive)
{
    /// <summary>How often somebody saw a clip of that day's incidents without its blur.</summary>
    public int Unblurred { get; init; }

    /// <summary>Of incidents in any order; what was merged into another counts there.</summary>
    public static IReadOnlyList<AnswerDay> Of(IEnumerable<IncidentCard> cards) =>
    [
        .. from card in cards
           where card.Stage != IncidentStage.Merged
           group card by (Day: VenueZone.Day(card.OpenedAt), District: card.Desks[0]) into day
           orderby day.Key.Day descending, day.Key.District
           select new AnswerDay(
               day.Key.District, day.Key.Day, day.Count(), day.Count(c => At(c, IncidentStage.Taken) is not null), day.Count(c => c.Desks.Count > 1), day.Count(c => c.WithLead),
               day.Count(c => c.Stage == IncidentStage.Lapsed), Middle(day.Select(c => At(c, IncidentStage.Taken) - c.OpenedAt)), day.Count(c => At(c, IncidentStage.Dispatched) is not null),
               Middle(day.Select(c => At(c, IncidentStage.Arrived) - At(c, IncidentStage.Dispatched)))) { Unblurred = day.Sum(c => c.Unblurred.Count) },
    ];

    static DateTimeOffset? At(IncidentCard card, IncidentStage stage) => card.Instants.FirstOrDefault(i => i.Stage == stage)?.At;

    static int? Middle(IEnumerable<TimeSpan?> spans) => spans.OfType<TimeSpan>().Order().ToArray() is { Length: > 0 } all ? (int)all[all.Length / 2].TotalSeconds : null;
}
