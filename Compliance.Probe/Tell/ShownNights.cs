using System.Globalization;

namespace Compliance.Probe.Tell;

/// <summary>The night in which this box last played a known clip, kept over a restart: one a night, whatever happens.</summary>
internal sealed class ShownNights
{
    readonly ProbeFile _file;
    DateOnly? _last;

    public ShownNights(ProbeFile file)
    {
        _file = file;
        lock (file.Gate)
        {
            file.Run("CREATE TABLE IF NOT EXISTS shown_night (one INTEGER PRIMARY KEY CHECK (one = 1), night TEXT NOT NULL)");
            _last = file.All(row => row.GetString(0), "SELECT night FROM shown_night") is [var night] && DateOnly.TryParseExact(night, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        }
    }

    /// <summary>The day on which it began, by the venues' clocks; null where none was played yet.</summary>
    public DateOnly? Last
    {
        get { lock (_file.Gate) return _last; }
    }

    public void Keep(DateOnly night)
    {
        lock (_file.Gate)
        {
            _last = night; // also where the disk does not take it: then it holds until the next start
            _file.Run("INSERT OR REPLACE INTO shown_night (one, night) VALUES (1, $night)", ("$night", night.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }
    }
}
