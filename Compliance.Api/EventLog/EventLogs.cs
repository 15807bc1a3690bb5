using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Api.EventLog;

/// <summary>The setting <c>EventLog</c> chooses the log by its scheme: <c>sqlite:path</c>, <c>kurrentdb://…</c> or <c>memory:</c>.</summary>
static class EventLogs
{
    public static IServiceCollection AddEventLog(this IServiceCollection services) => services.AddSingleton(provider => Open(
        provider.GetRequiredService<IConfiguration>(),
        provider.GetService<TimeProvider>() ?? TimeProvider.System));

    /// <summary>Without the setting it is <c>log.db</c> in the folder of the setting <c>Data</c>.</summary>
    public static IEventLog Open(IConfiguration settings, TimeProvider clock) =>
        Open(settings["EventLog"] ?? $"sqlite:{Path.Combine(settings["Data"] ?? "data", "log.db")}", clock);

    public static IEventLog Open(string setting, TimeProvider clock) => setting.Split(':', 2) switch
    {
        ["memory", ""] => new MemoryEventLog(clock),
        ["sqlite", { Length: > 0 } path] => new SqliteEventLog(path, clock),
        [var scheme, ..] => throw new FormatException($"EventLog: '{scheme}:' is not a log; say sqlite:path, kurrentdb://host:2113 or memory:"),
        _ => throw new UnreachableException(),
    };
}
