using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>The faces that were found in one frame of a clip.</summary>
/// <param name="Frame">Its number, from 0.</param>
internal readonly record struct FacesSeen(int Frame, IReadOnlyList<Rect2f> Boxes);

/// <summary>
/// Where faces are hidden in each frame of a whole clip. A finder misses faces for a while (a turned head, an arm before it, a flash): what was found before and after is joined, and hidden all the way,
/// and for a while before it was first and after it was last found. The less is known of where a face is, the larger is what is hidden.
/// </summary>
internal static class FaceTrails
{
    /// <summary>Seconds for which a face that is not found may be the one that was found before, and for which it is hidden where nothing follows.</summary>
    public const double Gap = 1.5, Pad = 0.8;

    /// <summary>Of a face's width, around it on every side; and how much more for each second in which it was not found.</summary>
    public const float Margin = 0.35f;
    const float Slack = 0.9f;

    /// <summary>How sure a finder has to be: hiding what is no face costs less than showing one.</summary>
    public const float Least = 0.35f;

    /// <summary>In widths of a face: so far it may have gone at once, and for each second.</summary>
    const double Near = 0.8, Pace = 2.5;

    /// <summary>A face does not become so much larger or smaller within a gap.</summary>
    const double Growth = 1.8;

    /// <param name="seen">In the order of the frames; of some frames, not of all.</param>
    /// <param name="rate">Frames a second.</param>
    /// <returns>For each frame of the clip.</returns>
    public static IReadOnlyList<IReadOnlyList<Rect2f>> Of(IEnumerable<FacesSeen> seen, int frames, double rate)
    {
        var hidden = Enumerable.Range(0, frames).Select(_ => new List<Rect2f>()).ToArray();
        foreach (var trail in Joined(seen, rate)) Hide(trail, hidden, rate);
        return hidden;
    }

    static List<List<(int Frame, Rect2f Box)>> Joined(IEnumerable<FacesSeen> seen, double rate)
    {
        var trails = new List<List<(int Frame, Rect2f Box)>>();
        foreach (var (frame, boxes) in seen)
        {
            var open = trails.Where(trail => (frame - trail[^1].Frame) / rate <= Gap).ToList();
            var pairs = open.SelectMany(trail => boxes.Select((box, i) => (trail, i, away: Away(trail[^1].Box, box, (frame - trail[^1].Frame) / rate))))
                .Where(pair => pair.away <= 1).OrderBy(pair => pair.away);
            var (taken, joined) = (new HashSet<int>(), new HashSet<object>());
            foreach (var (trail, i, _) in pairs)
            {
                if (taken.Contains(i) || joined.Contains(trail)) continue;
                taken.Add(i);
                joined.Add(trail);
                trail.Add((frame, boxes[i]));
            }

            for (var i = 0; i < boxes.Count; i++)
                if (!taken.Contains(i)) trails.Add([(frame, boxes[i])]);
        }

        return trails;
    }

    /// <summary>As a share of how far the face may have gone meanwhile; above 1 it is another one.</summary>
    static double Away(Rect2f a, Rect2f b, double seconds)
    {
        var ratio = (double)a.Width / b.Width;
        if (ratio is > Growth or < 1 / Growth) return double.PositiveInfinity;
        var (x, y) = (a.X + (a.Width / 2) - b.X - (b.Width / 2), a.Y + (a.Height / 2) - b.Y - (b.Height / 2));
        return Math.Sqrt((x * x) + (y * y)) / Math.Max(a.Width, b.Width) / (Near + (Pace * seconds));
    }

    static void Hide(List<(int Frame, Rect2f Box)> trail, List<Rect2f>[] hidden, double rate)
    {
        var pad = (int)Math.Ceiling(Pad * rate);
        var (first, last) = (trail[0], trail[^1]);
        for (var n = Math.Max(0, first.Frame - pad); n < first.Frame; n++) Add(n, first.Box, first.Frame - n);
        for (var i = 0; i < trail.Count; i++)
        {
            var (frame, box) = trail[i];
            Add(frame, box, 0);
            if (i + 1 == trail.Count) break;
            var (next, there) = trail[i + 1];
            for (var n = frame + 1; n < next; n++) Add(n, Between(box, there, (float)(n - frame) / (next - frame)), Math.Min(n - frame, next - n));
        }

        for (var n = last.Frame + 1; n <= Math.Min(hidden.Length - 1, last.Frame + pad); n++) Add(n, last.Box, n - last.Frame);

        // How far from the frame in which it was found, in frames.
        void Add(int n, Rect2f box, int away) => hidden[n].Add(FacePicture.Grown(box, Margin + (float)(Slack * away / rate)));
    }

    static Rect2f Between(Rect2f a, Rect2f b, float share)
    {
        return new(Mix(a.X, b.X), Mix(a.Y, b.Y), Mix(a.Width, b.Width), Mix(a.Height, b.Height));

        float Mix(float from, float to) => from + ((to - from) * share);
    }
}
