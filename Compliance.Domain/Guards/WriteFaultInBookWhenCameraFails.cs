using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Guards;

/// <summary>A camera that fails stands in the incident book as soon as it is noticed: nobody has to write it up by hand, and nobody can leave it out.</summary>
public static class WriteFaultInBookWhenCameraFails
{
    public static readonly Policy Policy = new("write-fault-in-book-when-camera-fails", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded)
    {
        if (fact is not OutageEvent.Opened { Kind: DeviceKind.Camera } f) return [];
        var id = EventIds.From(f.OutageId, "incident");
        // What a probe tells late belongs to its own time: the outage has that, the book says when it was noticed.
        return [Reaction.Send(BookEntry.Decider, id, new BookCommand.Open(id, IncidentKind.CctvFault, recorded.RecordedAt, f.VenueId, recorded.RecordedAt, f.OutageId))];
    }
}
