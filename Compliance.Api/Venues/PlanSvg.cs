using System.Globalization;
using System.Text;
using System.Xml;

namespace Compliance.Api.Venues;

/// <summary>
/// A drawing as SVG, written anew with nothing in it but shapes and letters: no script, no style sheet, no reference to anything, inside or out, nothing that moves.
/// What is not on the lists below is left out, whatever it is; what is left is kept, hashed and shown.
/// </summary>
static class PlanSvg
{
    const string Svg = "http://www.w3.org/2000/svg";
    const int MostElements = 20_000, Deepest = 64;

    static readonly HashSet<string> Shapes = ["svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "title", "desc"];

    static readonly HashSet<string> Numbers =
    [
        "viewBox", "width", "height", "x", "y", "dx", "dy", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "transform", "preserveAspectRatio", "opacity", "fill-opacity", "stroke-opacity",
        "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-miterlimit", "fill-rule", "font-size", "font-weight", "text-anchor", "dominant-baseline", "fill", "stroke", "display", "visibility",
    ];

    /// <summary>The drawing as it may be kept, and its width divided by its height; null for what is no SVG with a size, or too much of one.</summary>
    public static (byte[] Svg, double Ratio)? Cleaned(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = bytes.Length });
            if (reader.MoveToContent() != XmlNodeType.Element || reader is not { LocalName: "svg", NamespaceURI: Svg } || RatioOf(reader) is not { } ratio) return null;
            var clean = new MemoryStream();
            using (var writer = XmlWriter.Create(clean, new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true }))
                if (!Copy(reader, writer)) return null;
            return (clean.ToArray(), ratio);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>From the root on; false where there is too much.</summary>
    static bool Copy(XmlReader reader, XmlWriter writer)
    {
        var elements = 0;
        while (!reader.EOF)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                if (++elements > MostElements || reader.Depth > Deepest) return false;
                if (reader.NamespaceURI != Svg || !Shapes.Contains(reader.LocalName))
                {
                    reader.Skip(); // with all that is in it
                    continue;
                }

                var isEmpty = reader.IsEmptyElement;
                writer.WriteStartElement(reader.LocalName, Svg);
                while (reader.MoveToNextAttribute())
                    if (reader.NamespaceURI.Length == 0 && Numbers.Contains(reader.LocalName) && IsHarmless(reader.Value)) writer.WriteAttributeString(reader.LocalName, reader.Value);
                if (isEmpty) writer.WriteEndElement();
            }
            else if (reader.NodeType == XmlNodeType.EndElement) writer.WriteFullEndElement();
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace) writer.WriteString(reader.Value);
            reader.Read();
        }

        return true;
    }

    /// <summary>No value points anywhere: <c>url(…)</c> is a reference even within a drawing, and a backslash hides one.</summary>
    static bool IsHarmless(string value) => !value.Contains("url", StringComparison.OrdinalIgnoreCase) && !value.Contains(':', StringComparison.Ordinal) && !value.Contains('\\', StringComparison.Ordinal);

    static double? RatioOf(XmlReader root)
    {
        var box = root.GetAttribute("viewBox")?.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        var (width, height) = box is [_, _, var w, var h] ? (w, h) : (root.GetAttribute("width"), root.GetAttribute("height"));
        return Size(width) is { } wide && Size(height) is { } high && wide / high is var ratio && double.IsFinite(ratio) ? ratio : null;
    }

    static double? Size(string? text) =>
        double.TryParse(text?.Replace("px", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture, out var size) && size is > 0 and < 1e6 ? size : null;
}
