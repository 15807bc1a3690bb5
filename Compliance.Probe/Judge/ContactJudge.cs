using Compliance.Domain.Contacts;

namespace Compliance.Probe.Judge;

/// <summary>What is held of one contact.</summary>
/// <param name="Since">When it turned, or was heard last.</param>
/// <param name="LastSeen">The last reading.</param>
internal sealed record ContactHeld(ContactState State, DateTimeOffset Since, DateTimeOffset LastSeen)
{
    public static ContactHeld Begin(DateTimeOffset now) => new(ContactState.Silent, now, now);
}

/// <summary>A contact gives a sign of life every half minute; three that do not come, or its last will, and nobody knows how the door stands.</summary>
internal static class ContactJudge
{
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(90);

    public static ContactHeld Hear(ContactHeld held, ContactSeen seen) => seen.State == ContactState.Silent
        ? held.State == ContactState.Silent ? held : held with { State = ContactState.Silent, Since = held.LastSeen }
        : new(seen.State, held.State == seen.State ? held.Since : seen.At, seen.At);

    /// <summary>A clock that was set back begins the time anew.</summary>
    public static ContactHeld Pass(ContactHeld held, DateTimeOffset now) =>
        held.LastSeen > now ? held with { LastSeen = now }
        : held.State != ContactState.Silent && now - held.LastSeen >= SilentAfter ? held with { State = ContactState.Silent, Since = held.LastSeen } : held;
}
