using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Duties;

/// <summary>
/// Says of each duty whose term has passed unmet that it overstayed, once; before that it lets run again what stood still, and moves
/// what would end in closed hours to the next opening, so that what is mended meanwhile is in time; of an exit it stands still while the venue is closed. A venue that was closed meanwhile owes nothing any
/// more. It compares what is with what should be, so a missed tick changes nothing.
/// </summary>
sealed class Deadlines(IEventLog log, IViewStore views, TimeProvider clock)
{
    const int AtOnce = 200;

    /// <summary>So long before it ends a term is looked at: nobody mends within closed hours before it was moved, and the term of an exit (two hours) stands still from closing on.</summary>
    static readonly TimeSpan Ahead = TimeSpan.FromHours(3);

    const string Actor = "reaction:assess-deadlines";

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        for (Page<DutyRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(DutyRow.View, null, AtOnce, page?.Next, ct);
            foreach (var row in page.Items)
            {
                if (row.State != DutyState.Owed || row.TurnsAt > now + Ahead) return; // listed by when they turn: none after it does yet
                if (row.OverstayedBy is null) await Assess(row, now, ct);
            }
        }
    }

    /// <summary>A device of which only opening hours are mandated owes nothing while the venue is closed: its term overstays at the next opening, if it is not mended by then.</summary>
    async Task<bool> IsNotAsked(DutyRow row, VenueCard? venue, DateTimeOffset at, CancellationToken ct) =>
        row.Source is DutySource.OfOutage { DeviceId: var device } && venue is { ClosedAt: null } && !venue.Hours.IsOpen(at)
        && await views.Find(DeviceCard.View, device, ct) is { Hours: MandatedHours.OpeningHours };

    async Task<DeviceCard?> Exit(DutyRow row, VenueCard? venue, CancellationToken ct) =>
        venue is not null && row.Source is DutySource.OfOutage { Kind: DeviceKind.Exit, DeviceId: var device } ? await views.Find(DeviceCard.View, device, ct) : null;

    async Task Assess(DutyRow row, DateTimeOffset now, CancellationToken ct)
    {
        var venue = await views.Find(VenueCard.View, row.VenueId, ct);
        if (await Exit(row, venue, ct) is { } exit && venue is { ClosedAt: null })
        {
            if (row.StayedUntil is null && ClosingTime.Of(row.DutyId, exit, venue.Hours) is { } stay) await Send(row, stay, now, ct);
            if (ClosingTime.IsAwaited(exit, venue.Hours, now)) return;
        }

        if (row is { StayedUntil: null, Clock.Due: { } due } && await IsNotAsked(row, venue, due, ct)
            && ClosingTime.NextOpening(venue!.Hours, due) is { } opening)
        {
            await Send(row, new DutyCommand.AwaitOpening(due, opening), now, ct);
            if (opening > now) return;
        }

        if (row.TurnsAt > now || await IsNotAsked(row, venue, now, ct)) return;
        DutyCommand command = venue?.ClosedAt is { } closed && closed <= row.Clock.Due
            ? new DutyCommand.Lapse(LapsedBecause.VenueClosed, closed) : new DutyCommand.Assess(now);
        await Send(row, command, now, ct);
    }

    Task<Executed> Send(DutyRow row, DutyCommand command, DateTimeOffset now, CancellationToken ct) =>
        log.Execute(Duty.Decider, row.DutyId, command, new(Guid.CreateVersion7(now), Actor), ct);
}
