namespace VenueSimulator.Pictures;

/// <summary>Burns digits into a gray picture, white in a black box, as cameras do.</summary>
internal static class Letters
{
    const int Scale = 3, Advance = 6 * Scale, Tall = 7 * Scale;

    /// <summary>Five by seven points, a row in five bits.</summary>
    static readonly Dictionary<char, byte[]> Shapes = new()
    {
        ['0'] = [14, 17, 19, 21, 25, 17, 14], ['1'] = [4, 12, 4, 4, 4, 4, 14], ['2'] = [14, 17, 1, 2, 4, 8, 31], ['3'] = [31, 2, 4, 2, 1, 17, 14],
        ['4'] = [2, 6, 10, 18, 31, 2, 2], ['5'] = [31, 16, 30, 1, 1, 17, 14], ['6'] = [6, 8, 16, 30, 17, 17, 14], ['7'] = [31, 1, 2, 4, 8, 8, 8],
        ['8'] = [14, 17, 17, 14, 17, 17, 14], ['9'] = [14, 17, 17, 15, 1, 2, 12], [':'] = [0, 12, 12, 0, 12, 12, 0], ['-'] = [0, 0, 0, 31, 0, 0, 0], [' '] = new byte[7],
    };

    public static void Write(Span<byte> picture, int width, int left, int top, string text)
    {
        for (var y = -Scale; y < Tall + Scale; y++) picture.Slice(((top + y) * width) + left - Scale, (text.Length * Advance) + Scale).Fill(8);
        for (var i = 0; i < text.Length; i++)
            for (var y = 0; y < Tall; y++)
                for (var x = 0; x < 5 * Scale; x++)
                    if ((Shapes[text[i]][y / Scale] >> (4 - (x / Scale)) & 1) != 0) picture[((top + y) * width) + left + (i * Advance) + x] = 240;
    }
}
