using System.Globalization;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Licences;

/// <summary>The permit of one venue as its owner and the authority see it. What is due first stands on top, so overdue ones lead.</summary>
/// <param name="Revision">Of the licence's stream: the ETag a decision must name.</param>
public sealed record LicenceCard(Guid VenueId, Licence State, long Revision, DateTimeOffset ChangedAt)
{
    public static readonly View<LicenceCard> View = new(
        "licence-card", 2, fact => (fact as LicenceEvent)?.VenueId, Apply, card => card.VenueId, SortOf);

    /// <summary>What is due first, whoever has to do it; null when nothing is.</summary>
    [JsonIgnore] public OpenTerm? Next => State.Terms.MinBy(term => term.Due);

    /// <summary>Something waits for an officer.</summary>
    [JsonIgnore] public bool Awaits => State.Terms.Any(term => term.What != Deadline.Correction);

    static LicenceCard? Apply(LicenceCard? card, object fact, Recorded recorded) => fact is LicenceEvent f
        ? new(f.VenueId, Licence.Decider.Evolve(card?.State ?? Licence.Decider.Initial, f), recorded.Revision, recorded.RecordedAt) : card;

    static string SortOf(LicenceCard card) => card switch
    {
        { Next: { } next } => $"0{next.Due.UtcTicks.ToString("D20", CultureInfo.InvariantCulture)}",
        { State.Held: { } permit } => $"1{permit.Until.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}",
        _ => "2",
    };
}
