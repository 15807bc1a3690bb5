using System.Globalization;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints the transparency report of a year: the whole log is counted once, venue by venue nothing is kept.</summary>
sealed class YearReports(IEventLog log, IViewStore views, ViewProgress progress, VenueStreams streams)
{
    const int First = 2020;

    /// <param name="year"><c>yyyy</c>; of the one that runs the months are told that are over.</param>
    public static Task<IResult> Print(string year, [AsParameters] Wish wish, YearReports reports, Papers papers, TimeProvider clock, CancellationToken ct) =>
        int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked >= First && asked < DateOnly.MaxValue.Year && TransparencyReport.PeriodOf(asked, clock.GetUtcNow()) is { } period
            ? papers.Answer(wish, async words => await reports.Compose(asked, period, words, ct), words => new("report.period-malformed", words["Problem_Year"], "year"), ct)
            : Task.FromResult(Problems.Of(wish.Fault ?? new Refusal("report.period-malformed", wish.Words!["Problem_Year"], "year")));

    public async Task<YearSheet> Compose(int year, Period period, Words words, CancellationToken ct)
    {
        var (counts, position) = await Count(period, ct);
        var scores = new List<VenueAvailability>();
        foreach (var venue in await views.All(VenueCard.View, null, ct))
        {
            var facts = (await streams.Of(venue.VenueId, ct, period.To)).Where(f => f.RecordedAt < period.To && f.Stream.Category is "venue" or "device" or "outage" or "maintenance").ToArray();
            if (VenueAudit.Of(venue.VenueId, period, facts) is { } audit) scores.Add(VenueAvailability.Of(audit));
        }

        return new(TransparencyReport.Of(year, period, position, counts, scores), period.To, words);
    }

    /// <summary>As far as the views have read, which <see cref="Papers"/> saw to: a log that is followed never ends.</summary>
    async Task<(YearCounts Counts, LogPosition? Last)> Count(Period period, CancellationToken ct)
    {
        var (counts, last, end) = (new YearCounts(period), (LogPosition?)null, progress.Position);
        if (end == default) return (counts, last);
        await foreach (var recorded in log.Follow(default, ct))
        {
            if (recorded.RecordedAt >= period.To) break;
            counts.Take(recorded);
            last = recorded.Position;
            if (recorded.Position >= end) break;
        }

        return (counts, last);
    }
}
