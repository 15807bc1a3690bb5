using System.Text.Json;
using System.Text.Json.Nodes;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// A sanction table as it is written: JSON, with its sources, the monthly calculation indices and its rows. A file with a fault gives no table;
/// each fault names the row it is of.
/// </summary>
public static class SanctionFile
{
    public static (SanctionTable? Table, IReadOnlyList<Fault> Faults) Read(string file, string text)
    {
        List<Fault> faults = [];
        SanctionTable head;
        JsonArray written;
        try
        {
            if (JsonNode.Parse(text, null, RulebookFile.Lenient) is not JsonObject root || root["rows"] is not JsonArray rows)
                return (null, [new(file, null, "A sanction table is an object with a list of rows.")]);
            written = rows.DeepClone().AsArray();
            root["rows"] = new JsonArray();
            head = root.Deserialize<SanctionTable>(RulebookFile.Json)!;
        }
        catch (JsonException e)
        {
            return (null, [new(file, null, e.Message)]);
        }

        List<Sanction> read = [];
        foreach (var node in written)
        {
            try
            {
                if (node is JsonObject row) read.Add(row.Deserialize<Sanction>(RulebookFile.Json)!);
                else faults.Add(new(file, null, "A row is an object."));
            }
            catch (JsonException e)
            {
                faults.Add(new(file, (node as JsonObject)?["id"]?.ToString(), e.Message));
            }
        }

        var table = head with { Rows = read };
        faults.AddRange(Of(table).Select(fault => fault with { File = file }));
        return (faults.Count == 0 ? table : null, faults);
    }

    static IEnumerable<Fault> Of(SanctionTable table) =>
    [
        .. Validation.Of(table.Sources).Concat(Of(table.Mci, table)).Select(because => new Fault("", null, because)),
        .. table.Rows.SelectMany(row => Of(row, table).Select(because => new Fault("", row.Id, because))),
        .. table.Rows.GroupBy(row => row.Id).Where(Overlap).Select(twice => new Fault("", twice.Key, "Two rows of this id are law on the same day.")),
    ];

    static IEnumerable<string> Of(IReadOnlyList<MciValue> values, SanctionTable table)
    {
        if (values.Count == 0) yield return "It lists no monthly calculation index.";
        foreach (var value in values.Where(v => v.Tenge <= 0)) yield return $"The index from {value.From:yyyy-MM-dd} is no amount.";
        foreach (var value in values.Where(v => v.Sources.Count == 0)) yield return $"The index from {value.From:yyyy-MM-dd} names no source.";
        foreach (var source in values.SelectMany(v => v.Sources).Distinct().Where(s => !table.Sources.ContainsKey(s))) yield return $"The source '{source}' is not listed.";
        foreach (var twice in values.GroupBy(v => v.From).Where(g => g.Skip(1).Any())) yield return $"Two indices hold from {twice.Key:yyyy-MM-dd}.";
        var years = values.Select(v => v.From.Year).Order().ToArray();
        for (var year = years.FirstOrDefault(); year <= years.LastOrDefault(); year++)
            if (!values.Any(v => v.From == new DateOnly(year, 1, 1))) yield return $"No index holds from 1 January {year}.";
    }

    static IEnumerable<string> Of(Sanction row, SanctionTable table)
    {
        if (row.Until < row.From) yield return "It ends before it begins.";
        if (string.IsNullOrWhiteSpace(row.Article)) yield return "It names no article.";
        if (row.Sources.Count == 0) yield return "It names no source.";
        foreach (var source in row.Sources.Where(s => !table.Sources.ContainsKey(s))) yield return $"The source '{source}' is not listed.";
        foreach (var (size, fine) in row.Fines)
            if (fine.From <= 0 || fine.To < fine.From) yield return $"The fine of {size} is no amount.";
        if (row.Fines.Count > 0 && row.From is { } from && table.Mci.All(value => value.From.Year != from.Year))
            yield return $"Its fines are in indices, and no index of {from.Year} is listed.";
    }

    static bool Overlap(IEnumerable<Sanction> rows) => rows.OrderBy(r => r.From ?? DateOnly.MinValue).ToArray() is var inTurn
        && inTurn.Zip(inTurn.Skip(1)).Any(pair => (pair.First.Until ?? DateOnly.MaxValue) >= (pair.Second.From ?? DateOnly.MinValue));
}
