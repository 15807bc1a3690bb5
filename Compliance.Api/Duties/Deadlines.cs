using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Duties;

/// <summary>
/// Says of each duty whose term has passed unmet that it overstayed, once. A venue that was closed meanwhile owes nothing any
/// more. It compares what is with what should be, so a missed tick changes nothing.
/// </summary>
sealed class Deadlines(IEventLog log, IViewStore views, TimeProvider clock)
{
    const int AtOnce = 200;

    const string Actor = "reaction:assess-deadlines";

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (Page<DutyRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(DutyRow.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.State != DutyState.Owed || row.Clock.Due > now) return; // listed by the end of the term: none after it is over
                if (row.OverstayedBy is null) await Assess(row, now, ct);
            }
        }
    }

    /// <summary>A device of which only opening hours are mandated owes nothing while the venue is closed: its term overstays at the next opening, if it is not mended by then.</summary>
    async Task<bool> IsNotAskedNow(DutyRow row, VenueCard? venue, DateTimeOffset now, CancellationToken ct) =>
        row.Source is DutySource.OfOutage { DeviceId: var device } && venue is { ClosedAt: null } && !venue.OpeningHours.IsOpen(now)
        && await views.Find(DeviceCard.View, device, ct) is { Hours: MandatedHours.OpeningHours };

    async Task Assess(DutyRow row, DateTimeOffset now, CancellationToken ct)
    {
        var venue = await views.Find(VenueCard.View, row.VenueId, ct);
        if (await IsNotAskedNow(row, venue, now, ct)) return;
        DutyCommand command = venue?.ClosedAt is { } closed && closed <= row.Clock.Due
            ? new DutyCommand.Lapse(LapsedBecause.VenueClosed, closed) : new DutyCommand.Assess(now);
        await log.Execute(Duty.Decider, row.DutyId, command, new(Guid.CreateVersion7(now), Actor), ct);
    }
}
