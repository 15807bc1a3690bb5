using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Venues;

/// <summary>A person who is to answer for a venue, by name and contact; neither goes into a fact. Its text never holds them.</summary>
/// <param name="Contact">A telephone number or an e-mail address: also what the person signs in as.</param>
/// <param name="Devices">For an installer: the devices named; empty for the others.</param>
public sealed record PersonInvitation(string Name, string Contact, Post Post, DateOnly From, DateOnly? Until, IReadOnlyList<Guid> Devices)
{
    public override string ToString() => $"invitation of a {Post}";
}

/// <summary>Who was appointed. Its text never holds the link.</summary>
/// <param name="Link">Where a new person chooses a password, shown once; null for one who has an account already.</param>
/// <param name="LinkQr">The same as an SVG picture.</param>
public sealed record InvitedPerson(
    Guid SubjectId, string? Link, string? LinkQr, long Revision, [property: JsonConverter(typeof(LogPositionText))] LogPosition Position)
{
    public override string ToString() => $"invited {SubjectId:N}";
}
