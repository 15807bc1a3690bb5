using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using Quartz.Extensibility;

namespace Compliance.Probe.Schedule;

/// <summary>
/// Has Quartz run the timetable, in memory alone: nothing is written to the box's flash. No kind of rounds runs twice at once, and each has a place of its own, so
/// a slow one delays no other. One that took longer than its time leaves out what it missed: at most one round comes at once, then the next on the beat.
/// </summary>
/// <param name="rounds">Those of the table that there are.</param>
internal sealed class Clockwork(IReadOnlyList<Turn> table, IEnumerable<Rounds> rounds, TimeProvider clock, ILoggerFactory logging) : IHostedService, IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    ServiceProvider? _parts;
    IScheduler? _scheduler;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var byName = rounds.ToDictionary(round => round.GetType().Name);
        Turn[] turns = [.. table.Where(turn => turn.IsOn && byName.ContainsKey(turn.Name))];
        var parts = new ServiceCollection().AddSingleton(logging).AddLogging();
        parts.AddQuartz(quartz =>
        {
            quartz.UseTimeProvider(new Ticking(clock));
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(Math.Max(1, turns.Length));
            quartz.UseJobFactory(new OfRounds(byName, _stop.Token));
        });
        _parts = parts.BuildServiceProvider();
        _scheduler = await _parts.GetRequiredService<ISchedulerFactory>().GetScheduler(cancellationToken);
        foreach (var turn in turns) await Keep(turn, _scheduler, cancellationToken);
        await _scheduler.Start(cancellationToken);
    }

    /// <summary>A round that has begun hears that it is to end, and is waited for.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (_scheduler is { } scheduler) await scheduler.Shutdown(true, cancellationToken);
        _scheduler = null;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        if (_parts is { } parts) await parts.DisposeAsync();
        _parts = null;
        _stop.Dispose();
    }

    /// <summary>When it comes next, for tests and for whoever looks.</summary>
    internal async Task<DateTimeOffset?> Next(string name, CancellationToken ct) =>
        _scheduler is { } scheduler && await scheduler.GetTrigger(new TriggerKey(name), ct) is { } trigger ? trigger.NextFireTimeUtc : null;

    static async Task Keep(Turn turn, IScheduler scheduler, CancellationToken ct)
    {
        var job = JobBuilder.Create<OneRound>().WithIdentity(turn.Name).DisallowConcurrentExecution().Build();
        var trigger = TriggerBuilder.Create(scheduler.TimeProvider).WithIdentity(turn.Name).ForJob(job);
        if (turn.Every is { } every)
            trigger = trigger.StartAt(scheduler.TimeProvider.GetUtcNow() + (turn.AtOnce ? TimeSpan.Zero : every)).WithMisfireThreshold(every).WithSchedule(
                SimpleScheduleBuilder.Create().WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount));
        else
            trigger = trigger.WithSchedule(CronScheduleBuilder.Create(turn.Cron!).InTimeZone(VenueZone.Almaty).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed));
        await scheduler.ScheduleJob(job, trigger.Build(), cancellationToken: ct);
    }

    /// <summary>
    /// The clock on the wall as it was at the start, and from then on by the one that only ticks: a wall clock that is set back by an hour would stop everything for as
    /// long. What falls on the calendar is off by such a step until the next start.
    /// </summary>
    sealed class Ticking(TimeProvider clock) : TimeProvider
    {
        readonly DateTimeOffset _begun = clock.GetUtcNow();
        readonly long _since = clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => _begun + clock.GetElapsedTime(_since);

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
    }

    sealed class OneRound(Rounds rounds, CancellationToken stop) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await rounds.GoRound(stop);
    }

    /// <summary>The same object each time: it is its rounds that remember.</summary>
    sealed class OfRounds(IReadOnlyDictionary<string, Rounds> rounds, CancellationToken stop) : IJobFactory
    {
        readonly Dictionary<string, OneRound> _jobs = rounds.ToDictionary(round => round.Key, round => new OneRound(round.Value, stop));

        public ValueTask<JobScope> CreateJob(TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken = default) =>
            new(new JobScope(_jobs[bundle.JobDetail.Key.Name]));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken = default) => default;
    }
}
