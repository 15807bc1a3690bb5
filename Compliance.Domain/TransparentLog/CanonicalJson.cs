using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Compliance.Domain.TransparentLog;

/// <summary>JSON in the one form of RFC 8785: members sorted, numbers as ECMAScript writes them, no space. The same data is always the same bytes.</summary>
public static class CanonicalJson
{
    /// <exception cref="JsonException">The text is no JSON, or has no canonical form.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <exception cref="JsonException">A member stands twice, a number is no double, or a string is no Unicode.</exception>
    public static byte[] Of(JsonElement element)
    {
        var text = new StringBuilder();
        Write(text, element);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A string with its quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }

    static void Write(StringBuilder text, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).ToList();
                text.Append('{');
                for (var i = 0; i < members.Count; i++)
                {
                    if (i > 0 && members[i].Name == members[i - 1].Name) throw new JsonException($"The member {members[i].Name} stands twice.");
                    text.Append(i > 0 ? "," : "").Append(Quote(members[i].Name)).Append(':');
                    Write(text, members[i].Value);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var first = true;
                foreach (var item in element.EnumerateArray())
                {
                    if (!first) text.Append(',');
                    first = false;
                    Write(text, item);
                }

                text.Append(']');
                break;
            case JsonValueKind.String: text.Append(Quote(element.GetString()!)); break;
            case JsonValueKind.Number: text.Append(Number(element.GetDouble())); break;
            case JsonValueKind.True: text.Append("true"); break;
            case JsonValueKind.False: text.Append("false"); break;
            default: text.Append("null"); break;
        }
    }

    /// <summary>As ECMAScript's Number::toString does (ECMA-262 section 6.1.6.1.20): the shortest digits that read back as the same double.</summary>
    static string Number(double number)
    {
        if (!double.IsFinite(number)) throw new JsonException("A number is too large for JSON.");
        if (number == 0) return "0";
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var (digits, point) = Digits(shortest);
        var sign = number < 0 ? "-" : "";
        return sign + point switch
        {
            > 0 and <= 21 when digits.Length <= point => digits + new string('0', point - digits.Length),
            > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => $"{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture)}",
        };
    }

    /// <summary>The digits without zeros at either end, and where the point stands among them: 0.00123 is 123 and -2.</summary>
    static (string Digits, int Point) Digits(string shortest)
    {
        var (mantissa, exponent) = shortest.Split('E') is [var m, var e] ? (m, int.Parse(e, CultureInfo.InvariantCulture)) : (shortest, 0);
        var (whole, fraction) = mantissa.Split('.') is [var w, var f] ? (w, f) : (mantissa, "");
        var all = (whole + fraction).TrimStart('0');
        var point = whole.Length + exponent - ((whole + fraction).Length - all.Length);
        return (all.TrimEnd('0'), point);
    }
}
