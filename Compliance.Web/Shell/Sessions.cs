using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Compliance.Web.Shell;

/// <summary>
/// Who is signed in, with their tokens, in this process: the browser holds a cookie with nothing but a key. Access tokens are
/// refreshed here when they run out. A restarted portal has forgotten everyone, and the issuer's own cookie signs them in again.
/// </summary>
public sealed partial class Sessions(
    IOptionsMonitor<OpenIdConnectOptions> oidc, IHttpClientFactory clients, TimeProvider clock, ILogger<Sessions> log) : ITicketStore
{
    public const string Claim = "portal_session";
    static readonly TimeSpan Early = TimeSpan.FromSeconds(30);

    readonly ConcurrentDictionary<string, Session> sessions = new();

    sealed class Session(AuthenticationTicket ticket)
    {
        public AuthenticationTicket Ticket { get; set; } = ticket;
        public SemaphoreSlim OneAtATime { get; } = new(1, 1);
    }

    public Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Guid.NewGuid().ToString("N");
        ((ClaimsIdentity)ticket.Principal.Identity!).AddClaim(new(Claim, key));
        sessions[key] = new(ticket);
        Forget();
        return Task.FromResult(key);
    }

    /// <summary>
    /// The cookie's handler brings a copy of what it read when its request began, or what a person got who signed in again. Tokens
    /// got by another request in between stay: their refresh token is the one the issuer still honours.
    /// </summary>
    public async Task RenewAsync(string key, AuthenticationTicket ticket)
    {
        if (!sessions.TryGetValue(key, out var session)) return;
        await session.OneAtATime.WaitAsync();
        try
        {
            if (Person(session.Ticket) == Person(ticket) && Expires(session.Ticket) > Expires(ticket)) ticket.Properties.StoreTokens(session.Ticket.Properties.GetTokens());
            if (!ticket.Principal.HasClaim(claim => claim.Type == Claim)) ((ClaimsIdentity)ticket.Principal.Identity!).AddClaim(new(Claim, key));
            session.Ticket = ticket;
        }
        finally
        {
            session.OneAtATime.Release();
        }
    }

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => Task.FromResult(sessions.GetValueOrDefault(key)?.Ticket);

    public Task RemoveAsync(string key)
    {
        sessions.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The session's access token, renewed shortly before it runs out; null when the issuer says that it is over. An issuer
    /// that is busy or away ends nobody's session.
    /// </summary>
    /// <exception cref="HttpRequestException">It has run out, and cannot be renewed just now.</exception>
    public async ValueTask<string?> Token(string key)
    {
        if (!sessions.TryGetValue(key, out var session)) return null;
        if (IsFresh(session.Ticket, Early)) return session.Ticket.Properties.GetTokenValue(OpenIdConnectParameterNames.AccessToken);
        await session.OneAtATime.WaitAsync();
        try
        {
            if (!IsFresh(session.Ticket, Early) && !await Refresh(session.Ticket.Properties))
            {
                sessions.TryRemove(key, out _);
                return null;
            }
        }
        catch (HttpRequestException away) when (IsFresh(session.Ticket, TimeSpan.Zero))
        {
            LogLater(away.Message); // the old one still does
        }
        finally
        {
            session.OneAtATime.Release();
        }

        return session.Ticket.Properties.GetTokenValue(OpenIdConnectParameterNames.AccessToken);
    }

    bool IsFresh(AuthenticationTicket ticket, TimeSpan early) => clock.GetUtcNow() + early < Expires(ticket);

    static string? Person(AuthenticationTicket ticket) => ticket.Principal.FindFirst("sub")?.Value;

    static DateTimeOffset Expires(AuthenticationTicket ticket) =>
        DateTimeOffset.TryParse(ticket.Properties.GetTokenValue("expires_at"), CultureInfo.InvariantCulture, out var expires) ? expires : default;

    async Task<bool> Refresh(AuthenticationProperties properties)
    {
        if (properties.GetTokenValue(OpenIdConnectParameterNames.RefreshToken) is not { } refreshToken) return false;
        var options = oidc.Get(OpenIdConnectDefaults.AuthenticationScheme);
        var issuer = await options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None);
        using var http = clients.CreateClient(nameof(Sessions));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            [OpenIdConnectParameterNames.GrantType] = OpenIdConnectGrantTypes.RefreshToken,
            [OpenIdConnectParameterNames.RefreshToken] = refreshToken,
            [OpenIdConnectParameterNames.ClientId] = options.ClientId!,
            [OpenIdConnectParameterNames.ClientSecret] = options.ClientSecret ?? "",
        }.Where(field => field.Value.Length > 0));
        using var response = await http.PostAsync(issuer.TokenEndpoint, form);
        var fresh = await Read(response);
        if (fresh.Error == "invalid_grant")
        {
            LogOver();
            return false;
        }

        response.EnsureSuccessStatusCode();
        var expires = clock.GetUtcNow().AddSeconds(int.Parse(fresh.ExpiresIn, CultureInfo.InvariantCulture));
        properties.UpdateTokenValue(OpenIdConnectParameterNames.AccessToken, fresh.AccessToken);
        if (fresh.RefreshToken is { } next) properties.UpdateTokenValue(OpenIdConnectParameterNames.RefreshToken, next);
        properties.UpdateTokenValue("expires_at", expires.ToString("o", CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Sessions whose cookie has run out go when somebody new comes.</summary>
    void Forget()
    {
        foreach (var (key, session) in sessions)
        {
            if (session.Ticket.Properties.ExpiresUtc < clock.GetUtcNow()) sessions.TryRemove(key, out _);
        }
    }

    /// <summary>RFC 6749, 5.2: a refusal says why; whatever stands between may answer anything.</summary>
    static async Task<OpenIdConnectMessage> Read(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "application/json" ? new(await response.Content.ReadAsStringAsync()) : new();

    [LoggerMessage(Level = LogLevel.Information, Message = "a session ended: the issuer no longer honours its refresh token")]
    partial void LogOver();

    [LoggerMessage(Level = LogLevel.Warning, Message = "an access token could not be renewed yet: {Reason}")]
    partial void LogLater(string reason);
}
