using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Probes;

/// <summary>Who watches a venue, until when without another sign of life, and whether its cameras are held open or looked at now and then.</summary>
static class Watching
{
    public static async Task<VenueWatching> Show(Guid venueId, IViewStore views, Leases leases, CancellationToken ct)
    {
        var row = await views.Find(VenueWatchRow.View, venueId, ct);
        var name = row?.ProbeId is { } probe ? (await views.Find(ProbeCard.View, probe, ct))?.Name : null;
        return new(venueId, row?.ProbeId, name, row?.Since, row is { ProbeId: { } holder, Since: { } since } ? leases.Until(holder, since) : null, row?.EverySeconds);
    }

    public static async Task<Answer> SetInterval(Guid venueId, VenueWatchCommand.SetInterval body, Knock knock, Beginnings beginnings) =>
        body.VenueId != venueId ? Problems.OtherId("venueId")
        : await beginnings.Of(new("venue", venueId), knock.Ct) is null ? new Refusal("venue.unknown", "No such venue.")
        : await knock.Send(VenueWatch.Decider, venueId, body);
}
