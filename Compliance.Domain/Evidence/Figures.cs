using System.Text.Json;
using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Reports;

namespace Compliance.Domain.Evidence;

/// <summary>Every computed figure of a document by name, worked out from its facts alone: once when it is printed, and again by whoever checks it.</summary>
public static partial class Figures
{
    /// <summary>Of the facts attached to a document; null where this program does not know the formula.</summary>
    /// <exception cref="JsonException">The facts do not give such a document at all.</exception>
    public static IReadOnlyDictionary<string, double>? Again(FactsFile file) => file switch
    {
        { VenueId: { } venue, Period: { } period } when AvailabilityFormula.Versions.Contains(file.Formula) =>
            Of(VenueAudit.Of(venue, period, file.Facts, file.Formula) ?? throw NoVenue()),
        { VenueId: { } venue, Period.To: var at, Formula: LiabilityRecord.Formula } => Of(LiabilityRecord.Of(venue, file.Facts, at) ?? throw NoVenue()),
        { Formula: MonthFigures.ReportFormula or MonthFigures.WithComplaints } => Of(MonthFigures.Of(file.Facts) ?? throw new JsonException("The facts do not say that such a report was made."), file.Formula),
        { VenueId: { } venue, Formula: CertificateRecord.Formula } => Of(CertificateRecord.Of(venue, file.Facts) ?? throw new JsonException("The facts do not say that a certificate was granted.")),
        { About: { } inspection, Formula: InspectionAct.Formula } => Of(InspectionAct.Of(inspection, file.Facts) ?? throw new JsonException("The facts do not say that an act was issued.")),
        { VenueId: { } venue, About: { } outage, Period: { } period, Formula: OutageReport.Formula or OutageReport.WithCases } =>
            Of(OutageReport.Of(venue, outage, file.Facts, period.To, file.Formula) ?? throw new JsonException("The facts do not say that there was such an outage.")),
        { About: { } order, Period.To: var at, Formula: Prescription.Formula } =>
            Of(Prescription.Of(order, file.Facts, at) ?? throw new JsonException("The facts do not say that anything was ordered.")),
        { VenueId: { } venue, Period: { } period, Formula: AccessLedger.Formula } => Of(AccessLedger.Of(venue, period, file.Facts) ?? throw NoVenue()),
        _ => null,
    };

    static JsonException NoVenue() => new("The facts do not say that there was such a venue.");

    public static IReadOnlyDictionary<string, double> Of(VenueAudit audit)
    {
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var kind in Enum.GetValues<DeviceKind>())
        {
            var name = kind.ToString().ToLowerInvariant();
            figures[$"{name}.count"] = audit.Count(kind).Value;
            Add(figures, name, audit.Availability(kind).Value);
            if (audit.Score(kind) is { Value: var score }) Add(figures, $"{name}.owed", score);
        }

        foreach (var device in audit.Devices)
        {
            Add(figures, $"device.{device.DeviceId}", device.Availability.Value);
            if (device.Score is { Value: var score })
            {
                Add(figures, $"device.{device.DeviceId}.owed", score.Mandated);
                Add(figures, $"device.{device.DeviceId}.open", score.Open);
            }
        }

        figures["outages.count"] = audit.Outages.Count;
        figures["outages.seconds"] = audit.InOutage.Value.TotalSeconds;
        foreach (var outage in audit.Outages) figures[$"outage.{outage.Row.OutageId}.seconds"] = outage.Duration.TotalSeconds;
        return figures;
    }

    public static IReadOnlyDictionary<string, double> Of(LiabilityRecord record)
    {
        var figures = new SortedDictionary<string, double>(Of(record.Audit).ToDictionary(), StringComparer.Ordinal) { ["duties.count"] = record.Duties.Count, ["cases.count"] = record.Cases.Count };
        foreach (var duty in record.Duties)
        {
            foreach (var (name, instant) in Instants(duty.Clock))
                if (instant is { } at) figures[$"duty.{duty.DutyId}.{name}"] = Seconds(at);
        }

        foreach (var one in record.Cases)
        {
            if (one.Charge.Fine is { } fine) (figures[$"case.{one.CaseId}.from-tenge"], figures[$"case.{one.CaseId}.to-tenge"]) = ((double)fine.FromTenge, (double)fine.ToTenge);
            if (one.Penalty is { } penalty) figures[$"case.{one.CaseId}.penalty-tenge"] = (double)penalty.Tenge;
        }

        return figures;
    }

    static IEnumerable<(string Name, DateTimeOffset? At)> Instants(DutyClock clock) =>
    [
        ("happened", clock.Happened), ("detected", clock.Detected), ("notified", clock.Notified), ("delivered", clock.Delivered),
        ("read", clock.Read), ("due", clock.Due), ("fixed", clock.Fixed), ("verified", clock.Verified),
    ];

    static void Add(SortedDictionary<string, double> figures, string name, AvailabilitySum sum)
    {
        figures[$"{name}.up"] = sum.Up.TotalSeconds;
        figures[$"{name}.down"] = sum.Down.TotalSeconds;
        figures[$"{name}.unknown"] = sum.Unknown.TotalSeconds;
        if (sum.Share is { } share) figures[$"{name}.share"] = share;
    }

    static void Add(SortedDictionary<string, double> figures, string name, AvailabilityScore score)
    {
        figures[$"{name}.up"] = score.Up.TotalSeconds;
        figures[$"{name}.down"] = score.Down.TotalSeconds;
        figures[$"{name}.unknown"] = score.Unknown.TotalSeconds;
        figures[$"{name}.against"] = score.Against.TotalSeconds;
        figures[$"{name}.contested"] = score.InContest.TotalSeconds;
        foreach (var cause in Enum.GetValues<Cause>())
            if (score.DownBy(cause) is { Ticks: > 0 } by) figures[$"{name}.by-{cause.ToString().ToLowerInvariant()}"] = by.TotalSeconds;
        if (score.Share is { } share) figures[$"{name}.share"] = share;
        if (score.LeastShare is { } least) figures[$"{name}.least"] = least;
    }
}
