namespace Compliance.Domain.Probes;

/// <summary>Somebody is allowed to look at a camera now: its probe is to bring the access units it receives, until nobody looks any more.</summary>
/// <param name="Id">Under which it knocks at the door for live feeds.</param>
public sealed record LiveWish(Guid Id, Guid DeviceId);

/// <summary>
/// One access unit on its way to a screen, as a message of a WebSocket: a byte of flags, eight bytes of when it was received (milliseconds since 1970, big-endian),
/// then the unit of H.264 in the byte stream format of its Annex B; what a camera sent in H.265 was transcoded, or is its smaller stream, and says so.
/// </summary>
public static class LiveMessage
{
    public const string Protocol = "compliance.live.v1";
    public const int Header = 9;
    public const byte Keyframe = 1, Transcoded = 2, Smaller = 4;

    public static byte[] Make(byte flags, DateTimeOffset at, ReadOnlySpan<byte> unit)
    {
        var message = new byte[Header + unit.Length];
        message[0] = flags;
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(1), at.ToUnixTimeMilliseconds());
        unit.CopyTo(message.AsSpan(Header));
        return message;
    }

    public static bool IsKeyframe(ReadOnlySpan<byte> message) => message.Length > Header && (message[0] & Keyframe) != 0;
}
