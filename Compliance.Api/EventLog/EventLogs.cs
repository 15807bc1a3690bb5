using Compliance.Api.Measures;
using Compliance.Domain.Kernel;

namespace Compliance.Api.EventLog;

/// <summary>
/// The setting <c>EventLog</c> chooses the log by its scheme: <c>sqlite:path</c>, <c>kurrentdb://…</c> (or another scheme of
/// <see cref="KurrentConnectionString"/>) or <c>memory:</c>. Without it the log is <c>log.db</c> in the folder of the setting <c>Data</c>.
/// </summary>
static class EventLogs
{
    public static IServiceCollection AddEventLog(this IServiceCollection services) => services.AddSingleton<Traces>().AddSingleton<Written>().AddSingleton<IEventLog>(provider => new MeasuredEventLog(Open(
        provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<DataFolder>(),
        provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>()), provider.GetRequiredService<Traces>(), provider.GetRequiredService<Written>()));

    /// <summary>Whether the log in use begins empty with each start: what was computed from it before is then worth nothing.</summary>
    public static bool Forgets(IServiceProvider provider) => provider.GetRequiredService<IEventLog>() is MeasuredEventLog { Log: MemoryEventLog };

    public static IEventLog Open(IConfiguration settings, DataFolder data, TimeProvider clock, ILoggerFactory loggers) =>
        Open(settings["EventLog"] ?? $"sqlite:{data.File("log.db")}", clock, loggers);

    public static IEventLog Open(string setting, TimeProvider clock, ILoggerFactory loggers) => setting.Split(':', 2) switch
    {
        ["memory", ""] => new MemoryEventLog(clock),
        ["sqlite", { Length: > 0 } path] => new SqliteEventLog(path, clock),
        [var scheme, ['/', '/', ..]] when scheme.Split('+')[0] is "esdb" or "kdb" or "kurrent" or "kurrentdb" =>
            new KurrentEventLog(KurrentConnectionString.Parse(setting), clock, loggers.CreateLogger<KurrentEventLog>()),
        _ => throw new FormatException("The setting EventLog names no log; say sqlite:path, kurrentdb://host:2113 or memory:"),
    };
}
