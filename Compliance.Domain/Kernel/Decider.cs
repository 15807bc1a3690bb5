using System.Collections;
using System.Runtime.CompilerServices;

namespace Compliance.Domain.Kernel;

/// <summary>The whole of an aggregate: where it starts, how it answers, how it remembers. Pure.</summary>
public sealed record Decider<TState, TCommand, TEvent>(
    string Category,
    TState Initial,
    Func<TState, TCommand, Decision<TEvent>> Decide,
    Func<TState, TEvent, TState> Evolve)
    where TEvent : notnull
{
    public TState Fold(IEnumerable<TEvent> history) => history.Aggregate(Initial, Evolve);
}

/// <summary>Either some facts (possibly none) or a refusal; never both.</summary>
[CollectionBuilder(typeof(Decision), nameof(Decision.Accept))]
public readonly record struct Decision<TEvent>(IReadOnlyList<TEvent> Events, Refusal? Refusal) : IEnumerable<TEvent>
{
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);
    public IEnumerator<TEvent> GetEnumerator() => Events.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class Decision
{
    public static Decision<TEvent> Accept<TEvent>(ReadOnlySpan<TEvent> events) => new(events.ToArray(), null);
}

/// <summary>A rule said no. <paramref name="Code"/> (<c>noun.reason</c>) is stable and public; <paramref name="Because"/> is for people.</summary>
/// <param name="Field">The member of the command that is malformed in itself (400); null where the state of things says no (409).</param>
/// <param name="Others">What else is malformed in the same command, so that everything can be mended at once.</param>
public sealed record Refusal(string Code, string Because, string? Field = null, IReadOnlyList<Refusal>? Others = null);
