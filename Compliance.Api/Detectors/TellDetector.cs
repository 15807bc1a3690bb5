using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Detectors;

/// <summary>That a detector began or stopped on a camera becomes a fact, as the box that holds the venue tells it.</summary>
static class TellDetector
{
    /// <returns>Null when it was taken, else the code of the refusal.</returns>
    public static async Task<string?> Take(DetectorObserved told, Guid venueId, Receipt receipt, IEventLog log, Origin origin, CancellationToken ct)
    {
        if (told.ObservedAt < receipt.WatchedSince) return "device.observed-before-watched";
        var at = receipt.Doubts(told.ObservedAt) ? receipt.At : told.ObservedAt;
        DetectorCommand? command = told switch
        {
            { BasisId: { } basis, Model: { } model, Because: null } => new DetectorCommand.Begin(told.DeviceId, venueId, told.Detector, basis, model, at),
            { Because: { } why } => new DetectorCommand.Stop(told.DeviceId, venueId, told.Detector, why, at),
            _ => null,
        };
        return command is null ? "device.observation-unsuited"
            : (await log.Execute(DetectorRun.Decider, DetectorRun.IdOf(told.DeviceId, told.Detector), command, origin, ct)).Refusal?.Code;
    }
}
