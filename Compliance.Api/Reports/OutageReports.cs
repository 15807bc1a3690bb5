using Compliance.Api.Duties;
using Compliance.Api.Feeds;
using Compliance.Api.Rulebooks;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Reports;

/// <summary>Prints one outage whole: what happened, whose minutes it was, who was told.</summary>
sealed class OutageReports(IViewStore views, VenueStreams streams, Library library, NameOf nameOf, TimeProvider clock)
{
    public static Task<IResult> Print(Guid outageId, [AsParameters] Wish wish, OutageReports reports, Papers papers, CancellationToken ct) =>
        papers.Answer(wish, async words => await reports.Compose(outageId, words, ct), _ => new("outage.unknown", "No such outage."), ct);

    /// <summary>Null where no such outage began.</summary>
    public async Task<OutageSheet?> Compose(Guid outageId, Words words, CancellationToken ct)
    {
        if (await views.Find(OutageRow.View, outageId, ct) is not { VenueId: var venue }) return null;
        var duties = (await views.All(DutyRow.View, [venue], ct)).Where(d => d.Source is DutySource.OfOutage of && of.OutageId == outageId).Select(d => d.DutyId).ToHashSet();
        var notices = (await views.All(NoticeRow.View, [venue], ct)).Where(n => n.OutageId == outageId || n.Group?.Outages.Contains(outageId) == true || (n.AboutId is { } about && duties.Contains(about)));
        var groups = (await views.All(OutageGroupRow.View, [venue], ct)).Where(g => g.Members.Any(m => m.OutageId == outageId));
        StreamId[] also =
        [
            .. duties.Select(id => new StreamId("duty", id)), .. notices.Select(n => new StreamId("notice", n.NoticeId)), .. groups.Select(g => new StreamId("outagegroup", g.GroupId)),
        ];
        // Where the device stands in its owner's network says nothing of its outage.
        Recorded[] facts = [.. (await streams.Of(venue, ct, also: also)).Select(f => Addresses.AreIn(f.Stream) ? Addresses.Without(f) : f)];
        if (OutageReport.Of(venue, outageId, facts, clock.GetUtcNow()) is not { } now) return null;
        var report = now.ChangesByTime ? now : OutageReport.Of(venue, outageId, facts, now.Facts.Max(f => f.RecordedAt))!;
        var requirements = new Dictionary<Guid, Sentence>();
        foreach (var duty in report.Duties)
            if (await Requirements.Of(duty, library, ct) is { } requirement) requirements[duty.DutyId] = requirement;
        return new(report, new(nameOf, words), requirements);
    }
}
