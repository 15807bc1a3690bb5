using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Compliance.Probe.Look;

/// <summary>What is left of a picture when its five by five mean is taken away: the noise of its sensor, and what coding left of it.</summary>
internal static class Grain
{
    const int Width = GrayPicture.Width, Step = 16, Reach = 2, Side = Cells.Side;

    /// <summary>The grain is counted in parts of a gray level, so that it stays whole.</summary>
    const int Parts = 25;

    /// <summary>By cell: the grain of one times that of the other, and of each times itself; gray levels squared, added up.</summary>
    public static (double[] Ab, double[] Aa, double[] Bb) Products(GrayPicture a, GrayPicture b)
    {
        ref byte first = ref MemoryMarshal.GetReference(a.Luma.Span), second = ref MemoryMarshal.GetReference(b.Luma.Span);
        double[] ab = new double[Cells.Count], aa = new double[Cells.Count], bb = new double[Cells.Count];
        Span<short> grainA = stackalloc short[Width], grainB = stackalloc short[Width];
        Span<int> columnsAb = stackalloc int[Width], columnsAa = stackalloc int[Width], columnsBb = stackalloc int[Width];
        for (var y = 0; y < GrayPicture.Height; y++)
        {
            if (y % Side == 0)
            {
                columnsAb.Clear();
                columnsAa.Clear();
                columnsBb.Clear();
            }

            Of(ref first, y, grainA);
            Of(ref second, y, grainB);
            AddProducts(grainA, grainB, columnsAb);
            AddProducts(grainA, grainA, columnsAa);
            AddProducts(grainB, grainB, columnsBb);
            if (y % Side != Side - 1) continue;
            Gather(columnsAb, ab, y / Side);
            Gather(columnsAa, aa, y / Side);
            Gather(columnsBb, bb, y / Side);
        }

        return (ab, aa, bb);
    }

    /// <summary>One row of it. Outside the picture lies its reflection.</summary>
    static void Of(ref byte luma, int y, Span<short> grain)
    {
        Span<ushort> sums = stackalloc ushort[Width + (2 * Reach)];
        Span<int> rows = stackalloc int[(2 * Reach) + 1];
        for (var i = 0; i < rows.Length; i++) rows[i] = Reflected(y + i - Reach, GrayPicture.Height) * Width;
        for (var x = 0; x < Width; x += Step)
        {
            Vector128<ushort> left = default, right = default;
            foreach (var row in rows)
            {
                var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref luma, (nuint)(row + x)));
                left += low;
                right += high;
            }

            left.CopyTo(sums[(x + Reach)..]);
            right.CopyTo(sums[(x + Reach + 8)..]);
        }

        for (var i = 1; i <= Reach; i++) (sums[Reach - i], sums[Width + Reach + i - 1]) = (sums[Reach + i], sums[Width + Reach - 1 - i]);
        for (var x = 0; x < Width; x += 8)
        {
            var around = Vector128<ushort>.Zero;
            for (var i = 0; i <= 2 * Reach; i++) around += Vector128.Create<ushort>(sums[(x + i)..]);
            var here = Vector128.WidenLower(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref luma, (y * Width) + x))).AsByte());
            ((here * (ushort)Parts).AsInt16() - around.AsInt16()).CopyTo(grain[x..]);
        }
    }

    static int Reflected(int at, int length) => at < 0 ? -at : at >= length ? (2 * (length - 1)) - at : at;

    /// <summary>Twenty products of what is at most 6,375 fit into a column.</summary>
    static void AddProducts(ReadOnlySpan<short> a, ReadOnlySpan<short> b, Span<int> columns)
    {
        for (var x = 0; x < Width; x += 8)
        {
            var ((lowA, highA), (lowB, highB)) = (Vector128.Widen(Vector128.Create(a[x..])), Vector128.Widen(Vector128.Create(b[x..])));
            (Vector128.Create<int>(columns[x..]) + (lowA * lowB)).CopyTo(columns[x..]);
            (Vector128.Create<int>(columns[(x + 4)..]) + (highA * highB)).CopyTo(columns[(x + 4)..]);
        }
    }

    static void Gather(ReadOnlySpan<int> columns, double[] sums, int row)
    {
        for (var column = 0; column < Cells.Across; column++)
        {
            var sum = 0L;
            foreach (var one in columns.Slice(column * Side, Side)) sum += one;
            sums[(row * Cells.Across) + column] = sum / (double)(Parts * Parts * Side * Side);
        }
    }
}
