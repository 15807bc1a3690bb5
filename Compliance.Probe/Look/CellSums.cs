using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Compliance.Probe.Look;

/// <summary>Sums over the cells of a picture, many pixels at a time. Nothing the size of the picture is written: filling it would cost more than the sums.</summary>
internal static class CellSums
{
    const int Width = GrayPicture.Width, Side = Cells.Side, Step = 16;

    /// <summary>By cell, the mean.</summary>
    public static float[] Brightness(GrayPicture picture)
    {
        ref var luma = ref First(picture);
        var sums = new float[Cells.Count];
        Span<uint> columns = stackalloc uint[Width];
        for (var row = 0; row < Cells.Down; row++)
        {
            for (var x = 0; x < Width; x += Step)
            {
                Vector128<ushort> left = default, right = default;
                for (var y = 0; y < Side; y++)
                {
                    var (low, high) = Vector128.Widen(At(ref luma, (row * Side) + y, x));
                    left += low;
                    right += high;
                }

                Store(columns, x, left, right);
            }

            Gather(columns, sums, row);
        }

        return sums;
    }

    /// <summary>By cell, the share of pixels at least so bright.</summary>
    public static float[] Bright(GrayPicture picture, byte from)
    {
        ref var luma = ref First(picture);
        var (sums, least) = (new float[Cells.Count], Vector128.Create(from));
        Span<uint> columns = stackalloc uint[Width];
        for (var row = 0; row < Cells.Down; row++)
        {
            for (var x = 0; x < Width; x += Step)
            {
                var count = Vector128<byte>.Zero;
                // What is true is all ones, which is minus one.
                for (var y = 0; y < Side; y++) count -= Vector128.GreaterThanOrEqual(At(ref luma, (row * Side) + y, x), least);
                var (left, right) = Vector128.Widen(count);
                Store(columns, x, left, right);
            }

            Gather(columns, sums, row);
        }

        return sums;
    }

    /// <summary>By cell, the mean squared difference.</summary>
    public static float[] Difference(GrayPicture before, GrayPicture now)
    {
        ref byte a = ref First(before), b = ref First(now);
        var sums = new float[Cells.Count];
        Span<uint> columns = stackalloc uint[Width];
        for (var row = 0; row < Cells.Down; row++)
        {
            for (var x = 0; x < Width; x += Step)
            {
                Vector128<uint> first = default, second = default, third = default, fourth = default;
                for (var y = 0; y < Side; y++)
                {
                    var (then, next) = (At(ref a, (row * Side) + y, x), At(ref b, (row * Side) + y, x));
                    var (left, right) = Vector128.Widen(Vector128.Max(then, next) - Vector128.Min(then, next));
                    var ((one, two), (three, four)) = (Vector128.Widen(left * left), Vector128.Widen(right * right));
                    (first, second, third, fourth) = (first + one, second + two, third + three, fourth + four);
                }

                first.CopyTo(columns[x..]);
                second.CopyTo(columns[(x + 4)..]);
                third.CopyTo(columns[(x + 8)..]);
                fourth.CopyTo(columns[(x + 12)..]);
            }

            Gather(columns, sums, row);
        }

        return sums;
    }

    /// <summary>By cell, the mean square of the slope, over three by three pixels as Sobel's.</summary>
    public static float[] SlopesSquared(GrayPicture picture)
    {
        // Slopes lie between pixels: the last two columns and rows have none. What is read behind them is not counted.
        const int last = Width - 2;
        ref var luma = ref First(picture);
        var sums = new float[Cells.Count];
        Span<short> above = stackalloc short[Width + Step], below = stackalloc short[Width + Step];
        Span<uint> columns = stackalloc uint[Width];
        above.Clear();
        below.Clear();
        columns.Clear();
        Fours(ref luma, 0, above);
        for (var y = 0; y < GrayPicture.Height - 2; y++)
        {
            Fours(ref luma, y + 1, below);
            for (var x = 0; x < Width; x += 8)
            {
                Vector128<short> here = Vector128.Create<short>(above[x..]), right = Vector128.Create<short>(above[(x + 1)..]), under = Vector128.Create<short>(below[x..]), across = Vector128.Create<short>(below[(x + 1)..]);
                var ((fallingLow, fallingHigh), (risingLow, risingHigh)) = (Vector128.Widen(across - here), Vector128.Widen(right - under));
                (Vector128.Create<uint>(columns[x..]) + ((fallingLow * fallingLow) + (risingLow * risingLow)).AsUInt32()).CopyTo(columns[x..]);
                (Vector128.Create<uint>(columns[(x + 4)..]) + ((fallingHigh * fallingHigh) + (risingHigh * risingHigh)).AsUInt32()).CopyTo(columns[(x + 4)..]);
            }

            if ((y + 2) % Side == 0 || y == GrayPicture.Height - 3)
            {
                columns[last..].Clear();
                Gather(columns, sums, (y + 1) / Side);
                columns.Clear();
            }

            var spent = above;
            above = below;
            below = spent;
        }

        // Four pixels are added up, and the squares of the two diagonals are twice those of the slopes to the right and downwards.
        for (var i = 0; i < sums.Length; i++) sums[i] /= 16 * 2;
        return sums;
    }

    /// <summary>A picture a quarter as wide and high, each pixel the mean of sixteen.</summary>
    public static byte[] Quarter(GrayPicture picture)
    {
        const int width = Width / 4;
        ref var luma = ref First(picture);
        var small = new byte[width * GrayPicture.Height / 4];
        Span<ushort> columns = stackalloc ushort[Width];
        for (var row = 0; row < GrayPicture.Height / 4; row++)
        {
            for (var x = 0; x < Width; x += Step)
            {
                Vector128<ushort> left = default, right = default;
                for (var y = 0; y < 4; y++)
                {
                    var (low, high) = Vector128.Widen(At(ref luma, (row * 4) + y, x));
                    left += low;
                    right += high;
                }

                left.CopyTo(columns[x..]);
                right.CopyTo(columns[(x + 8)..]);
            }

            for (var x = 0; x < width; x++)
            {
                var sum = columns[x * 4] + columns[(x * 4) + 1] + columns[(x * 4) + 2] + columns[(x * 4) + 3];
                // Halves go to the even side, or the picture would grow brighter.
                small[(row * width) + x] = (byte)((sum + 7 + ((sum >> 4) & 1)) >> 4);
            }
        }

        return small;
    }

    /// <summary>Each pixel and its neighbours to the right, below and between, added up.</summary>
    static void Fours(ref byte luma, int y, Span<short> sums)
    {
        for (var x = 0; ; x = Math.Min(x + Step, Width - Step - 1))
        {
            var (a, b) = Vector128.Widen(At(ref luma, y, x));
            var (c, d) = Vector128.Widen(At(ref luma, y, x + 1));
            var (e, f) = Vector128.Widen(At(ref luma, y + 1, x));
            var (g, h) = Vector128.Widen(At(ref luma, y + 1, x + 1));
            (a + c + e + g).AsInt16().CopyTo(sums[x..]);
            (b + d + f + h).AsInt16().CopyTo(sums[(x + 8)..]);
            if (x == Width - Step - 1) return;
        }
    }

    static ref byte First(GrayPicture picture)
    {
        if (picture.Luma.Length != GrayPicture.Bytes) throw new InvalidOperationException($"a gray picture has {GrayPicture.Bytes} bytes");
        return ref MemoryMarshal.GetReference(picture.Luma.Span);
    }

    static Vector128<byte> At(ref byte luma, int y, int x) => Vector128.LoadUnsafe(ref luma, (nuint)((y * Width) + x));

    static void Store(Span<uint> columns, int x, Vector128<ushort> left, Vector128<ushort> right)
    {
        var ((first, second), (third, fourth)) = (Vector128.Widen(left), Vector128.Widen(right));
        first.CopyTo(columns[x..]);
        second.CopyTo(columns[(x + 4)..]);
        third.CopyTo(columns[(x + 8)..]);
        fourth.CopyTo(columns[(x + 12)..]);
    }

    /// <summary>The columns of a row of cells become the means of its cells.</summary>
    static void Gather(ReadOnlySpan<uint> columns, float[] sums, int row)
    {
        for (var column = 0; column < Cells.Across; column++)
        {
            var sum = 0L;
            foreach (var one in columns.Slice(column * Side, Side)) sum += one;
            sums[(row * Cells.Across) + column] = sum / (float)(Side * Side);
        }
    }
}
