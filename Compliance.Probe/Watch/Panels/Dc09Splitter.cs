namespace Compliance.Probe.Watch.Panels;

/// <summary>
/// Finds the frames in what one connection sends: several in a segment, or one over many. It holds one frame and no more; a line
/// feed begins anew, whatever came before it.
/// </summary>
internal sealed class Dc09Splitter
{
    readonly byte[] _frame = new byte[Dc09.Prefix + Dc09.Longest];
    int _length = -1;

    /// <summary>Bytes that were no part of a frame since the last one that ended.</summary>
    public int Garbage { get; private set; }

    /// <summary>A frame has begun and has not ended.</summary>
    public bool IsInside => _length >= 0;

    /// <summary>
    /// Takes bytes up to the end of the next frame and cuts them off <paramref name="bytes"/>. False when they are used up before;
    /// else the frame, without its first and last byte, good until the next call.
    /// </summary>
    public bool Next(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> frame)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            var value = bytes[i];
            if (value == Dc09.Begin)
            {
                Garbage += Math.Max(_length, 0);
                _length = 0;
            }
            else if (_length < 0)
            {
                Garbage++;
            }
            else if (value == Dc09.End)
            {
                frame = _frame.AsSpan(0, _length);
                bytes = bytes[(i + 1)..];
                (_length, Garbage) = (-1, 0);
                return true;
            }
            else if (_length == _frame.Length)
            {
                Garbage += _length + 1;
                _length = -1;
            }
            else
            {
                _frame[_length++] = value;
            }
        }

        bytes = frame = [];
        return false;
    }
}
