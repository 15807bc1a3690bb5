using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Licences;

/// <summary>What the public is told of a certificate.</summary>
public enum CertificateState { None, NotYet, InForce, Suspended, Expired, Revoked }

/// <summary>
/// One venue as everybody may know it: names, place, certificate. No person, no device, no application, and no individual
/// number: what a sole trader gives in place of a BIN is left out.
/// </summary>
/// <param name="Bin">Null for a sole trader.</param>
/// <param name="Number">Of the last certificate; null when there never was one.</param>
/// <param name="ChangedAt">When any of this changed last.</param>
public sealed record RegisterRow(
    Guid VenueId, string NameKk, string NameRu, string? Bin, string Address, string District, CertificateState State, string? Number, DateOnly? From,
    DateOnly? Until, IReadOnlyList<Condition> Conditions, Reply? Reply, bool Closed, DateTimeOffset ChangedAt)
{
    public static readonly View<RegisterRow> View = new(
        "venue-register", 1, fact => (fact as VenueEvent)?.VenueId ?? (fact as LicenceEvent)?.VenueId, Apply, _ => null, row => row.NameRu);

    /// <summary>As of a day: what begins tomorrow is not in force, and the last day ends at midnight whoever notes it down later.</summary>
    public RegisterRow On(DateOnly day) => State switch
    {
        CertificateState.InForce when From > day => this with { State = CertificateState.NotYet },
        CertificateState.InForce or CertificateState.Suspended when Until < day => this with { State = CertificateState.Expired },
        _ => this,
    };

    static RegisterRow? Apply(RegisterRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, VenueEvent.Registered f) => new RegisterRow(
            f.VenueId, "", "", null, "", "", CertificateState.None, null, null, null, [], null, false, recorded.RecordedAt).With(f.Details),
        (null, _) => null,
        (_, VenueEvent or LicenceEvent) => Apply(row, fact) is { } next && next != row ? next with { ChangedAt = recorded.RecordedAt } : row,
        _ => row,
    };

    static RegisterRow Apply(RegisterRow row, object fact) => fact switch
    {
        VenueEvent.DetailsCorrected f => row.With(f.Details),
        VenueEvent.Closed => row with { Closed = true },
        LicenceEvent.Granted f => row with { State = CertificateState.InForce, Number = f.Number, From = f.From, Until = f.Until, Conditions = f.Conditions },
        LicenceEvent.ConditionAttached f => row with { Conditions = [.. row.Conditions, f.Condition] },
        LicenceEvent.ConditionLifted f => row with { Conditions = [.. row.Conditions.Where(c => c.ConditionId != f.ConditionId)] },
        LicenceEvent.Suspended => row with { State = CertificateState.Suspended },
        LicenceEvent.Reinstated or LicenceEvent.SuspensionEnded => row with { State = CertificateState.InForce },
        LicenceEvent.Renewed f => row with { State = CertificateState.InForce, From = f.From > row.Until?.AddDays(1) ? f.From : row.From, Until = f.Until },
        LicenceEvent.Expired => row with { State = CertificateState.Expired },
        LicenceEvent.Revoked => row with { State = CertificateState.Revoked },
        LicenceEvent.ReplyPublished f => row with { Reply = new(f.Sha256, f.At) },
        LicenceEvent.ReplyWithdrawn => row with { Reply = null },
        _ => row,
    };

    RegisterRow With(VenueDetails details) => this with
    {
        NameKk = details.NameKk, NameRu = details.NameRu, Bin = Venues.Bin.IsOfAPerson(details.Bin) ? null : details.Bin,
        Address = details.Address, District = details.District,
    };
}
