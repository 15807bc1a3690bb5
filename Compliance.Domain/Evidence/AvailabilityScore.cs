using System.Text.Json.Serialization;
using Compliance.Domain.Devices;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Evidence;

/// <summary>Whether a stretch of time is owed at all, and if not, why it leaves the sum.</summary>
public enum Owed { Yes, NoDuty, OutsideHours, Maintenance }

/// <summary>A stretch of a device's time of which the formula says the same throughout.</summary>
/// <param name="Cause">In whose hands it lay; null where the duty was met.</param>
/// <param name="Contested">Somebody says that the cause is another one, and nobody has decided yet.</param>
public sealed record Piece(DateTimeOffset From, DateTimeOffset Until, Verdict Verdict, Owed Owed, Cause? Cause, bool Contested)
{
    [JsonIgnore]
    public Availability Availability => Verdict.Availability();

    [JsonIgnore]
    public TimeSpan Length => Until - From;
}

/// <summary>All the time of which one and the same is said.</summary>
public sealed record Portion(Owed Owed, Availability Availability, Cause? Cause, bool Contested, TimeSpan Time);

/// <summary>
/// Attributed availability, weighted by duration. The portions always add up to the whole; only what was owed, down, in the
/// owner's hands and not contested any more counts against the owner.
/// </summary>
public sealed record AvailabilityScore(IReadOnlyList<Portion> Portions)
{
    public static readonly AvailabilityScore None = new([]);

    public static AvailabilityScore Of(IEnumerable<Piece> pieces) =>
        Merge(pieces.Select(p => new Portion(p.Owed, p.Availability, p.Cause, p.Contested, p.Length)));

    public static AvailabilityScore operator +(AvailabilityScore a, AvailabilityScore b) => Merge(a.Portions.Concat(b.Portions));

    [JsonIgnore]
    public TimeSpan Whole => Sum(_ => true);

    [JsonIgnore]
    public TimeSpan Up => Sum(p => p is { Owed: Owed.Yes, Availability: Availability.Up });

    /// <summary>Down, whoever it lay with, contested or not.</summary>
    [JsonIgnore]
    public TimeSpan Down => Sum(p => p is { Owed: Owed.Yes, Availability: Availability.Down });

    /// <summary>Down in the owner's hands, and nobody contests it.</summary>
    [JsonIgnore]
    public TimeSpan Against => Sum(p => IsOwners(p) && !p.Contested);

    /// <summary>Down in the owner's hands until somebody decides otherwise.</summary>
    [JsonIgnore]
    public TimeSpan InContest => Sum(p => IsOwners(p) && p.Contested);

    [JsonIgnore]
    public TimeSpan Unknown => Sum(p => p is { Owed: Owed.Yes, Availability: Availability.Unknown });

    /// <summary>Up / (up + down against the owner), 0 to 1; what is contested counts for nobody yet. Null where neither is known.</summary>
    [JsonIgnore]
    public double? Share => Up + Against is var known && known > TimeSpan.Zero ? Up / known : null;

    /// <summary>The share there will be if every contest is refused: <see cref="Share"/> lies between it and the truth.</summary>
    [JsonIgnore]
    public double? LeastShare => Up + Against + InContest is var known && known > TimeSpan.Zero ? Up / known : null;

    /// <summary>Owed and down, by cause.</summary>
    public TimeSpan DownBy(Cause cause) => Sum(p => p is { Owed: Owed.Yes, Availability: Availability.Down } && p.Cause == cause);

    public TimeSpan NotOwed(Owed why) => Sum(p => p.Owed == why);

    static bool IsOwners(Portion p) => p is { Owed: Owed.Yes, Availability: Availability.Down, Cause: { } cause } && cause.CountsAgainstOwner();

    TimeSpan Sum(Func<Portion, bool> which) => Portions.Aggregate(TimeSpan.Zero, (sum, p) => which(p) ? sum + p.Time : sum);

    static AvailabilityScore Merge(IEnumerable<Portion> portions) => new(
    [
        .. portions.GroupBy(p => p with { Time = default }).Select(same => same.Key with { Time = same.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Time) })
            .OrderBy(p => p.Owed).ThenBy(p => p.Availability).ThenBy(p => p.Cause).ThenBy(p => p.Contested),
    ]);
}
