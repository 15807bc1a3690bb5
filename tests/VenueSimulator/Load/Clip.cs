namespace VenueSimulator.Load;

/// <summary>Video codecs a camera may send.</summary>
public enum Codec
{
    H264,
    H265,
}

/// <summary>One picture, cut into RTP packets in RTSP interleaved framing; sequence, time and source are stamped when sent.</summary>
/// <param name="Wire">The packets, one after the other, each behind its four framing bytes.</param>
/// <param name="Starts">Where each packet begins in <paramref name="Wire"/>, and the end as the last entry.</param>
/// <param name="Keyframe">Whether a decoder can start here.</param>
internal sealed record AccessUnit(byte[] Wire, int[] Starts, bool Keyframe)
{
    public int Packets => Starts.Length - 1;
}

/// <summary>A raw H.264 or H.265 file (Annex B, no B-frames), cut into RTP once and played by any number of cameras.</summary>
public sealed class Clip
{
    private Clip(Codec codec, double fps, IReadOnlyList<AccessUnit> units, IReadOnlyList<byte[]> parameterSets)
    {
        (Codec, Fps, Units, ParameterSets) = (codec, fps, units, parameterSets);
        FirstKeyframe = units.First(unit => unit.Keyframe);
        var next = Enumerable.Range(1, units.Count - 1).FirstOrDefault(i => units[i].Keyframe, units.Count);
        Gop = TimeSpan.FromSeconds(next / fps);
    }

    public Codec Codec { get; }
    public double Fps { get; }

    /// <summary>Time between the first two keyframes.</summary>
    public TimeSpan Gop { get; }

    internal IReadOnlyList<AccessUnit> Units { get; }
    internal AccessUnit FirstKeyframe { get; }

    /// <summary>VPS (H.265 only), SPS, PPS, in this order.</summary>
    internal IReadOnlyList<byte[]> ParameterSets { get; }

    public static Clip Load(string file, Codec codec, double fps)
    {
        var pictures = AnnexB.Pictures(File.ReadAllBytes(file), codec).ToList();
        var sets = pictures.SelectMany(picture => picture)
            .Where(nal => AnnexB.IsParameterSet(nal.Span[0], codec))
            .DistinctBy(nal => nal.Span[0])
            .OrderBy(nal => AnnexB.TypeOf(nal.Span[0], codec))
            .Select(nal => nal.ToArray());
        return new(codec, fps, [.. pictures.Select(picture => RtpCutter.Cut(picture, codec))], [.. sets]);
    }
}
