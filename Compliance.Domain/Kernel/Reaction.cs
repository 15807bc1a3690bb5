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

    public abstract Task<Executed> Execute(IEventLog log, Origin origin, CancellationToken ct);

    sealed record Sent<TState, TCommand, TEvent>(Decider<TState, TCommand, TEvent> Decider, Guid Id, TCommand Command) : Reaction
        where TEvent : notnull
    {
        public override Task<Executed> Execute(IEventLog log, Origin origin, CancellationToken ct) =>
            log.Execute(Decider, Id, Command, origin, ct);

        public override string ToString() => $"{Command} to {new StreamId(Decider.Category, Id)}";
    }
}
