using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Detectors;

/// <summary>How a basis for a detector ended.</summary>
/// <param name="By">The actor as the log stamped it: <c>user:{subject id}</c>; null where it ended by itself.</param>
public sealed record BasisEnd(DateTimeOffset At, string? By, string? Grounds);

/// <summary>A basis for a detector as lists show it: those that stand first, the one that ends soonest on top; then those that are over, the newest first.</summary>
/// <param name="GrantedBy">The actor as the log stamped it: <c>user:{subject id}</c>.</param>
public sealed record DetectorBasisRow(DetectorBasisEvent.Granted Card, string GrantedBy, DateTimeOffset GrantedAt, BasisEnd? End)
{
    public static readonly View<DetectorBasisRow> View = new(
        "detector-basis-list", 1, fact => (fact as DetectorBasisEvent)?.BasisId, Apply, row => row.Card.VenueId,
        row => row.End is { } end ? $"1{ViewOrder.NewestFirst(end.At)}" : $"0{row.Card.Until.UtcTicks:D20}");

    /// <summary>Whether a detector may run under it at this instant.</summary>
    public bool HoldsAt(DateTimeOffset at) => End is null && Card.From <= at && at < Card.Until;

    /// <summary>Whether it allowed the detector on that camera at that instant, whatever became of it since.</summary>
    public bool Allowed(Detector detector, Guid deviceId, DateTimeOffset at) =>
        Card.Detector == detector && Card.Cameras.Contains(deviceId) && Card.From <= at && at < Card.Until && !(End?.At <= at) && Card.Hours.Covers(at);

    static DetectorBasisRow? Apply(DetectorBasisRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, DetectorBasisEvent.Granted f) => new(f, recorded.Origin.Actor, recorded.RecordedAt, null),
        ({ }, DetectorBasisEvent.Withdrawn f) => row with { End = new(f.At, recorded.Origin.Actor, f.Grounds) },
        ({ }, DetectorBasisEvent.Expired f) => row with { End = new(f.At, null, null) },
        _ => row,
    };
}

/// <summary>A detector on a camera as it stands: it runs under a basis, or rests and why.</summary>
/// <param name="BasisId">Under which it runs, or ran last; null where it never did.</param>
/// <param name="Model">By which it judges, or judged last.</param>
/// <param name="Because">Why it rests; null while it runs.</param>
/// <param name="ToldBy">The actor as the log stamped it: <c>probe:{id}</c>, the box it runs in.</param>
public sealed record DetectorCard(Guid DeviceId, Guid VenueId, Detector Detector, DateTimeOffset Since, Guid? BasisId, DetectorModel? Model, DetectorRest? Because, string? ToldBy = null)
{
    public static readonly View<DetectorCard> View = new("detector-card", 2, KeyOf, Apply, card => card.VenueId, card => $"{card.DeviceId:N}{card.Detector}");

    static Guid? KeyOf(object fact) => fact is DetectorEvent f ? DetectorRun.IdOf(f.DeviceId, f.Detector) : null;

    static DetectorCard? Apply(DetectorCard? card, object fact, Recorded recorded) => fact switch
    {
        DetectorEvent.Began f => new(f.DeviceId, f.VenueId, f.Detector, f.At, f.BasisId, f.Model, null, recorded.Origin.Actor),
        DetectorEvent.Stopped f => new(f.DeviceId, f.VenueId, f.Detector, f.At, f.BasisId ?? card?.BasisId, card?.Model, f.Because, recorded.Origin.Actor),
        _ => card,
    };
}

/// <summary>The detectors of a venue: the bases, and what each detector does now.</summary>
public sealed record VenueDetectors(IReadOnlyList<DetectorBasisRow> Bases, IReadOnlyList<DetectorCard> Runs)
{
    /// <summary>What they told lately; null for the venue's own people, who read of an incident once it is over.</summary>
    public DetectorsTold? Told { get; init; }
}
