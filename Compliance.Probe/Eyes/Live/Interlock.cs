using Compliance.Domain.Detectors;

namespace Compliance.Probe.Eyes.Live;

/// <summary>Whether a detector may run on a camera now: under which basis, or why not.</summary>
internal readonly record struct Permit(AssignedDetector? Basis, DetectorRest? Because);

/// <summary>No detector without a basis that covers this camera at this instant, and that was confirmed lately.</summary>
internal static class Interlock
{
    /// <param name="bases">Of one detector on one camera, as the API's list has them.</param>
    /// <param name="at">By the API's clock: a box whose own is set back runs no longer for it.</param>
    /// <param name="unconfirmed">For how long nobody said that the list still holds.</param>
    public static Permit Of(IReadOnlyCollection<AssignedDetector> bases, DateTimeOffset at, TimeSpan unconfirmed, TimeSpan patience) =>
        bases.Where(basis => at < basis.Until).ToList() switch
        {
            [] => new(null, DetectorRest.NoBasis),
            _ when unconfirmed > patience => new(null, DetectorRest.ListTooOld),
            var standing when standing.Where(basis => basis.From <= at && basis.Hours.Covers(at)).MaxBy(basis => (basis.Until, basis.BasisId)) is { } holds => new(holds, null),
            var standing => new(null, standing.Exists(basis => basis.From <= at) ? DetectorRest.OutOfHours : DetectorRest.NotBegun),
        };
}
