using System.Globalization;

namespace VenueSimulator;

/// <summary>The command line after the command: "--name value" pairs; a name may stand more than once.</summary>
internal sealed class Arguments
{
    private readonly ILookup<string, string> values;

    public Arguments(IReadOnlyList<string> words, params string[] known)
    {
        var pairs = words.Chunk(2).ToList();
        var wrong = pairs.Find(pair => pair.Length < 2 || !known.Contains(pair[0]));
        if (wrong is not null)
        {
            throw new FormatException($"Cannot read '{string.Join(' ', wrong)}'; known are: {string.Join(' ', known)}.");
        }

        values = pairs.ToLookup(pair => pair[0], pair => pair[1]);
    }

    public IEnumerable<string> All(string name) => values[name];

    public string? Text(string name) => values[name].LastOrDefault();

    public string Required(string name) => Text(name) ?? throw new FormatException($"{name} is missing.");

    public int Number(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
