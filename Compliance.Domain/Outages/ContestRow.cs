using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>One contest as the authority lists it: what waits stands on top, the oldest first; then what was decided, the latest first.</summary>
/// <param name="ContestedBy">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
/// <param name="Accepted">Null until it is decided.</param>
public sealed record ContestRow(
    Guid ContestId, Guid OutageId, Guid DeviceId, Guid VenueId, DateTimeOffset From, DateTimeOffset Until, Cause Cause, Proof Proof,
    DateTimeOffset ContestedAt, string ContestedBy, bool? Accepted, string? Grounds, string? FormulaVersion, DateTimeOffset? DecidedAt, string? DecidedBy)
{
    public static readonly View<ContestRow> View = new(
        "contest-list", 1, KeyOf, Apply, row => row.VenueId,
        row => row.DecidedAt is { } at ? $"1{ViewOrder.NewestFirst(at)}" : $"0{row.ContestedAt.UtcTicks:D20}");

    /// <summary>A caller chooses the id of his contest; two outages may choose the same.</summary>
    static Guid? KeyOf(object fact) => fact switch
    {
        OutageEvent.Contested f => EventIds.From(f.OutageId, $"contest/{f.ContestId}"),
        OutageEvent.ContestDecided f => EventIds.From(f.OutageId, $"contest/{f.ContestId}"),
        _ => null,
    };

    static ContestRow? Apply(ContestRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, OutageEvent.Contested f) => new(
            f.ContestId, f.OutageId, f.DeviceId, f.VenueId, f.From, f.Until, f.Cause, f.Proof, recorded.RecordedAt, recorded.Origin.Actor, null, null, null, null, null),
        ({ }, OutageEvent.ContestDecided f) => row with
        {
            Accepted = f.Accepted, Grounds = f.Grounds, FormulaVersion = f.FormulaVersion, DecidedAt = recorded.RecordedAt, DecidedBy = recorded.Origin.Actor,
        },
        _ => row,
    };
}
