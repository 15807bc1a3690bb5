using System.Buffers.Text;
using System.Text;

namespace Compliance.Api.Views;

/// <summary>The place behind one row of a list; callers hand its text back and read nothing into it.</summary>
sealed record RowCursor(string Sort, Guid Key)
{
    public override string ToString() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Key:N}{Sort}"));

    /// <summary>Null when the text is no cursor of ours.</summary>
    public static RowCursor? Parse(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        var plain = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
        return plain.Length >= 32 && Guid.TryParseExact(plain[..32], "N", out var key) ? new(plain[32..], key) : null;
    }
}
