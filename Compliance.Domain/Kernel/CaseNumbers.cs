namespace Compliance.Domain.Kernel;

/// <summary>Numbers of cases, incidents and authorisations, as registers write them.</summary>
public static class CaseNumbers
{
    /// <summary>Digits, letters, dashes and strokes, with no longer words: what has them may be a name, and names stand in no fact.</summary>
    public static bool Is(string? number) =>
        number?.Trim() is { Length: >= 3 and <= 40 } text && text.Any(char.IsAsciiDigit) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '/' or '.' or '№') && LettersInARow(text) <= 5;

    static int LettersInARow(string text) => text.Aggregate((Most: 0, Now: 0), (run, c) => char.IsLetter(c) ? (Math.Max(run.Most, run.Now + 1), run.Now + 1) : (run.Most, 0)).Most;
}
