namespace VenueSimulator.Pictures;

/// <summary>Light of a room, as a share of full light, and the noise a sensor needs to see by it (standard deviation in gray levels).</summary>
/// <param name="Beams">Moving spots of show light.</param>
internal sealed record Light(float Gain, float Noise, int Beams = 0)
{
    public static readonly Light Open = new(1, 2), Show = new(0.4f, 5, 4), Dark = new(0.14f, 4), Flash = new(1.4f, 5, 2);
}

/// <summary>What happens between the room and the sensor in one picture; the default is nothing.</summary>
/// <param name="Blur">Standard deviation of the defocus in pixels of a 960 wide picture.</param>
/// <param name="ShiftX">Pixels by which the camera was turned to the side.</param>
/// <param name="Turn">Radians by which it was turned around its axis.</param>
/// <param name="Cover">Share of the picture that something near hides, and how bright that is.</param>
/// <param name="Glare">Share of the picture that a lamp drowns.</param>
internal sealed record Lens(float Blur = 0, float ShiftX = 0, float ShiftY = 0, float Turn = 0, float Cover = 0, float CoverLuma = 40, float Glare = 0, bool Shut = false);

/// <summary>
/// A room with edges fine enough to be out of focus, drawn in gray at 960x540 as a sensor sees it: room, people, light, lens, noise,
/// and last the letters that the camera burns in. The same numbers give the same picture.
/// </summary>
internal sealed class LensView
{
    public const int Width = 960, Height = 540;
    const int Margin = 240, RoomWidth = Width + (2 * Margin), RoomHeight = Height + (2 * Margin);
    static readonly float[] Grain = MakeGrain();

    readonly float[] _room = new float[RoomWidth * RoomHeight];
    readonly float[] _lit = new float[Width * Height];
    readonly int _seed;

    public LensView(int seed)
    {
        _seed = seed;
        Furnish(new(seed));
    }

    /// <param name="look">Which picture in time: people, beams and noise are others in each.</param>
    /// <param name="grain">Noise of another picture in time, while people stay where they are.</param>
    /// <param name="clock">What the burnt-in clock says; null for a camera without one.</param>
    public byte[] Draw(int look, Light light, int people, Lens lens, string? clock, string? name, int? grain = null)
    {
        var random = new Random((_seed * 7919) + look);
        Project(lens);
        for (var i = 0; i < people; i++) Person(random, lens);
        Shine(random, light);
        if (lens.Cover > 0) Hide(random, lens);
        if (lens.Blur > 0) Soften(lens.Blur);
        if (lens.Glare > 0) Drown(lens.Glare);
        if (lens.Shut) Array.Fill(_lit, 3);
        var picture = Expose(grain is { } other ? new Random(other) : random, lens.Shut ? 1.5f : light.Noise);
        if (clock is not null) Letters.Write(picture, Width, 24, 20, clock);
        if (name is not null) Letters.Write(picture, Width, 24, Height - 45, name);
        return picture;
    }

    void Project(Lens lens)
    {
        var (sin, cos) = MathF.SinCos(lens.Turn);
        Parallel.For(0, Height, y =>
        {
            for (var x = 0; x < Width; x++)
            {
                var (dx, dy) = (x - (Width / 2f), y - (Height / 2f));
                var (fromX, fromY) = ((cos * dx) - (sin * dy) + (RoomWidth / 2f) + lens.ShiftX, (sin * dx) + (cos * dy) + (RoomHeight / 2f) + lens.ShiftY);
                var (left, top) = (Math.Clamp((int)fromX, 0, RoomWidth - 2), Math.Clamp((int)fromY, 0, RoomHeight - 2));
                var (right, down, at) = (Math.Clamp(fromX - left, 0, 1), Math.Clamp(fromY - top, 0, 1), (top * RoomWidth) + left);
                var above = _room[at] + (right * (_room[at + 1] - _room[at]));
                var below = _room[at + RoomWidth] + (right * (_room[at + RoomWidth + 1] - _room[at + RoomWidth]));
                _lit[(y * Width) + x] = above + (down * (below - above));
            }
        });
    }

    void Person(Random random, Lens lens)
    {
        var (x, y, size, luma) = (random.Next(Width), 220 + random.Next(300), 22 + random.Next(38), 20 + random.Next(160));
        Ellipse(x, y, size, size * 3, luma);
        Ellipse(x, y - (size * 3), size * 0.6f, size * 0.7f, 150);
        void Ellipse(float cx, float cy, float rx, float ry, float value) => Within(cx - lens.ShiftX, cy - lens.ShiftY, rx, ry, (at, away) => _lit[at] = value * (1 - (0.3f * away)));
    }

    void Shine(Random random, Light light)
    {
        for (var i = 0; i < _lit.Length; i++) _lit[i] *= light.Gain;
        for (var i = 0; i < light.Beams; i++)
        {
            var (gain, radius) = (1 + random.NextSingle(), 90 + random.Next(120));
            Within(random.Next(Width), random.Next(Height), radius, radius * 0.6f, (at, away) => _lit[at] *= 1 + (gain * (1 - away) / light.Gain * 0.4f));
        }
    }

    /// <summary>Cloth or a hand, too near to be sharp.</summary>
    void Hide(Random random, Lens lens)
    {
        var (edge, slope) = (Width * lens.Cover, (random.NextSingle() - 0.5f) * 0.02f);
        for (var i = 0; i < _lit.Length; i++)
        {
            var (x, y) = (i % Width, i / Width);
            var hidden = lens.Cover >= 1 ? 1 : Math.Clamp((edge - x) / 45, 0, 1);
            _lit[i] += hidden * (lens.CoverLuma + (slope * (x - y)) - _lit[i]);
        }
    }

    /// <summary>Three box filters are as good as a Gaussian.</summary>
    void Soften(float sigma)
    {
        var radius = Math.Max(1, (int)MathF.Round((MathF.Sqrt((4 * sigma * sigma) + 1) - 1) / 2));
        var other = new float[_lit.Length];
        for (var pass = 0; pass < 3; pass++)
        {
            Parallel.For(0, Height, y => Box(_lit, other, y * Width, 1, Width, radius));
            Parallel.For(0, Width, x => Box(other, _lit, x, Width, Height, radius));
        }
    }

    static void Box(float[] from, float[] to, int start, int step, int count, int radius)
    {
        var sum = 0f;
        for (var i = -radius; i <= radius; i++) sum += from[start + (step * Math.Clamp(i, 0, count - 1))];
        for (var i = 0; i < count; i++)
        {
            to[start + (step * i)] = sum / ((2 * radius) + 1);
            sum += from[start + (step * Math.Min(i + radius + 1, count - 1))] - from[start + (step * Math.Max(i - radius, 0))];
        }
    }

    void Drown(float share)
    {
        var radius = MathF.Sqrt(share * Width * Height / MathF.PI);
        for (var i = 0; i < _lit.Length; i++) _lit[i] += 35;
        Within(Width * 0.55f, Height * 0.45f, radius * 1.5f, radius * 1.5f, (at, away) => _lit[at] += 500 * MathF.Pow(1 - away, 1.5f));
    }

    static void Within(float cx, float cy, float rx, float ry, Action<int, float> touch)
    {
        for (var y = Math.Max(0, (int)(cy - ry)); y < Math.Min(Height, cy + ry); y++)
        {
            for (var x = Math.Max(0, (int)(cx - rx)); x < Math.Min(Width, cx + rx); x++)
            {
                var (dx, dy) = ((x - cx) / rx, (y - cy) / ry);
                if (MathF.Sqrt((dx * dx) + (dy * dy)) is < 1 and var away) touch((y * Width) + x, away);
            }
        }
    }

    byte[] Expose(Random random, float noise)
    {
        var picture = new byte[_lit.Length];
        for (var y = 0; y < Height; y++)
        {
            var from = random.Next(Grain.Length - Width);
            for (var x = 0; x < Width; x++) picture[(y * Width) + x] = (byte)Math.Clamp(_lit[(y * Width) + x] + (noise * Grain[from + x]) + 0.5f, 0, 255);
        }

        return picture;
    }

    void Furnish(Random random)
    {
        var floor = (int)(RoomHeight * (0.4 + (0.2 * random.NextDouble())));
        for (var i = 0; i < _room.Length; i++)
        {
            var (x, y) = (i % RoomWidth, i / RoomWidth);
            var tile = y > floor && ((y - floor) % (18 + ((y - floor) / 8)) < 2 || (x + ((x - (RoomWidth / 2)) * (y - floor) / 900)) % 90 < 2);
            _room[i] = (y < floor ? 95 : 70 + (40f * (y - floor) / RoomHeight)) - (tile ? 35 : 0) + (2 * Grain[(i * 31) % Grain.Length]);
        }

        for (var piece = 0; piece < 46; piece++) Piece(random);
    }

    /// <summary>Furniture, a poster or a shelf: a rectangle with stripes, print or nothing in it.</summary>
    void Piece(Random random)
    {
        var (left, top, width, height) = (random.Next(RoomWidth - 60), random.Next(RoomHeight - 60), 40 + random.Next(190), 30 + random.Next(150));
        var (luma, kind, step) = (15 + random.Next(190), random.Next(3), 5 + random.Next(14));
        for (var y = top; y < Math.Min(top + height, RoomHeight); y++)
        {
            for (var x = left; x < Math.Min(left + width, RoomWidth); x++)
            {
                var inked = kind switch { 1 => (x - left) % step < step / 3, 2 => ((x * 7 / step) ^ (y * 5 / step)) % 3 == 0 && (y - top) % step < step / 2, _ => false };
                _room[(y * RoomWidth) + x] = (inked ? luma > 110 ? luma - 80 : luma + 80 : luma) + (2 * Grain[((y * 997) + (x * 31)) % Grain.Length]);
            }
        }
    }

    static float[] MakeGrain()
    {
        var random = new Random(1);
        var grain = new float[1 << 18];
        for (var i = 0; i < grain.Length; i++) grain[i] = MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(MathF.Tau * random.NextSingle());
        return grain;
    }
}
