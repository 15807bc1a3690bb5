using System.Diagnostics;
using Compliance.Api.EventLog;
using Compliance.Api.Measures;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Reactions;

/// <summary>
/// Hands every fact to every policy and sends the commands they call for. Its place in the log is saved after the commands, so
/// after a crash some are sent twice; their ids follow from the fact, and a second knock writes nothing. For the same reason
/// it goes over a whole log again whose facts its place does not fit (another log, a restored copy).
/// </summary>
sealed partial class Reactor(
    IEventLog log, IViewStore store, IReadOnlyList<Policy> policies, Traces traces, TimeProvider clock, ILogger<Reactor> logger) : BackgroundService
{
    const int MostFacts = 500;

    /// <summary>The name of its mark in the store; it has no rows.</summary>
    const string Mark = "reactions";

    readonly Repeated _trouble = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await React(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    async Task React(CancellationToken ct)
    {
        var mark = (await store.Marks(ct)).FirstOrDefault(mark => mark.View == Mark);
        var holds = mark is null || await log.Holds(mark, ct);
        if (!holds) FromAnotherLog(logger, mark!.Position);
        var after = holds && mark is not null ? mark.Position : LogPosition.Start;
        await foreach (var batch in log.Follow(after, ct).InBatches(MostFacts, clock, ct))
        {
            foreach (var recorded in batch) await React(recorded, ct);
            if (batch is [.., var last]) await store.Save([new(new(Mark, 1, last.Position, MarkedFact.Of(last)), [], [])], ct);
        }
    }

    async Task React(Recorded recorded, CancellationToken ct)
    {
        if (EventCatalog.Decode(recorded) is not { } fact) return;
        foreach (var policy in policies)
        {
            foreach (var (reaction, i) in policy.React(fact, recorded).Select((reaction, i) => (reaction, i)))
            {
                var origin = new Origin(EventIds.From(recorded.EventId, $"{policy.Name}/{i}"), $"reaction:{policy.Name}");
                using var activity = traces.Of(recorded.EventId) is { } trace ? ApiMeasures.Source.StartActivity($"react {policy.Name}", ActivityKind.Internal, trace) : null;
                var executed = await reaction.Execute(log, origin, ct);
                ApiMeasures.Reactions.Add(1, ApiMeasures.Tag("policy", policy.Name), ApiMeasures.Tag("outcome", executed.Refusal?.Code ?? "done"));
                if (executed.Refusal is { } refusal) Refused(logger, policy.Name, recorded.EventId, refusal.Code);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The reaction {Policy} to fact {EventId} was refused: {Code}")]
    static partial void Refused(ILogger logger, string policy, Guid eventId, string code);

    [LoggerMessage(LogLevel.Warning, "The log does not hold the fact at {Position} that was reacted to last: it is another log, or was restored from an older copy. Reacting to all of it again; what was done is not done twice.")]
    static partial void FromAnotherLog(ILogger logger, LogPosition position);

    [LoggerMessage(LogLevel.Error, "The reactions stand still ({Times} times); trying again from the last fact that was done")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
