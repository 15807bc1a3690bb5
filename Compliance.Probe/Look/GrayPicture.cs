using System.Runtime.InteropServices;
using OpenCvSharp;

namespace Compliance.Probe.Look;

/// <summary>A gray copy of a picture, large enough for the grain of its sensor and the letters burnt into it; luma 0 to 255, row by row.</summary>
internal sealed record GrayPicture(ReadOnlyMemory<byte> Luma)
{
    /// <summary>Many small pictures after each other gain nothing from several threads, and pay for their waiting.</summary>
    static GrayPicture() => Cv2.SetNumThreads(1);

    public const int Width = 640, Height = 360, Bytes = Width * Height;

    /// <summary>A copy outside the managed heap; to be disposed of.</summary>
    public Mat ToMat()
    {
        if (Luma.Length != Bytes || !MemoryMarshal.TryGetArray(Luma, out var array)) throw new InvalidOperationException($"a gray picture has {Bytes} bytes in an array");
        var mat = new Mat(Height, Width, MatType.CV_8UC1);
        Marshal.Copy(array.Array!, array.Offset, mat.Data, Bytes);
        return mat;
    }
}
