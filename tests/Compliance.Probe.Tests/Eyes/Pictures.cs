using Compliance.Probe.Eyes;

namespace Compliance.Probe.Tests.Eyes;

/// <summary>Frames of a room in which one thing moves, made by rule.</summary>
static class Pictures
{
    public const int Width = 256, Height = 144;

    /// <summary>A patch of this size in pixels that goes to and fro by so many pixels a frame.</summary>
    public static IReadOnlyList<Frame> Moving(int size, int step, int count = 20, Func<int, double>? light = null, double noise = 0)
    {
        var (frames, chance, turn) = (new List<Frame>(), new Random(5), 8);
        for (var t = 0; t < count; t++)
        {
            var place = t / turn % 2 == 0 ? t % turn : turn - t % turn;
            var luma = new byte[Width * Height];
            var (left, top, gain) = (60 + step * place, (Height - size) / 2, light?.Invoke(t) ?? 1);
            for (var y = 0; y < Height; y++)
                for (var x = 0; x < Width; x++)
                {
                    var inside = x >= left && x < left + size && y >= top && y < top + size;
                    var own = inside ? 150 + Texture((x - left) * 16 / size, (y - top) * 16 / size, 60) : 90 + Texture(x / 3, y / 3, 16);
                    luma[y * Width + x] = (byte)Math.Clamp(own * gain + noise * (chance.NextDouble() - 0.5), 0, 255);
                }

            frames.Add(new(Width, Height, TimeSpan.FromSeconds(t / (double)Frame.Rate), luma));
        }

        return frames;
    }

    public static IReadOnlyList<MotionField?> Fields(this IReadOnlyList<Frame> frames)
    {
        var sense = new MotionSense();
        return [.. frames.Select(sense.See)];
    }

    static double Texture(int x, int y, double depth) => (unchecked((uint)(x * 73856093) ^ (uint)(y * 19349663)) % 97 / 96.0 - 0.5) * depth;
}
