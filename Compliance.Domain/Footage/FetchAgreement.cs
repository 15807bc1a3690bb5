using Compliance.Domain.Kernel;

namespace Compliance.Domain.Footage;

/// <summary>Facts about what a venue agreed to; the stream bears the venue's id.</summary>
public abstract record FetchAgreementEvent(Guid VenueId)
{
    /// <summary>From now on its recorder is asked at once when police ask for recordings. The venue still answers: it sees what was fetched, and gives it or not.</summary>
    [EventName("footageagreement.given.v1")]
    public sealed record Given(Guid VenueId, Guid By, DateTimeOffset At) : FetchAgreementEvent(VenueId);

    [EventName("footageagreement.withdrawn.v1")]
    public sealed record Withdrawn(Guid VenueId, Guid By, DateTimeOffset At) : FetchAgreementEvent(VenueId);
}

public sealed record SetFetchAgreement(Guid VenueId, bool AtOnce, Guid By, DateTimeOffset At);

/// <summary>Off until the owner says otherwise.</summary>
public sealed record FetchAgreement(bool AtOnce)
{
    public static readonly Decider<FetchAgreement, SetFetchAgreement, FetchAgreementEvent> Decider = new("footageagreement", new FetchAgreement(false), Decide, (_, fact) => new(fact is FetchAgreementEvent.Given));

    static Decision<FetchAgreementEvent> Decide(FetchAgreement state, SetFetchAgreement c) => state.AtOnce == c.AtOnce ? []
        : c.AtOnce ? [new FetchAgreementEvent.Given(c.VenueId, c.By, c.At)] : [new FetchAgreementEvent.Withdrawn(c.VenueId, c.By, c.At)];
}

/// <summary>Where the venue agreed, each camera of a request is fetched at once.</summary>
public static class FetchWhenVenueAgreed
{
    public static readonly Policy Policy = new("fetch-when-venue-agreed", React);

    static IReadOnlyList<Reaction> React(object fact, Recorded recorded) =>
        fact is FootageEvent.Requested f ? [Reaction.Knowing(FetchAgreement.Decider, f.VenueId, recorded, IfAgreed)] : [];

    static Reaction? IfAgreed(FetchAgreement agreed, Recorded because) =>
        agreed.AtOnce && EventCatalog.Decode(because) is FootageEvent.Requested f ? Reaction.All([.. f.Cameras.Select(camera => Ask(f, camera))]) : null;

    static Reaction Ask(FootageEvent.Requested f, Guid camera) =>
        Reaction.Send(FootageRequest.Decider, f.RequestId, new FootageCommand.Fetch(EventIds.From(f.RequestId, $"fetch/{camera:N}"), camera, null, f.At));
}
