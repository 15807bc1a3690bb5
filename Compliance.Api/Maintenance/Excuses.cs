using Compliance.Api.Views;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;

namespace Compliance.Api.Maintenance;

/// <summary>
/// On each tick, outages that ran in an approved window are marked as excused, so that nobody is called to account over them; where
/// the window ended early, the mark is made as short. The score does not need the mark: the formula reads the windows themselves.
/// </summary>
sealed class Excuses(IEventLog log, IViewStore views, TimeProvider clock)
{
    const string Actor = "reaction:excuse-outages-in-maintenance";
    const int Most = 200;

    /// <summary>The API may have been off for so long while a window passed.</summary>
    static readonly TimeSpan Missed = TimeSpan.FromDays(14);

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        foreach (var window in await Lately(now, ct))
        {
            var time = window.Excused!;
            var outages = (await views.List(OutageRow.View, [window.VenueId], Most, null, ct)).Items.Where(row => window.DeviceIds.Contains(row.DeviceId));
            foreach (var outage in outages)
            {
                var marked = outage.Excused.FirstOrDefault(e => e.MaintenanceId == window.MaintenanceId);
                if (window.State == MaintenanceState.Ended ? marked is null || marked.Until <= time.To : marked is not null || outage.EndedAt <= time.From || outage.StartedAt >= time.To) continue;
                var from = Later(outage.StartedAt, time.From);
                var excuse = new OutageCommand.Excuse(window.MaintenanceId, from, Later(from, time.To));
                await log.Execute(Outage.Decider, outage.OutageId, excuse, new(EventIds.From(outage.OutageId, $"excuse/{window.MaintenanceId}/{time.To.UtcTicks}"), Actor), ct);
            }
        }
    }

    /// <summary>Windows that run, that ended early while they might still run, and that passed while nobody looked. The list goes from the latest back; none is longer than the longest.</summary>
    async Task<IReadOnlyList<MaintenanceRow>> Lately(DateTimeOffset now, CancellationToken ct)
    {
        var lately = new List<MaintenanceRow>();
        for (Page<MaintenanceRow>? page = null; page is null || page.Next is not null;)
        {
            page = await views.List(MaintenanceRow.View, null, Most, page?.Next, ct);
            lately.AddRange(page.Items.Where(row => row.Excused is { } time && time.From <= now && now - MaintenanceWindow.Longest - Missed < row.From));
            if (page.Items is [.., { State: not MaintenanceState.Waiting } last] && last.From < now - MaintenanceWindow.Longest - Missed) break;
        }

        return lately;
    }

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
