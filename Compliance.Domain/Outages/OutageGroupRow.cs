using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>Outages that are shown as one: those that run stand on top, each part newest first.</summary>
/// <param name="EndedAt">Null while one of them runs.</param>
public sealed record OutageGroupRow(
    Guid GroupId, Guid VenueId, CommonCause Cause, IReadOnlyList<GroupMember> Members, CauseEvidence Evidence, DateTimeOffset FoundAt, DateTimeOffset? EndedAt)
{
    public static readonly View<OutageGroupRow> View = new(
        "outage-group-list", 1, fact => (fact as OutageGroupEvent)?.GroupId, Apply, row => row.VenueId,
        row => row.EndedAt is { } at ? $"1{ViewOrder.NewestFirst(at)}" : $"0{ViewOrder.NewestFirst(row.Since)}");

    [JsonIgnore]
    public DateTimeOffset Since => Members.Min(m => m.Since);

    /// <summary>As its stream would say.</summary>
    [JsonIgnore]
    public OutageGroup State => new OutageGroup.Gathered(Cause, Members, EndedAt);

    static OutageGroupRow? Apply(OutageGroupRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, OutageGroupEvent.Found f) => new(f.GroupId, f.VenueId, f.Cause, f.Members, f.Evidence, f.At, null),
        ({ }, OutageGroupEvent.Changed f) => row with { Cause = f.Cause, Members = f.Members, Evidence = f.Evidence, EndedAt = null },
        ({ }, OutageGroupEvent.Ended f) => row with { EndedAt = f.EndedAt },
        _ => row,
    };
}
