using Compliance.Domain.Devices;

namespace Compliance.Domain.Outages;

/// <summary>All that is known when somebody asks what fails together.</summary>
/// <param name="Failed">Outages that run, and those of known groups that are over.</param>
/// <param name="Devices">Of the venues in which something fails.</param>
/// <param name="Venues">All of them.</param>
/// <param name="Blind">When probes were blind, or silent.</param>
/// <param name="Groups">Those that run, and those that ended lately.</param>
public sealed record CorrelationScene(
    IReadOnlyList<FailedDevice> Failed, IReadOnlyList<KnownDevice> Devices, IReadOnlyList<KnownVenue> Venues, IReadOnlyList<BlindTime> Blind,
    IReadOnlyList<KnownGroup> Groups);

/// <param name="Until">Null while it runs.</param>
/// <param name="SeenElsewhere">Another probe saw the picture meanwhile.</param>
public sealed record FailedDevice(
    Guid OutageId, Guid DeviceId, Guid VenueId, Verdict Verdict, DateTimeOffset Since, DateTimeOffset? Until = null, bool SeenElsewhere = false)
{
    public GroupMember Member => new(OutageId, DeviceId, Verdict, Since);
}

/// <param name="Host">What the device stands behind: a name, or a network of 256 addresses. Devices of one such are one recorder.</param>
/// <param name="ProbeId">Who spoke of it last.</param>
/// <param name="Answers">It was heard, well or wrongly; false while it fails, and while nobody knows.</param>
public sealed record KnownDevice(Guid DeviceId, Guid VenueId, DeviceKind Kind, string? Host, Guid? ProbeId, bool Answers);

/// <param name="Provider">Who brings the internet, where the venue names one; two spellings of one name are the same (<see cref="IsSame"/>).</param>
/// <param name="Cameras">Of which something is known.</param>
/// <param name="Dark">Of those: how many bring no picture.</param>
/// <param name="ProbeId">Who watches it.</param>
/// <param name="MainsLostAt">When its panel said that the mains went, and they have not come back.</param>
public sealed record KnownVenue(
    Guid VenueId, string District, string? Provider, int Cameras, int Dark, Guid? ProbeId = null, DateTimeOffset? MainsLostAt = null)
{
    public bool IsWatched => Cameras > 0;

    /// <summary>Names are typed by many: case, quotation marks, spaces and dashes tell nothing apart.</summary>
    public static bool IsSame(string? provider, string? other) => provider is not null && other is not null && Letters(provider).SequenceEqual(Letters(other));

    static IEnumerable<char> Letters(string name) => name.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant);

    public bool IsWhollyDark => Cameras > 0 && Dark == Cameras;
}

/// <param name="Until">Null while it is.</param>
public sealed record BlindTime(Guid ProbeId, DateTimeOffset From, DateTimeOffset? Until);

/// <param name="EndedAt">Null while it runs.</param>
public sealed record KnownGroup(Guid GroupId, Guid VenueId, IReadOnlyList<GroupMember> Members, DateTimeOffset? EndedAt);

/// <summary>Outages that belong together, and what they seem to have in common.</summary>
/// <param name="EndedAt">When the last of them was over; null while one runs.</param>
public sealed record FoundGroup(
    Guid GroupId, Guid VenueId, CommonCause Cause, IReadOnlyList<GroupMember> Members, CauseEvidence Evidence, DateTimeOffset? EndedAt);
