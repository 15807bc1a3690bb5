using System.Buffers.Binary;
using System.Security.Cryptography;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Judge;

/// <summary>How an archive is weighed: two suppositions about it, and how seldom either may be held wrongly.</summary>
internal sealed record ArchiveSettings
{
    /// <summary>So many days have to be kept.</summary>
    public int Days { get; init; } = 30;

    /// <summary>An archive in order lacks at most this share of its seconds: restarts, updates, a router pulled once.</summary>
    public double Allowed { get; init; } = 0.01;

    /// <summary>One that lacks this share is short.</summary>
    public double Short { get; init; } = 0.1;

    /// <summary>An archive in order is called short so seldom …</summary>
    public double FalseAlarm { get; init; } = 0.001;

    /// <summary>… and a short one in order.</summary>
    public double Overlooked { get; init; } = 0.01;
}

/// <summary>
/// Random seconds that were asked of an archive, weighed one after another (Wald's sequential test): a few misses decide soon, a few hits
/// decide nothing. How many it takes stands in docs/proofs.md.
/// </summary>
/// <param name="Score">The logarithm of how much likelier what was seen is of a short archive than of one in order.</param>
internal sealed record ArchiveTally(int Asked, int Missing, double Score, DateTimeOffset? FirstMissing, ProofState Last)
{
    public static readonly ArchiveTally None = new(0, 0, 0, null, ProofState.Unasked);

    /// <summary>After a decision the count begins anew; what was decided stands until the next.</summary>
    public ArchiveTally Weigh(bool shown, DateTimeOffset second, ArchiveSettings settings)
    {
        var before = IsDecided(settings) ? None with { Last = Last } : this;
        var score = before.Score + Math.Log(shown ? (1 - settings.Short) / (1 - settings.Allowed) : settings.Short / settings.Allowed);
        var counted = before with { Asked = before.Asked + 1, Missing = before.Missing + (shown ? 0 : 1), Score = score, FirstMissing = before.FirstMissing ?? (shown ? null : second) };
        return counted with { Last = score >= Upper(settings) ? ProofState.Broken : score <= Lower(settings) ? ProofState.Given : Last };
    }

    bool IsDecided(ArchiveSettings settings) => Score >= Upper(settings) || Score <= Lower(settings);

    static double Upper(ArchiveSettings settings) => Math.Log((1 - settings.Overlooked) / settings.FalseAlarm);

    static double Lower(ArchiveSettings settings) => Math.Log(settings.Overlooked / (1 - settings.FalseAlarm));

    public string Say(int days) => Last == ProofState.Broken
        ? Detail.Of(Reason.ArchiveMissing, Asked, days, Missing, FirstMissing?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture) ?? "-")
        : Detail.Of(Reason.ArchiveKept, Asked, days, Missing);

    /// <summary>A whole second between two instants. The seed is drawn anew each time, so that nobody can keep just the seconds that will be asked for; whoever knows it can draw again.</summary>
    public static DateTimeOffset Second(ReadOnlySpan<byte> seed, DateTimeOffset from, DateTimeOffset until)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, hash);
        var (first, count) = (from.ToUnixTimeSeconds(), Math.Max(1, (ulong)(until - from).TotalSeconds));
        return DateTimeOffset.FromUnixTimeSeconds(first + (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) % count));
    }
}
