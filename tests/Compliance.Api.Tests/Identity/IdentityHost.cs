using System.Collections.Concurrent;
using System.Text.Json;
using Compliance.Api.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compliance.Api.Tests.Identity;

/// <summary>The real API in memory, with a data folder of its own and the demo accounts. Two doors stand in for the ones with policies.</summary>
internal sealed class IdentityHost(string data, params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    public const string Issuer = "http://localhost:8081";

    public ConcurrentQueue<string> LogLines { get; } = [];

    /// <summary>The address that this host is known under.</summary>
    public string Address { get; } = settings.FirstOrDefault(s => s.Key == "Identity:Issuer").Value ?? Issuer;

    /// <summary>Further services, set before the first use.</summary>
    public Action<IServiceCollection> Configured { get; set; } = _ => { };

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data", data).UseSetting("Demo:Accounts", "true").UseSetting("Identity:Issuer", Issuer);
        builder.UseSetting("EventLog", "memory:");
        foreach (var (key, value) in settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(l => l.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(new LogCollector(LogLines)));
        builder.ConfigureTestServices(Configured);
    }

    public new HttpClient CreateClient() => CreateClient(new() { BaseAddress = new(Address), AllowAutoRedirect = false });

    /// <summary>Asks for a token with these parameters.</summary>
    public async Task<JsonElement> Token(params (string Name, string Value)[] form)
    {
        using var client = CreateClient();
        using var answer = await client.PostAsync("/connect/token", Form(form), TestContext.Current.CancellationToken);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }

    public Task<JsonElement> TokenOf(string demoAccount) =>
        Token(("grant_type", DemoAccounts.Grant), ("client_id", "seeder"), ("account", demoAccount));

    public Task<JsonElement> TokenOf(Guid probe, string secret) =>
        Token(("grant_type", "client_credentials"), ("client_id", MachineClients.OfProbe(probe)), ("client_secret", secret));

    /// <summary>Uses a part of the host from inside.</summary>
    public async Task<T> In<TPart, T>(Func<TPart, Task<T>> act) where TPart : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<TPart>());
    }

    public async Task Accounts(Func<UserManager<Account>, Task<IdentityResult>> act) =>
        Assert.True((await In(act)).Succeeded);

    public Task Create(string userName, string role, string password) => Accounts(async accounts =>
    {
        var account = new Account { Id = Guid.CreateVersion7(), UserName = userName };
        Assert.True((await accounts.CreateAsync(account, password)).Succeeded);
        return await accounts.AddToRoleAsync(account, role);
    });

    public Task Promote(string userName, string role) =>
        Accounts(async accounts => await accounts.AddToRoleAsync((await accounts.FindByNameAsync(userName))!, role));

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] form) =>
        new(form.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    sealed class LogCollector(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
        public bool IsEnabled(LogLevel logLevel) => true;
        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
        public void Dispose() { }
    }
}
