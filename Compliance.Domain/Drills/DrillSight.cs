using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Alerts;

namespace Compliance.Domain.Drills;

/// <summary>
/// What a box would have told of a fight, where of a drill there is only what a showing told: as a box counts and measures it, and where that differs from fight to fight, drawn. All of it follows from one chance that is told to nobody.
/// </summary>
public static class DrillSight
{
    /// <summary>As the box has it (Compliance.Probe/Eyes): frames a second; windows are two seconds long and begin every second. Of what is over so many seconds are looked at until that is sure.</summary>
    const int Rate = 10, UntilSure = 5;

    /// <summary>Four sure windows one after another begin an alert (five seconds), or five of six (six or seven).</summary>
    const int Shortest = 5, Longest = 7;

    /// <summary>Seconds from what a box sees to the alert that the desk has of it: decoding, looking, telling.</summary>
    const double Quickest = 0.2, Slowest = 1.4;

    /// <summary>Seconds from the beginning of what was seen to the instant that it was found.</summary>
    /// <param name="after">Of the clip, until it was found.</param>
    public static double SpanOf(Guid chance, double after) => Math.Min(Shortest + Math.Floor(Draw(chance, "span") * (Longest - Shortest + 1)), after);

    /// <summary>When that began, of a drill that is raised <paramref name="now"/>.</summary>
    public static DateTimeOffset SeenFrom(Guid chance, double span, DateTimeOffset now) => now - TimeSpan.FromTicks((long)((span + Delay(chance, "told")) * TimeSpan.TicksPerSecond));

    /// <summary>How many whole seconds it goes on: as long as its clip does.</summary>
    /// <param name="clipSeconds">Of the whole known clip.</param>
    public static int LastsSeconds(double clipSeconds, double after, double span) => (int)Math.Max(span, Math.Floor(clipSeconds - (after - span)));

    /// <summary>Frames as they are counted since it began; as many of them skipped as were of the showing.</summary>
    public static (int Analysed, int Skipped) Frames(double seconds, int analysed, int skipped)
    {
        var all = (int)Math.Round(seconds * Rate);
        var left = (int)Math.Round((double)all * skipped / Math.Max(1, analysed + skipped));
        return (all - left, left);
    }

    /// <summary>Until when it is seen, how surely in the end, and when the desk is told.</summary>
    public static (DateTimeOffset SeenUntil, Sighting Seen, DateTimeOffset ToldAt) EndOf(DrillEvent.Raised card)
    {
        var (analysed, skipped) = Frames(card.LastsSeconds + UntilSure, card.Seen.FramesAnalysed, card.Seen.FramesSkipped);
        // The mean of more windows than it began with, of which some are only near the threshold.
        var score = Math.Min(card.Seen.Score, Math.Max(card.Seen.Model.Threshold, card.Seen.Score - 0.1 * Draw(card.Chance, "score")));
        var until = card.SeenFrom + TimeSpan.FromSeconds(card.LastsSeconds);
        return (until, card.Seen with { Score = score, FramesAnalysed = analysed, FramesSkipped = skipped }, until + TimeSpan.FromSeconds(UntilSure + Delay(card.Chance, "ended")));
    }

    /// <summary>So long before its incident an alert is raised: some milliseconds, never in the same instant.</summary>
    internal static TimeSpan Placing(Guid chance) => TimeSpan.FromTicks(20_000 + (long)(Draw(chance, "placing") * 100_000));

    /// <summary>What is told as the hash of the clip as it was recorded: that of no file.</summary>
    internal static string ClipSha256(Guid chance) => Convert.ToHexStringLower(Hash(chance, "clip"));

    static double Delay(Guid chance, string what) => Quickest + Draw(chance, what) * (Slowest - Quickest);

    /// <summary>From 0, and less than 1.</summary>
    static double Draw(Guid chance, string what) => (BinaryPrimitives.ReadUInt64BigEndian(Hash(chance, what)) >> 11) / (double)(1UL << 53);

    static byte[] Hash(Guid chance, string what) => SHA256.HashData([.. chance.ToByteArray(), .. Encoding.UTF8.GetBytes(what)]);
}
