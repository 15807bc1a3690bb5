using System.Security.Claims;

namespace Compliance.Api.Entrance;

/// <summary>Who is calling, as the token says: an opaque subject, or a probe box.</summary>
static class Caller
{
    const string ProbePrefix = "probe-";

    /// <summary>Empty for a caller who is no person.</summary>
    public static Guid SubjectId(this ClaimsPrincipal user) =>
        Guid.TryParse(user.FindFirstValue("sub"), out var subject) ? subject : Guid.Empty;

    /// <summary>A probe's subject is its client id, <c>probe-{guid}</c>.</summary>
    public static Guid ProbeId(this ClaimsPrincipal user) =>
        user.FindFirstValue("sub") is { } sub && Guid.TryParse(sub.StartsWith(ProbePrefix, StringComparison.Ordinal) ? sub[ProbePrefix.Length..] : sub, out var id)
            ? id : Guid.Empty;

    /// <summary>How the log names the caller.</summary>
    public static string Actor(this ClaimsPrincipal user) =>
        user.Who().Has(Who.Probe) ? $"probe:{user.ProbeId()}" : $"user:{user.SubjectId()}";
}
