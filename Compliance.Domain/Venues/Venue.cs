using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>Facts about one licensed place.</summary>
public abstract record VenueEvent(Guid VenueId)
{
    /// <summary>The details a fact brings; null where it brings none.</summary>
    public static VenueDetails? DetailsIn(object? fact) => (fact as Registered)?.Details ?? (fact as DetailsCorrected)?.Details;

    [EventName("venue.registered.v1")]
    public sealed record Registered(Guid VenueId, VenueDetails Details, int Capacity, IReadOnlyList<OpeningHours> OpeningHours) : VenueEvent(VenueId);

    [EventName("venue.details-corrected.v1")]
    public sealed record DetailsCorrected(Guid VenueId, VenueDetails Details) : VenueEvent(VenueId);

    [EventName("venue.capacity-set.v1")]
    public sealed record CapacitySet(Guid VenueId, int Capacity) : VenueEvent(VenueId);

    /// <param name="Provider">Who brings the internet to the venue, by its short name; empty: nobody is named any more.</param>
    [EventName("venue.provider-named.v1")]
    public sealed record ProviderNamed(Guid VenueId, string Provider) : VenueEvent(VenueId);

    /// <summary>The plan as it stands from now on; the pictures it names lie sealed beside the log.</summary>
    [EventName("venue.plan-drawn.v1")]
    public sealed record PlanDrawn(Guid VenueId, IReadOnlyList<Floor> Floors) : VenueEvent(VenueId);

    /// <param name="From">From when they count; null: from when they were recorded.</param>
    /// <param name="Grounds">An officer's official words; null where those who answer for the venue set them.</param>
    [EventName("venue.opening-hours-set.v2")]
    public sealed record OpeningHoursSet(Guid VenueId, IReadOnlyList<OpeningHours> OpeningHours, DateTimeOffset? From, string? Grounds) : VenueEvent(VenueId);

    /// <summary>When hours counted at once, whoever set them.</summary>
    [EventName("venue.opening-hours-set.v1")]
    public sealed record OpeningHoursSetV1(Guid VenueId, IReadOnlyList<OpeningHours> OpeningHours) : VenueEvent(VenueId), IUpcast
    {
        public object Upcast() => new OpeningHoursSet(VenueId, OpeningHours, null, null);
    }

    [EventName("venue.person-appointed.v1")]
    public sealed record PersonAppointed(Guid VenueId, Appointment Appointment) : VenueEvent(VenueId);

    [EventName("venue.person-relieved.v1")]
    public sealed record PersonRelieved(Guid VenueId, Guid SubjectId, Post Post, DateOnly Until) : VenueEvent(VenueId);

    [EventName("venue.legal-basis-granted.v2")]
    public sealed record LegalBasisGranted(Guid VenueId, LegalBasis Basis) : VenueEvent(VenueId);

    /// <summary>When nobody recorded yet in which language a basis was signed.</summary>
    [EventName("venue.legal-basis-granted.v1")]
    public sealed record LegalBasisGrantedV1(Guid VenueId, LegalBasisGrantedV1.Wordless Basis) : VenueEvent(VenueId), IUpcast
    {
        public sealed record Wordless(Guid BasisId, LegalBasisKind Kind, string Document, string Scope, DateOnly From, DateOnly? Until);

        public object Upcast() => new LegalBasisGranted(VenueId, new(Basis.BasisId, Basis.Kind, Basis.Document, Basis.Scope, Basis.From, Basis.Until));
    }

    [EventName("venue.legal-basis-withdrawn.v1")]
    public sealed record LegalBasisWithdrawn(Guid VenueId, Guid BasisId, string Reason) : VenueEvent(VenueId);

    [EventName("venue.closed.v1")]
    public sealed record Closed(Guid VenueId, string Reason) : VenueEvent(VenueId);
}

public abstract record VenueCommand
{
    public sealed record Register(Guid VenueId, VenueDetails Details, int Capacity, IReadOnlyList<OpeningHours> OpeningHours) : VenueCommand;
    /// <param name="ByOwner">The venue's own people say so: what the law asks of it follows from it, and they may add to that only.</param>
    public sealed record CorrectDetails(VenueDetails Details, [property: JsonIgnore] bool ByOwner = false) : VenueCommand;
    public sealed record SetCapacity(int Capacity, [property: JsonIgnore] bool ByOwner = false) : VenueCommand;

    /// <param name="Provider">The company's short name; empty: none.</param>
    public sealed record NameProvider(string Provider) : VenueCommand;

    /// <param name="Floors">All of them, none to take the plan away. A floor's picture is one that is in the plan already.</param>
    /// <param name="Devices">What is registered at this venue.</param>
    public sealed record DrawPlan(IReadOnlyList<Floor> Floors, [property: JsonIgnore] IReadOnlyDictionary<Guid, DeviceKind> Devices) : VenueCommand
    {
        [JsonConstructor]
        public DrawPlan(IReadOnlyList<Floor> floors) : this(floors, new Dictionary<Guid, DeviceKind>())
        {
        }
    }

    /// <param name="Ratio">The picture's width divided by its height.</param>
    public sealed record PutPlanPicture(int Level, string Sha256, double Ratio) : VenueCommand;

    /// <param name="Grounds">Of an officer; null for those who answer for the venue.</param>
    /// <param name="IsOwed">Something is to be mended whose term, or the asking, stands on the hours as they are.</param>
    public sealed record SetOpeningHours(IReadOnlyList<OpeningHours> OpeningHours, DateTimeOffset From, string? Grounds = null, bool IsOwed = false) : VenueCommand;
    public sealed record AppointPerson(Appointment Appointment) : VenueCommand;
    public sealed record NameDevice(Guid SubjectId, Guid DeviceId, DateOnly On) : VenueCommand;
    public sealed record RelievePerson(Guid SubjectId, Post Post, DateOnly Until) : VenueCommand;
    public sealed record GrantLegalBasis(LegalBasis Basis) : VenueCommand;
    public sealed record WithdrawLegalBasis(Guid BasisId, string Reason) : VenueCommand;
    public sealed record Close(string Reason) : VenueCommand;
}

/// <summary>A venue is registered once, changes as its papers and people change, and is closed once.</summary>
public abstract record Venue
{
    public sealed record Unknown : Venue;

    /// <param name="People">Who held which post until when, relieved ones too: liability looks back.</param>
    /// <param name="Bases">Legal bases in force.</param>
    public sealed record Open(
        VenueEvent.Registered Card, IReadOnlyList<Appointment> People, IReadOnlyList<LegalBasis> Bases) : Venue
    {
        /// <summary>From when the hours of the card count; null: they do already.</summary>
        public DateTimeOffset? HoursFrom { get; init; }

        /// <summary>Who brings the internet; empty where nobody was named.</summary>
        public string Provider { get; init; } = "";

        /// <summary>The plan, the highest floor first.</summary>
        public IReadOnlyList<Floor> Floors { get; init; } = [];
    }

    public sealed record Gone(string Reason) : Venue;

    public static readonly Decider<Venue, VenueCommand, VenueEvent> Decider = new("venue", new Unknown(), Decide, Evolve);

    static Decision<VenueEvent> Decide(Venue state, VenueCommand command) => (state, command) switch
    {
        (_, VenueCommand.Register r) when VenueFaults.Of(r.Details, r.Capacity, r.OpeningHours) is { } fault => fault,
        (_, VenueCommand.CorrectDetails c) when VenueFaults.Of(c.Details) is { } fault => fault,
        (_, VenueCommand.SetCapacity c) when VenueFaults.Of(c.Capacity) is { } fault => fault,
        (_, VenueCommand.SetOpeningHours c) when VenueFaults.Of(c.OpeningHours) is { } fault => fault,
        (_, VenueCommand.NameProvider n) when VenueFaults.OfProvider(n.Provider) is { } fault => fault,
        (_, VenueCommand.AppointPerson(var a)) when a.Until < a.From => BackwardDates,
        (_, VenueCommand.GrantLegalBasis(var b)) when b.Until < b.From => BackwardDates,

        (Unknown, VenueCommand.Register(var id, var details, var capacity, var hours)) =>
            [new VenueEvent.Registered(id, details, capacity, hours)],
        (Open, VenueCommand.Register again) when Same(((Open)state).Card, again) => [],
        (Open, VenueCommand.Register) => new Refusal("venue.already-registered", "This id belongs to another venue; correct its details instead."),

        (Open { Card: var now }, VenueCommand.CorrectDetails { ByOwner: true, Details.Uto: false }) when now.Details.Uto => OutOfScope("details.uto"),
        (Open { Card: var now }, VenueCommand.SetCapacity { ByOwner: true, Capacity: var fewer }) when fewer < now.Capacity => OutOfScope("capacity"),
        (Open(var card, _, _), VenueCommand.CorrectDetails(var details, _)) =>
            card.Details == details ? [] : [new VenueEvent.DetailsCorrected(card.VenueId, details)],
        (Open(var card, _, _), VenueCommand.SetCapacity(var capacity, _)) =>
            card.Capacity == capacity ? [] : [new VenueEvent.CapacitySet(card.VenueId, capacity)],
        (Open { Provider: var named, Card: var card }, VenueCommand.NameProvider(var provider)) =>
            named == provider.Trim() ? [] : [new VenueEvent.ProviderNamed(card.VenueId, provider.Trim())],
        (Open { Floors: var floors, Card: var card }, VenueCommand.DrawPlan drawn) => PlanDrawing.Draw(card.VenueId, floors, drawn),
        (Open { Floors: var floors, Card: var card }, VenueCommand.PutPlanPicture put) => PlanDrawing.Put(card.VenueId, floors, put),
        (_, VenueCommand.SetOpeningHours { Grounds: { } g }) when string.IsNullOrWhiteSpace(g) => new Refusal("venue.grounds-missing", "A decision names its grounds.", "grounds"),
        (Open { HoursFrom: var counts, Card: var card }, VenueCommand.SetOpeningHours(var hours, var from, var grounds, var isOwed)) =>
            card.OpeningHours.SequenceEqual(hours) && (counts ?? from) <= from ? []
            : isOwed && grounds is null && !hours.Covers(card.OpeningHours) ? HoursOwed
            : [new VenueEvent.OpeningHoursSet(card.VenueId, hours, from, grounds)],

        (Open(var card, var people, _), VenueCommand.AppointPerson(var a)) =>
            people.Any(p => Same(p, a)) ? [] : [new VenueEvent.PersonAppointed(card.VenueId, a)],
        // The term is told again with one device more: decided on the people as they stand, so nobody else's naming is lost.
        (Open(var card, var people, _), VenueCommand.NameDevice(var subject, var device, var day)) =>
            people.LastOrDefault(p => p.Is(subject, Post.Installer) && p.HoldsOn(day)) switch
            {
                null => NotAppointed,
                var term when term.Devices.Contains(device) => [],
                var term => [new VenueEvent.PersonAppointed(card.VenueId, term with { Devices = [.. term.Devices, device] })],
            },
        (Open(var card, var people, _), VenueCommand.RelievePerson(var subject, var post, var until)) =>
            people.LastOrDefault(p => p.Is(subject, post)) switch
            {
                null => NotAppointed,
                { Until: { } already } when already <= until => [],
                { From: var from } when until < from => BackwardDates,
                _ => [new VenueEvent.PersonRelieved(card.VenueId, subject, post, until)],
            },

        (Open(var card, _, var bases), VenueCommand.GrantLegalBasis(var basis)) =>
            bases.FirstOrDefault(b => b.BasisId == basis.BasisId) switch
            {
                null => [new VenueEvent.LegalBasisGranted(card.VenueId, basis)],
                var known when known == basis => [],
                _ => new Refusal("venue.basis-taken", "This id belongs to another legal basis; withdraw that one and grant anew."),
            },
        (Open(var card, _, var bases), VenueCommand.WithdrawLegalBasis(var id, var reason)) =>
            bases.Any(b => b.BasisId == id) ? [new VenueEvent.LegalBasisWithdrawn(card.VenueId, id, reason)] : [],

        (Open(var card, _, _), VenueCommand.Close(var reason)) => [new VenueEvent.Closed(card.VenueId, reason)],
        (Gone, VenueCommand.Close) => [],
        (Unknown, _) => new Refusal("venue.unknown", "No such venue."),
        (Gone, _) => new Refusal("venue.closed", "The venue has been closed."),
        _ => throw new UnreachableException(),
    };

    static Venue Evolve(Venue state, VenueEvent fact) => (state, fact) switch
    {
        (_, VenueEvent.Registered card) => new Open(card, [], []),
        (Open open, VenueEvent.DetailsCorrected f) => open with { Card = open.Card with { Details = f.Details } },
        (Open open, VenueEvent.CapacitySet f) => open with { Card = open.Card with { Capacity = f.Capacity } },
        (Open open, VenueEvent.ProviderNamed f) => open with { Provider = f.Provider },
        (Open open, VenueEvent.PlanDrawn f) => open with { Floors = f.Floors },
        (Open open, VenueEvent.OpeningHoursSet f) => open with { Card = open.Card with { OpeningHours = f.OpeningHours }, HoursFrom = f.From },
        (Open open, VenueEvent.PersonAppointed f) => open with { People = open.People.Appoint(f.Appointment) },
        (Open open, VenueEvent.PersonRelieved f) => open with { People = open.People.Relieve(f) },
        (Open open, VenueEvent.LegalBasisGranted f) =>
            open with { Bases = [.. open.Bases.Where(b => b.BasisId != f.Basis.BasisId), f.Basis] },
        (Open open, VenueEvent.LegalBasisWithdrawn f) => open with { Bases = [.. open.Bases.Where(b => b.BasisId != f.BasisId)] },
        (_, VenueEvent.Closed f) => new Gone(f.Reason),
        _ => state,
    };

    static Refusal OutOfScope(string field) => new(
        "venue.scope-authority", "Less would be asked of the venue by this; the authority changes it.", field);

    static readonly Refusal HoursOwed = new(
        "venue.hours-owed", "Something of this venue is to be mended within its opening hours: until then they can be made longer, not shorter. The authority may set others.");

    static readonly Refusal NotAppointed = new("venue.person-not-appointed", "This person does not hold that post here.");

    static readonly Refusal BackwardDates = new("venue.dates-backward", "The end lies before the beginning.", "until");

    static bool Same(VenueEvent.Registered card, VenueCommand.Register again) =>
        (card.Details, card.Capacity) == (again.Details, again.Capacity) && card.OpeningHours.SequenceEqual(again.OpeningHours);

    static bool Same(Appointment a, Appointment b) =>
        (a.SubjectId, a.Post, a.From, a.Until) == (b.SubjectId, b.Post, b.From, b.Until) && a.Devices.SequenceEqual(b.Devices);
}
