using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Compliance.Probe.Watch.Rtsp;

internal enum FrameKind { Incomplete, Packet, Message, Garbage }

/// <summary>The next thing on an RTSP connection: an interleaved packet, a message, or bytes to be skipped.</summary>
/// <param name="Length">Bytes it takes up from the start of the data.</param>
/// <param name="Head">Where the payload of a packet begins, or the body of a message.</param>
internal readonly record struct Frame(FrameKind Kind, int Length, int Head, int Channel);

/// <summary>
/// Cuts the bytes of an RTSP connection into packets and messages (RFC 2326, 10.12) without copying. Cameras write answers
/// into the middle of packets and lose bytes; then it looks for the next place where '$', a channel we know, a length
/// and an RTP version stand together.
/// </summary>
internal static class Framer
{
    const int MaxLine = 1 << 10;
    const int MaxHead = 16 << 10;
    const int MaxBody = 128 << 10;
    static ReadOnlySpan<byte> Version => "RTSP/1.0"u8;

    public static Frame Next(ReadOnlySpan<byte> data, int channels)
    {
        if (data.IsEmpty) return default;
        if (data[0] == '$') return Packet(data, channels) ?? Skip(data, channels);
        if (data[0] is (byte)'\r' or (byte)'\n') return new(FrameKind.Garbage, 1, 0, 0);
        return Message(data) ?? Skip(data, channels);
    }

    static Frame? Packet(ReadOnlySpan<byte> data, int channels)
    {
        if (!IsPlausible(data, channels)) return null;
        if (data.Length < 5) return default(Frame);
        var length = 4 + BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        return data.Length < length ? default(Frame) : new(FrameKind.Packet, length, 4, data[1]);
    }

    static bool IsPlausible(ReadOnlySpan<byte> data, int channels) =>
        data[0] == '$'
        && (data.Length < 2 || data[1] < channels)
        && (data.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(data[2..]) >= 8)
        && (data.Length < 5 || data[4] >> 6 == 2);

    static Frame? Message(ReadOnlySpan<byte> data)
    {
        var start = data[..Math.Min(data.Length, MaxLine + 1)];
        var line = start.IndexOf((byte)'\n');
        var first = line < 0 ? start : start[..line];
        if (first.Length > MaxLine || first.TrimEnd((byte)'\r').ContainsAnyExceptInRange((byte)' ', (byte)'~')) return null;
        if (line < 0) return StartsLikeMessage(first) ? default(Frame) : null;
        if (!first.StartsWith(Version) && !first.TrimEnd((byte)'\r').EndsWith(Version)) return null;
        var window = data[..Math.Min(data.Length, MaxHead + 4)];
        var (end, gap) = (window.IndexOf("\r\n\r\n"u8), 4);
        if (window.IndexOf("\n\n"u8) is >= 0 and var bare && (end < 0 || bare < end)) (end, gap) = (bare, 2);
        if (end < 0) return data.Length > MaxHead ? null : default(Frame);
        if (BodyLength(data[..end]) is not { } body) return new(FrameKind.Garbage, end + gap, 0, 0);
        return data.Length < end + gap + body ? default(Frame) : new(FrameKind.Message, end + gap + body, end + gap, 0);
    }

    static bool StartsLikeMessage(ReadOnlySpan<byte> first) => first[0] is >= (byte)'A' and <= (byte)'Z' && (first.Length < 3 || first[2] is >= (byte)'A' and <= (byte)'Z');

    /// <summary>Null when it is more than a camera has to say.</summary>
    static int? BodyLength(ReadOnlySpan<byte> head)
    {
        foreach (var line in Encoding.ASCII.GetString(head).Split('\n'))
            if (line.Split(':', 2) is [var name, var value] && name.Trim().Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                return int.TryParse(value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var length) && length <= MaxBody ? length : null;
        return 0;
    }

    static Frame Skip(ReadOnlySpan<byte> data, int channels)
    {
        for (var at = 1; at < data.Length; at++)
        {
            var step = data[at..].IndexOfAny((byte)'$', (byte)'R');
            if (step < 0) break;
            at += step;
            var rest = data[at..];
            if (rest[0] == '$' ? IsPlausible(rest, channels) : Version.StartsWith(rest[..Math.Min(rest.Length, Version.Length)]))
                return new(FrameKind.Garbage, at, 0, 0);
        }

        return new(FrameKind.Garbage, data.Length, 0, 0);
    }
}
