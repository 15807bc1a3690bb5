using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>
/// Which certificate each camera showed first. Cameras sign their own, so no authority vouches for them: the first one seen is
/// pinned, and another is refused unless the system itself trusts it. A camera that was replaced is pinned anew after
/// <c>Probe:PinsSince</c> was moved.
/// </summary>
internal sealed partial class Pins
{
    readonly ProbeFile _file;
    readonly TimeProvider _clock;
    readonly ILogger<Pins> _log;
    readonly ConcurrentDictionary<string, string> _pinned;

    public Pins(ProbeFile file, ProbeOptions options, TimeProvider clock, ILogger<Pins> log)
    {
        (_file, _clock, _log) = (file, clock, log);
        lock (file.Gate)
        {
            file.Run("CREATE TABLE IF NOT EXISTS pins (place TEXT PRIMARY KEY, sha256 TEXT NOT NULL, at INTEGER NOT NULL)");
            _pinned = new(file.All(row => KeyValuePair.Create(row.GetString(0), row.GetString(1)),
                "SELECT place, sha256 FROM pins WHERE at >= $since", ("$since", options.PinsSince.ToUnixTimeSeconds())));
        }
    }

    public bool Believe(string place, string sha256, bool isTrusted)
    {
        var known = _pinned.TryGetValue(place, out var pinned);
        if (known && pinned == sha256) return true;
        if (known && !isTrusted)
        {
            Refused(_log, place, sha256, pinned!);
            return false;
        }

        Pinned(_log, place, sha256, isTrusted ? "trusted by the system" : "first use");
        _pinned[place] = sha256;
        Keep(place, sha256);
        return true;
    }

    /// <summary>What the disk does not take is pinned until the next start.</summary>
    void Keep(string place, string sha256)
    {
        try
        {
            lock (_file.Gate)
                _file.Run("INSERT OR REPLACE INTO pins (place, sha256, at) VALUES ($place, $sha256, $at)",
                    ("$place", place), ("$sha256", sha256), ("$at", _clock.GetUtcNow().ToUnixTimeSeconds()));
        }
        catch (SqliteException e)
        {
            NotKept(_log, place, e.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "Certificate of {Place} pinned ({Mode}): SHA-256 {Sha256}")]
    static partial void Pinned(ILogger log, string place, string sha256, string mode);

    [LoggerMessage(LogLevel.Warning, "Certificate of {Place} refused: SHA-256 {Sha256} instead of {Pinned}")]
    static partial void Refused(ILogger log, string place, string sha256, string pinned);

    [LoggerMessage(LogLevel.Warning, "The pin of {Place} is not kept: {Why}")]
    static partial void NotKept(ILogger log, string place, string why);
}
