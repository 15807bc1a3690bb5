using Compliance.Api.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Api.Licences;

/// <summary>The doors that ask nothing more than what the licence itself decides: who asks and when is stamped here, not told.</summary>
static class Change
{
    public static async Task<Answer> By<TCommand>(Guid venueId, TCommand body, Knock knock, TimeProvider clock) where TCommand : LicenceCommand =>
        Begins(body) && await IsClosed(venueId, knock) ? Closed : await knock.Send(Licence.Decider, venueId, body.As(venueId, knock, clock));

    internal static Licensing As(this LicenceCommand body, Guid venueId, Knock knock, TimeProvider clock) =>
        new(venueId, body, knock.Caller.SubjectId, clock.GetUtcNow());

    internal static readonly Refusal Closed = new("venue.closed", "The venue has been closed.");

    internal static async Task<bool> IsClosed(Guid venueId, Knock knock) =>
        (await knock.Log.Load(Venue.Decider, new("venue", venueId), knock.Ct)).State is Venue.Gone;

    /// <summary>What a closed venue has no use for; everything else may still be decided of it.</summary>
    static bool Begins(LicenceCommand body) =>
        body is LicenceCommand.Draft or LicenceCommand.Submit or LicenceCommand.ApplyForRenewal or LicenceCommand.Renew or LicenceCommand.Reinstate;
}
