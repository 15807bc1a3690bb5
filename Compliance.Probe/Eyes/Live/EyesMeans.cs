using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Probe.Eyes.Live;

/// <summary>What was seen of an alert so far. It is told when it begins, when its clip is cut and when it has ended.</summary>
/// <param name="Until">Null while it goes on.</param>
internal sealed record SeenAlert(Guid AlertId, Guid DeviceId, AlertKind Kind, DateTimeOffset From, DateTimeOffset? Until, double Score, int Analysed, int Skipped, Clip? Clip)
{
    /// <summary>Null until it is made.</summary>
    public BlurredCopy? Blurred { get; init; }
}

/// <summary>Where alerts go. Each time all that is known of it is told.</summary>
internal delegate void TellAlert(SeenAlert seen, DetectorModel model);

/// <summary>What all cameras that are watched share: what can be looked for, the lanes in which frames are worked on, the way to decode and to tell.</summary>
/// <param name="Kinds">Each detector at most once.</param>
internal sealed record EyesMeans(IReadOnlyList<SenseKind> Kinds, DecodeLive Decode, TellAlert Tell, EyesSettings Settings, string Folder, TimeProvider Clock) : IDisposable
{
    /// <summary>So many cameras' frames are worked on at once: what watches, proves and tells keeps a core.</summary>
    public SemaphoreSlim Lanes { get; } = new(Settings.LanesOr(Environment.ProcessorCount));

    /// <summary>Two streams of a camera are compared; one camera at a time.</summary>
    public SemaphoreSlim Comparing { get; } = new(1);

    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Makes the copies that desks are shown; null: none are made.</summary>
    public BlurClip? Blur { get; init; }

    public void Dispose()
    {
        Lanes.Dispose();
        Comparing.Dispose();
    }

    /// <summary>The shipped model of fights, the one with boxes where something finds persons; null, and said, where its file is missing or refused: everything else runs.</summary>
    public static FightModel? Shipped(ILogger log, bool persons = false)
    {
        try
        {
            OpenCvSharp.Cv2.SetNumThreads(1); // cameras share the cores, not one camera all of them
            return FightModel.Shipped(persons);
        }
        catch (ModelRefused refused)
        {
            EyesLog.NoModel(log, refused.Message);
            return persons ? Shipped(log) : null;
        }
    }
}

static partial class EyesLog
{
    [LoggerMessage(LogLevel.Error, "No fights are looked for: {Why}")]
    public static partial void NoModel(ILogger log, string why);
}
