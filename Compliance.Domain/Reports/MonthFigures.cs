using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Reports;

/// <summary>What the report of a month says, computed from stored facts and from nothing else.</summary>
/// <param name="Duties">That were owed at some time of the month, the most urgent first.</param>
/// <param name="Cases">Opened within the month, or waiting for somebody when it ended.</param>
/// <param name="Inspections">That ended within the month.</param>
/// <param name="Complaints">What became of those answered within the month. An open one stays hidden from whom it is about.</param>
public sealed record MonthFigures(
    DateOnly Month, VenueAudit Audit, IReadOnlyList<DutyRow> Duties, IReadOnlyList<CaseRow> Cases, IReadOnlyList<InspectionRow> Inspections,
    IReadOnlyDictionary<ComplaintOutcome, int> Complaints)
{
    /// <summary>How the report of a month follows from its facts; a new name when the rule changes.</summary>
    public const string ReportFormula = "month-report.v2";

    /// <summary>As reports were made until November 2026: that complaints were answered was attached too.</summary>
    public const string WithComplaints = "month-report.v1";

    /// <summary>Of the facts of a report that was made: that it was made is one of them. Null where it is not.</summary>
    public static MonthFigures? Of(IReadOnlyList<Recorded> facts) =>
        facts.Select(EventCatalog.Decode).OfType<MonthReportEvent.Made>().FirstOrDefault() is { } made ? Of(made.VenueId, made.Month, facts, made.Formula) : null;

    /// <param name="facts">All streams of the venue, each once and whole, as far as they were recorded when the report was made. What stands in the lists is as it stood when the month ended.</param>
    /// <returns>Null when the venue was not registered before the month ended.</returns>
    public static MonthFigures? Of(Guid venueId, DateOnly month, IReadOnlyList<Recorded> facts, string formula)
    {
        var period = MonthReport.PeriodOf(month);
        if (VenueAudit.Of(venueId, period, [.. facts.Where(f => f.Stream.Category is "venue" or "device" or "outage" or "maintenance")], formula) is not { } audit) return null;
        var then = facts.Where(f => f.RecordedAt < period.To || IsToldLate(f, period.To)).ToArray();
        IEnumerable<T> Rows<T>(View<T> view, string category) where T : class => view.Build(then.Where(f => f.Stream.Category == category)).Values;
        return new(month, audit,
            [.. Rows(DutyRow.View, "duty").Where(d => period.Touches(d.Clock.Detected, d.Clock.Verified ?? d.LapsedAt)).Select(d => d.AsOf(period.To)).OrderBy(d => d.Clock.Detected).ThenBy(d => d.DutyId)],
            [.. Rows(CaseRow.View, "case").Where(c => c.OpenedAt < period.To && (c.OpenedAt >= period.From || c.State is CaseState.Open or CaseState.Appealed)).OrderBy(c => c.OpenedAt).ThenBy(c => c.CaseId)],
            [.. Rows(InspectionRow.View, "inspection").Where(i => i.Stage == InspectionStage.Done && period.Touches(i.EndedAt!.Value, i.EndedAt)).OrderBy(i => i.EndedAt).ThenBy(i => i.InspectionId)],
            then.Where(f => f.Stream.Category == "complaint" && period.Touches(f.RecordedAt, f.RecordedAt)).Select(EventCatalog.Decode).OfType<ComplaintEvent.Answered>()
                .GroupBy(f => f.Outcome).OrderBy(same => same.Key).ToDictionary(same => same.Key, same => same.Count()));
    }

    /// <summary>So many of the venue's facts as give the same figures: those the audit rests on, each duty, case and inspection that is counted. Nothing of a complaint: who complained, where and when is nothing the venue learns.</summary>
    public IReadOnlyList<Recorded> FactsAmong(IReadOnlyList<Recorded> facts)
    {
        var cited = Audit.Facts.Select(f => f.EventId).ToHashSet();
        HashSet<StreamId> told =
        [
            .. Duties.Select(d => new StreamId("duty", d.DutyId)), .. Cases.Select(c => new StreamId("case", c.CaseId)), .. Inspections.Select(i => new StreamId("inspection", i.InspectionId)),
        ];
        return
        [
            .. Audit.Facts, .. facts.Where(f => !cited.Contains(f.EventId) && (f.Stream.Category == "report" || ((IsToldLate(f, Audit.Period.To) || f.RecordedAt < Audit.Period.To)
                && told.Contains(f.Stream)))).OrderBy(f => f.Position),
        ];
    }

    /// <summary>The metronome says a moment later that a term ended in the last minutes of the month: that counts by its own instant.</summary>
    static bool IsToldLate(Recorded fact, DateTimeOffset end) => EventCatalog.Decode(fact) is DutyEvent.Overstayed { DueAt: var due } && due < end;

    /// <summary>Duties whose term passed unmet within the month.</summary>
    public int Overstayed => Duties.Count(d => d.OverstayedBy is not null && d.Clock.Due is { } due && due >= Audit.Period.From && due < Audit.Period.To);
}
