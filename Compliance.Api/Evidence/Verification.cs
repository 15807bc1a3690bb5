using System.Text.Json.Serialization;

namespace Compliance.Api.Evidence;

/// <summary>Whether one thing a document claims holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter))]
enum Holds
{
    Yes,
    No,

    /// <summary>Cannot be told from the file alone; the sentence says what else is needed.</summary>
    Open,
}

/// <summary>One step of checking a document.</summary>
/// <param name="Step">Of a closed list: file, signature, facts, log, witness, proof, figures.</param>
sealed record CheckedStep(string Step, Holds Holds, string Sentence);

/// <summary>What came of checking a document.</summary>
/// <param name="Figures">How many numbers were computed again and agree; null where they could not be computed.</param>
sealed record Verification(string File, IReadOnlyList<CheckedStep> Steps, int? Figures = null)
{
    /// <summary>Nothing fails, and the signature and the facts were there to be checked.</summary>
    public bool Holds => Steps.All(f => f.Holds != Evidence.Holds.No);
}
