using System.Net;
using Compliance.Domain.Complaints;
using Compliance.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Entrance;

/// <summary>Whose request a reverse proxy passes on: only one that is named in the settings is believed.</summary>
public sealed class ProxyTests
{
    const string Proxy = "192.0.2.7", One = "198.51.100.1", Other = "198.51.100.2";

    [Theory]
    [InlineData(Proxy, 200)]
    [InlineData($"203.0.113.1, {Proxy}", 200)]
    [InlineData("203.0.113.1", 429)]
    [InlineData("", 429)]
    public async Task Callers_behind_a_named_proxy_are_counted_one_by_one(string proxies, int second)
    {
        await using var house = new House(("Complaints:PerHour", "1"), ("Proxies", proxies));
        await using var behind = house.WithWebHostBuilder(host => host.ConfigureTestServices(services => services.AddSingleton<IStartupFilter>(new Comes(IPAddress.Parse(Proxy)))));
        var anybody = behind.CreateClient();
        Assert.Equal(200, await Complain(anybody, house, One));
        Assert.Equal(second, await Complain(anybody, house, Other));
        Assert.Equal(429, await Complain(anybody, house, One));
    }

    [Fact]
    public void What_is_no_address_is_refused_at_the_start() => Assert.Throws<FormatException>(
        () => Proxies.From(new ConfigurationBuilder().AddInMemoryCollection([new("Proxies", "proxy.example.kz")]).Build()));

    static async Task<int> Complain(HttpClient anybody, House house, string by)
    {
        anybody.DefaultRequestHeaders.Remove("X-Forwarded-For");
        anybody.DefaultRequestHeaders.Add("X-Forwarded-For", by);
        using var answer = await anybody.Ask("PUT", $"/public/complaints/{Guid.NewGuid()}", new ComplaintForm(
            ComplaintChannel.Web, ComplaintCategory.Noise, null, "Медеу", house.Clock.GetUtcNow().AddMinutes(-5), "Шу", null));
        return (int)answer.StatusCode;
    }

    /// <summary>Puts an address to the connection, which in memory has none.</summary>
    sealed class Comes(IPAddress from) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, go) =>
            {
                http.Connection.RemoteIpAddress = from;
                return go(http);
            });
            next(app);
        };
    }
}
