using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace Compliance.Web.Shell;

/// <summary>The right to ask the API as the person in front of the screen.</summary>
public interface IAccess
{
    /// <summary>A fresh access token; null when nobody is signed in, or no longer.</summary>
    /// <exception cref="HttpRequestException">The issuer cannot renew it just now.</exception>
    ValueTask<string?> Token();

    /// <summary>How far the log had come with the last thing this person did here: whatever is read afterwards shows it.</summary>
    string? After { get; set; }
}

/// <summary>One per circuit or request: finds the person's session and the token in it.</summary>
public sealed class Access(Sessions sessions, AuthenticationStateProvider states) : IAccess
{
    ClaimsPrincipal? person;

    public string? After { get; set; }

    /// <summary>A plain request has no circuit to ask who is there.</summary>
    public void ActFor(ClaimsPrincipal user) => person = user;

    public async ValueTask<string?> Token()
    {
        person ??= (await states.GetAuthenticationStateAsync()).User;
        return person.FindFirst(Sessions.Claim)?.Value is { } session ? await sessions.Token(session) : null;
    }
}
