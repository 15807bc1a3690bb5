using Compliance.Domain.Probes;
using Compliance.Probe.Look;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>
/// Turns the RTP packets of one video into facts for its meter and, when somebody subscribed, into access units. Runs on
/// the drain's thread and allocates nothing while nobody listens.
/// </summary>
internal sealed class VideoTrack(VideoCodec codec, byte payloadType, StreamMeter meter, Fanout fanout, RecordedPicture? recorded = null)
{
    /// <summary>A greater step of the sequence number is a restart of the sender, not a loss (RFC 3550, A.1).</summary>
    const int MaxDropout = 3000;

    readonly Assembler _assembler = new(codec);
    bool _started, _open, _picture, _keyframe, _damaged;

    /// <summary>Decoding may begin with this picture, though it is no IDR; and of its slices the one being read needs no other picture, and some do.</summary>
    bool _recovers, _intra, _inter;

    /// <summary>The camera marks more packets than the last of a picture: only another timestamp ends one.</summary>
    bool _markerLies;

    /// <summary>When the picture counted last was taken, by the camera's ticks. However it is cut up, it is one.</summary>
    uint? _counted;
    Wanted _wanted;
    ushort _expected;
    uint _timestamp;
    int _bytes;
    ulong _recordedAt;

    /// <summary>Parameter sets from the announcement, used for decoding until the media brings its own; never for measuring.</summary>
    public void Announce(IEnumerable<byte[]> sets)
    {
        foreach (var set in sets)
            if (set.Length > 2) _assembler.Learn(NalPieces.TypeOf(codec, set[0]), set);
    }

    public void OnRtp(ReadOnlySpan<byte> data, DateTimeOffset at)
    {
        if (!RtpPacket.TryParse(data, out var packet) || packet.PayloadType != payloadType || IsLate(packet.Sequence)) return;
        if (_open && packet.Timestamp != _timestamp) Close(at);
        if (!_open && packet.Timestamp == _counted) _markerLies = true;
        if (!_open) Open(packet.Timestamp);
        if (packet.RecordedAt != 0) _recordedAt = packet.RecordedAt;
        _bytes += packet.Payload.Length;
        var pieces = new NalPieces(codec, packet.Payload);
        while (pieces.Next(out var piece)) Take(piece);
        if (packet.Marker && !_markerLies) Close(at);
    }

    public void OnRtcp(ReadOnlySpan<byte> data, DateTimeOffset at)
    {
        if (SenderReport.Time(data) is { } time) meter.OnClock(time - at, at);
    }

    void Take(in NalPiece piece)
    {
        _picture |= Nal.IsPicture(codec, piece.Type);
        if (codec == VideoCodec.H264) Recover(piece);
        _keyframe |= Nal.IsKeyframe(codec, piece.Type) || (_intra && !_inter);
        if (piece.IsWhole && Nal.IsParameterSet(codec, piece.Type)) Learn(piece);
        if (IsWanted(piece.Type)) _assembler.Add(piece);
    }

    /// <summary>An I picture at a recovery point is as good as a keyframe: cameras with open groups of pictures send no other.</summary>
    void Recover(in NalPiece piece)
    {
        const int slice = 1, message = 6;
        if (piece.Type == message && piece.IsWhole) _recovers |= Nal.IsRecoveryPoint(piece.Bytes);
        if (piece.Starts) _intra = _recovers && piece.Type == slice && Nal.IsIntraSlice(piece);
        _inter |= piece.Starts && piece.Type == slice && !_intra;
    }

    /// <summary>A keyframe needs no more than itself and its parameter sets.</summary>
    bool IsWanted(int type) => _wanted switch
    {
        Wanted.None => false,
        Wanted.Keyframes => _intra || Nal.IsKeyframe(codec, type) || Nal.IsParameterSet(codec, type),
        _ => true,
    };

    void Learn(in NalPiece piece)
    {
        if (!_assembler.Learn(piece.Type, piece.Bytes) && meter.HasFormat) return;
        if (!Nal.IsSps(codec, piece.Type)) return;
        if (VideoFormat.Parse(codec, piece.Bytes) is { } format) meter.OnFormat(format);
        else meter.OnUnreadableFormat();
    }

    void Open(uint timestamp)
    {
        (_open, _timestamp, _wanted) = (true, timestamp, fanout.Wanted);
        (_bytes, _picture, _keyframe, _recordedAt) = (0, false, false, 0);
        (_recovers, _intra, _inter) = (false, false, false);
        if (_wanted == Wanted.None) _assembler.Clear();
    }

    void Close(DateTimeOffset at)
    {
        _keyframe &= !(_recovers && _inter);
        if (_picture) Count(at);
        if (_picture && (_wanted == Wanted.All || _keyframe) && !_damaged && _assembler.Finish(_keyframe, _timestamp, at) is { } unit) fanout.Publish(unit);
        if (_picture || _damaged) _assembler.Clear();
        (_open, _damaged) = (false, false);
    }

    void Count(DateTimeOffset at)
    {
        if (_timestamp == _counted)
        {
            meter.OnBytes(at, _bytes);
            return;
        }

        _counted = _timestamp;
        meter.OnAccessUnit(at, _bytes, _keyframe);
        recorded?.Invoke(_keyframe, SenderReport.Time(_recordedAt), _timestamp);
    }

    bool IsLate(ushort sequence)
    {
        var gap = _started ? (short)(sequence - _expected) : 0;
        if (gap is < 0 and > -MaxDropout) return true;
        if (gap is > 0 and < MaxDropout) meter.OnLost(gap);
        _damaged |= gap != 0;
        (_started, _expected) = (true, (ushort)(sequence + 1));
        return false;
    }
}
