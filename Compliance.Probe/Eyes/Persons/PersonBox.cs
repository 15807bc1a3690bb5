namespace Compliance.Probe.Eyes.Persons;

/// <summary>Where a person seems to be; not who. In pixels of the frame that was looked at, within it.</summary>
/// <param name="Score">How sure the network is, 0 to 1.</param>
internal readonly record struct PersonBox(float X, float Y, float Width, float Height, float Score)
{
    public float CentreX => X + (Width / 2);

    public float CentreY => Y + (Height / 2);

    /// <summary>Where the head is, as far as a box tells: in its upper part, whether all of somebody is in it or less; wide enough for one who leans.</summary>
    public OpenCvSharp.Rect2f Head => new(X + (0.15f * Width), Y, 0.7f * Width, Math.Min(Height, Math.Max(0.55f * Width, 0.2f * Height)));

    /// <summary>The part of both boxes together that is in both, 0 to 1.</summary>
    public float Overlap(PersonBox other)
    {
        var (width, height) = (Math.Min(X + Width, other.X + other.Width) - Math.Max(X, other.X), Math.Min(Y + Height, other.Y + other.Height) - Math.Max(Y, other.Y));
        if (width <= 0 || height <= 0) return 0;
        var both = width * height;
        return both / ((Width * Height) + (other.Width * other.Height) - both);
    }
}

/// <summary>The persons in a frame.</summary>
internal delegate IReadOnlyList<PersonBox> FindPersons(Frame frame);
