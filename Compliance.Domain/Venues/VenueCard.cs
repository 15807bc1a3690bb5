using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>One venue as every desk lists it: its papers, its people, its legal bases and how many of its devices do their duty.</summary>
/// <param name="Revision">Of the venue's own stream: the ETag a change must name.</param>
/// <param name="Devices">What is held true of each device, by device id.</param>
/// <param name="OpeningHours">The week that was set last; <see cref="Hours"/> says from when it counts.</param>
/// <param name="BasisWithdrawnAt">When a legal basis was withdrawn last.</param>
public sealed record VenueCard(
    Guid VenueId, VenueDetails Details, int Capacity, IReadOnlyList<OpeningHours> OpeningHours,
    IReadOnlyList<Appointment> People, IReadOnlyList<LegalBasis> Bases, long Revision, string? ClosedBecause,
    IReadOnlyDictionary<Guid, DeviceState> Devices, DateTimeOffset? ClosedAt = null, DateTimeOffset? BasisWithdrawnAt = null)
{
    /// <summary>So far back the card knows its hours.</summary>
    static readonly TimeSpan HoursKept = TimeSpan.FromDays(60);

    /// <summary>The hours that held, hold and will.</summary>
    public OpeningWeeks Hours { get; init; } = OpeningWeeks.None;

    /// <summary>Who brings the internet, by its short name; empty where nobody was named.</summary>
    public string Provider { get; init; } = "";

    /// <summary>Cameras whose approved view ended with a change of the feed, and was not approved anew.</summary>
    public IReadOnlyList<Guid> ViewsEnded { get; init; } = [];

    public static readonly View<VenueCard> View = new(
        "venue-card", 8, fact => (fact as VenueEvent)?.VenueId ?? (fact as DeviceEvent)?.VenueId, Apply, _ => null, card => $"{card.Rank}{card.Details.NameRu}");

    /// <summary>A list begins with what fails, goes on with what nobody knows, and ends with what is closed.</summary>
    int Rank => this switch
    {
        { ClosedBecause: not null } => 3,
        _ when Count(Availability.Down) > 0 => 0,
        _ when Count(Availability.Unknown) > 0 => 1,
        _ => 2,
    };

    public int Count(Availability availability) => Devices.Values.Count(d => d.Verdict.Availability() == availability);

    public int Count(DeviceKind kind) => Devices.Values.Count(d => d.Kind == kind);

    /// <summary>The bases under which police may see the feeds on that day; none means the feed must not run.</summary>
    public IEnumerable<LegalBasis> BasesOn(DateOnly day) => Bases.Where(b => b.HoldsOn(day));

    /// <summary>Its feeds may run: the venue is not closed, and some basis is in force.</summary>
    public bool MayBeWatchedOn(DateOnly day) => ClosedBecause is null && BasesOn(day).Any();

    /// <summary>The next day on which the answer of <see cref="MayBeWatchedOn"/> may be another one, as the papers stand; null for none.</summary>
    public DateOnly? NextTurn(DateOnly today) =>
        Bases.SelectMany(b => new[] { b.From, b.Until?.AddDays(1) }).Where(day => day > today).Min();

    /// <summary>Since when no basis has held, of a day on which none does; null where none ever did.</summary>
    public DateTimeOffset? WithoutBasisSince(DateOnly today) =>
        Bases.Where(b => b.Until < today).Select(b => (DateTimeOffset?)VenueZone.Midnight(b.Until!.Value.AddDays(1))).Append(BasisWithdrawnAt).Max();

    static VenueCard? Apply(VenueCard? card, object fact, Recorded recorded) => (card, fact) switch
    {
        (null, VenueEvent.Registered f) => new(
            f.VenueId, f.Details, f.Capacity, f.OpeningHours, [], [], recorded.Revision, null, new Dictionary<Guid, DeviceState>()) { Hours = OpeningWeeks.Always(f.OpeningHours) },
        (null, _) => null,
        (_, VenueEvent own) => Apply(card, own, recorded.RecordedAt) with { Revision = recorded.Revision },
        (_, DeviceEvent.Registered f) => card.With(f.DeviceId, new(f.Spec.Kind, Verdict.Unknown)),
        (_, DeviceEvent.VerdictChanged f) => card.With(f.DeviceId, new(f.Kind, f.To)),
        (_, DeviceEvent.ViewEnded f) => card with { ViewsEnded = [.. card.ViewsEnded.Where(d => d != f.DeviceId), f.DeviceId] },
        (_, DeviceEvent.ViewApproved f) => card with { ViewsEnded = [.. card.ViewsEnded.Where(d => d != f.DeviceId)] },
        (_, DeviceEvent.Retired f) => card with { ViewsEnded = [.. card.ViewsEnded.Where(d => d != f.DeviceId)], Devices = card.Devices.Where(d => d.Key != f.DeviceId).ToDictionary() },
        _ => card,
    };

    static VenueCard Apply(VenueCard card, VenueEvent fact, DateTimeOffset at) => fact switch
    {
        VenueEvent.DetailsCorrected f => card with { Details = f.Details },
        VenueEvent.CapacitySet f => card with { Capacity = f.Capacity },
        VenueEvent.ProviderNamed f => card with { Provider = f.Provider },
        VenueEvent.OpeningHoursSet f => card with { OpeningHours = f.OpeningHours, Hours = card.Hours.Set(f.From ?? at, f.OpeningHours).Since(at - HoursKept) },
        VenueEvent.PersonAppointed f => card with { People = card.People.Appoint(f.Appointment) },
        VenueEvent.PersonRelieved f => card with { People = card.People.Relieve(f) },
        VenueEvent.LegalBasisGranted f => card with { Bases = [.. card.Bases.Where(b => b.BasisId != f.Basis.BasisId), f.Basis] },
        VenueEvent.LegalBasisWithdrawn f => card with { Bases = [.. card.Bases.Where(b => b.BasisId != f.BasisId)], BasisWithdrawnAt = at },
        VenueEvent.Closed f => card with { ClosedBecause = f.Reason, ClosedAt = at },
        _ => card,
    };

    VenueCard With(Guid device, DeviceState state) => this with { Devices = new Dictionary<Guid, DeviceState>(Devices) { [device] = state } };
}

/// <summary>The least a list needs of a device.</summary>
public sealed record DeviceState(DeviceKind Kind, Verdict Verdict);
