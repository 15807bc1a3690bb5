using Compliance.Domain.Kernel;

namespace Compliance.Domain.Complaints;

/// <summary>One complaint as the authority lists it: what waits for an answer stands on top, the oldest first.</summary>
/// <param name="OutageIds">Outages of the venue that ran at that time.</param>
/// <param name="HasLetter">Words or a contact stand in the vault.</param>
public sealed record ComplaintRow(
    Guid ComplaintId, string Number, ComplaintChannel Channel, ComplaintCategory Category, Guid? VenueId, string District, DateTimeOffset HappenedAt,
    DateTimeOffset ReceivedAt, bool HasLetter, IReadOnlyList<Guid> OutageIds, ComplaintOutcome? Outcome, DateTimeOffset? AnsweredAt, bool Closed)
{
    public static readonly View<ComplaintRow> View = new(
        "complaint-list", 1, fact => (fact as ComplaintEvent)?.ComplaintId, Apply, row => row.VenueId,
        row => row.AnsweredAt is { } at ? $"1{ViewOrder.NewestFirst(at)}" : $"0{row.ReceivedAt.UtcTicks:D20}");

    static ComplaintRow? Apply(ComplaintRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, ComplaintEvent.Received f) => new(
            f.ComplaintId, f.Number, f.Channel, f.Category, f.VenueId, f.District, f.HappenedAt, recorded.RecordedAt, f.HasLetter, [], null, null, false),
        ({ }, ComplaintEvent.Linked f) => row with { OutageIds = f.OutageIds },
        ({ }, ComplaintEvent.Answered f) => row with { Outcome = f.Outcome, AnsweredAt = recorded.RecordedAt },
        ({ }, ComplaintEvent.Closed) => row with { Closed = true },
        ({ }, ComplaintEvent.LetterDestroyed) => row with { HasLetter = false },
        _ => row,
    };
}

/// <summary>How many complaints of one category a district had, and what came of them.</summary>
/// <param name="Confirmed">Of those answered: confirmed, or measures were taken.</param>
public sealed record ComplaintTally(string District, ComplaintCategory Category, int Received, int Answered, int Confirmed)
{
    public static readonly View<ComplaintTally> View = new(
        "complaint-tally", 1, KeyOf, Apply, _ => null, row => $"{row.District}/{(int)row.Category:D2}");

    static Guid? KeyOf(object fact) => fact switch
    {
        ComplaintEvent.Received f => Key(f.District, f.Category),
        ComplaintEvent.Answered f => Key(f.District, f.Category),
        _ => null,
    };

    static Guid Key(string district, ComplaintCategory category) => EventIds.From(Guid.Empty, $"complaints/{district}/{category}");

    static ComplaintTally? Apply(ComplaintTally? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, ComplaintEvent.Received f) => (row ?? new(f.District, f.Category, 0, 0, 0)) with { Received = (row?.Received ?? 0) + 1 },
        ({ }, ComplaintEvent.Answered f) => row with
        {
            Answered = row.Answered + 1, Confirmed = row.Confirmed + (f.Outcome is ComplaintOutcome.Confirmed or ComplaintOutcome.MeasuresTaken ? 1 : 0),
        },
        _ => row,
    };
}
