using System.Security.Claims;

namespace Compliance.Api.Entrance;

/// <summary>Who is calling, as the token says: an opaque subject, or a probe box.</summary>
static class Caller
{
    const string ProbePrefix = "probe-";

    /// <summary>A person's subject is a bare id, a probe's its client id <c>probe-{guid}</c>.</summary>
    public static Guid Id(this ClaimsPrincipal user) =>
        user.FindFirstValue("sub") is { } sub && Guid.TryParse(sub.StartsWith(ProbePrefix, StringComparison.Ordinal) ? sub[ProbePrefix.Length..] : sub, out var id)
            ? id : Guid.Empty;

    /// <summary>How the log names the caller.</summary>
    public static string Actor(this ClaimsPrincipal user) => user.Who().Has(Entrance.Who.Probe) ? $"probe:{user.Id()}" : $"user:{user.Id()}";

    /// <summary>The caller's office covers every venue; others see their own.</summary>
    public static bool SeesAllVenues(this ClaimsPrincipal user) => user.Who().Has(Entrance.Who.Officials);
}
