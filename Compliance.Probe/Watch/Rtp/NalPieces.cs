using System.Buffers.Binary;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>A NAL unit or a part of one. <see cref="Header"/> has to be put before the bytes of a part that starts one.</summary>
internal readonly ref struct NalPiece(int type, bool starts, bool ends, uint header, int headerLength, ReadOnlySpan<byte> bytes)
{
    public int Type { get; } = type;
    public bool Starts { get; } = starts;
    public bool IsWhole { get; } = starts && ends;
    public uint Header { get; } = header;
    public int HeaderLength { get; } = headerLength;
    public ReadOnlySpan<byte> Bytes { get; } = bytes;
}

/// <summary>
/// Walks the NAL units of one RTP payload: single, aggregated and fragmented, of H.264 (RFC 6184: STAP-A, FU-A) and
/// H.265 (RFC 7798: AP, FU). Anything else is passed over.
/// </summary>
internal ref struct NalPieces(VideoCodec codec, ReadOnlySpan<byte> payload)
{
    readonly int _header = codec == VideoCodec.H264 ? 1 : 2;
    ReadOnlySpan<byte> _rest = payload;
    bool _aggregated;

    public static int TypeOf(VideoCodec codec, byte first) => codec == VideoCodec.H264 ? first & 0x1F : (first >> 1) & 0x3F;

    public bool Next(out NalPiece piece)
    {
        piece = default;
        if (_rest.Length <= _header) return false;
        if (_aggregated) return NextOfMany(out piece);
        var type = TypeOf(codec, _rest[0]);
        switch (codec, type)
        {
            case (VideoCodec.H264, 24):
            case (VideoCodec.H265, 48):
                _aggregated = true;
                _rest = _rest[_header..];
                return NextOfMany(out piece);
            case (VideoCodec.H264, 28):
            case (VideoCodec.H265, 49):
                piece = Fragment(_rest);
                _rest = [];
                return true;
            case (VideoCodec.H264, 0 or > 23):
            case (VideoCodec.H265, > 47):
                return false;
            default:
                piece = new(type, true, true, 0, 0, _rest);
                _rest = [];
                return true;
        }
    }

    bool NextOfMany(out NalPiece piece)
    {
        piece = default;
        if (_rest.Length < 2) return false;
        var size = BinaryPrimitives.ReadUInt16BigEndian(_rest);
        if (size <= _header || _rest.Length < 2 + size) return false;
        var nal = _rest.Slice(2, size);
        _rest = _rest[(2 + size)..];
        piece = new(TypeOf(codec, nal[0]), true, true, 0, 0, nal);
        return true;
    }

    readonly NalPiece Fragment(ReadOnlySpan<byte> unit)
    {
        var mark = unit[_header];
        var (starts, ends) = ((mark & 0x80) != 0, (mark & 0x40) != 0);
        if (codec == VideoCodec.H264)
            return new(mark & 0x1F, starts, ends, (uint)((unit[0] & 0xE0) | (mark & 0x1F)), 1, unit[2..]);
        var type = mark & 0x3F;
        return new(type, starts, ends, (uint)((((unit[0] & 0x81) | (type << 1)) << 8) | unit[1]), 2, unit[3..]);
    }
}
