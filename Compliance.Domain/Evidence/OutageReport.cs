using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Evidence;

/// <summary>One outage told whole: its instants, in whose hands its minutes lay, what was owed for it, who was told and when. Nothing of a case: its readers are others. Computed from stored facts and from nothing else.</summary>
/// <param name="Audit">The audit of the venue for the time of the outage: what the register said then, and the minutes of every device.</param>
/// <param name="Group">What it seemed to have in common with others; null where it came alone.</param>
/// <param name="Cases">Null but of a report made while cases stood in it.</param>
/// <param name="Notices">That told of it, the first one first.</param>
/// <param name="At">Until when it tells.</param>
/// <param name="Facts">All facts it rests on; their place here is their number in the report.</param>
public sealed record OutageReport(
    VenueAudit Audit, OutageLine Line, OutageGroupRow? Group, IReadOnlyList<DutyRow> Duties, IReadOnlyList<CaseRow>? Cases, IReadOnlyList<NoticeRow> Notices, DateTimeOffset At,
    IReadOnlyList<Recorded> Facts)
{
    /// <summary>How the report follows from the facts; a new name when the rule changes.</summary>
    public const string Formula = "outage-report.v2";

    /// <summary>As reports were made until November 2026.</summary>
    public const string WithCases = "outage-report.v1";

    public OutageRow Outage => Line.Row;

    /// <summary>It runs, or a term stands still: told later, it says something else though nothing happened.</summary>
    public bool ChangesByTime => Outage.EndedAt is null || Duties.Any(d => d.Still is not null);

    public DeviceAudit? Device => Audit.Devices.FirstOrDefault(d => d.DeviceId == Outage.DeviceId);

    /// <summary>Its minutes by what the formula says of them.</summary>
    public AvailabilityScore Minutes => Audit.Split(Line);

    /// <param name="facts">The streams of the venue, its devices, outages and maintenance windows, and of what grew from this outage: its group, duties and notices.</param>
    /// <param name="at">What was recorded later is not in it.</param>
    /// <returns>Null where no such outage had begun by then.</returns>
    public static OutageReport? Of(Guid venueId, Guid outageId, IReadOnlyList<Recorded> facts, DateTimeOffset at, string formula = Formula)
    {
        Recorded[] known = [.. facts.Where(f => f.RecordedAt <= at).OrderBy(f => f.Position)];
        if (OutageRow.View.Build(known.Where(f => f.Stream == new StreamId("outage", outageId))).Values.SingleOrDefault() is not { } row) return null;
        var end = row.EndedAt ?? at;
        if (VenueAudit.Of(venueId, new(row.StartedAt, end > row.StartedAt ? end : row.StartedAt.AddSeconds(1)), known) is not { } audit
            || audit.Outages.FirstOrDefault(line => line.Row.OutageId == outageId) is not { } line) return null;
        var duties = Rows(DutyRow.View).Where(d => d.Source is DutySource.OfOutage of && of.OutageId == outageId).Select(d => d.AsOf(at)).OrderBy(d => d.Clock.Detected).ThenBy(d => d.DutyId).ToArray();
        var cases = formula == WithCases ? Rows(CaseRow.View).Where(c => duties.Any(d => d.DutyId == c.DutyId)).OrderBy(c => c.OpenedAt).ThenBy(c => c.CaseId).ToArray() : null;
        var notices = Rows(NoticeRow.View).Where(n => n.OutageId == outageId || n.Group?.Outages.Contains(outageId) == true || duties.Any(d => d.DutyId == n.AboutId) || cases?.Any(c => c.CaseId == n.AboutId) == true)
            .OrderBy(n => n.IssuedAt).ThenBy(n => n.NoticeId).ToArray();
        var group = Rows(OutageGroupRow.View).FirstOrDefault(g => g.Members.Any(m => m.OutageId == outageId));
        HashSet<StreamId> told =
        [
            .. duties.Select(d => new StreamId("duty", d.DutyId)), .. (cases ?? []).Select(c => new StreamId("case", c.CaseId)), .. notices.Select(n => new StreamId("notice", n.NoticeId)),
            .. group is null ? (StreamId[])[] : [new("outagegroup", group.GroupId)],
        ];
        var cited = audit.Facts.Select(f => f.EventId).ToHashSet();
        return new(audit, line, group, duties, cases, notices, at, [.. audit.Facts, .. known.Where(f => told.Contains(f.Stream) && !cited.Contains(f.EventId))]);

        IEnumerable<T> Rows<T>(View<T> view) where T : class => view.Build(known).Values;
    }
}
