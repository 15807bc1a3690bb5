using Compliance.Probe.Eyes.Faces;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Persons;

/// <summary>
/// Finds persons with a network of NanoDet's kind (RangiLyu, github.com/RangiLyu/nanodet, Apache-2.0): at strides of 8, 16 and 32 pixels it says for each cell how sure it is of
/// each of 80 things, the first of which is a person, and how far the box reaches to the left, top, right and bottom, each as odds of eight distances.
/// One network for all cameras; runs may go on at the same time. Its batch is one picture: on one thread two at once would take twice as long.
/// </summary>
internal sealed class PersonFinder : IDisposable
{
    static readonly int[] Strides = [8, 16, 32];

    const int Things = 80, Distances = 8;

    /// <summary>From so much overlap on two boxes are one person. People in a clinch overlap by less.</summary>
    const float OnePerson = 0.6f;

    /// <summary>Below it nothing is taken for a person.</summary>
    public const float Sure = 0.4f;

    /// <summary>Side of a box, in pixels of the network's input, below which nothing is said: it would be noise.</summary>
    const float Smallest = 6;

    /// <summary>What surrounds a picture of another shape than the input's.</summary>
    static readonly Scalar Edge = Scalar.All(114);

    readonly OnnxModel _model;
    readonly (string Sure, string Box)[] _outputs;

    PersonFinder(OnnxModel model, (string, string)[] outputs) => (_model, _outputs) = (model, outputs);

    /// <exception cref="ModelRefused">The network is missing or is none of this kind.</exception>
    public static PersonFinder Open(ModelSlots slots)
    {
        var slot = slots[ModelSlots.Persons] ?? throw new ModelRefused(ModelSlots.ListName, $"has no slot {ModelSlots.Persons}");
        var model = OnnxModel.Open(slots, slot);
        if (!model.IsFree && Strides.Select(stride => Pair(model, slot.Input.Width / stride * (slot.Input.Height / stride))).ToArray() is var pairs && pairs.All(pair => pair is not null))
            return new(model, [.. pairs.Select(pair => pair!.Value)]);
        model.Dispose();
        throw new ModelRefused(slots.PathOf(slot), $"has not the outputs of NanoDet ({Things} things and 4 x {Distances} distances for each cell at 8, 16 and 32)");
    }

    static (string, string)? Pair(OnnxModel model, int cells)
    {
        string? Of(int numbers) => model.Outputs.FirstOrDefault(name => model.ShapeOf(name) is [.., var rows, var columns] && (rows, columns) == (cells, numbers));
        return (Of(Things), Of(4 * Distances)) is ({ } sure, { } box) ? (sure, box) : null;
    }

    public ModelSlot Slot => _model.Slot;

    public void Dispose() => _model.Dispose();

    /// <summary>The persons in a frame, grey or with its colours, of any size; the surest first, in pixels of the frame.</summary>
    public IReadOnlyList<PersonBox> Find(Frame frame, float least = Sure)
    {
        using var bgr = frame.Bgr();
        return Find(bgr, least);
    }

    /// <summary>The same of a picture (BGR, 8 bits).</summary>
    public IReadOnlyList<PersonBox> Find(Mat bgr, float least = Sure)
    {
        var input = _model.Slot.Input;
        var scale = Math.Min((double)input.Width / bgr.Cols, (double)input.Height / bgr.Rows);
        var (width, height) = (Math.Clamp((int)Math.Round(bgr.Cols * scale), 1, input.Width), Math.Clamp((int)Math.Round(bgr.Rows * scale), 1, input.Height));
        var (left, top) = ((input.Width - width) / 2, (input.Height - height) / 2);
        using var fed = new Mat(input.Height, input.Width, MatType.CV_8UC3, Edge);
        using (var part = fed[new Rect(left, top, width, height)]) Cv2.Resize(bgr, part, part.Size(), 0, 0, scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear);
        var found = _model.Run(fed, output => Read(output, least));
        return Best([.. found.Select(box => Within(box, left, top, scale, bgr.Cols, bgr.Rows))]);
    }

    List<PersonBox> Read(Func<string, Memory<float>> output, float least)
    {
        var found = new List<PersonBox>();
        for (var level = 0; level < Strides.Length; level++)
        {
            var (stride, across) = (Strides[level], _model.Slot.Input.Width / Strides[level]);
            var sure = output(_outputs[level].Sure).Span;
            var boxes = output(_outputs[level].Box).Span;
            for (var cell = 0; cell < sure.Length / Things; cell++)
            {
                var score = sure[cell * Things];
                if (!(score >= least)) continue;
                var (x, y) = ((cell % across * stride) + ((stride - 1) / 2f), (cell / across * stride) + ((stride - 1) / 2f));
                var sides = boxes.Slice(cell * 4 * Distances, 4 * Distances);
                var (l, t, r, b) = (Reach(sides[..Distances]), Reach(sides.Slice(Distances, Distances)), Reach(sides.Slice(2 * Distances, Distances)), Reach(sides[(3 * Distances)..]));
                found.Add(new(x - (l * stride), y - (t * stride), (l + r) * stride, (t + b) * stride, Math.Min(score, 1)));
            }
        }

        found.RemoveAll(box => !(box.Width >= Smallest && box.Height >= Smallest));
        return found;
    }

    /// <summary>The mean of the distances 0 to 7, by their odds.</summary>
    static float Reach(ReadOnlySpan<float> odds)
    {
        var (most, sum, mean) = (float.MinValue, 0f, 0f);
        foreach (var one in odds) most = Math.Max(most, one);
        for (var distance = 0; distance < odds.Length; distance++)
        {
            var weight = MathF.Exp(odds[distance] - most);
            (sum, mean) = (sum + weight, mean + (weight * distance));
        }

        return mean / sum;
    }

    static PersonBox Within(PersonBox box, int left, int top, double scale, int columns, int rows)
    {
        float X(float x) => (float)Math.Clamp((x - left) / scale, 0, columns);
        float Y(float y) => (float)Math.Clamp((y - top) / scale, 0, rows);
        return new(X(box.X), Y(box.Y), X(box.X + box.Width) - X(box.X), Y(box.Y + box.Height) - Y(box.Y), box.Score);
    }

    /// <summary>Of boxes that are one person the surest.</summary>
    static List<PersonBox> Best(List<PersonBox> found)
    {
        var kept = new List<PersonBox>();
        foreach (var box in found.Where(box => box is { Width: > 0, Height: > 0 }).OrderByDescending(box => box.Score))
            if (kept.TrueForAll(better => better.Overlap(box) < OnePerson)) kept.Add(box);
        return kept;
    }
}
