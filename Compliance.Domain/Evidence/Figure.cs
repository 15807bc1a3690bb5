using Compliance.Domain.Kernel;

namespace Compliance.Domain.Evidence;

/// <summary>Something a report says, and the ids of the facts it says it by.</summary>
public sealed record Figure<T>(T Value, IReadOnlyList<Guid> RestsOn);

/// <summary>Something that was so for a while; <paramref name="Until"/> is null while it still is.</summary>
public sealed record Held<T>(T Value, DateTimeOffset From, DateTimeOffset? Until, IReadOnlyList<Guid> RestsOn);

/// <summary>A stored fact and what it says.</summary>
sealed record Told(Recorded Recorded, object Fact)
{
    public Guid Id => Recorded.EventId;
    public DateTimeOffset At => Recorded.RecordedAt;
}
