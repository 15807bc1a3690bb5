namespace Compliance.Probe.Eyes.Training;

/// <summary>What is withheld from the trees in one trial.</summary>
/// <param name="Likeness">Whether windows are judged by trees alone.</param>
internal sealed record Without(string Name, Func<string, bool> Feature, Func<string, bool> Light, bool Likeness = false)
{
    static readonly string[] Whole = [.. WholeMotion.Names], Keeping = ["keeping", "changing", "busiest"], Speeds = ["speed", "acceleration", "travel", "closing"],
        Turning = ["turns", "coherence", "spreading", "curling", "inner", "edges"];

    /// <summary>One group of features after the other, and the club's lights.</summary>
    public static readonly IReadOnlyList<Without> Trials =
    [
        new("likeness to known windows", _ => false, _ => false, Likeness: true),
        new("light of clubs in training", _ => false, light => light != ClubLight.Kinds[0]),
        new("whether motion keeps its direction", name => Begins(name, Keeping) || Whole.Contains(name), _ => false),
        new("speeds", name => Begins(name, Speeds), _ => false),
        new("directions and their disorder", name => Begins(name, Turning), _ => false),
        new("the crop round the action", name => Begins(name, ["crop"]), _ => false),
        new("rhythm", name => name.EndsWith("-slow", StringComparison.Ordinal) || name.EndsWith("-middle", StringComparison.Ordinal) || name.EndsWith("-quick", StringComparison.Ordinal) || name.EndsWith("-repeats", StringComparison.Ordinal), _ => false),
    ];

    /// <summary>With boxes also them; the height that they give stays.</summary>
    public static readonly IReadOnlyList<Without> TrialsWithPersons = [.. Trials, new("how persons stand and move", name => Begins(name, ["person-"]), _ => false)];

    static bool Begins(string name, string[] with) => with.Any(one => name.StartsWith(one, StringComparison.Ordinal));
}
