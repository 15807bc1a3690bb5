using System.Security.Cryptography;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Access;

/// <summary>Access sessions: an officer reads his own, supervisor and oversight all, those who were watched that there was one.</summary>
static class List
{
    const int SampleSize = 20;

    /// <param name="venue">At this venue only.</param>
    /// <param name="review">Only urgent ones that wait for a review.</param>
    public static Task<Page<AccessRow>> Handle([AsParameters] Paging paging, Guid? venue, bool? review, Caller caller, IViewStore views, Writings writings, CancellationToken ct) => paging.Where(
        (limit, after) => views.List(AccessRow.View, venue is { } one ? [one] : null, limit, after, ct),
        row => Task.FromResult(MayRead(caller, row) && (review is not true || row.ReviewDue is not null) ? InWords(row, writings) : null));

    public static async Task<Shown<AccessRow>> Show(Guid sessionId, Caller caller, IViewStore views, Writings writings, CancellationToken ct) =>
        new(await views.Find(AccessRow.View, sessionId, ct) is { } row && MayRead(caller, row) ? InWords(row, writings) : null);

    /// <summary>Those that were watched: at once that somebody looked, when and how long; unit, purpose and case when the seal has ended.</summary>
    public static async Task<Page<SeenByPolice>> OfVenue(Guid venueId, [AsParameters] Paging paging, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var page = await views.List(AccessRow.View, [venueId], paging.Size, paging.After, ct);
        return new([.. page.Items.Select(row => SeenByPolice.Of(row, clock.GetUtcNow()))], page.Next);
    }

    /// <summary>Over all of them, however many a page shows.</summary>
    public static async Task<SeenTotals> TotalsOfVenue(Guid venueId, IViewStore views, CancellationToken ct) => SeenTotals.Of(await views.All(AccessRow.View, [venueId], ct));

    /// <summary>Cameras on the register, and those of them that somebody looked at this year, by the venues' clocks.</summary>
    public static async Task<FeedsLooked> Feeds(IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var since = VenueZone.Midnight(new(VenueZone.Day(clock.GetUtcNow()).Year, 1, 1));
        var cameras = (await views.All(DeviceCard.View, null, ct)).Where(device => device.Spec is CameraSpec).Select(device => device.DeviceId).ToHashSet();
        var rows = await views.All(AccessRow.View, null, ct);
        return FeedsLooked.Of(cameras, rows.SelectMany(row => row.Views).Where(view => view.To >= since).Select(view => view.DeviceId).ToHashSet());
    }

    /// <summary>Twenty access sessions of the last ninety days, drawn by a generator that nobody can foresee, and what is unusual among all of them.</summary>
    public static async Task<AccessSample> Sample(IViewStore views, Writings writings, TimeProvider clock, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-90);
        var all = (await views.All(AccessRow.View, null, ct)).Where(row => row.OpenedAt >= since).ToArray();
        var drawn = all.ToArray();
        RandomNumberGenerator.Shuffle(drawn.AsSpan());
        return new(all.Length, [.. drawn.Take(SampleSize).Select(row => InWords(row, writings))], AccessOddity.Among(all, await Scene(all, views, clock.GetUtcNow(), ct)));
    }

    static async Task<LookScene> Scene(IEnumerable<AccessRow> rows, IViewStore views, DateTimeOffset now, CancellationToken ct)
    {
        var (venues, hours) = (rows.Select(row => row.VenueId).ToHashSet(), new Dictionary<Guid, OpeningWeeks>());
        foreach (var venue in venues)
            if (await views.Find(VenueCard.View, venue, ct) is { } card) hours[venue] = card.Hours;
        var complaints = (await views.All(ComplaintRow.View, venues, ct))
            .SelectMany(row => new[] { (Venue: row.VenueId!.Value, At: row.ReceivedAt), (Venue: row.VenueId!.Value, At: row.HappenedAt) });
        var incidents = (await views.All(IncidentCard.View, venues, ct)).Select(card => (Venue: card.VenueId, At: card.OpenedAt));
        return new(now, complaints.Concat(incidents).ToLookup(call => call.Venue, call => call.At), hours);
    }

    /// <summary>With what its reviewer said; without where he was forgotten.</summary>
    static AccessRow InWords(AccessRow row, Writings writings) => row.Review is { Said: { } said } review ? row with { Review = review with { Grounds = writings.Find(said) } } : row;

    static bool MayRead(Caller caller, AccessRow row) => row.OfficerId == caller.Id || caller.Is(Who.Supervisor | Who.Oversight);
}
