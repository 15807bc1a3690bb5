namespace Compliance.Probe.Watch.Rtp;

/// <summary>Reads the bits of a NAL unit and steps over emulation prevention bytes. Past the end it reads zeros and says <see cref="Overrun"/>.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> nal)
{
    readonly ReadOnlySpan<byte> _nal = nal;
    int _at;
    int _bit;
    int _zeros;

    public bool Overrun { get; private set; }

    public bool Flag() => Bits(1) == 1;

    public uint Bits(int count)
    {
        uint value = 0;
        while (count-- > 0) value = (value << 1) | Bit();
        return value;
    }

    public void Skip(int count)
    {
        while (count-- > 0 && !Overrun) Bit();
    }

    /// <summary>Unsigned Exp-Golomb, ue(v).</summary>
    public uint Ue()
    {
        var zeros = 0;
        while (zeros < 32 && !Overrun && Bit() == 0) zeros++;
        return zeros == 32 ? uint.MaxValue : (1u << zeros) - 1 + Bits(zeros);
    }

    /// <summary>Signed Exp-Golomb, se(v).</summary>
    public int Se()
    {
        var code = Ue();
        return (code & 1) == 1 ? (int)(code / 2) + 1 : -(int)(code / 2);
    }

    uint Bit()
    {
        if (_bit == 0 && _zeros >= 2 && _at < _nal.Length && _nal[_at] == 3) (_at, _zeros) = (_at + 1, 0);
        if (_at >= _nal.Length)
        {
            Overrun = true;
            return 0;
        }

        var value = (uint)(_nal[_at] >> (7 - _bit)) & 1;
        if (++_bit == 8)
        {
            _zeros = _nal[_at] == 0 ? _zeros + 1 : 0;
            (_at, _bit) = (_at + 1, 0);
        }

        return value;
    }
}
