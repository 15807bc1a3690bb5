using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>
/// One network, loaded once and shared by all cameras. Runs may go on at the same time; each uses one thread, and hands the memory it took back at once: what a face
/// left in it must not lie about.
/// </summary>
internal sealed class OnnxModel : IDisposable
{
    readonly InferenceSession _session;
    readonly RunOptions _run = new();

    OnnxModel(ModelSlot slot, InferenceSession session)
    {
        (Slot, _session) = (slot, session);
        Input = session.InputNames[0];
        Dimensions = session.InputMetadata[Input].Dimensions;
    }

    public ModelSlot Slot { get; }

    public string Input { get; }

    /// <summary>Batch, channels, height, width, and for a clip also frames; -1 where it is free.</summary>
    public IReadOnlyList<int> Dimensions { get; }

    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>Of an output; -1 where it is free.</summary>
    public IReadOnlyList<int> ShapeOf(string output) => _session.OutputMetadata[output].Dimensions;

    /// <exception cref="ModelRefused">The file is missing, another one, no network, or one of other shapes.</exception>
    public static OnnxModel Open(ModelSlots slots, ModelSlot slot)
    {
        var bytes = slots.BytesOf(slot);
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1, InterOpNumThreads = 1, ExecutionMode = ExecutionMode.ORT_SEQUENTIAL, EnableCpuMemArena = false, EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        InferenceSession session;
        try
        {
            session = new(bytes, options);
        }
        catch (OnnxRuntimeException broken)
        {
            throw new ModelRefused(slots.PathOf(slot), $"is no network that can be run: {broken.Message}");
        }

        var model = new OnnxModel(slot, session);
        if (model.Fits()) return model;
        var shape = string.Join('x', model.Dimensions);
        model.Dispose();
        throw new ModelRefused(slots.PathOf(slot), $"takes {shape}; the slot says {string.Join('x', slot.Input.Shape)}");
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    /// <summary>Whether its input takes any size that is a multiple of 32.</summary>
    public bool IsFree => Dimensions is [_, _, < 0, < 0];

    bool Fits() => Dimensions is [-1 or 1, 3, < 0, < 0] && !Slot.Input.IsClip
        || Dimensions.Count == Slot.Input.Shape.Count && Dimensions.Zip(Slot.Input.Shape).All(pair => pair.First == pair.Second || pair.First == -1);

    /// <summary>Feeds a picture (BGR, 8 bits) of a size the network takes and hands its outputs, which are gone when <paramref name="read"/> returns.</summary>
    public T Run<T>(Mat bgr, Func<Func<string, Memory<float>>, T> read) => Run([1, 3, bgr.Rows, bgr.Cols], values => Fill(values, bgr, 0, bgr.Rows * bgr.Cols), read);

    /// <summary>The same of the pictures of a clip, as many as its input takes, all of its size.</summary>
    public T Run<T>(IReadOnlyList<Mat> clip, Func<Func<string, Memory<float>>, T> read)
    {
        var (input, plane) = (Slot.Input, Slot.Input.Width * Slot.Input.Height);
        return Run([.. input.Shape.Select(size => (long)size)], values =>
        {
            for (var t = 0; t < clip.Count; t++)
                if (input.Layout == SlotInput.ByChannel) Fill(values, clip[t], t * plane, clip.Count * plane);
                else Fill(values, clip[t], 3 * t * plane, plane);
        }, read);
    }

    /// <param name="at">Where the first channel begins; the next ones follow <paramref name="apart"/> from each other.</param>
    void Fill(float[] values, Mat bgr, int at, int apart)
    {
        var (input, plane) = (Slot.Input, bgr.Rows * bgr.Cols);
        var pixels = bgr.AsSpan<Vec3b>();
        var (first, last) = input.Order == "RGB" ? (2, 0) : (0, 2);
        var (mean0, mean1, mean2, scale0, scale1, scale2) = (input.MeanOf(0), input.MeanOf(1), input.MeanOf(2), input.ScaleOf(0), input.ScaleOf(1), input.ScaleOf(2));
        for (var i = 0; i < plane; i++)
        {
            var pixel = pixels[i];
            values[at + i] = (pixel[first] - mean0) * scale0;
            values[at + apart + i] = (pixel[1] - mean1) * scale1;
            values[at + (2 * apart) + i] = (pixel[last] - mean2) * scale2;
        }
    }

    T Run<T>(long[] shape, Action<float[]> fill, Func<Func<string, Memory<float>>, T> read)
    {
        var values = GC.AllocateUninitializedArray<float>((int)shape.Aggregate(1L, (all, size) => all * size), pinned: true);
        try
        {
            fill(values);
            using var fed = OrtValue.CreateTensorValueFromMemory(values, shape);
            using var results = _session.Run(_run, [Input], [fed], Outputs);
            var copies = new Dictionary<string, float[]>();
            try
            {
                return read(name =>
                {
                    if (copies.TryGetValue(name, out var copy)) return copy;
                    var values = results[Outputs.ToList().IndexOf(name)].GetTensorDataAsSpan<float>();
                    values.CopyTo(copy = GC.AllocateUninitializedArray<float>(values.Length, pinned: true)); // never moved, so nothing of it stays behind
                    return copies[name] = copy;
                });
            }
            finally
            {
                foreach (var copy in copies.Values) Array.Clear(copy);
                foreach (var result in results) result.GetTensorMutableDataAsSpan<float>().Clear();
            }
        }
        finally
        {
            Array.Clear(values);
        }
    }
}
