namespace Compliance.Api.Reports;

/// <summary>The name a person bore at an instant, from the vault; null when it has been forgotten or was never there.</summary>
delegate string? NameOf(Guid subjectId, DateTimeOffset at);

/// <summary>Who is named in a document, each as he was called at the instant it speaks of. Whose name is forgotten has none here either.</summary>
public sealed class People
{
    readonly NameOf _nameOf;

    internal People(NameOf nameOf, Words words) => (_nameOf, Words) = (nameOf, words);

    public Words Words { get; }

    public string Name(Guid subject, DateTimeOffset at) => _nameOf(subject, at) ?? Words["Lia_Forgotten"];

    /// <summary>Who did it: a person by name, the system or the probe by what it is.</summary>
    public string Who(string actor, DateTimeOffset at) => PersonIn(actor) is { } person ? Name(person, at)
        : Words[actor.StartsWith("probe:", StringComparison.Ordinal) ? "Lia_Probe" : actor.StartsWith("user:", StringComparison.Ordinal) ? "None" : "Lia_System"];

    static Guid? PersonIn(string actor) => actor.StartsWith("user:", StringComparison.Ordinal) && Guid.TryParse(actor["user:".Length..], out var id) ? id : null;
}
