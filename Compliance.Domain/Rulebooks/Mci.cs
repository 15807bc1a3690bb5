using System.Diagnostics;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>Facts about the monthly calculation index as the licensing authority told it; those the house was delivered with are not among them.</summary>
/// <param name="From">The first day it holds: until the next one, and at the latest to the end of its year.</param>
public abstract record MciEvent(Guid MciId, DateOnly From)
{
    /// <param name="Source">The act that sets it.</param>
    /// <param name="OfficerId">The opaque subject of whoever entered it.</param>
    [EventName("mci.set.v1")]
    public sealed record Set(Guid MciId, DateOnly From, decimal Tenge, string Source, Guid OfficerId, DateTimeOffset At) : MciEvent(MciId, From);

    /// <summary>What was known from that day on was wrong. What was charged or decided by it stays as it was; from now on this counts.</summary>
    [EventName("mci.corrected.v1")]
    public sealed record Corrected(
        Guid MciId, DateOnly From, decimal Was, decimal Tenge, string Source, string Grounds, Guid OfficerId, DateTimeOffset At) : MciEvent(MciId, From);
}

public abstract record MciCommand
{
    public sealed record Set(DateOnly From, decimal Tenge, string Source, Guid OfficerId, DateTimeOffset At) : MciCommand;

    public sealed record Correct(DateOnly From, decimal Tenge, string Source, string Grounds, Guid OfficerId, DateTimeOffset At) : MciCommand;
}

/// <summary>The monthly calculation index in tenge: one value a day it holds from, set once and corrected by name. Amounts are never computed again.</summary>
public static class Mci
{
    /// <summary>There is one index in the country.</summary>
    public static readonly Guid Id = EventIds.From(Guid.Empty, "mci");

    /// <summary>Tenge: no index was ever near it, a comma in the wrong place is.</summary>
    const decimal Most = 100_000;

    public static readonly Decider<MciLine, MciCommand, MciEvent> Decider = new("mci", new MciLine([]), Decide, Evolve);

    static Decision<MciEvent> Decide(MciLine state, MciCommand command) => command switch
    {
        MciCommand.Set set => Fault(set.Tenge, set.Source) is { } fault ? fault : Set(state, set),
        MciCommand.Correct correct => Fault(correct.Tenge, correct.Source) is { } fault ? fault : Correct(state, correct),
        _ => throw new UnreachableException(),
    };

    static Decision<MciEvent> Set(MciLine state, MciCommand.Set set) => state.All().FirstOrDefault(entry => entry.From == set.From) switch
    {
        { } known when known.Tenge == set.Tenge => [],
        not null => new Refusal("mci.known", "An index from that day is known already: correct it, and say why.", "from"),
        _ when set.From < VenueZone.Day(set.At) && state.On(set.From) is not null =>
            new Refusal("mci.day-passed", "An index of that day is known already: one from a day that has passed is a correction, and says why.", "from"),
        _ when set.From.Year > set.At.Year + 1 => new Refusal("mci.too-early", "An index is entered for this year or the next.", "from"),
        _ => [new MciEvent.Set(Id, set.From, set.Tenge, set.Source.Trim(), set.OfficerId, set.At)],
    };

    /// <summary>What holds from that day, or what held on it: an index may be changed within its year by an act that came later.</summary>
    static Decision<MciEvent> Correct(MciLine state, MciCommand.Correct correct) => state.On(correct.From) switch
    {
        null => new Refusal("mci.unknown", "No index of that day is known.", "from"),
        { } known when known.Tenge == correct.Tenge => [],
        _ when string.IsNullOrWhiteSpace(correct.Grounds) => new Refusal("mci.grounds-missing", "Say why it is corrected.", "grounds"),
        var known => [new MciEvent.Corrected(Id, correct.From, known.Tenge, correct.Tenge, correct.Source.Trim(), correct.Grounds.Trim(), correct.OfficerId, correct.At)],
    };

    static Refusal? Fault(decimal tenge, string source) =>
        tenge is <= 0 or > Most ? new Refusal("mci.amount", "An index is an amount in tenge.", "tenge")
        : string.IsNullOrWhiteSpace(source) ? new Refusal("mci.source-missing", "Name the act that sets it.", "source") : null;

    internal static MciLine Evolve(MciLine state, MciEvent fact) => fact switch
    {
        MciEvent.Set f => state.With(new(f.From, f.Tenge, f.Source, Confidence.Read, f.OfficerId, f.At)),
        MciEvent.Corrected f => state.With(new(f.From, f.Tenge, f.Source, Confidence.Read, f.OfficerId, f.At, f.Was, f.Grounds)),
        _ => state,
    };
}
