using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Compliance.Api.Evidence;

/// <summary>
/// Signs a PDF as PAdES asks (ETSI EN 319 142-1, ETSI.CAdES.detached): the file stays as it is, an update with the signature is appended. May be
/// done again for another signer; each signature covers all that stood before it.
/// </summary>
static class PdfSignature
{
    /// <summary>Bytes kept free for signature, certificates and time stamp.</summary>
    const int Room = 24 * 1024;

    /// <param name="reason">In what role and for what, as the reader's program shows it.</param>
    public static async Task<byte[]> Sign(byte[] pdf, X509Certificate2 certificate, X509Certificate2Collection chain, string reason, DateTimeOffset at, AskForTime? time, CancellationToken ct)
    {
        var (update, range, contents) = Update(pdf, certificate, reason, at);
        byte[] whole = [.. pdf, .. update];
        byte[] signed = [.. whole[..range.First], .. whole[range.Second..]];
        var hex = Convert.ToHexString(await Cades.Sign(signed, certificate, chain, time, ct));
        if (hex.Length > Room * 2) throw new InvalidOperationException($"The signature has {hex.Length / 2} bytes, there is room for {Room}.");
        Encoding.ASCII.GetBytes(hex).CopyTo(whole, contents);
        return whole;
    }

    static (byte[] Update, (int First, int Second) Range, int Contents) Update(byte[] pdf, X509Certificate2 certificate, string reason, DateTimeOffset at)
    {
        var file = new PdfFile(pdf);
        var root = (PdfReference)file.Trailer["Root"]!;
        var page = FirstPage(file);
        var (signature, field, size) = (file.Size, file.Size + 1, file.Size + 2);
        var fields = file.Catalog.TryGetValue("AcroForm", out var form) ? file.List(file.Dictionary(form)["Fields"]).OfType<PdfReference>().ToList() : [];
        var (text, offsets) = (new StringBuilder(), new SortedDictionary<int, int>());

        void Add(int number, string value)
        {
            offsets[number] = pdf.Length + text.Length;
            text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{value}\nendobj\n");
        }

        text.Append('\n');
        var acroForm = $"<< /Fields [{string.Concat(fields.Select(f => $"{f.Number} 0 R "))}{field} 0 R] /SigFlags 3 >>";
        switch (form)
        {
            // An object of its own, so that the next signature can replace it.
            case null:
                Add(root.Number, With(file.Source(root.Number), $"/AcroForm {size} 0 R"));
                Add(size++, acroForm);
                break;
            case PdfReference kept: Add(kept.Number, acroForm); break;
            default: throw new InvalidDataException("The form of the file is not where this system puts it.");
        }

        var source = file.Source(page.Number);
        Add(page.Number, file.Dictionary(page).TryGetValue("Annots", out var annots) && annots is not null
            ? With(Without(source, annots), $"/Annots [{string.Concat(file.List(annots).OfType<PdfReference>().Select(a => $"{a.Number} 0 R "))}{field} 0 R]") : With(source, $"/Annots [{field} 0 R]"));
        Add(field, $"<< /Type /Annot /Subtype /Widget /FT /Sig /T (signature-{fields.Count + 1}) /V {signature} 0 R /F 132 /Rect [0 0 0 0] /P {page.Number} 0 R >>");
        var (open, close) = ("/ByteRange [0 ", " /Contents <");
        const int digits = 10;
        Add(signature, $"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (D:{at.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture)}) " +
            $"/Name {Unicode(certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false))} /Reason {Unicode(reason)} {open}{new string(' ', (3 * digits) + 2)}]{close}{new string('0', Room * 2)}> >>");
        var table = pdf.Length + text.Length;
        text.Append("xref\n");
        foreach (var (number, offset) in offsets) text.Append(CultureInfo.InvariantCulture, $"{number} 1\n{offset:0000000000} 00000 n \n");
        var ids = file.Trailer.GetValueOrDefault("ID") is IReadOnlyList<object?> { Count: 2 } id ? $" /ID [{string.Concat(id.OfType<PdfText>().Select(i => $"<{Convert.ToHexString(i.Bytes)}>"))}]" : "";
        var info = file.Trailer.GetValueOrDefault("Info") is PdfReference about ? $" /Info {about.Number} 0 R" : "";
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {size} /Root {root.Number} 0 R{info}{ids} /Prev {file.StartXref} >>\nstartxref\n{table}\n%%EOF\n");

        var update = text.ToString();
        var contents = update.LastIndexOf(close, StringComparison.Ordinal) + close.Length;
        var first = pdf.Length + contents - 1;
        var second = first + (Room * 2) + 2;
        var range = string.Create(CultureInfo.InvariantCulture, $"{first} {second} {pdf.Length + update.Length - second}").PadRight((3 * digits) + 2);
        var place = update.LastIndexOf(open, StringComparison.Ordinal) + open.Length;
        return (Encoding.Latin1.GetBytes(update[..place] + range + update[(place + range.Length)..]), (first, second), pdf.Length + contents);
    }

    static PdfReference FirstPage(PdfFile file)
    {
        var node = file.Catalog["Pages"];
        for (var depth = 0; depth < 16; depth++)
        {
            if (file.Dictionary(node).GetValueOrDefault("Type") is PdfName { Text: "Page" }) return (PdfReference)node!;
            node = file.List(file.Dictionary(node)["Kids"])[0];
        }

        throw new InvalidDataException("The file has no page.");
    }

    static string With(string dictionary, string member) => dictionary.EndsWith(">>", StringComparison.Ordinal) ? $"{dictionary[..^2]} {member} >>" : throw new InvalidDataException("An object of the file is no dictionary.");

    /// <summary>The page without its list of annotations: inline as WeasyPrint writes it, or a reference.</summary>
    static string Without(string source, object annots)
    {
        var from = source.IndexOf("/Annots", StringComparison.Ordinal);
        var until = annots is PdfReference ? source.IndexOf('R', from + 7) + 1 : source.IndexOf(']', from) + 1;
        return from < 0 || until <= from ? throw new InvalidDataException("The annotations of a page are not where this system puts them.") : source.Remove(from, until - from);
    }

    static string Unicode(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
