using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Detectors;

/// <summary>What may watch, and what does: those who are watched read it like those who allow it.</summary>
static class Show
{
    /// <summary>Who is told of alerts while they stand: nobody of the venue, lest those who are watched read how it is going.</summary>
    const Who IsTold = Who.Operator | Who.Supervisor | Who.Authority | Who.Oversight;

    public static async Task<VenueDetectors> OfVenue(Guid venueId, Caller caller, IViewStore views, AlertRules rules, TimeProvider clock, CancellationToken ct)
    {
        var shown = new VenueDetectors(await views.All(DetectorBasisRow.View, [venueId], ct), await views.All(DetectorCard.View, [venueId], ct));
        return caller.Is(IsTold) ? shown with { Told = await Told(shown, venueId, views, rules, clock.GetUtcNow(), ct) } : shown;
    }

    static async Task<DetectorsTold> Told(VenueDetectors shown, Guid venueId, IViewStore views, AlertRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var last = new List<LastTold>();
        foreach (var run in shown.Runs)
        {
            DateTimeOffset? newest = null;
            foreach (var kind in Enum.GetValues<AlertKind>().Where(kind => kind.SeenBy() == run.Detector))
                if (await views.Find(LastAlert.View, LastAlert.KeyOf(run.DeviceId, kind), ct) is { } seen && !(newest > seen.SeenFrom)) newest = seen.SeenFrom;
            if (newest is { } at) last.Add(new(run.DeviceId, run.Detector, at));
        }

        var district = (await views.Find(VenueCard.View, venueId, ct))?.Details.District ?? "";
        var desk = await views.Find(DeskHour.View, DeskHour.KeyOf(district, now), ct);
        return new(await views.Find(DetectorHour.View, DetectorHour.KeyOf(venueId, now), ct), desk?.Opened ?? 0, rules.Budget, last);
    }

    public static Task<Page<DetectorBasisRow>> Bases([AsParameters] Paging paging, IViewStore views, CancellationToken ct) =>
        views.List(DetectorBasisRow.View, null, paging.Size, paging.After, ct);
}
