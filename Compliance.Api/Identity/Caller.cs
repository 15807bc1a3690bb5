using System.Security.Claims;
using Compliance.Domain.Venues;
using OpenIddict.Abstractions;

namespace Compliance.Api.Identity;

/// <summary>
/// Who knocks, as the token says: a person (<see cref="SubjectId"/>) or a probe (<see cref="ProbeId"/>). Minimal APIs bind it
/// from the request; a door without a policy has none to bind.
/// </summary>
internal sealed record Caller(Guid Id, IReadOnlyList<string> Roles)
{
    public Guid SubjectId => Is(Role.Probe) ? throw new InvalidOperationException("A probe is no person.") : Id;

    public Guid ProbeId => Is(Role.Probe) ? Id : throw new InvalidOperationException("A person is no probe.");

    /// <summary>As the log stamps it on facts.</summary>
    public string Actor => Is(Role.Probe) ? $"probe:{Id}" : $"user:{Id}";

    public bool Is(params ReadOnlySpan<string> roles)
    {
        foreach (var role in roles)
            if (Roles.Contains(role)) return true;
        return false;
    }

    /// <summary>Inspectors, police, authority, oversight and administrators see every venue; others where they hold a post that day.</summary>
    public bool MaySee(VenueCard venue, DateOnly today) => SeesAllVenues || Posts(venue, today).Any();

    public bool SeesAllVenues => Is(Role.Inspector, Role.Operator, Role.Supervisor, Role.Authority, Role.Oversight, Role.Administrator);

    /// <summary>Owners and managers in post that day, and the authority.</summary>
    public bool MayActFor(VenueCard venue, DateOnly today) =>
        Is(Role.Authority) || Posts(venue, today).Any(p => p.Post is Post.Owner or Post.Manager);

    public bool Owns(VenueCard venue, DateOnly today) => Posts(venue, today).Any(p => p.Post == Post.Owner);

    /// <summary>An installer works on the devices named in the appointment and no others.</summary>
    public bool MayInstall(VenueCard venue, Guid deviceId, DateOnly today) =>
        Posts(venue, today).Any(p => p.Post == Post.Installer && p.Devices.Contains(deviceId));

    /// <summary>The posts that the caller holds, as far as the role in the token covers them.</summary>
    IEnumerable<Appointment> Posts(VenueCard venue, DateOnly today) =>
        venue.People.Where(p => p.SubjectId == Id && p.HoldsOn(today) && Is(p.Post switch
        {
            Post.Owner => Role.Owner,
            Post.Manager => Role.Manager,
            _ => Role.Installer,
        }));

    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(From(http.User));

    public static Caller? From(ClaimsPrincipal user) =>
        user.GetClaim(OpenIddictConstants.Claims.Subject) is { } subject && ProbeClients.IdIn(subject) is { } id
            ? new(id, [.. user.GetClaims(OpenIddictConstants.Claims.Role)]) : null;
}
