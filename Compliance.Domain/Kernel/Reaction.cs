namespace Compliance.Domain.Kernel;

/// <summary>
/// A sentence of the house: what a fact calls for. Pure, so the same fact always calls for the same commands in the same order.
/// </summary>
/// <param name="Name">Kebab-case and kept for ever: the ids of its commands follow from it, its actor is <c>reaction:{name}</c>.</param>
/// <param name="React">Empty for every fact it does not care about.</param>
public sealed record Policy(string Name, Func<object, Recorded, IReadOnlyList<Reaction>> React);

/// <summary>One command for one aggregate, ready to be sent. Two that say the same are equal.</summary>
public abstract record Reaction
{
    public static Reaction Send<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> decider, Guid id, TCommand command)
        where TEvent : notnull => new Sent<TState, TCommand, TEvent>(decider, id, command);

    /// <summary>
    /// A command that only another stream knows whom to send to. <paramref name="then"/> is a static method, so that two that
    /// say the same are equal; null where nothing is called for.
    /// </summary>
    public static Reaction Knowing<TState, TCommand, TEvent>(
        Decider<TState, TCommand, TEvent> decider, Guid id, Recorded because, Func<TState, Recorded, Reaction?> then)
        where TEvent : notnull => new Known<TState, TCommand, TEvent>(decider, id, because, then);

    /// <summary>Several commands that are called for at once, in their order.</summary>
    public static Reaction All(IReadOnlyList<Reaction> reactions) => new Many(reactions);

    public abstract Task<Executed> Execute(IEventLog log, Origin origin, CancellationToken ct);

    sealed record Sent<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> Decider, Guid Id, TCommand Command) : Reaction
        where TEvent : notnull
    {
        public override Task<Executed> Execute(IEventLog log, Origin origin, CancellationToken ct) =>
            log.Execute(Decider, Id, Command, origin, ct);

        public override string ToString() => $"{Command} to {new StreamId(Decider.Category, Id)}";
    }

    /// <summary>Each under an id of its own. The answer is that of the first that was refused, else of the last.</summary>
    sealed record Many(IReadOnlyList<Reaction> Reactions) : Reaction
    {
        public override async Task<Executed> Execute(IEventLog log, Origin origin, CancellationToken ct)
        {
            var (last, refused) = (new Executed(null, false, -1, LogPosition.Start), default(Executed));
            for (var i = 0; i < Reactions.Count; i++)
            {
                last = await Reactions[i].Execute(log, origin with { CommandId = EventIds.From(origin.CommandId, $"{i}") }, ct);
                if (last.Refusal is not null) refused ??= last;
            }

            return refused ?? last;
        }

        public override string ToString() => string.Join("; ", Reactions);
    }

    sealed record Known<TState, TCommand, TEvent>(
        Decider<TState, TCommand, TEvent> Decider, Guid Id, Recorded Because, Func<TState, Recorded, Reaction?> Then) : Reaction
        where TEvent : notnull
    {
        public override async Task<Executed> Execute(IEventLog log, Origin origin, CancellationToken ct)
        {
            var (state, revision, position) = await log.Load(Decider, new(Decider.Category, Id), ct);
            return Then(state, Because) is { } next ? await next.Execute(log, origin, ct) : new(null, false, revision, position);
        }

        public override string ToString() => $"{Then.Method.DeclaringType?.Name} of {new StreamId(Decider.Category, Id)}";
    }
}
