using Compliance.Api.Identity;
using Microsoft.Extensions.Configuration;

namespace Compliance.Api.Tests.Identity;

/// <summary>Accounts whose password everybody knows are for one machine.</summary>
public sealed class DemoAccountsTests
{
    [Theory]
    [InlineData("Urls", "http://0.0.0.0:8081"), InlineData("Urls", "http://127.0.0.1:8081;http://*:8082"), InlineData("Urls", "http://+:80"), InlineData("Urls", "https://compliance.example.kz")]
    [InlineData("Urls", "http://[::]:8081"), InlineData("HTTP_PORTS", "8080"), InlineData("Kestrel:Endpoints:all:Url", "http://10.0.0.5:80")]
    public void A_demo_does_not_start_where_others_can_reach_it(string setting, string value)
    {
        var error = Assert.Throws<InvalidOperationException>(() => DemoAccounts.DemandLoopback(With((setting, value), ("Demo:Accounts", "true"))));
        Assert.Contains("Demo:AnyAddress", error.Message, StringComparison.Ordinal);
        DemoAccounts.DemandLoopback(With((setting, value), ("Demo:Accounts", "true"), ("Demo:AnyAddress", "true")));
        DemoAccounts.DemandLoopback(With((setting, value)));
    }

    [Theory, InlineData("http://127.0.0.1:8081"), InlineData("http://localhost:8081;http://[::1]:0"), InlineData(null)]
    public void A_demo_starts_on_its_own_machine(string? urls) =>
        DemoAccounts.DemandLoopback(With(("Urls", urls), ("Demo:Accounts", "true")));

    static IConfiguration With(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, s.Value))).Build();
}
