namespace Compliance.Probe.Look;

/// <summary>A small gray copy of a picture, enough to tell a scene from a covered lens; luma 0 to 255, row by row.</summary>
internal sealed record GrayPicture(ReadOnlyMemory<byte> Luma)
{
    public const int Width = 160, Height = 90, Bytes = Width * Height;

    public PictureFacts Facts()
    {
        var luma = Luma.Span;
        double sum = 0, squares = 0, edges = 0;
        for (var i = 0; i < luma.Length; i++)
        {
            sum += luma[i];
            squares += luma[i] * luma[i];
            if (i % Width > 0) edges += Math.Abs(luma[i] - luma[i - 1]);
            if (i >= Width) edges += Math.Abs(luma[i] - luma[i - Width]);
        }

        var mean = sum / luma.Length;
        return new(mean, Math.Sqrt(Math.Max(0, (squares / luma.Length) - (mean * mean))), edges / luma.Length);
    }
}

/// <summary>What a gray picture says in three numbers.</summary>
/// <param name="Mean">Brightness, 0 to 255.</param>
/// <param name="Spread">Standard deviation of brightness.</param>
/// <param name="Edges">Mean step between neighbours: how much there is to see.</param>
internal readonly record struct PictureFacts(double Mean, double Spread, double Edges);
