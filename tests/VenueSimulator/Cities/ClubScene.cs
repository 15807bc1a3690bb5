using System.Numerics;
using Compliance.Domain.Devices;

namespace VenueSimulator.Cities;

/// <summary>Draws what a camera in a club sees: a dark room, moving coloured light, people-like shapes. The last picture leads back to the first.</summary>
internal sealed class ClubScene
{
    public const int Width = 320;
    public const int Height = 180;

    /// <summary>Seven keyframes: whoever looks at every fourth or fifth does not see the same picture again and take it for frozen.</summary>
    public const int Seconds = 14;

    private const int Horizon = 84;
    private static readonly Vector3 Skin = new(0.34f, 0.24f, 0.18f);

    private readonly Vector3[] room = new Vector3[Width * Height];
    private readonly List<Light> lights = [];
    private readonly List<Person> people = [];

    public ClubScene(CameraPurpose purpose, int seed)
    {
        var random = new Random(seed);
        var walks = purpose is CameraPurpose.Entrance or CameraPurpose.Outside;
        Furnish(purpose, Hue(random.NextSingle(), 0.5f));
        var (dancers, beams, brightness) = purpose switch
        {
            CameraPurpose.DanceFloor => (11, 4, 1.0f),
            CameraPurpose.Bar => (5, 2, 0.7f),
            CameraPurpose.Hall => (6, 2, 0.7f),
            CameraPurpose.Exit => (1, 1, 0.4f),
            _ => (3, 1, 0.5f),
        };
        for (var i = 0; i < beams; i++)
        {
            lights.Add(new(Hue(random.NextSingle(), brightness), random.NextSingle(), 1 + random.Next(3), 1 + random.Next(4)));
        }

        for (var i = 0; i < dancers; i++)
        {
            var near = (i + 1f) / dancers;
            people.Add(new(random.NextSingle() * Width, Horizon + 22 + near * 62, 5 + near * 7, random.NextSingle(), 4 + random.Next(5), walks, Hue(random.NextSingle(), 0.3f)));
        }
    }

    /// <summary>One picture in RGB, three bytes a pixel.</summary>
    /// <param name="phase">Place in the loop, 0 to 1.</param>
    public void Draw(float phase, Span<byte> picture)
    {
        Span<Vector2> spots = stackalloc Vector2[lights.Count];
        for (var i = 0; i < spots.Length; i++)
        {
            spots[i] = lights[i].At(phase);
        }

        for (var i = 0; i < room.Length; i++)
        {
            var (x, y) = (i % Width, i / Width);
            var colour = room[i];
            for (var k = 0; k < spots.Length; k++)
            {
                var away = new Vector2(x - spots[k].X, (y - spots[k].Y) * 2);
                colour += lights[k].Colour / (1 + away.LengthSquared() * 0.0012f);
            }

            Put(picture, i, colour);
        }

        foreach (var person in people)
        {
            Draw(person, phase, spots, picture);
        }
    }

    private void Draw(Person person, float phase, ReadOnlySpan<Vector2> spots, Span<byte> picture)
    {
        var (foot, size) = (person.At(phase), person.Size);
        var light = new Vector3(0.5f);
        for (var k = 0; k < spots.Length; k++)
        {
            light += lights[k].Colour * 1.6f / (1 + Vector2.DistanceSquared(foot, spots[k]) * 0.002f);
        }

        var head = foot - new Vector2(0, size * 4.6f);
        var chest = foot - new Vector2(0, size * 2.2f);
        for (var y = (int)(head.Y - size); y <= foot.Y; y++)
        {
            for (var x = (int)(foot.X - size * 1.5f); x <= foot.X + size * 1.5f; x++)
            {
                var inHead = Vector2.Distance(new(x, y), head) < size * 0.8f;
                var inBody = Math.Abs(x - chest.X) / (size * 1.3f) is var across && Math.Abs(y - chest.Y) / (size * 2.4f) is var along
                    && across * across + along * along * along < 1;
                if ((inHead || inBody) && x is >= 0 and < Width && y is >= 0 and < Height)
                {
                    Put(picture, y * Width + x, light * (inHead ? Skin : person.Clothes));
                }
            }
        }
    }

    private void Furnish(CameraPurpose purpose, Vector3 tint)
    {
        for (var i = 0; i < room.Length; i++)
        {
            var y = i / Width;
            var depth = y < Horizon ? 0.09f + 0.07f * y / Horizon : 0.08f + 0.20f * (y - Horizon) / (Height - Horizon);
            room[i] = new Vector3(depth) + tint * (y < Horizon ? 0.22f : 0.08f);
        }

        switch (purpose)
        {
            case CameraPurpose.Bar:
                Fill(20, 96, 280, 34, new(0.22f, 0.13f, 0.07f));
                for (var bottle = 0; bottle < 22; bottle++)
                {
                    Fill(30 + bottle * 12, 44, 5, 18, Hue(bottle * 0.37f % 1, 0.5f));
                }

                break;
            case CameraPurpose.CashDesk:
                Fill(90, 100, 150, 46, new(0.24f, 0.20f, 0.16f));
                Fill(150, 78, 34, 22, new(0.45f, 0.60f, 0.70f));
                break;
            case CameraPurpose.Entrance:
                Fill(118, 26, 84, 96, new(0.34f, 0.35f, 0.38f));
                Fill(128, 34, 64, 88, new(0.50f, 0.52f, 0.56f));
                break;
            case CameraPurpose.Exit:
                Fill(126, 40, 68, 96, new(0.20f, 0.21f, 0.20f));
                Fill(136, 22, 48, 14, new(0.05f, 0.62f, 0.25f));
                break;
            case CameraPurpose.Outside:
                Fill(0, 0, Width, 40, new(0.02f, 0.02f, 0.06f));
                Fill(30, 46, 90, 16, tint * 1.4f);
                Fill(250, 20, 3, 110, new(0.30f, 0.30f, 0.30f));
                Fill(240, 16, 22, 6, new(0.95f, 0.85f, 0.60f));
                break;
            case CameraPurpose.Hall:
                Fill(40, 110, 60, 14, new(0.30f, 0.20f, 0.14f));
                Fill(210, 122, 70, 16, new(0.30f, 0.20f, 0.14f));
                break;
        }
    }

    private void Fill(int left, int top, int width, int height, Vector3 colour)
    {
        for (var y = top; y < top + height; y++)
        {
            room.AsSpan(y * Width + left, width).Fill(colour);
        }
    }

    private static void Put(Span<byte> picture, int pixel, Vector3 colour)
    {
        var bright = Vector3.Clamp(colour, Vector3.Zero, Vector3.One) * 255;
        (picture[pixel * 3], picture[pixel * 3 + 1], picture[pixel * 3 + 2]) = ((byte)bright.X, (byte)bright.Y, (byte)bright.Z);
    }

    private static Vector3 Hue(float turn, float brightness) => brightness * new Vector3(
        0.5f + 0.5f * MathF.Cos(MathF.Tau * turn),
        0.5f + 0.5f * MathF.Cos(MathF.Tau * (turn - 1 / 3f)),
        0.5f + 0.5f * MathF.Cos(MathF.Tau * (turn - 2 / 3f)));

    // Whole numbers of rounds per loop, so that the end meets the beginning.
    private sealed record Light(Vector3 Colour, float Start, int RoundsX, int RoundsY)
    {
        public Vector2 At(float phase) => new(
            Width * (0.5f + 0.42f * MathF.Sin(MathF.Tau * (RoundsX * phase + Start))),
            Height * (0.52f + 0.34f * MathF.Cos(MathF.Tau * (RoundsY * phase + Start))));
    }

    private sealed record Person(float X, float Y, float Size, float Start, int Steps, bool Walks, Vector3 Clothes)
    {
        public Vector2 At(float phase)
        {
            var swing = MathF.Sin(MathF.Tau * (Steps * phase + Start));
            var x = Walks ? (X + (Width + 60) * (phase + Start)) % (Width + 60) - 30 : X + swing * Size * 0.9f;
            return new(x, Y - MathF.Abs(swing) * Size * (Walks ? 0.15f : 0.4f));
        }
    }
}
