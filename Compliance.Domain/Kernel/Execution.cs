namespace Compliance.Domain.Kernel;

/// <summary>
/// What became of a command. <paramref name="Refusal"/>: a rule said no. <paramref name="Stale"/>: the caller decided on an
/// older revision. Otherwise done: the stream stands at <paramref name="Revision"/>, and a view that has reached
/// <paramref name="Position"/> shows it.
/// </summary>
public sealed record Executed(Refusal? Refusal, bool Stale, long Revision, LogPosition Position);

public static class Execution
{
    const int Attempts = 8;

    /// <summary>
    /// Load, fold, decide, append; decides again when somebody else was faster. A command whose facts stand in the stream
    /// already is answered as the first time. With <paramref name="ifRevision"/> it answers Stale instead when the stream
    /// has moved on and the command would still change something.
    /// </summary>
    public static async Task<Executed> Execute<TState, TCommand, TEvent>(
        this IEventLog log, Decider<TState, TCommand, TEvent> decider, Guid id, TCommand command, Origin origin,
        CancellationToken ct, long? ifRevision = null)
        where TEvent : notnull
    {
        var stream = new StreamId(decider.Category, id);
        for (var attempt = 1; ; attempt++)
        {
            var (state, revision, position, done) = await log.Load(decider, stream, origin, ct);
            if (done is not null) return new(null, false, done.Revision, done.Position);
            var decision = decider.Decide(state, command);
            if (decision.Refusal is not null || decision.Events.Count == 0) return new(decision.Refusal, false, revision, position);
            if (ifRevision is { } seen && seen != revision) return new(null, true, revision, position);
            if (await log.Append(stream, revision, [.. decision.Events.Cast<object>()], origin, ct) is { } written)
                return new(null, false, written.Revision, written.Position);
            if (attempt == Attempts) throw new TimeoutException($"{stream} is too busy: {Attempts} writers were faster");
        }
    }

    /// <summary>The state of one aggregate as its stream tells it, with the revision (-1 when there is none) and position of its last fact.</summary>
    public static async Task<(TState State, long Revision, LogPosition Position)> Load<TState, TCommand, TEvent>(
        this IEventLog log, Decider<TState, TCommand, TEvent> decider, StreamId stream, CancellationToken ct)
        where TEvent : notnull
    {
        var (state, revision, position, _) = await log.Load(decider, stream, null, ct);
        return (state, revision, position);
    }

    /// <summary>Also the last of the facts which this very command of this very actor wrote, if it was here before.</summary>
    static async Task<(TState, long, LogPosition, Recorded? Done)> Load<TState, TCommand, TEvent>(
        this IEventLog log, Decider<TState, TCommand, TEvent> decider, StreamId stream, Origin? origin, CancellationToken ct)
        where TEvent : notnull
    {
        var (state, revision, position, done) = (decider.Initial, -1L, LogPosition.Start, default(Recorded));
        await foreach (var recorded in log.Read(stream, ct))
        {
            var fact = EventCatalog.Decode(recorded)
                ?? throw new InvalidOperationException($"{stream} holds an unknown fact: {recorded.Name}");
            (state, revision, position) = (decider.Evolve(state, (TEvent)fact), recorded.Revision, recorded.Position);
            if (recorded.Origin == origin) done = recorded;
        }

        return (state, revision, position, done);
    }
}
