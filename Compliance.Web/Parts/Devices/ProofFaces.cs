using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using static MudBlazor.Icons.Material;

namespace Compliance.Web.Parts.Devices;

/// <summary>How a proof looks on a page.</summary>
public static class ProofFaces
{
    public static string Tone(this ProofState state) => state switch { ProofState.Given => "good", ProofState.Broken => "bad", _ => "unclear" };

    public static string Icon(this ProofState state) => state switch
    {
        ProofState.Given => Rounded.Verified,
        ProofState.Broken => Rounded.ReportProblem,
        ProofState.Unverifiable => Rounded.PersonSearch,
        _ => Rounded.HourglassEmpty,
    };

    /// <summary>The three things a camera proves. That it is the camera it was stands in its verdict when it is not; a camera that names no serial number cannot be known again.</summary>
    public static IEnumerable<(string Name, Proven Proven)> Three(this CameraProofs proofs, DeviceCard card)
    {
        var other = (Detail.Read(card.Detail) ?? []).FirstOrDefault(why => why.Reason == Reason.OtherDevice);
        yield return ("identity", other is not null ? new(ProofState.Broken, Detail.Of(Reason.OtherDevice, [.. other.Figures]), proofs.At)
            : new(proofs.Serial is { Length: > 0 } ? ProofState.Given : ProofState.Unverifiable, "", proofs.At));
        yield return ("live", proofs.Live);
        yield return ("archive", proofs.Archive);
    }
}
