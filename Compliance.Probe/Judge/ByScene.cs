using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;

namespace Compliance.Probe.Judge;

/// <summary>What it is worth that nothing came again: something where there was much to see for long, nothing in a still life.</summary>
internal static class ByScene
{
    public static Proven Weigh(int pictures, TimeSpan over, double entropy, RepetitionSettings settings, DateTimeOffset now)
    {
        var (bits, nothing) = (Math.Round(entropy, 1), Detail.Of(Reason.NothingRepeated, pictures, Math.Round(over.TotalHours, 1)));
        if (entropy < settings.LeastEntropy) return new(ProofState.Unverifiable, Detail.And(Detail.Of(Reason.SceneStill, bits), nothing), now);
        var speaks = over >= settings.SpeaksAfter;
        return new(speaks ? ProofState.Given : ProofState.Unverifiable, Detail.And(nothing, Detail.Of(Reason.SceneLives, bits)), now) { Strength = speaks ? ProofStrength.Weak : ProofStrength.None };
    }

    /// <summary>A clock that runs beside the camera's own adds to what the scene says.</summary>
    public static Proven With(this Proven scene, ClockFound found) => found.IsRight != true ? scene with { Detail = Detail.And(found.Evidence, scene.Detail) }
        : scene with { State = ProofState.Given, Detail = Detail.And(found.Evidence, scene.Detail), Strength = scene.Strength == ProofStrength.None ? ProofStrength.Weak : ProofStrength.Fair };
}
