using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;

namespace Compliance.Api.Maintenance;

/// <summary>
/// On each tick, outages that run in an approved window are marked as excused, so that nobody is called to account over them.
/// The score does not need the mark: the formula reads the windows themselves.
/// </summary>
sealed class Excuses(IEventLog log, IViewStore views, TimeProvider clock)
{
    const string Actor = "reaction:excuse-outages-in-maintenance";
    const int Most = 200;

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var window in await Running(now, ct))
        {
            var outages = (await views.List(OutageRow.View, [window.VenueId], Most, null, ct)).Items.TakeWhile(row => row.EndedAt is null)
                .Where(row => window.DeviceIds.Contains(row.DeviceId) && row.Excused.All(e => e.MaintenanceId != window.MaintenanceId));
            foreach (var outage in outages)
            {
                var (from, to) = window.Excused!;
                var excuse = new OutageCommand.Excuse(window.MaintenanceId, outage.StartedAt > from ? outage.StartedAt : from, to);
                await log.Execute(Outage.Decider, outage.OutageId, excuse, new(EventIds.From(outage.OutageId, $"excuse/{window.MaintenanceId}"), Actor), ct);
            }
        }
    }

    /// <summary>The list goes from the latest window back; none is longer than the longest.</summary>
    async Task<IReadOnlyList<MaintenanceRow>> Running(DateTimeOffset now, CancellationToken ct)
    {
        var running = new List<MaintenanceRow>();
        for (Page<MaintenanceRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(MaintenanceRow.View, null, Most, page?.Next, ct);
            running.AddRange(page.Items.Where(row => row is { State: MaintenanceState.Approved, Excused: { } time } && time.From <= now && now < time.To));
            if (page.Items is [.., { State: not MaintenanceState.Waiting } last] && last.From < now - MaintenanceWindow.Longest) break;
        }

        return running;
    }
}
