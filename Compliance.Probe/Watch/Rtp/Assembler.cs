using System.Buffers.Binary;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>Gathers one access unit as Annex B, and remembers the parameter sets it will need.</summary>
internal sealed class Assembler(VideoCodec codec)
{
    /// <summary>Above this an access unit is no picture but an attack: 4K intra pictures stay under 4 MB.</summary>
    const int Limit = 8 << 20;
    static readonly byte[] StartCode = [0, 0, 0, 1];

    readonly SortedDictionary<int, byte[]> _sets = [];
    byte[] _unit = [];
    int _length;
    bool _hasSets;
    bool _tooLong;

    /// <summary>Keeps a whole parameter set; true when it differs from the one known.</summary>
    public bool Learn(int type, ReadOnlySpan<byte> nal)
    {
        if (_sets.TryGetValue(type, out var known) && nal.SequenceEqual(known)) return false;
        _sets[type] = nal.ToArray();
        return true;
    }

    public void Add(in NalPiece piece)
    {
        _hasSets |= Nal.IsParameterSet(codec, piece.Type);
        if (piece.Starts)
        {
            Append(StartCode);
            Span<byte> header = stackalloc byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(header, piece.Header);
            Append(header[^piece.HeaderLength..]);
        }

        Append(piece.Bytes);
    }

    /// <summary>Null when nothing of worth was gathered.</summary>
    public AccessUnit? Finish(bool keyframe, uint timestamp, DateTimeOffset at)
    {
        if (_length == 0 || _tooLong || (keyframe && !_hasSets && _sets.Count < Nal.ParameterSets(codec))) return null;
        return new(codec, keyframe, timestamp, at, keyframe && !_hasSets ? WithSets() : _unit.AsSpan(0, _length).ToArray());
    }

    byte[] WithSets()
    {
        var unit = new byte[_length + _sets.Values.Sum(set => StartCode.Length + set.Length)];
        var at = 0;
        foreach (var set in _sets.Values)
        {
            StartCode.CopyTo(unit, at);
            set.CopyTo(unit, at + StartCode.Length);
            at += StartCode.Length + set.Length;
        }

        _unit.AsSpan(0, _length).CopyTo(unit.AsSpan(at));
        return unit;
    }

    public void Clear() => (_length, _hasSets, _tooLong) = (0, false, false);

    void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > Limit) _tooLong = true;
        if (_tooLong) return;
        if (_length + bytes.Length > _unit.Length) Array.Resize(ref _unit, Math.Max(_unit.Length * 2, _length + bytes.Length + 4096));
        bytes.CopyTo(_unit.AsSpan(_length));
        _length += bytes.Length;
    }
}
