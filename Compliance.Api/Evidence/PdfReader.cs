using System.Globalization;
using System.Text;

namespace Compliance.Api.Evidence;

/// <summary>The words of a PDF, one after another.</summary>
sealed class PdfReader(ReadOnlyMemory<byte> bytes, int at)
{
    const int Deepest = 32, MostHeld = 200_000;

    int _deep, _held;

    public int At { get; private set; } = at;

    ReadOnlySpan<byte> Rest => At < bytes.Length ? bytes.Span[At..] : throw new InvalidDataException("The file ends in the middle of something.");

    public double Integer() => Value() is double number ? number : throw new InvalidDataException("A number is missing.");

    public bool TryWord(string word)
    {
        Skip();
        if (At >= bytes.Length || !Rest.StartsWith(Encoding.ASCII.GetBytes(word))) return false;
        At += word.Length;
        return true;
    }

    public void Word(string word)
    {
        if (!TryWord(word)) throw new InvalidDataException($"'{word}' is missing.");
    }

    /// <summary>The stream behind a dictionary, if there is one.</summary>
    public PdfStream? Stream(Func<object?, int> lengthOf, IReadOnlyDictionary<string, object?> dictionary)
    {
        if (!TryWord("stream")) return null;
        if (Rest[0] == '\r') At++;
        if (Rest[0] == '\n') At++;
        var length = lengthOf(dictionary.GetValueOrDefault("Length"));
        if (length < 0 || length > bytes.Length - At) throw new InvalidDataException("A stream is longer than the file.");
        return new(dictionary, bytes.Slice(At, length));
    }

    /// <summary>A dictionary, list, name, text, number (double), reference, true, false, or null.</summary>
    public object? Value()
    {
        Skip();
        if (++_deep > Deepest) throw new InvalidDataException("The file is nested too deeply.");
        try
        {
            return Rest switch
            {
                [(byte)'<', (byte)'<', ..] => Members(),
                [(byte)'[', ..] => Items(),
                [(byte)'/', ..] => Name(),
                [(byte)'(', ..] => Text(),
                [(byte)'<', ..] => Hex(),
                [(byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'), ..] => NumberOrReference(),
                _ when TryWord("true") => true,
                _ when TryWord("false") => false,
                _ when TryWord("null") => null,
                _ => throw new InvalidDataException("Something stands in the file that is no PDF."),
            };
        }
        finally
        {
            _deep--;
        }
    }

    Dictionary<string, object?> Members()
    {
        At += 2;
        var members = new Dictionary<string, object?>();
        while (!TryWord(">>")) members[Name().Text] = Held();
        return members;
    }

    List<object?> Items()
    {
        At++;
        var items = new List<object?>();
        while (!TryWord("]")) items.Add(Held());
        return items;
    }

    object? Held() => ++_held <= MostHeld ? Value() : throw new InvalidDataException($"A part of the file holds more than {MostHeld:N0} things.");

    PdfName Name()
    {
        Skip();
        if (Rest[0] != '/') throw new InvalidDataException("A name is missing.");
        At++;
        var text = new StringBuilder();
        for (; At < bytes.Length && !IsEnd(Rest[0]); At++)
        {
            if (Rest is [(byte)'#', var high, var low, ..] && char.IsAsciiHexDigit((char)high) && char.IsAsciiHexDigit((char)low))
            {
                text.Append((char)Convert.ToByte($"{(char)high}{(char)low}", 16));
                At += 2;
            }
            else
            {
                text.Append((char)Rest[0]);
            }
        }

        return new(text.ToString());
    }

    PdfText Text()
    {
        var (text, open) = (new List<byte>(), 0);
        for (; ; At++)
        {
            var c = Rest[0];
            if (c == '\\')
            {
                At++;
                c = Rest[0];
                if (c is >= (byte)'0' and <= (byte)'7')
                {
                    var octal = 0;
                    for (var i = 0; i < 3 && Rest[0] is >= (byte)'0' and <= (byte)'7'; i++, At++) octal = (octal * 8) + Rest[0] - '0';
                    text.Add((byte)octal);
                    At--;
                    continue;
                }

                if (c is (byte)'\n' or (byte)'\r') continue;
                text.Add(c switch { (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', (byte)'t' => (byte)'\t', (byte)'b' => (byte)'\b', (byte)'f' => (byte)'\f', _ => c });
                continue;
            }

            if (c == '(' && open++ == 0) continue;
            if (c == ')' && --open == 0) break;
            text.Add(c);
        }

        At++;
        return new([.. text]);
    }

    PdfText Hex()
    {
        At++;
        var end = Rest.IndexOf((byte)'>');
        if (end < 0) throw new InvalidDataException("A text does not end.");
        var digits = Encoding.ASCII.GetString(Rest[..end]);
        At += end + 1;
        digits = string.Concat(digits.Where(c => !char.IsWhiteSpace(c)));
        if (!digits.All(char.IsAsciiHexDigit)) throw new InvalidDataException("A text is no hexadecimal.");
        return new(Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits + "0"));
    }

    object NumberOrReference()
    {
        var number = Number();
        var here = At;
        if (number is >= 0 and < int.MaxValue && Math.Floor(number) == number && At < bytes.Length && IsSpace(Rest[0]))
        {
            Skip();
            if (At < bytes.Length && char.IsAsciiDigit((char)Rest[0]) && Number() is var generation && At < bytes.Length && IsSpace(Rest[0]))
            {
                Skip();
                if (At < bytes.Length && Rest[0] == 'R' && (Rest.Length == 1 || IsEnd(Rest[1])))
                {
                    At++;
                    return new PdfReference((int)number, (int)generation);
                }
            }
        }

        At = here;
        return number;
    }

    double Number()
    {
        var length = 0;
        while (length < Rest.Length && length < 32 && Rest[length] is (byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9')) length++;
        var text = Encoding.ASCII.GetString(Rest[..length]);
        At += length;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidDataException($"'{text}' is no number.");
    }

    void Skip()
    {
        for (; At < bytes.Length; At++)
        {
            if (bytes.Span[At] == '%')
                while (At < bytes.Length && bytes.Span[At] is not ((byte)'\n' or (byte)'\r')) At++;
            else if (!IsSpace(bytes.Span[At])) return;
        }
    }

    static bool IsSpace(byte c) => c is 0 or 9 or 10 or 12 or 13 or 32;

    static bool IsEnd(byte c) => IsSpace(c) || c is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'/' or (byte)'%';
}
