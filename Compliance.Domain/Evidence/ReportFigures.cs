using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Inspections;
using Compliance.Domain.Outages;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <content>Of the documents that are no audit.</content>
public static partial class Figures
{
    /// <summary>Complaints are counted in print alone: no fact of theirs is attached that the count could be worked out from again.</summary>
    public static IReadOnlyDictionary<string, double> Of(MonthFigures month, string formula = MonthFigures.ReportFormula)
    {
        var figures = new SortedDictionary<string, double>(Of(month.Audit).ToDictionary(), StringComparer.Ordinal)
        {
            ["duties.count"] = month.Duties.Count, ["duties.overstayed"] = month.Overstayed, ["cases.count"] = month.Cases.Count, ["inspections.count"] = month.Inspections.Count,
        };
        foreach (var duty in month.Duties)
            if (duty.Clock.Due is { } due) figures[$"duty.{duty.DutyId}.due"] = Seconds(due);
        foreach (var visit in month.Inspections)
            if (visit.Findings is { } findings) figures[$"inspection.{visit.InspectionId}.findings"] = findings;
        foreach (var (outcome, count) in formula == MonthFigures.WithComplaints ? month.Complaints : new Dictionary<ComplaintOutcome, int>()) figures[$"complaints.{Name(outcome)}"] = count;
        return figures;
    }

    public static IReadOnlyDictionary<string, double> Of(InspectionAct act)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["items.count"] = act.List.Items.Count(), ["findings.count"] = act.Done.Findings.Count, ["photos.count"] = act.Done.Walk.Photos.Count, ["signatures.count"] = act.Done.Walk.Signatures.Count,
        };
        foreach (var (count, items) in act.Counts) figures[$"items.{Name(count)}"] = items;
        foreach (var finding in act.Done.Findings) figures[$"finding.{finding.RuleId}.due"] = Seconds(VenueZone.Midnight(finding.Due.AddDays(1)));
        return figures;
    }

    public static IReadOnlyDictionary<string, double> Of(CertificateRecord certificate) => new SortedDictionary<string, double>(StringComparer.Ordinal)
    {
        ["certificate.from"] = Seconds(VenueZone.Midnight(certificate.Permit.From)), ["certificate.until"] = Seconds(VenueZone.Midnight(certificate.Permit.Until.AddDays(1))),
        ["conditions.count"] = certificate.Permit.Conditions.Count,
    };

    public static IReadOnlyDictionary<string, double> Of(OutageReport report)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["outage.seconds"] = report.Line.Duration.TotalSeconds, ["outage.started"] = Seconds(report.Outage.StartedAt), ["outage.detected"] = Seconds(report.Outage.DetectedAt),
            ["duties.count"] = report.Duties.Count, ["notices.count"] = report.Notices.Count, ["persons.told"] = report.Notices.SelectMany(n => n.Receipts).Select(r => r.SubjectId).Distinct().Count(),
        };
        if (report.Cases is { } cases) figures["cases.count"] = cases.Count;
        if (report.Outage.EndedAt is { } ended) figures["outage.ended"] = Seconds(ended);
        Add(figures, "outage.owed", report.Minutes);
        foreach (var why in Enum.GetValues<Owed>().Where(o => o != Owed.Yes)) figures[$"outage.not-owed.{Name(why)}"] = report.Minutes.NotOwed(why).TotalSeconds;
        foreach (var duty in report.Duties)
            foreach (var (name, instant) in Instants(duty.Clock))
                if (instant is { } at) figures[$"duty.{duty.DutyId}.{name}"] = Seconds(at);
        return figures;
    }

    public static IReadOnlyDictionary<string, double> Of(Prescription order)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (name, instant) in Instants(order.Order.Clock))
            if (instant is { } at) figures[$"order.{name}"] = Seconds(at);
        if (order.Order.Extension is { } more) figures["extension.until"] = Seconds(more.Until);
        if (order.Act is { } act) figures["signatures.count"] = act.Walk.Signatures.Count;
        return figures;
    }

    public static IReadOnlyDictionary<string, double> Of(AccessLedger ledger)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["cameras.count"] = ledger.Cameras.Count, ["bases.count"] = ledger.Papers.Bases.Count, ["acts.count"] = ledger.Acts.Count, ["days.count"] = ledger.Days, ["days.covered"] = ledger.DaysCovered,
        };
        foreach (var kind in Enum.GetValues<LegalBasisKind>()) figures[$"bases.{Name(kind)}"] = ledger.Papers.Bases.Count(b => b.Basis.Kind == kind);
        return figures;
    }

    static double Seconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).TotalSeconds;

    static string Name(Enum word) => word.ToString().ToLowerInvariant();
}
