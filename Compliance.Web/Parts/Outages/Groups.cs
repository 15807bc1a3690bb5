using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Compliance.Web.Parts.Venues;
using Compliance.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Compliance.Web.Parts.Outages;

/// <summary>Outages that are shown as one, and what they seem to have in common.</summary>
public static class Groups
{
    /// <summary>It says more than its one outage does.</summary>
    public static bool IsOne(this OutageGroupRow group) => group.Members.Count > 1 || group.Cause != CommonCause.Device;

    /// <summary>What the hint rests on, in one sentence.</summary>
    public static string Why(this OutageGroupRow group, IStringLocalizer<OutageWords> words) => group.Evidence is var e
        ? words[group is { Cause: CommonCause.Probe, Evidence.Venues: > 0 } ? "why.ProbeVenues" : $"why.{group.Cause}",
            e.Failed, e.Of, e.Seconds, e.Venues, e.OfVenues, group.Cause == CommonCause.District ? District.Say(e.Name ?? "") : e.Name ?? ""] : "";

    /// <summary>The rows in their order, those of a group together where its first one stands.</summary>
    public static IEnumerable<(OutageGroupRow? Group, IReadOnlyList<OutageRow> Rows)> By(this IReadOnlyList<OutageRow> rows, IReadOnlyList<OutageGroupRow> groups)
    {
        var groupOf = groups.Where(IsOne).SelectMany(g => g.Members.Select(m => (m.OutageId, g))).GroupBy(x => x.OutageId).ToDictionary(x => x.Key, x => x.First().g);
        return rows.GroupBy(row => groupOf.GetValueOrDefault(row.OutageId)?.GroupId ?? row.OutageId)
            .Select(some => (groupOf.GetValueOrDefault(some.First().OutageId), (IReadOnlyList<OutageRow>)[.. some]));
    }
}
