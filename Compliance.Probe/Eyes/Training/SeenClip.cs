namespace Compliance.Probe.Eyes.Training;

/// <summary>A clip and the numbers of its windows under each light.</summary>
internal sealed record SeenClip(Clip Clip, IReadOnlyDictionary<string, IReadOnlyList<float[]>> Windows);
