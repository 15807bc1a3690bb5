using System.Globalization;

namespace Compliance.Domain.Licences;

/// <summary>
/// Text as a search compares it: lower case, without marks, Kazakh letters as the Russian ones people type in their place
/// (<c>Ақшам</c> and <c>акшам</c> are the same), anything that is no letter or digit a space.
/// </summary>
public static class Folded
{
    const string Kazakh = "әғқңөұүһіё", Russian = "агкноуухие";

    public static string Of(string text) => string.Concat(text.ToLower(CultureInfo.InvariantCulture).Select(Fold));

    /// <summary>Every word of the question begins or stands somewhere in the text.</summary>
    public static bool Finds(string question, params ReadOnlySpan<string> texts)
    {
        var whole = Of(string.Join(' ', texts!));
        return Of(question).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => whole.Contains(word, StringComparison.Ordinal));
    }

    static char Fold(char letter) => Kazakh.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var i ? Russian[i] : char.IsLetterOrDigit(letter) ? letter : ' ';
}
