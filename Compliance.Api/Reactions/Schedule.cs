using Compliance.Api.Complaints;
using Compliance.Api.Devices;
using Compliance.Api.Feeds;
using Compliance.Api.Guards;
using Compliance.Api.Notices;
using Compliance.Api.Probes;
using Compliance.Api.Push;
using Compliance.Api.Reports;
using Compliance.Api.Rulebooks;
using Compliance.Api.Webhooks;

namespace Compliance.Api.Reactions;

/// <summary>
/// A rule about time that is asked by the calendar: every night, on the first of the month. As an <see cref="Assessment"/> it
/// compares what is with what should be, so asking twice changes nothing.
/// </summary>
/// <param name="Name">Kept for ever: the store knows a schedule by it.</param>
/// <param name="Cron">Seconds, minutes, hours, day of the month, month, day of the week; by the clock of the venues.</param>
sealed record Schedule(string Name, string Cron, Func<IServiceProvider, CancellationToken, Task> Assess);

/// <summary>What is asked by the calendar. What is a matter of seconds is an <see cref="Assessment"/> on the metronome.</summary>
static class AllSchedules
{
    public static readonly IReadOnlyList<Schedule> Of =
    [
        new("remind-of-what-ends", "0 0 9 * * ?", (services, ct) => services.GetRequiredService<Endings>().Remind(ct)),
        new("make-month-reports", "0 0 6 1 * ?", (services, ct) => services.GetRequiredService<MonthReports>().MakeAll(ct)),
        new("re-evaluate-rules", "0 0 5 * * ?", (services, ct) => services.GetRequiredService<Reevaluation>().AskAll(ct)),
        new("forget-old-incidents", "0 30 4 * * ?", (services, ct) => services.GetRequiredService<GuardWatch>().Forget(ct)),
        new("erase-old-stills", "0 45 4 * * ?", (services, _) => Task.Run(services.GetRequiredService<StillStore>().EraseOld)),
        new("erase-old-minutes", "0 50 4 * * ?", (services, _) => Task.Run(services.GetRequiredService<MinuteStore>().EraseOld)),
        new("erase-old-statements", "0 55 4 * * ?", (services, _) => Task.Run(services.GetRequiredService<StatementStore>().EraseOld)),
        new("erase-old-deliveries", "0 5 5 * * ?", (services, _) => Task.Run(services.GetRequiredService<Outbox>().EraseOld)),
        new("erase-old-push-devices", "0 10 * * * ?", (services, _) => Task.Run(services.GetRequiredService<PushDevices>().EraseOld)),
        new("destroy-old-letters", "0 30 5 * * ?", (services, ct) => services.GetRequiredService<OldLetters>().DestroyAll(ct)),
    ];

    public static IServiceCollection AddSchedules(this IServiceCollection services) => services.AddHostedService(provider => new Timetable(
        Of, provider.GetRequiredService<DataFolder>().File("schedules.db"), provider, provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<ILoggerFactory>()));
}
