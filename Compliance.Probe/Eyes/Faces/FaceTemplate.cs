using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>
/// The numbers by which a recogniser tells a face: a vector of length one, or the average of several such. It lives in memory that is never moved (so no copy stays behind), is never written anywhere
/// by this program, and is wiped as soon as it is let go.
/// </summary>
internal sealed class FaceTemplate : IDisposable
{
    readonly float[] _values;
    bool _wiped;

    FaceTemplate(int length) => _values = GC.AllocateArray<float>(length, pinned: true);

    /// <param name="values">Any length but zero; it is the caller's to wipe.</param>
    public FaceTemplate(ReadOnlySpan<float> values) : this(values.Length)
    {
        values.CopyTo(_values);
        Norm(_values);
    }

    public int Length => _values.Length;

    public ReadOnlySpan<float> Values => _wiped ? throw new ObjectDisposedException(nameof(FaceTemplate)) : _values;

    /// <summary>Cosine, -1 to 1.</summary>
    public double Likeness(FaceTemplate other) => TensorPrimitives.Dot(Values, other.Values);

    /// <summary>The mean of several pictures of one person, a template of its own: as somebody is enrolled.</summary>
    public static FaceTemplate Mean(IReadOnlyList<FaceTemplate> several)
    {
        var mean = new FaceTemplate(several[0].Length);
        foreach (var one in several) TensorPrimitives.Add(mean._values, one.Values, mean._values);
        Norm(mean._values);
        return mean;
    }

    /// <summary>
    /// The same without the length of one: its likeness to a template is the mean of theirs. Of a passer, because two means of length one look more alike than two pictures do, of strangers too
    /// (<c>./run evaluate faces</c>): thresholds that were measured of single pictures would let in more of them than they say.
    /// </summary>
    public static FaceTemplate Average(IReadOnlyList<FaceTemplate> several)
    {
        var average = new FaceTemplate(several[0].Length);
        foreach (var one in several) TensorPrimitives.Add(average._values, one.Values, average._values);
        TensorPrimitives.Divide(average._values, several.Count, average._values);
        return average;
    }

    public static FaceTemplate FromBytes(ReadOnlySpan<byte> bytes) => new(MemoryMarshal.Cast<byte, float>(bytes));

    public void Dispose()
    {
        _wiped = true;
        Array.Clear(_values);
    }

    static void Norm(float[] values)
    {
        var norm = TensorPrimitives.Norm<float>(values);
        if (norm > 0) TensorPrimitives.Divide(values, norm, values);
    }
}
