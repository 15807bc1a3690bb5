using System.Net;
using System.Security.Claims;
using Compliance.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Compliance.Web.Tests;

/// <summary>When a session ends, and when it does not.</summary>
public sealed class SessionsTests : IDisposable
{
    sealed class Issuer : HttpMessageHandler
    {
        public Func<HttpResponseMessage> Answer { get; set; } = () => throw new HttpRequestException("no route");

        /// <summary>The refresh tokens it was shown, in turn.</summary>
        public List<string> Shown { get; } = [];

        /// <summary>It takes its time until this is done.</summary>
        public Task Thinks { get; set; } = Task.CompletedTask;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var form = await request.Content!.ReadAsStringAsync(cancellationToken);
            Shown.AddRange(form.Split('&').Where(field => field.StartsWith("refresh_token=", StringComparison.Ordinal)).Select(field => field.Split('=')[1]));
            await Thinks;
            return Answer();
        }
    }

    readonly Issuer issuer = new();
    readonly ServiceProvider services;
    readonly Sessions sessions;

    public SessionsTests()
    {
        var collection = new ServiceCollection();
        collection.AddHttpClient(nameof(Sessions)).ConfigurePrimaryHttpMessageHandler(() => issuer);
        collection.Configure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, o =>
        {
            o.ClientId = "portal";
            o.ConfigurationManager = new StaticConfigurationManager<OpenIdConnectConfiguration>(new() { TokenEndpoint = "http://issuer/token" });
        });
        services = collection.BuildServiceProvider();
        sessions = new(services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>(), services.GetRequiredService<IHttpClientFactory>(),
            TimeProvider.System, NullLogger<Sessions>.Instance);
    }

    public void Dispose()
    {
        services.Dispose();
        issuer.Dispose();
    }

    Task<string> SignedIn(TimeSpan left)
    {
        var properties = new AuthenticationProperties();
        properties.StoreTokens([
            new() { Name = "access_token", Value = "old" }, new() { Name = "refresh_token", Value = "r" },
            new() { Name = "expires_at", Value = (DateTimeOffset.UtcNow + left).ToString("o") }]);
        return sessions.StoreAsync(new(new ClaimsPrincipal(new ClaimsIdentity()), properties, "x"));
    }

    void Says(HttpStatusCode status, string json) => issuer.Answer = () => new(status) { Content = new StringContent(json, null, "application/json") };

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, "{}"), InlineData(HttpStatusCode.InternalServerError, "<html>"), InlineData(HttpStatusCode.BadRequest, """{"error":"temporarily_unavailable"}""")]
    public async Task An_issuer_that_is_busy_ends_no_session(HttpStatusCode status, string body)
    {
        var key = await SignedIn(left: TimeSpan.FromMinutes(-1));
        issuer.Answer = () => new(status) { Content = new StringContent(body, null, body[0] == '<' ? "text/html" : "application/json") };
        await Assert.ThrowsAsync<HttpRequestException>(async () => await sessions.Token(key));
        Says(HttpStatusCode.OK, """{"access_token":"new","expires_in":"3600"}""");
        Assert.Equal("new", await sessions.Token(key));
    }

    [Fact]
    public async Task A_token_that_still_runs_is_used_while_the_issuer_is_away() =>
        Assert.Equal("old", await sessions.Token(await SignedIn(left: TimeSpan.FromSeconds(15))));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cookie_renewed_beside_a_token_brings_no_old_token_back(bool whileAsking)
    {
        var key = await SignedIn(left: TimeSpan.FromSeconds(10));
        var copy = (await sessions.RetrieveAsync(key))!.Clone(); // what another request began with
        Says(HttpStatusCode.OK, """{"access_token":"new","refresh_token":"r2","expires_in":"20"}""");
        var thinks = new TaskCompletionSource();
        issuer.Thinks = thinks.Task;
        var asking = sessions.Token(key).AsTask();
        if (!whileAsking) thinks.SetResult();
        if (!whileAsking) await asking;
        var renewing = sessions.RenewAsync(key, copy);
        thinks.TrySetResult();
        await renewing;
        Assert.Equal("new", await asking);

        Says(HttpStatusCode.OK, """{"access_token":"newest","expires_in":"3600"}""");
        Assert.Equal("newest", await sessions.Token(key));
        Assert.Equal(["r", "r2"], issuer.Shown);
    }

    [Fact]
    public async Task Many_who_ask_at_once_share_one_renewal()
    {
        var key = await SignedIn(left: TimeSpan.FromMinutes(-1));
        Says(HttpStatusCode.OK, """{"access_token":"new","refresh_token":"r2","expires_in":"3600"}""");
        var tokens = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => sessions.Token(key).AsTask()));
        Assert.All(tokens, token => Assert.Equal("new", token));
        Assert.Single(issuer.Shown);
    }

    [Fact]
    public async Task Who_signs_in_again_goes_on_with_the_tokens_got_then()
    {
        var key = await SignedIn(left: TimeSpan.FromSeconds(10));
        var again = new AuthenticationProperties();
        again.StoreTokens([new() { Name = "access_token", Value = "other" }, new() { Name = "expires_at", Value = DateTimeOffset.UtcNow.AddHours(1).ToString("o") }]);
        await sessions.RenewAsync(key, new(new ClaimsPrincipal(new ClaimsIdentity()), again, "x"));
        Assert.Equal("other", await sessions.Token(key));
        Assert.Equal(key, (await sessions.RetrieveAsync(key))!.Principal.FindFirst(Sessions.Claim)?.Value);
    }

    [Fact]
    public async Task A_refresh_token_that_is_no_longer_honoured_ends_the_session()
    {
        var key = await SignedIn(left: TimeSpan.FromMinutes(-1));
        Says(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");
        Assert.Null(await sessions.Token(key));
        Assert.Null(await sessions.RetrieveAsync(key));
    }
}
