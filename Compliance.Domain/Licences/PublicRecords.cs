namespace Compliance.Domain.Licences;

/// <summary>One line of the open register: the columns of the export, whose order and names stay (docs/open-data.md).</summary>
public sealed record RegisterEntry(
    Guid VenueId, string NameKk, string NameRu, string? Bin, string Address, string District, CertificateState State, bool Closed,
    string Number, DateOnly From, DateOnly Until, IReadOnlyList<Condition> Conditions, DateTimeOffset ChangedAt)
{
    /// <summary>Null for a venue that never had a certificate: the register holds certificates.</summary>
    public static RegisterEntry? Of(RegisterRow row, DateOnly day) => row.On(day) is { Number: { } number, From: { } from, Until: { } until } on
        ? new(on.VenueId, on.NameKk, on.NameRu, on.Bin, on.Address, on.District, on.State, on.Closed, number, from, until, on.Conditions, on.ChangedAt) : null;
}

/// <summary>What somebody at the door may read of the venue behind it: no person, no device, no picture.</summary>
/// <param name="AskedNumber">The number it was asked by, where that is not the one of the certificate any more.</param>
/// <param name="VerifiedAt">The last minute for which the probe vouches; null when it never did.</param>
/// <param name="IsVerifiedNow">That minute is fresh.</param>
/// <param name="OpenOrders">Demands for repair that are not met yet.</param>
/// <param name="Reply">The owner's own words.</param>
public sealed record DoorPage(
    Guid VenueId, string NameKk, string NameRu, string Address, string District, CertificateState State, bool Closed,
    string? Number, string? AskedNumber, DateOnly? From, DateOnly? Until, IReadOnlyList<Condition> Conditions,
    DateTimeOffset? VerifiedAt, bool IsVerifiedNow, int OpenOrders, string? Reply, DateTimeOffset? RepliedAt, DateTimeOffset AsOf);
