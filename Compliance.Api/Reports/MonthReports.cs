using System.Globalization;
using Compliance.Api.Duties;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Rulebooks;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>
/// On the first of the month every venue gets the report of the month before. That it was made is a fact, stored once; what it says
/// follows from the facts recorded until then, whoever prints it and whenever.
/// </summary>
sealed partial class MonthReports(IEventLog log, IViewStore views, VenueStreams streams, Library library, TimeProvider clock, ILogger<MonthReports> logger)
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
        foreach (var month in MonthReport.Missing(VenueZone.Month(registered), last, now))
        {
            if (venue.ClosedAt < MonthReport.PeriodOf(month).From) return;
            var id = MonthReport.IdOf(venue.VenueId, month);
            await log.Execute(MonthReport.Decider, id, new MonthReportCommand.Make(venue.VenueId, month, now), new(EventIds.From(id, "make"), Actor), ct);
        }
    }

    public static Task<Page<MonthReportRow>> List(Guid venueId, [AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(MonthReportRow.View, [venueId], paging.Size, paging.After, ct);

    /// <param name="month"><c>yyyy-mm</c>.</param>
    public static Task<IResult> Print(Guid venueId, string month, [AsParameters] Wish wish, MonthReports reports, Papers papers, CancellationToken ct) => papers.Answer(
        wish, async words => DateOnly.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first) ? await reports.Compose(venueId, first, words, ct) : null,
        words => new("report.unknown", words["Problem_NoMonthReport"]), ct);

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
        // Where a camera stands in its owner's network says nothing of his month.
        Recorded[] facts = [.. (await streams.Of(venueId, ct, at, also)).Select(f => Addresses.AreIn(f.Stream) ? Addresses.Without(f) : f), .. await log.Read(new("report", card.ReportId), ct).ToListAsync(ct)];
        if (MonthFigures.Of(venueId, month, facts, card.Formula) is not { } figures) return null;
        var rows = DutyRow.View.Build(facts.Where(f => f.Stream.Category == "duty"));
        var requirements = new Dictionary<Guid, Sentence>();
        foreach (var id in figures.Duties.Select(d => d.DutyId).Concat(figures.Cases.Select(c => c.DutyId)).Distinct())
            if (rows.GetValueOrDefault(id) is { } duty && await Requirements.Of(duty, library, ct) is { } requirement) requirements[id] = requirement;
        return new(card, figures, figures.FactsAmong(facts), requirements, words);
    }

    [LoggerMessage(LogLevel.Error, "The report of the month could not be made for venue {Venue}; the next run tries again")]
    static partial void Failed(ILogger logger, Exception e, Guid venue);
}
