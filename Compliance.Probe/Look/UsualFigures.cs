using System.Text.Json.Serialization;

namespace Compliance.Probe.Look;

/// <summary>What a camera usually shows, as it is kept over a restart: sums over cells of 20 by 20 pixels, from which nobody can be recognised.</summary>
/// <param name="Hours">By hour of the day, UTC; null where none was seen.</param>
internal sealed record UsualFigures(UsualMeans AllDay, UsualMeans?[] Hours, UsualFlicker[] Flicker)
{
    /// <summary>Bands of brightness, each twice as bright as the one below.</summary>
    public const int Bands = 9;

    /// <summary>Whether its parts belong together: one that was kept on a disk may be spoiled.</summary>
    [JsonIgnore]
    public bool IsWhole => AllDay is { IsWhole: true } && Hours is { Length: 24 } && Array.TrueForAll(Hours, hour => hour?.IsWhole != false) && Flicker is { Length: Bands };
}

/// <summary>Means over so many clear pictures.</summary>
internal sealed record UsualMeans(int Count, double Overexposed, float[] Outline, float[] Crispness)
{
    [JsonIgnore]
    public bool IsWhole => Count >= 0 && Outline is { Length: Cells.Count } && Crispness is { Length: Cells.Count };
}

/// <summary>The mean flicker of so many pictures about as bright.</summary>
internal readonly record struct UsualFlicker(int Count, double Mean);
