using System.Globalization;
using Compliance.Api.Identity;
using Compliance.Api.Reports;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Exports;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;

namespace Compliance.Api.Exports;

/// <summary>A document that goes into the file as its own door prints it; what is not a file is why it was not printed.</summary>
delegate Task<IResult> PrintDocument(CancellationToken ct);

/// <param name="Name">Of the file, without its ending.</param>
sealed record FileDocument(string Name, PrintDocument Print);

/// <summary>The documents of a venue that its reader could also have printed one by one: acts, prescriptions, reports of the month, the last year of the ledger of police access, certificate, liability record.</summary>
sealed class FileDocuments(IViewStore views, Acts acts, Prescriptions orders, MonthReports months, LiabilityRecords records, AccessLedgers ledgers, Papers papers, IEventLog log, IssuerAddress address, TimeProvider clock)
{
    public async Task<IReadOnlyList<FileDocument>> Of(Guid venueId, FileReader reader, string language, CancellationToken ct)
    {
        var wish = new Wish(language, null);
        var documents = new List<FileDocument> { new("certificate", stop => Certificates.Print(venueId, wish, log, papers, address, clock, stop)) };
        foreach (var visit in (await views.All(InspectionRow.View, [venueId], ct)).Where(v => v.Stage == InspectionStage.Done && v.Kind != InspectionKind.SelfCheck).OrderBy(v => v.EndedAt))
            documents.Add(new($"act-{visit.InspectionId:N}", stop => Acts.Print(visit.InspectionId, wish, acts, papers, stop)));
        var ruled = (await views.All(CaseRow.View, [venueId], ct)).Select(c => OrderWhenCaseEndsInPrescription.OrderOf(c.DutyId)).ToHashSet();
        foreach (var order in (await views.All(DutyRow.View, [venueId], ct)).Where(d => d.Source is DutySource.OfFinding || ruled.Contains(d.DutyId)))
            documents.Add(new($"prescription-{order.DutyId:N}", stop => Prescriptions.Print(order.DutyId, wish, orders, papers, stop)));
        if (reader == FileReader.Inspector) return documents;
        foreach (var row in (await views.All(MonthReportRow.View, [venueId], ct)).OrderBy(r => r.Month))
        {
            var month = row.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            documents.Add(new($"report-{month}", stop => MonthReports.Print(venueId, month, wish, months, papers, stop)));
        }

        var today = VenueZone.Day(clock.GetUtcNow());
        documents.Add(new("access-ledger", stop => AccessLedgers.Answer(venueId, Iso(today.AddYears(-1).AddDays(1)), Iso(today), wish, reader != FileReader.Authority, ledgers, papers, clock, stop)));
        documents.Add(new("liability-record", stop => LiabilityRecords.Print(venueId, wish, records, papers, stop)));
        return documents;
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
