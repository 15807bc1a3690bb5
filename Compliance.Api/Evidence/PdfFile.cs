using System.IO.Compression;
using System.Text;

namespace Compliance.Api.Evidence;

/// <summary>A stream of a PDF: its dictionary, and where its bytes lie.</summary>
sealed record PdfStream(IReadOnlyDictionary<string, object?> Dictionary, ReadOnlyMemory<byte> Raw)
{
    /// <summary>Unpacked, at most so many bytes: a small file may hold an endless one.</summary>
    /// <exception cref="InvalidDataException">It is packed in a way we do not write, is damaged, or is longer.</exception>
    public byte[] Unpacked(int most)
    {
        switch (Dictionary.GetValueOrDefault("Filter"))
        {
            case null when Raw.Length <= most: return Raw.ToArray();
            case PdfName { Text: "FlateDecode" }:
                var bytes = new MemoryStream();
                using (var packed = new ZLibStream(new MemoryStream(Raw.ToArray()), CompressionMode.Decompress))
                {
                    var part = new byte[81_920];
                    for (int read; (read = packed.Read(part)) > 0;)
                    {
                        if (bytes.Length + read > most) throw new InvalidDataException($"A part of the file unpacks to more than {most:N0} bytes.");
                        bytes.Write(part, 0, read);
                    }
                }

                return bytes.ToArray();
            default: throw new InvalidDataException("A part of the file is packed in a way this system does not write.");
        }
    }
}

/// <summary>A name such as <c>/Type</c>, without the stroke.</summary>
sealed record PdfName(string Text);

/// <summary>A string, as bytes.</summary>
sealed record PdfText(byte[] Bytes)
{
    public override string ToString() => Bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(Bytes, 2, Bytes.Length - 2) : Encoding.Latin1.GetString(Bytes);
}

/// <summary>What stands elsewhere in the file.</summary>
sealed record PdfReference(int Number, int Generation);

/// <summary>
/// A PDF as this system writes it: tables of contents in the classic form (ISO 32000-1, 7.5.4), each update appended. Reads dictionaries and streams by
/// number, and nothing it is not asked for. A file of another make is refused in a sentence, not guessed at.
/// </summary>
sealed class PdfFile
{
    const int MostObjects = 100_000, MostUpdates = 64, LongestWay = 16;

    readonly ReadOnlyMemory<byte> _bytes;
    readonly Dictionary<int, int> _offsets = [];
    int _listed, _way;

    /// <exception cref="InvalidDataException">It is no PDF, is cut off, or is of another make.</exception>
    public PdfFile(ReadOnlyMemory<byte> bytes)
    {
        _bytes = bytes;
        var span = bytes.Span;
        if (span.IsEmpty) throw new InvalidDataException("The file is empty.");
        if (span.StartsWith("PK\x03\x04"u8)) throw new InvalidDataException("This is a ZIP, not a PDF: a venue's whole file is checked by the verify command.");
        if (!span.StartsWith("%PDF-"u8)) throw new InvalidDataException("This is no PDF.");
        var tail = span[Math.Max(0, span.Length - 2048)..];
        var mark = tail.LastIndexOf("startxref"u8);
        if (mark < 0 || tail.LastIndexOf("%%EOF"u8) < mark) throw new InvalidDataException("The file is cut off: its end is missing.");
        var reader = new PdfReader(bytes, span.Length - tail.Length + mark + 9);
        var seen = new HashSet<long>();
        for (long? table = StartXref = (int)reader.Integer(); table is { } at;)
        {
            if (seen.Count == MostUpdates || at < 0 || at >= span.Length || !seen.Add(at)) throw new InvalidDataException("The file's table of contents leads nowhere.");
            var trailer = ReadTable((int)at);
            Trailer ??= trailer;
            table = trailer.GetValueOrDefault("Prev") is double previous ? (long)previous : null;
        }
    }

    /// <summary>The newest trailer.</summary>
    public IReadOnlyDictionary<string, object?> Trailer { get; } = null!;

    /// <summary>Where the newest table of contents lies.</summary>
    public int StartXref { get; }

    public int Size => Trailer.GetValueOrDefault("Size") is double size and > 0 and < MostObjects ? (int)size : throw new InvalidDataException("The file does not say how many objects it has.");

    public IReadOnlyDictionary<string, object?> Catalog => Dictionary(Trailer.GetValueOrDefault("Root"));

    /// <summary>What a value is, followed to where it points.</summary>
    public object? Of(object? value)
    {
        for (var steps = 0; value is PdfReference reference; steps++) value = steps < LongestWay ? Read(reference.Number).Value : throw new InvalidDataException("A reference goes round in circles.");
        return value;
    }

    public IReadOnlyDictionary<string, object?> Dictionary(object? value) => Of(value) switch
    {
        IReadOnlyDictionary<string, object?> dictionary => dictionary,
        PdfStream stream => stream.Dictionary,
        _ => throw new InvalidDataException("The file is damaged: a dictionary is missing."),
    };

    public IReadOnlyList<object?> List(object? value) => Of(value) as IReadOnlyList<object?> ?? [];

    /// <summary>The text between <c>obj</c> and <c>endobj</c>, as it stands in the file.</summary>
    public string Source(int number)
    {
        var (_, from, until) = Read(number);
        return Encoding.Latin1.GetString(_bytes.Span[from..until]).Trim();
    }

    (object? Value, int From, int Until) Read(int number)
    {
        if (!_offsets.TryGetValue(number, out var offset)) return (null, 0, 0);
        // The length of a stream may stand elsewhere, and that again may be a stream.
        if (_way == LongestWay) throw new InvalidDataException("A reference goes round in circles.");
        _way++;
        try
        {
            return Read(number, offset);
        }
        finally
        {
            _way--;
        }
    }

    (object? Value, int From, int Until) Read(int number, int offset)
    {
        var reader = new PdfReader(_bytes, offset);
        if ((int)reader.Integer() != number) throw new InvalidDataException($"The file is damaged: object {number} is not where it should be.");
        reader.Integer();
        reader.Word("obj");
        var from = reader.At;
        var value = reader.Value();
        var until = reader.At;
        if (value is IReadOnlyDictionary<string, object?> dictionary && reader.Stream(length => Of(length) is double l ? (int)l : -1, dictionary) is { } stream) value = stream;
        return (value, from, until);
    }

    IReadOnlyDictionary<string, object?> ReadTable(int at)
    {
        var reader = new PdfReader(_bytes, at);
        if (!reader.TryWord("xref")) throw new InvalidDataException("This PDF was not written by this system, or was saved anew by another program: its table of contents has another form.");
        while (!reader.TryWord("trailer"))
        {
            var (first, count) = ((int)reader.Integer(), (int)reader.Integer());
            if (first < 0 || count is < 0 or > MostObjects || first > MostObjects || (_listed += count + 1) > 2 * MostObjects) throw new InvalidDataException("The file's table of contents is damaged.");
            for (var i = 0; i < count; i++)
            {
                var offset = (int)reader.Integer();
                reader.Integer();
                if (reader.TryWord("n")) _offsets.TryAdd(first + i, offset);
                else reader.Word("f");
            }
        }

        return reader.Value() as IReadOnlyDictionary<string, object?> ?? throw new InvalidDataException("The file's trailer is missing.");
    }
}
