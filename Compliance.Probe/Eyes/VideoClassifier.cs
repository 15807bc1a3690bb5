using Compliance.Probe.Eyes.Faces;
using OpenCvSharp;

namespace Compliance.Probe.Eyes;

/// <summary>
/// A network of the user's own over the pictures of a window: none comes with the program, none is listed. Its slot says how it is fed and which of its classes is a fight; what
/// it is worth on the cameras of this house, nobody measured but the one who brought it.
/// </summary>
internal sealed class VideoClassifier : IDisposable
{
    readonly OnnxModel _model;
    readonly SlotClasses _answer;

    VideoClassifier(OnnxModel model, SlotClasses answer) => (_model, _answer) = (model, answer);

    /// <summary>Null where the user's list has no such slot.</summary>
    /// <exception cref="ModelRefused">It has one, and the file is missing, another one, or of other shapes.</exception>
    public static VideoClassifier? Open(ModelSlots slots)
    {
        if (slots[ModelSlots.Video] is not { } slot) return null;
        if (!slot.Input.IsClip) throw new ModelRefused(slots.PathOf(slot), $"needs the number of its frames (input.frames) in {ModelSlots.ListName}");
        if (slot.Answer is not { IsWhole: true } answer) throw new ModelRefused(slots.PathOf(slot), $"needs its classes and which of them is a fight (answer.classes, answer.fight) in {ModelSlots.ListName}");
        var model = OnnxModel.Open(slots, slot);
        if (model.Outputs.Any(name => model.ShapeOf(name) is var shape && shape[^1] == answer.Classes && shape.Take(shape.Count - 1).All(size => size is 1 or -1))) return new(model, answer);
        var gives = string.Join(", ", model.Outputs.Select(name => string.Join('x', model.ShapeOf(name))));
        model.Dispose();
        throw new ModelRefused(slots.PathOf(slot), $"gives {gives}; the slot says 1x{answer.Classes}");
    }

    public ModelSlot Slot => _model.Slot;

    /// <summary>From which score on it is called a fight where it stands alone.</summary>
    public double Threshold => _answer.Threshold;

    public void Dispose() => _model.Dispose();

    /// <summary>How much the pictures of a window look like a fight, 0 to 1. As many as the network takes are drawn at even distances and brought to its size; null without a picture.</summary>
    public double? Score(IReadOnlyList<Frame> frames)
    {
        if (frames.Count == 0) return null;
        var (input, pictures) = (_model.Slot.Input, new List<Mat>());
        try
        {
            for (var t = 0; t < input.Frames; t++)
            {
                using var bgr = frames[(int)((t + 0.5) * frames.Count / input.Frames)].Bgr();
                pictures.Add(new());
                Cv2.Resize(bgr, pictures[^1], new(input.Width, input.Height), 0, 0, bgr.Cols > input.Width ? InterpolationFlags.Area : InterpolationFlags.Linear);
            }

            return _model.Run(pictures, output => Share(output(_model.Outputs.First(name => _model.ShapeOf(name)[^1] == _answer.Classes)).Span));
        }
        finally
        {
            foreach (var picture in pictures) picture.Dispose();
        }
    }

    double Share(ReadOnlySpan<float> numbers)
    {
        double own = numbers[_answer.Fight], share = own;
        if (_answer.Logits && _answer.Classes == 1) share = 1 / (1 + Math.Exp(-own));
        else if (_answer.Logits)
        {
            var all = 0.0;
            foreach (var other in numbers) all += Math.Exp(other - own);
            share = 1 / all;
        }

        return double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
    }
}
