using Compliance.Domain.Venues;
using Compliance.Probe.Tell;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Compliance.Probe.Schedule;

/// <summary>Tells the API what each day of this box was, when it is over. What falls on a day by the venues' clock is Quartz's; it compares what is over with what was told, so a run too many tells nothing.</summary>
internal sealed class StateTheDay(DayBook days, ApiConnection api, ProbeOptions options, TimeProvider clock) : IJob
{
    /// <summary>At five past midnight; and each hour after it, should the API have been away.</summary>
    public const string Cron = "0 5 * * * ?";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await Tell(cancellationToken);

    internal async Task Tell(CancellationToken ct)
    {
        foreach (var over in days.Before(VenueZone.Day(clock.GetUtcNow())))
        {
            try
            {
                await api.State(over with { ProbeId = options.ProbeId }, ct);
            }
            catch (ApiAway)
            {
                return;
            }
            catch (ApiRefused)
            {
                // It will never take it.
            }

            days.Forget(over.Day);
        }
    }
}

internal static class Calendar
{
    public static void AddCalendar(this IServiceCollection services) => services
        .AddQuartz(quartz => quartz.ScheduleJob<StateTheDay>(trigger => trigger.WithIdentity("state-the-day").WithSchedule(CronScheduleBuilder.Create(StateTheDay.Cron).InTimeZone(VenueZone.Almaty))))
        .AddQuartzHostedService(quartz => quartz.WaitForJobsToComplete = true);
}
