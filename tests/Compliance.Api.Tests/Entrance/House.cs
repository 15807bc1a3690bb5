using System.Security.Claims;
using System.Text.Encodings.Web;
using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Compliance.Api.Tests.Entrance;

/// <summary>The whole API in memory behind its real doors; only the token is replaced by a header that says who calls.</summary>
sealed class House(params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    readonly TempFolder _data = new();

    public ShiftedClock Clock { get; } = new();

    /// <summary>What else is changed of its services before it starts.</summary>
    public Action<IServiceCollection> Also { get; init; } = _ => { };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("EventLog", "memory:").UseSetting("Data", _data["data"]).UseSetting("RateLimits:Burst", "100000")
            .UseSetting("Metronome:Tick", "01:00:00"); // tests tick themselves
        foreach (var (key, value) in settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(logging => logging.ClearProviders());
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock).AddAuthentication(Badge.Scheme).AddScheme<AuthenticationSchemeOptions, Badge>(Badge.Scheme, null);
            Also(services);
        });
    }

    public HttpClient As(Guid subject, params string[] roles) => As(subject.ToString(), roles);

    public HttpClient AsProbe(Guid probe) => As($"probe-{probe:N}", "probe");

    public HttpClient AsCentre(Guid centre) => As($"centre-{centre:N}", "centre");

    HttpClient As(string subject, params string[] roles)
    {
        var client = CreateDefaultClient(new Patient(Services));
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{Badge.Scheme} {subject} {string.Join(',', roles)}");
        return client;
    }

    /// <summary>The factory's own Dispose ends here too.</summary>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>Asks only when the views show what was written before: what is tested is what they show, not how soon.</summary>
    sealed class Patient(IServiceProvider services) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Get)
                await services.GetRequiredService<ViewProgress>().WaitFor(services.GetRequiredService<Written>().Position, TimeSpan.FromSeconds(10), cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary><c>Authorization: Badge subject role,role</c>.</summary>
    sealed class Badge(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public new const string Scheme = "Badge";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (((string?)Request.Headers.Authorization)?.Split(' ') is not [Scheme, var subject, var roles]) return Task.FromResult(AuthenticateResult.NoResult());
            var claims = roles.Split(',').Select(role => new Claim("role", role)).Prepend(new("sub", subject));
            return Task.FromResult(AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, Scheme)), Scheme)));
        }
    }
}

/// <summary>
/// A clock that runs, put forward by hand. When the tests begin it is a quarter past noon at the venues, on the second Wednesday of a month that is to come next: what is tested holds in the last minute of an hour or a month too, and a test that needs midnight goes there itself.
/// </summary>
sealed class ShiftedClock : TimeProvider
{
    static readonly TimeSpan Shift;
    TimeSpan _ahead = Shift;

    static ShiftedClock()
    {
        var now = System.GetUtcNow();
        Today = Enumerable.Range(1, 50).Select(VenueZone.Day(now).AddDays).First(day => day is { DayOfWeek: DayOfWeek.Wednesday, Day: > 7 and <= 14 });
        Shift = VenueZone.At(Today, new(12, 15)) - now;
    }

    /// <summary>The day on which it begins.</summary>
    public static DateOnly Today { get; }

    public void Advance(TimeSpan by) => _ahead += by;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(_ahead.TotalSeconds * TimestampFrequency);
}
