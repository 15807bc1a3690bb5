using System.Globalization;
using Compliance.Api.Entrance;
using Compliance.Api.Evidence;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>
/// On the first of the month every venue gets the report of the month before. That it was made is a fact, stored once; what it says
/// follows from the facts recorded until then, whoever prints it and whenever.
/// </summary>
sealed partial class MonthReports(IEventLog log, IViewStore views, VenueStreams streams, TimeProvider clock, ILogger<MonthReports> logger)
{
    const string Actor = "reaction:make-month-reports";

    /// <summary>Also what was missed: after a long downtime one report for each month. A run that was cut off goes on where it was.</summary>
    public async Task MakeAll(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var last = (await views.All(MonthReportRow.View, null, ct)).GroupBy(row => row.VenueId).ToDictionary(rows => rows.Key, rows => rows.Max(row => row.Month));
        foreach (var venue in await views.All(VenueCard.View, null, ct))
        {
            try
            {
                await Make(venue, last.TryGetValue(venue.VenueId, out var month) ? month : null, now, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                Failed(logger, e, venue.VenueId);
            }
        }
    }

    async Task Make(VenueCard venue, DateOnly? last, DateTimeOffset now, CancellationToken ct)
    {
        if (await log.Read(new("venue", venue.VenueId), ct).FirstOrDefaultAsync(ct) is not { RecordedAt: var registered }) return;
        foreach (var month in MonthReport.Missing(MonthReport.MonthOf(registered), last, now))
        {
            if (venue.ClosedAt < MonthReport.PeriodOf(month).From) return;
            var id = MonthReport.IdOf(venue.VenueId, month);
            await log.Execute(MonthReport.Decider, id, new MonthReportCommand.Make(venue.VenueId, month, now), new(EventIds.From(id, "make"), Actor), ct);
        }
    }

    public static Task<Page<MonthReportRow>> List(Guid venueId, [AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(MonthReportRow.View, [venueId], paging.Size, paging.After, ct);

    /// <param name="month"><c>yyyy-mm</c>.</param>
    /// <param name="language">kk, ru or en; Kazakh when it is not said.</param>
    public static async Task<IResult> Print(Guid venueId, string month, string? language, MonthReports reports, PageHtml pages, Issuer issuer, CancellationToken ct)
    {
        if (Words.All.GetValueOrDefault(language ?? "kk") is not { } words) return Problems.Of(new Refusal("report.language-unknown", Words.All["en"]["Problem_Language"], "language"));
        if (!DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            || await reports.Compose(venueId, first, words, ct) is not { } sheet) return Problems.Of(new Refusal("report.unknown", words["Problem_NoMonthReport"]));
        try
        {
            var html = await pages.Render<MonthPage>(nameof(MonthPage.Sheet), sheet);
            var pdf = await issuer.Issue(new Manuscript(html, sheet.Card.ReportId, sheet.Card.At, new Dictionary<string, string> { [MonthSheet.FileName] = sheet.Json() }), ct, words);
            return Results.File(pdf, "application/pdf", $"report-{month}-{words.Language}.pdf");
        }
        catch (PrinterOutOfOrder broken)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, broken.Code, broken.Message);
        }
    }

    /// <summary>Null while there is no report of that month.</summary>
    public async Task<MonthSheet?> Compose(Guid venueId, DateOnly month, Words words, CancellationToken ct)
    {
        if ((await log.Load(MonthReport.Decider, new("report", MonthReport.IdOf(venueId, month)), ct)).State is not MonthReport.Standing({ At: var at } card)) return null;
        StreamId[] also =
        [
            .. (await views.All(DutyRow.View, [venueId], ct)).Select(row => new StreamId("duty", row.DutyId)),
            .. (await views.All(CaseRow.View, [venueId], ct)).Select(row => new StreamId("case", row.CaseId)),
            .. (await views.All(ComplaintRow.View, [venueId], ct)).Select(row => new StreamId("complaint", row.ComplaintId)),
        ];
        var facts = await streams.Of(venueId, ct, at, also);
        return MonthFigures.Of(venueId, month, facts, card.Formula) is { } figures ? new(card, figures, words) : null;
    }

    [LoggerMessage(LogLevel.Error, "The report of the month could not be made for venue {Venue}; the next run tries again")]
    static partial void Failed(ILogger logger, Exception e, Guid venue);
}
