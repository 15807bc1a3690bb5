using System.Collections.Concurrent;
using System.Net;
using System.Numerics;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Watch.Panels;

/// <summary>One message of an enrolled panel. A poll says nothing.</summary>
/// <param name="Id">The same for the same account, number, time stamp and content.</param>
internal sealed record PanelMessage(Guid Id, IReadOnlyList<PanelSaid> Said, DateTimeOffset? SentAt, DateTimeOffset ReceivedAt);

/// <summary>Keeps what a panel said, durably. False: there is no room, so the panel gets no answer and says it again.</summary>
internal delegate bool KeepSaid(EnrolledPanel panel, PanelMessage message);

/// <summary>
/// What is answered to one frame, by the standard: ACK for what is kept, NAK for what is out of time, DUH for what cannot be worked
/// with, silence for what is broken. A panel is acknowledged only after what it said is kept.
/// </summary>
internal sealed partial class PanelReception(EnrolledPanels enrolled, KeepSaid keep, PanelCounts counts, TimeProvider clock, ILogger<PanelReception> log)
{
    /// <summary>How long a panel without a time stamp may take to repeat itself.</summary>
    static readonly TimeSpan Repeats = TimeSpan.FromMinutes(5);

    /// <summary>The last message of each panel: one that got no answer is repeated before another is sent. Never more than there are panels.</summary>
    readonly ConcurrentDictionary<Guid, (string Key, Guid Id, DateTimeOffset At)> _last = [];

    /// <param name="frame">What stands between line feed and carriage return.</param>
    /// <returns>Null for no answer.</returns>
    public byte[]? Answer(ReadOnlySpan<byte> frame, IPAddress from)
    {
        var now = clock.GetUtcNow();
        if (Dc09.Read(frame) is not { } head) return Refused(FrameFate.Unreadable, from, null);
        if (enrolled.Of(head.Account) is not { } panel) return Refused(FrameFate.NotEnrolled, from, head.Decline());
        if (!panel.MayComeFrom(from)) return Refused(FrameFate.WrongSource, from, head.Decline());
        if (head.IsEncrypted != panel.Key is not null || head.Open(panel.Key) is not { } content) return Refused(FrameFate.NotOpened, from, head.Decline());
        if (head.IsEncrypted ? content.Stamp is null || !IsInTime(content.Stamp.Value, now) : content.Stamp is { } stamp && !IsInTime(stamp, now))
            return Refused(FrameFate.OutOfTime, from, Dc09.OutOfTime(now));
        if (PanelCodes.Read(head.Id, content.Data, head.Account) is not { } said) return Refused(FrameFate.NotOpened, from, head.Decline());
        var device = panel.Assigned.DeviceId;
        var (id, isRepeated) = Recognised(device, head, content, now);
        if (!keep(panel, new(id, isRepeated ? [] : said, content.Stamp, now))) return Refused(FrameFate.NotKept, from, null);
        if (said.Count > 0) _last[device] = (KeyOf(head, content), id, now);
        counts.Count(isRepeated ? FrameFate.Repeated : FrameFate.Taken);
        return head.Acknowledge(panel.Key, now);
    }

    /// <summary>A frame that came faster than its source may send, or was one too many.</summary>
    public void Dropped(FrameFate fate, IPAddress from) => Refused(fate, from, null);

    /// <summary>
    /// With a time stamp the message names itself, for ever. Without one only the very last message of a panel, soon after, is the same
    /// again: numbers come round, and some panels never count.
    /// </summary>
    (Guid Id, bool IsRepeated) Recognised(Guid device, Dc09 head, Dc09Content content, DateTimeOffset now)
    {
        var key = KeyOf(head, content);
        if (_last.TryGetValue(device, out var last) && last.Key == key && (content.Stamp is not null || now - last.At < Repeats)) return (last.Id, true);
        return (content.Stamp is null ? Guid.CreateVersion7(now) : EventIds.From(device, key), false);
    }

    static string KeyOf(Dc09 head, Dc09Content content) => $"dc09/{head.Account}/{head.Sequence}/{content.Stamp?.UtcTicks}/{head.Id}/{content.Data}";

    static bool IsInTime(DateTimeOffset stamp, DateTimeOffset now) => stamp <= now + Dc09.Ahead && stamp >= now - Dc09.Behind;

    byte[]? Refused(FrameFate fate, IPAddress from, byte[]? answer)
    {
        var count = counts.Count(fate);
        if (BitOperations.IsPow2(count)) Refusing(log, from, fate, count);
        return answer;
    }

    [LoggerMessage(LogLevel.Warning, "A frame for the panels from {From} was refused: {Fate} ({Count} so far)")]
    static partial void Refusing(ILogger log, IPAddress from, FrameFate fate, long count);
}
