using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Detectors;

/// <summary>
/// Why a detector does not run: no basis covers the camera (none, ended or withdrawn); one does, but not at this hour or not yet; the box was not told for too long
/// that the basis still holds; its model is missing or refused; the camera is only looked at now and then; what it needs was not drawn for the camera; it broke and is begun again after a pause.
/// </summary>
public enum DetectorRest { NoBasis, OutOfHours, NotBegun, ListTooOld, ModelMissing, NotHeldOpen, NotCalibrated, Broken }

/// <summary>The weights a detector judges by.</summary>
/// <param name="Sha256">Of the file they were read from.</param>
/// <param name="ConfigurationSha256">Of all settings that its judgement depends on.</param>
public sealed record DetectorModel(string Name, string Sha256, double Threshold, string ConfigurationSha256);

/// <summary>Facts about one detector on one camera, as its box tells them.</summary>
public abstract record DetectorEvent(Guid DeviceId, Guid VenueId, Detector Detector, DateTimeOffset At)
{
    /// <param name="BasisId">Under which it runs.</param>
    [EventName("detector.began.v1")]
    public sealed record Began(Guid DeviceId, Guid VenueId, Detector Detector, DateTimeOffset At, Guid BasisId, DetectorModel Model) : DetectorEvent(DeviceId, VenueId, Detector, At);

    /// <param name="BasisId">Under which it ran; null where it had not.</param>
    [EventName("detector.stopped.v1")]
    public sealed record Stopped(Guid DeviceId, Guid VenueId, Detector Detector, DateTimeOffset At, DetectorRest Because, Guid? BasisId) : DetectorEvent(DeviceId, VenueId, Detector, At);
}

public abstract record DetectorCommand
{
    public sealed record Begin(Guid DeviceId, Guid VenueId, Detector Detector, Guid BasisId, DetectorModel Model, DateTimeOffset At) : DetectorCommand;

    public sealed record Stop(Guid DeviceId, Guid VenueId, Detector Detector, DetectorRest Because, DateTimeOffset At) : DetectorCommand;
}

/// <summary>A detector on a camera runs or rests; what is told again adds nothing.</summary>
public abstract record DetectorRun
{
    public sealed record Unheard : DetectorRun;
    public sealed record Running(Guid BasisId, DetectorModel Model) : DetectorRun;
    public sealed record Resting(DetectorRest Because) : DetectorRun;

    public static readonly Decider<DetectorRun, DetectorCommand, DetectorEvent> Decider = new("detector", new Unheard(), Decide, Evolve);

    public static Guid IdOf(Guid device, Detector detector) => EventIds.From(device, $"detector/{detector}");

    static Decision<DetectorEvent> Decide(DetectorRun state, DetectorCommand command) => (state, command) switch
    {
        (Running(var basis, var model), DetectorCommand.Begin b) when (basis, model) == (b.BasisId, b.Model) => [],
        (_, DetectorCommand.Begin b) => [new DetectorEvent.Began(b.DeviceId, b.VenueId, b.Detector, b.At, b.BasisId, b.Model)],
        (Resting(var why), DetectorCommand.Stop s) when why == s.Because => [],
        (_, DetectorCommand.Stop s) => [new DetectorEvent.Stopped(s.DeviceId, s.VenueId, s.Detector, s.At, s.Because, (state as Running)?.BasisId)],
        _ => throw new UnreachableException(),
    };

    static DetectorRun Evolve(DetectorRun state, DetectorEvent fact) => fact switch
    {
        DetectorEvent.Began f => new Running(f.BasisId, f.Model),
        DetectorEvent.Stopped f => new Resting(f.Because),
        _ => state,
    };
}
