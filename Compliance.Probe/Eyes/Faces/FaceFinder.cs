using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>
/// Finds faces with a network of YuNet's kind (Wu, Peng, Yu: "YuNet: a tiny millisecond-level face detector", 2023): at strides of 8, 16 and 32 pixels it says how sure
/// it is, a box and five points, each measured from its cell.
/// </summary>
internal sealed class FaceFinder(OnnxModel model) : IDisposable
{
    static readonly int[] Strides = [8, 16, 32];

    /// <summary>From so much overlap on two boxes are one face.</summary>
    const double OneFace = 0.3;

    /// <summary>Below it nothing is looked at as a face.</summary>
    public const float Sure = 0.6f;

    /// <exception cref="ModelRefused">The network is missing or is none of this kind.</exception>
    public static FaceFinder Open(ModelSlots slots)
    {
        var slot = slots[ModelSlots.Detector] ?? throw new ModelRefused(ModelSlots.ListName, $"has no slot {ModelSlots.Detector}");
        var model = OnnxModel.Open(slots, slot);
        if (Strides.All(stride => ((string[])["cls", "obj", "bbox", "kps"]).All(part => model.Outputs.Contains($"{part}_{stride}")))) return new(model);
        model.Dispose();
        throw new ModelRefused(slots.PathOf(slot), "has not the outputs of YuNet (cls, obj, bbox and kps at 8, 16 and 32)");
    }

    /// <summary>The network of the slot, opened anew: one that was installed meanwhile is found. Null where there is none; that is said when the box starts, by those who compare faces.</summary>
    public static FaceFinder? Installed()
    {
        try
        {
            return Open(ModelSlots.Read());
        }
        catch (ModelRefused)
        {
            return null;
        }
    }

    public ModelSlot Slot => model.Slot;

    public void Dispose() => model.Dispose();

    /// <summary>The faces of a picture (BGR), the surest first.</summary>
    public IReadOnlyList<Face> Find(Mat bgr, float least = Sure)
    {
        var input = model.Slot.Input;
        var scale = Math.Min(1.0, Math.Min((double)input.Width / bgr.Cols, (double)input.Height / bgr.Rows));
        var (width, height) = (Math.Max(1, (int)Math.Round(bgr.Cols * scale)), Math.Max(1, (int)Math.Round(bgr.Rows * scale)));
        var (columns, rows) = model.IsFree ? (Whole(width), Whole(height)) : (input.Width, input.Height);
        using var fed = new Mat(rows, columns, MatType.CV_8UC3, Scalar.All(0));
        using (var part = fed[new Rect(0, 0, width, height)]) Cv2.Resize(bgr, part, part.Size(), 0, 0, scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
        var found = model.Run(fed, output => Read(output, rows, columns, (float)(1 / scale), least));
        fed.SetTo(Scalar.All(0));
        return found;
    }

    static int Whole(int pixels) => (pixels + 31) / 32 * 32;

    static List<Face> Read(Func<string, Memory<float>> output, int rows, int columns, float scale, float least)
    {
        var found = new List<Face>();
        foreach (var stride in Strides)
        {
            var (classes, objects) = (output($"cls_{stride}"), output($"obj_{stride}"));
            var (boxes, points) = (output($"bbox_{stride}"), output($"kps_{stride}"));
            var across = columns / stride;
            for (var i = 0; i < across * (rows / stride); i++)
            {
                var score = MathF.Sqrt(Math.Clamp(classes.Span[i], 0, 1) * Math.Clamp(objects.Span[i], 0, 1));
                if (score < least) continue;
                var (x, y) = (i % across, i / across);
                var box = boxes.Span.Slice(i * 4, 4);
                var mark = points.Span.Slice(i * 10, 10);
                var (cx, cy, w, h) = ((x + box[0]) * stride, (y + box[1]) * stride, MathF.Exp(box[2]) * stride, MathF.Exp(box[3]) * stride);
                var five = new Point2f[5];
                for (var n = 0; n < 5; n++) five[n] = new((mark[2 * n] + x) * stride * scale, (mark[(2 * n) + 1] + y) * stride * scale);
                found.Add(new(new((cx - (w / 2)) * scale, (cy - (h / 2)) * scale, w * scale, h * scale), score, five));
            }
        }

        var kept = new List<Face>();
        foreach (var face in found.OrderByDescending(face => face.Score))
            if (kept.TrueForAll(better => Face.Overlap(better.Box, face.Box) < OneFace)) kept.Add(face);
        return kept;
    }
}
