using System.Numerics;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Look;

/// <summary>When pictures that come again are a loop.</summary>
internal sealed record RepetitionSettings
{
    /// <summary>So many different pictures came again byte for byte: no sensor makes the same noise twice.</summary>
    public int SameBytes { get; init; } = 5;

    /// <summary>So many different scenes came again, all at distances of one period: coded anew, their bytes differ.</summary>
    public int SameScenes { get; init; } = 12;

    /// <summary>What came again is held so long after it last did.</summary>
    public TimeSpan Held { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Bits of 128 by which two pictures of one moment differ when they were coded twice; a smaller angle than anybody stands still.</summary>
    public int SameMoment { get; init; } = 10;

    /// <summary>Bits of a scene below which nothing in it could come again: the picture of an empty room.</summary>
    public double LeastEntropy { get; init; } = 3;

    /// <summary>Nothing came again for so long: only then does that speak for the camera.</summary>
    public TimeSpan SpeaksAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A coded picture smaller than this (bytes) has hardly anything in it, and may well come again.</summary>
    public int LeastBytes { get; init; } = 4096;
}

/// <summary>
/// Looks for pictures that were shown before. Live pictures never repeat to the byte; a loop that is played does, and one that is coded anew
/// shows the same people in the same places at a fixed distance in time. What stands still is no sign: an empty room looks alike at all hours.
/// </summary>
internal sealed class Repetition(RepetitionSettings settings, ShownBefore before)
{
    /// <summary>Nearer in time is a picture that was frozen or hardly stirred, which is another test's.</summary>
    const uint Least = 20;

    /// <summary>Once it knows some, every fourth look is remembered: days fit in.</summary>
    const int Dense = 256, Every = 4;

    /// <summary>A cell moved that lies so many gray levels off the usual, whatever the light; so many of them tell a moment.</summary>
    const float Off = 14, LeastMoved = 0.04f;

    /// <summary>Distances of one period agree within so many seconds; so many of the matches have to.</summary>
    const double SamePeriod = 1.6, Agreeing = 0.8;

    static readonly sbyte[][] Planes = MakePlanes();

    /// <summary>More matches than this say nothing more.</summary>
    const int MostMatches = 256;

    /// <summary>So many pictures tell how much there is to see.</summary>
    const int MostWeighed = 512;

    readonly List<(ShownPicture Shown, uint Lag, bool IsSame)> _matches = [];
    float[]? _usual;
    ShownPicture _previous;
    ulong _coded;
    int _looks;

    public ShownBefore Before => before;

    /// <summary>Pictures looked at since the first that is remembered, and how long that is.</summary>
    public (int Pictures, TimeSpan Over) Seen(DateTimeOffset now) =>
        before.Count == 0 ? (0, TimeSpan.Zero) : (_looks, TimeSpan.FromSeconds(Math.Max(0, now.ToUnixTimeSeconds() - Oldest())));

    /// <summary>
    /// How much there is to see in the scene, in bits: how evenly the pictures that are remembered fall into different moments. Pictures in which too little
    /// moved to tell a moment are all one; of such a scene it proves nothing that none came again.
    /// </summary>
    public double Entropy()
    {
        var moments = new List<(ShownPicture Of, int Count)>();
        foreach (ref readonly var picture in before.All[^Math.Min(before.Count, MostWeighed)..])
        {
            var shown = picture;
            var at = moments.FindIndex(moment => IsTold(shown) ? IsOneMoment(moment.Of, shown) : !IsTold(moment.Of));
            if (at < 0) moments.Add((shown, 1));
            else moments[at] = (moments[at].Of, moments[at].Count + 1);
        }

        double all = moments.Sum(moment => moment.Count);
        return moments.Sum(moment => -moment.Count / all * Math.Log2(moment.Count / all));
    }

    /// <summary>What has come again of late; null when that is no loop.</summary>
    public Finding Look(AccessUnit keyframe, GrayPicture picture, PictureFacts facts, DateTimeOffset at)
    {
        var (now, coded) = ((uint)at.ToUnixTimeSeconds(), ShownBefore.Hash(Picture(keyframe)));
        var shown = new ShownPicture(keyframe.AnnexB.Length < settings.LeastBytes ? 0 : coded, 0, 0, now);
        if (Moved(picture, facts) is var (high, low)) shown = shown with { MovedHigh = high, MovedLow = low };
        if (coded != _coded) Match(shown);
        if (before.Count < Dense || _looks % Every == 0) before.Add(shown);
        (_previous, _coded, _looks) = (shown, coded, _looks + 1);
        _matches.RemoveAll(match => now - match.Shown.At > settings.Held.TotalSeconds);
        if (_matches.Count > MostMatches) _matches.RemoveAt(0);
        return Weigh();
    }

    void Match(ShownPicture shown)
    {
        uint? same = null, scene = null;
        // Who stands where he stood a look ago has not come again.
        var isResting = IsOneMoment(_previous, shown);
        foreach (ref readonly var old in before.All)
        {
            if (old.At + Least > shown.At) continue;
            var lag = shown.At - old.At;
            if (shown.Bytes != 0 && old.Bytes == shown.Bytes) same = Math.Min(same ?? uint.MaxValue, lag);
            else if (!isResting && IsOneMoment(old, shown))
                scene = Math.Min(scene ?? uint.MaxValue, lag);
        }

        if ((same ?? scene) is { } found) _matches.Add((shown, found, same is not null));
    }

    Finding Weigh()
    {
        var same = _matches.Where(m => m.IsSame).DistinctBy(m => m.Shown.Bytes).ToArray();
        if (same.Length >= settings.SameBytes) return Finding.Of(Verdict.LoopedOrReplayed, Reason.PicturesRepeat, same.Length, same.Min(m => m.Lag));
        if (_matches.Count < settings.SameScenes) return Finding.None;
        var (scenes, period) = _matches.Select(m => m.Lag).Distinct().Select(lag => (Scenes: Scenes(lag), lag)).MaxBy(x => x.Scenes);
        return scenes >= settings.SameScenes ? Finding.Of(Verdict.LoopedOrReplayed, Reason.PicturesRepeat, scenes, period) : Finding.None;
    }

    /// <summary>How many different scenes came again at distances of this period; none where most matches lie at others.</summary>
    int Scenes(uint period)
    {
        var fitting = _matches.Where(m => m.Lag % (double)period is var rest && Math.Min(rest, period - rest) <= SamePeriod).ToArray();
        if (fitting.Length < _matches.Count * Agreeing) return 0;
        var different = new List<ShownPicture>();
        foreach (var (shown, _, _) in fitting)
            if (!different.Exists(other => IsOneMoment(other, shown))) different.Add(shown);
        return different.Count;
    }

    bool IsOneMoment(ShownPicture a, ShownPicture b) =>
        IsTold(a) && IsTold(b) && BitOperations.PopCount(a.MovedHigh ^ b.MovedHigh) + BitOperations.PopCount(a.MovedLow ^ b.MovedLow) <= settings.SameMoment;

    static bool IsTold(ShownPicture picture) => (picture.MovedHigh | picture.MovedLow) != 0;

    /// <summary>Parameter sets and other remarks may be written anew around the same picture.</summary>
    static ReadOnlySpan<byte> Picture(AccessUnit keyframe)
    {
        var bytes = keyframe.AnnexB.Span;
        for (var at = 0; at + 4 < bytes.Length; at++)
            if (bytes[at] == 0 && bytes[at + 1] == 0 && bytes[at + 2] == 1 && Nal.IsKeyframe(keyframe.Codec, NalPieces.TypeOf(keyframe.Codec, bytes[at + 3]))) return bytes[at..];
        return bytes;
    }

    /// <summary>
    /// On which side of 128 planes the difference to the usual view lies, once the light is taken away; null when too little moved. Planes are the same
    /// in every probe and every run.
    /// </summary>
    (ulong High, ulong Low)? Moved(GrayPicture picture, PictureFacts facts)
    {
        var cells = CellSums.Brightness(picture);
        if (_usual is not { } usual)
        {
            _usual = cells;
            return null;
        }

        var difference = WithoutLight(cells, usual, facts.Print);
        for (var i = 0; i < Cells.Count; i++) usual[i] += (cells[i] - usual[i]) / 64;
        var moved = 0;
        for (var i = 0; i < Cells.Count; i++)
        {
            if (MathF.Abs(difference[i]) < Off) difference[i] = 0;
            else moved++;
        }

        if (moved < Cells.Count * LeastMoved) return null;
        ulong high = 0, low = 0;
        for (var plane = 0; plane < 128; plane++)
        {
            float side = 0;
            for (var i = 0; i < Cells.Count; i++) side += difference[i] * Planes[plane][i];
            if (side > 0 && plane < 64) high |= 1UL << plane;
            else if (side > 0) low |= 1UL << (plane - 64);
        }

        return (high, low);
    }

    /// <summary>What is left of the cells when the usual ones, made brighter and stronger as fits best, are taken away; letters are left out.</summary>
    static float[] WithoutLight(float[] cells, float[] usual, IReadOnlySet<int> print)
    {
        double n = 0, x = 0, y = 0, xx = 0, xy = 0;
        for (var i = 0; i < Cells.Count; i++)
        {
            if (print.Contains(i)) continue;
            (n, x, y, xx, xy) = (n + 1, x + usual[i], y + cells[i], xx + (usual[i] * usual[i]), xy + (usual[i] * cells[i]));
        }

        var spread = (n * xx) - (x * x);
        var gain = spread > 1 ? ((n * xy) - (x * y)) / spread : 1;
        var offset = n > 0 ? (y - (gain * x)) / n : 0;
        var left = new float[Cells.Count];
        for (var i = 0; i < Cells.Count; i++) left[i] = print.Contains(i) ? 0 : (float)(cells[i] - (gain * usual[i]) - offset);
        return left;
    }

    long Oldest()
    {
        var oldest = uint.MaxValue;
        foreach (ref readonly var picture in before.All) oldest = Math.Min(oldest, picture.At);
        return oldest;
    }

    static sbyte[][] MakePlanes()
    {
        var random = new Random(417);
        return [.. Enumerable.Range(0, 128).Select(_ => Enumerable.Range(0, Cells.Count).Select(_ => (sbyte)random.Next(-64, 64)).ToArray())];
    }
}
