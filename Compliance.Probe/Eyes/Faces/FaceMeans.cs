using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Detectors;
using Compliance.Probe.Eyes.Live;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Somebody who may be on the list of an operation, seen by a camera.</summary>
internal sealed record SeenCandidate(Guid OperationId, Guid DeviceId, Candidate Candidate, DetectorModel Model);

/// <summary>What all cameras share on which faces are compared: two networks, the lanes of all detectors, the way to decode and to tell. Without networks nobody is compared.</summary>
internal sealed record FaceMeans(FaceFinder? Finder, FaceRecogniser? Recogniser, DecodeLive Decode, Action<SeenCandidate> Tell, SemaphoreSlim Lanes) : IDisposable
{
    /// <summary>Every second of ten frames a second: at five a passer is seen three times within less than a second.</summary>
    public const int EachFrame = 2;

    public bool IsReady => Finder is not null && Recogniser is { Thresholds.IsMeasured: true };

    /// <summary>As it is told with that threshold.</summary>
    public DetectorModel Told(double threshold) => new(
        "faces", Recogniser!.Slot.Sha256, Math.Clamp(threshold, 0, 1), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"finder {Finder!.Slot.Sha256}; {Configuration}"))));

    /// <summary>All settings that a judgement depends on, in words, so that their hash tells one way from another.</summary>
    public static string Configuration => string.Create(CultureInfo.InvariantCulture, $"each frame of {EachFrame}, {Frame.Rate} a second; {FaceTracks.Configuration}");

    public void Dispose()
    {
        Finder?.Dispose();
        Recogniser?.Dispose();
    }

    /// <summary>The networks of the slots; none, and said, where one is missing or refused: everything else runs.</summary>
    public static FaceMeans Installed(DecodeLive decode, Action<SeenCandidate> tell, SemaphoreSlim lanes, ILogger log)
    {
        FaceFinder? finder = null;
        try
        {
            var slots = ModelSlots.Read();
            finder = FaceFinder.Open(slots);
            return new(finder, FaceRecogniser.Open(slots), decode, tell, lanes);
        }
        catch (ModelRefused refused)
        {
            finder?.Dispose();
            FacesLog.NoNetworks(log, refused.Message);
            return new(null, null, decode, tell, lanes);
        }
    }
}

static partial class FacesLog
{
    [LoggerMessage(LogLevel.Information, "No faces are compared: {Why}")]
    public static partial void NoNetworks(ILogger log, string why);
}
