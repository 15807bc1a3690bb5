using System.Text.Encodings.Web;
using System.Text.Json;
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
/// <param name="Step">What is checked, in a word: file, signature, facts, log, witness, proof, figures; of a venue's file contents, pictures and documents too, of a log its tree, of a folder recordings.</param>
sealed record CheckedStep(string Step, Holds Holds, string Sentence);

/// <summary>What came of checking a document.</summary>
/// <param name="Figures">How many numbers were computed again and agree; null where they could not be computed.</param>
sealed record Verification(string File, IReadOnlyList<CheckedStep> Steps, int? Figures = null)
{
    /// <summary>Nothing fails. What is open was not checked: the sentence says what else that takes.</summary>
    public bool Holds => Steps.All(f => f.Holds != Evidence.Holds.No);

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task Tell(TextWriter output, bool asJson)
    {
        if (asJson)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(this, Json));
            return;
        }

        await output.WriteLineAsync(File);
        foreach (var step in Steps) await output.WriteLineAsync($"  {step.Holds switch { Evidence.Holds.Yes => "holds", Evidence.Holds.No => "FAILS", _ => "open " }}  {step.Step,-10}  {step.Sentence}");
        await output.WriteLineAsync(!Holds ? "  It does NOT hold." : Steps.Any(step => step.Holds == Evidence.Holds.Open) ? "  It holds. What is open could not be told from this alone." : "  It holds.");
    }
}
