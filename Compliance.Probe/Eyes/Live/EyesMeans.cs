using System.Collections.Concurrent;
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
/// <returns>False where it, or the bytes of a clip that came with it, could not be kept: those are told again with what is told next.</returns>
internal delegate bool TellAlert(SeenAlert seen, DetectorModel model);

/// <summary>What all cameras that are watched share: what can be looked for, the lanes in which frames are worked on, the way to decode and to tell.</summary>
/// <param name="Kinds">Each detector at most once.</param>
internal sealed record EyesMeans(IReadOnlyList<SenseKind> Kinds, DecodeLive Decode, TellAlert Tell, EyesSettings Settings, string Folder, TimeProvider Clock) : IDisposable
{
    /// <summary>A service that ends is killed after a while: so long it waits at most.</summary>
    static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    /// <summary>So many cameras' frames are worked on at once: what watches, proves and tells keeps a core.</summary>
    public SemaphoreSlim Lanes { get; } = new(Settings.LanesOr(Environment.ProcessorCount));

    /// <summary>Two streams of a camera are compared; one camera at a time.</summary>
    public SemaphoreSlim Comparing { get; } = new(1);

    /// <summary>Alerts whose clip is being cut or blurred: no round waits for them, the end of the probe does.</summary>
    readonly ConcurrentDictionary<Task, bool> _tellings = [];
    readonly CancellationTokenSource _over = new();

    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>Makes the copies that desks are shown; null: none are made.</summary>
    public BlurClip? Blur { get; init; }

    /// <summary>When the probe ends: no copy is made any more.</summary>
    public CancellationToken Over => _over.Token;

    /// <param name="work">All that is left to be told of one alert but its end.</param>
    public void Await(Task work)
    {
        _tellings[work] = true;
        _ = work.ContinueWith(done => _tellings.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The probe ends, and nothing is watched any more: clips that are being cut are told yet.</summary>
    public async Task AllTold()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_tellings.Keys).WaitAsync(LastWords).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        Lanes.Dispose();
        Comparing.Dispose();
        _over.Dispose();
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
            if (!persons)
            {
                EyesLog.NoModel(log, refused.Message);
                return null;
            }

            EyesLog.NoBoxes(log, refused.Message);
            return Shipped(log);
        }
    }
}

static partial class EyesLog
{
    [LoggerMessage(LogLevel.Error, "No fights are looked for: {Why}")]
    public static partial void NoModel(ILogger log, string why);

    [LoggerMessage(LogLevel.Warning, "Fights are told by the model that needs no boxes: {Why}")]
    public static partial void NoBoxes(ILogger log, string why);
}
