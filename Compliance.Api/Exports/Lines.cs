namespace Compliance.Api.Exports;

/// <summary>A text line by line as bytes, each with its newline; never more of it in memory than one line.</summary>
static class Lines
{
    /// <summary>Bytes of a line, at most.</summary>
    const int Longest = 4 << 20;

    /// <exception cref="InvalidDataException">A line is longer, or the last one does not end.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(Stream text)
    {
        var (buffer, from, until) = (new byte[81_920], 0, 0);
        while (true)
        {
            var end = buffer.AsSpan(from, until - from).IndexOf((byte)'\n');
            if (end >= 0)
            {
                yield return buffer.AsMemory(from, end + 1).ToArray();
                from += end + 1;
                continue;
            }

            if (from > 0) buffer.AsSpan(from, until - from).CopyTo(buffer);
            (from, until) = (0, until - from);
            if (until == buffer.Length)
            {
                if (until >= Longest) throw new InvalidDataException($"A line has more than {Longest:N0} bytes.");
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = text.Read(buffer, until, buffer.Length - until);
            if (read == 0)
            {
                if (until > 0) throw new InvalidDataException("The last line is cut off.");
                yield break;
            }

            until += read;
        }
    }
}
