using Compliance.Domain.WatchLists;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Turns the crop of a face into a template, with whatever network stands in its slot.</summary>
internal sealed class FaceRecogniser(OnnxModel model, ThresholdTable thresholds) : IDisposable
{
    /// <exception cref="ModelRefused">The network is missing, or gives no vector of the length its slot says.</exception>
    public static FaceRecogniser Open(ModelSlots slots)
    {
        var slot = slots[ModelSlots.Recogniser] ?? throw new ModelRefused(ModelSlots.ListName, $"has no slot {ModelSlots.Recogniser}");
        if (slot.Input is not { Width: FaceCrop.Side, Height: FaceCrop.Side }) throw new ModelRefused(slots.PathOf(slot), $"wants {slot.Input.Width}x{slot.Input.Height}; crops are {FaceCrop.Side} wide and high");
        var recogniser = new FaceRecogniser(OnnxModel.Open(slots, slot), slots.ThresholdsOf(slot));
        using var nothing = new Mat(FaceCrop.Side, FaceCrop.Side, MatType.CV_8UC3, Scalar.All(127));
        using var template = recogniser.Template(nothing);
        if (template.Length == slot.Length) return recogniser;
        recogniser.Dispose();
        throw new ModelRefused(slots.PathOf(slot), $"gives {template.Length} numbers; its slot says {slot.Length}");
    }

    public ModelSlot Slot => model.Slot;

    public ThresholdTable Thresholds { get; } = thresholds;

    /// <param name="crop"><see cref="FaceCrop"/>.</param>
    public FaceTemplate Template(Mat crop) => model.Run(crop, output => new FaceTemplate(output(model.Outputs[0]).Span));

    public void Dispose() => model.Dispose();
}
