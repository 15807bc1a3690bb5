using System.Security.Claims;
using OpenIddict.Abstractions;

namespace Compliance.Api.Identity;

/// <summary>
/// Who knocks, as the token says: a person (<see cref="SubjectId"/>), a probe (<see cref="ProbeId"/>) or the machines of a control centre. Minimal APIs bind it
/// from the request; a door without a policy has none to bind.
/// </summary>
internal sealed record Caller(Guid Id, IReadOnlyList<string> Roles)
{
    public Guid SubjectId => IsMachine ? throw new InvalidOperationException("A machine is no person.") : Id;

    public Guid ProbeId => Is(Role.Probe) ? Id : throw new InvalidOperationException("This is no probe.");

    /// <summary>A box, or a machine of a control centre.</summary>
    public bool IsMachine => Is(Role.Probe) || Is(Role.Centre);

    /// <summary>As the log stamps it on facts.</summary>
    public string Actor => Is(Role.Probe) ? $"probe:{Id}" : Is(Role.Centre) ? $"centre:{Id}" : $"user:{Id}";

    public bool Is(string role) => Roles.Contains(role);

    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(From(http.User));

    public static Caller? From(ClaimsPrincipal user) =>
        user.GetClaim(OpenIddictConstants.Claims.Subject) is { } subject && MachineClients.IdIn(subject) is { } id
            ? new(id, [.. user.GetClaims(OpenIddictConstants.Claims.Role)]) : null;
}
