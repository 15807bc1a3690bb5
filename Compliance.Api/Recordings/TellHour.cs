using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;

namespace Compliance.Api.Recordings;

/// <summary>What a box hashed of an hour's recordings becomes a fact. Any box of the venue may tell it, whoever holds the venue: a recorder stands beside one of them only.</summary>
static class TellHour
{
    /// <returns>Null when it was taken, else the code of the refusal.</returns>
    public static async Task<string?> Take(RecordingObserved told, DeviceCard device, Receipt receipt, IEventLog log, Origin origin, CancellationToken ct)
    {
        if (device.Spec is not CameraSpec) return "device.not-a-camera";
        if (told.Hour.AddHours(1) <= receipt.WatchedSince) return "device.observed-before-watched";
        var command = new RecordingCommand.TellHour(told.DeviceId, device.VenueId, told.Hour, told.Root, told.Files, told.Bytes, told.Unread, told.ObservedAt, receipt);
        return (await log.Execute(RecordedDay.Decider, RecordedDay.IdOf(told.DeviceId, told.Hour), command, origin, ct)).Refusal?.Code;
    }
}
