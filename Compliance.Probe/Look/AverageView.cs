namespace Compliance.Probe.Look;

/// <summary>Several pictures laid over each other: what stands still remains, people, beams of light and noise fade.</summary>
internal sealed class AverageView
{
    const int Enough = 5;
    readonly int[] _sum = new int[GrayPicture.Bytes];
    int _count;

    /// <summary>True when there are enough of them.</summary>
    public bool Add(GrayPicture picture)
    {
        var luma = picture.Luma.Span;
        for (var i = 0; i < luma.Length; i++) _sum[i] += luma[i];
        return ++_count >= Enough;
    }

    public GrayPicture Picture() => new(Array.ConvertAll(_sum, sum => (byte)(sum / _count)));
}
