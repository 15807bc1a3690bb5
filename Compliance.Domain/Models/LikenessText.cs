using System.Text.Json;

namespace Compliance.Domain.Models;

/// <summary>Likeness as it stands in a file: known windows as base64, one byte a number.</summary>
public static class LikenessText
{
    sealed record Written(double Width, double Start, IReadOnlyList<float[]> Ranks, IReadOnlyList<string> Known, IReadOnlyList<double> Weights);

    public static object Of(Likeness one) => new Written(one.Width, one.Start, one.Ranks, [.. one.Known.Select(known => Convert.ToBase64String(Array.ConvertAll(known, rank => unchecked((byte)rank))))], one.Weights);

    /// <exception cref="JsonException">Its parts do not fit each other.</exception>
    public static Likeness Read(JsonElement json, int features) =>
        json.Deserialize<Written>(JsonSerializerOptions.Web) is { Ranks: { } ranks, Known: { } known, Weights: { } weights } one && !known.Contains(null!)
            ? new Likeness(ranks, [.. known.Select(text => Array.ConvertAll(Convert.FromBase64String(text), one => unchecked((sbyte)one)))], weights, one.Width, one.Start).Whole(features)
            : throw new JsonException("likeness is not whole");
}
