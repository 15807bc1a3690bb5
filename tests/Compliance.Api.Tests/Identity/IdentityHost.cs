using System.Collections.Concurrent;
using System.Text.Json;
using Compliance.Api.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Compliance.Api.Tests.Identity;

/// <summary>The real API in memory, with a data folder of its own and the demo accounts. Two doors stand in for the ones with policies.</summary>
internal sealed class IdentityHost(string data, params (string Key, string Value)[] settings) : WebApplicationFactory<Program>
{
    public const string Issuer = "http://localhost:8081";

    public ConcurrentQueue<string> LogLines { get; } = [];

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Data", data).UseSetting("Demo:Accounts", "true").UseSetting("Identity:Issuer", Issuer);
        builder.UseSetting("EventLog", "memory:");
        foreach (var (key, value) in settings) builder.UseSetting(key, value);
        builder.ConfigureLogging(l => l.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(new LogCollector(LogLines)));
        ClientOptions.BaseAddress = new(Issuer);
        ClientOptions.AllowAutoRedirect = false;
    }

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
        Token(("grant_type", "client_credentials"), ("client_id", ProbeClients.ClientIdOf(probe)), ("client_secret", secret));

    public async Task<T> In<T>(Func<IServiceProvider, Task<T>> act)
    {
        await using var scope = Services.CreateAsyncScope();
        return await act(scope.ServiceProvider);
    }

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

/// <summary>A folder that goes when the test does.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("identity-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
