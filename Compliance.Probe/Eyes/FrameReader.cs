using System.Globalization;
using System.Text;

namespace Compliance.Probe.Eyes;

/// <summary>Takes frames from the stream a decoder writes (YUV4MPEG2, grey or 4:2:0): size and kind stand in its first line.</summary>
internal sealed class FrameReader(Stream stream)
{
    /// <summary>Movement is looked for in squares of four pixels: in fewer rows there is nothing to be told.</summary>
    const int FewestRows = 16;
    const int LongestLine = 256, MostRows = 4096;
    int _width, _height;
    bool _hasColour;

    /// <summary>The next one; null when there is none that is whole.</summary>
    /// <exception cref="FootageUnreadable">No detector can look at pictures of that shape.</exception>
    public async Task<Frame?> Next(TimeSpan at, CancellationToken ct)
    {
        if (_width == 0 && !await ReadSize(ct)) return null;
        if (await Line(ct) is not { } mark || !mark.StartsWith("FRAME", StringComparison.Ordinal)) return null;
        var luma = new byte[_hasColour ? _width * _height * 3 / 2 : _width * _height];
        return await stream.ReadAtLeastAsync(luma, luma.Length, false, ct) == luma.Length ? new(_width, _height, at, luma) : null;
    }

    async Task<bool> ReadSize(CancellationToken ct)
    {
        foreach (var word in (await Line(ct) ?? "").Split(' ').Skip(1).Where(word => word.Length > 1))
            if (word[0] == 'W') _width = int.Parse(word[1..], CultureInfo.InvariantCulture);
            else if (word[0] == 'H') _height = int.Parse(word[1..], CultureInfo.InvariantCulture);
            else if (word[0] == 'C') _hasColour = word.StartsWith("C420", StringComparison.Ordinal);
        if (_width > 0 && _height > MostRows) throw new FootageUnreadable("the picture is far higher than wide");
        if (_width > 0 && _height is > 0 and < FewestRows) throw new FootageUnreadable("the picture is far wider than high");
        return _width > 0 && _height > 0;
    }

    async Task<string?> Line(CancellationToken ct)
    {
        var (line, one) = (new StringBuilder(), new byte[1]);
        while (line.Length < LongestLine && await stream.ReadAsync(one, ct) == 1)
        {
            if (one[0] == '\n') return line.ToString();
            line.Append((char)one[0]);
        }

        return null;
    }
}
