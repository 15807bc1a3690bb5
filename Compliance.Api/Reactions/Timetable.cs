using Compliance.Domain.Venues;
using Microsoft.Data.Sqlite;
using Quartz;

namespace Compliance.Api.Reactions;

/// <summary>
/// Runs the schedules on a store of its own, so that a time that passed while nobody was there is made up once after the
/// start, and a run that was cut off is run again.
/// </summary>
sealed class Timetable(
    IReadOnlyList<Schedule> schedules, string file, IServiceProvider services, TimeProvider clock, ILoggerFactory logging) : IHostedService, IAsyncDisposable
{
    ServiceProvider? _parts;
    IScheduler? _scheduler;

    public async Task StartAsync(CancellationToken ct)
    {
        var store = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString();
        var parts = new ServiceCollection().AddSingleton(logging).AddLogging().AddSingleton(schedules).AddSingleton(new Asked(services));
        parts.AddQuartz(quartz => quartz.UseTimeProvider(clock).UsePersistentStore(db =>
        {
            db.UseSqlite(SqliteFactory.Instance, store);
            db.ProvisionSchema();
        }));
        _parts = parts.BuildServiceProvider();
        _scheduler = await _parts.GetRequiredService<ISchedulerFactory>().GetScheduler(ct);
        foreach (var schedule in schedules) await Keep(schedule, _scheduler, ct);
        await _scheduler.Start(ct);
    }

    /// <summary>A run that has begun is let finish.</summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (_scheduler is { } scheduler) await scheduler.Shutdown(true, ct);
        _scheduler = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        if (_parts is { } parts) await parts.DisposeAsync();
        _parts = null;
    }

    /// <summary>When it is due next, for tests and for whoever looks.</summary>
    public async Task<DateTimeOffset?> Next(string name, CancellationToken ct) =>
        _scheduler is { } scheduler && await scheduler.GetTrigger(new TriggerKey(name), ct) is { } trigger ? trigger.NextFireTimeUtc : null;

    /// <summary>A schedule whose time is as the store knows it is left alone: the store also knows what it missed.</summary>
    static async Task Keep(Schedule schedule, IScheduler scheduler, CancellationToken ct)
    {
        var key = new TriggerKey(schedule.Name);
        if (await scheduler.GetTrigger(key, ct) is ICronTrigger { CronExpressionString: var cron } && cron == schedule.Cron) return;
        var job = JobBuilder.Create<Run>().WithIdentity(schedule.Name).RequestRecovery().DisallowConcurrentExecution().StoreDurably().Build();
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(key).ForJob(job)
            .WithSchedule(CronScheduleBuilder.Create(schedule.Cron).InTimeZone(VenueZone.Almaty).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.UnscheduleJob(key, ct);
        await scheduler.AddJob(job, AddJobOptions.Replacing, ct);
        await scheduler.ScheduleJob(trigger, cancellationToken: ct);
    }

    /// <summary>The services that schedules ask.</summary>
    sealed record Asked(IServiceProvider Services);

    sealed class Run(IReadOnlyList<Schedule> schedules, Asked asked) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
        {
            if (schedules.FirstOrDefault(schedule => schedule.Name == context.JobDetail.Key.Name) is { } schedule)
                await schedule.Assess(asked.Services, cancellationToken);
        }
    }
}
