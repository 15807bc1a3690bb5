namespace Compliance.Probe.Eyes;

/// <summary>One instant of a camera, as all its senses are shown it: a tenth of a second each, without gaps.</summary>
/// <param name="Frame">Null where nobody looked at it.</param>
/// <param name="Motion">What moved up to it; null where there is no frame under the same light to compare it with.</param>
internal sealed record Glance(TimeSpan At, Frame? Frame, MotionField? Motion);
