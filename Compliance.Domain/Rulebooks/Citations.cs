using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// What the delivered sources are called in official papers, in three languages (<c>citations.json</c>, by the note the source bears in
/// its rulebook). The note says what was read there and stays in the rulebook; a citation only names the act.
/// </summary>
public static class Citations
{
    static readonly Lazy<IReadOnlyDictionary<string, Sentence>> Names = new(() =>
        JsonSerializer.Deserialize<Dictionary<string, Sentence>>(typeof(Citations).Assembly.GetManifestResourceStream("citations")!, EventCatalog.Json)!);

    public static IReadOnlyDictionary<string, Sentence> All => Names.Value;

    /// <summary>The note itself where nobody has named the act in the language.</summary>
    public static string Cite(this Source source, string language) => Of(source.Act, language);

    /// <summary>What a source of the sanction table is called; a rule's id, and whatever else stands on its own, as it is.</summary>
    public static string Named(string id, string language) => Sanctions.Table.Sources.TryGetValue(id, out var source) ? source.Cite(language) : id;

    public static string Of(string act, string language) => All.GetValueOrDefault(act)?.In(language) ?? act;
}
