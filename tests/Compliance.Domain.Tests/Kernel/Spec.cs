using System.Text;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Tests.Kernel;

/// <summary>Given these facts, when this command, then these facts. See DeviceSpecs for the look of it.</summary>
public static class Spec
{
    public static Given<S, C, E> Given<S, C, E>(this Decider<S, C, E> decider, params E[] history)
        where E : notnull => new(decider, history);
}

public sealed record Given<S, C, E>(Decider<S, C, E> Decider, E[] History) where E : notnull
{
    public Outcome<S, C, E> When(C command) => new(this, command, Decider.Decide(Decider.Fold(Reload(History)), command));

    /// <summary>Every fact in every spec also makes the journey to bytes and back.</summary>
    internal static IEnumerable<E> Reload(IEnumerable<E> facts) =>
        facts.Select(fact => (E)EventCatalog.Decode(EventCatalog.NameOf(fact), EventCatalog.Encode(fact))!);
}

public sealed record Outcome<S, C, E>(Given<S, C, E> Given, C Command, Decision<E> Decision) where E : notnull
{
    public void Then(params E[] expected)
    {
        Assert.Null(Decision.Refusal);
        Assert.Equal(Lines(expected), Lines(Decision.Events));

        // The law of the second knock: sent again, a command writes nothing more.
        var after = Given.Decider.Fold(Given<S, C, E>.Reload([.. Given.History, .. Decision.Events]));
        Assert.Empty(Given.Decider.Decide(after, Command).Events);
    }

    public void ThenNothing() => Then();

    public void ThenRefused(string code, string? field = null)
    {
        Assert.Equal((code, field), (Decision.Refusal?.Code, Decision.Refusal?.Field));
        Assert.Empty(Decision.Events);
    }

    static string Lines(IEnumerable<E> facts) => string.Join('\n', facts.Select(fact =>
        $"{EventCatalog.NameOf(fact)} {Encoding.UTF8.GetString(EventCatalog.Encode(fact))}"));
}
