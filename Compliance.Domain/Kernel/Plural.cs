namespace Compliance.Domain.Kernel;

/// <summary>Which form of a counted word a language takes: Kazakh has 1, English 2, Russian 3 (1, 2, 5).</summary>
public static class Plural
{
    /// <summary>Unicode CLDR plural rules for whole numbers.</summary>
    public static int Form(long n, string language) => language switch
    {
        "ru" => (n % 10, n % 100) switch
        {
            (1, not 11) => 0,
            ( >= 2 and <= 4, not (>= 12 and <= 14)) => 1,
            _ => 2,
        },
        "en" => n == 1 ? 0 : 1,
        _ => 0,
    };

    public static int Forms(string language) => language switch { "ru" => 3, "en" => 2, _ => 1 };

    /// <summary>The form for that number, of forms parted by <c>|</c>.</summary>
    public static string Of(string forms, long n, string language)
    {
        var all = forms.Split('|');
        return all[Math.Min(Form(n, language), all.Length - 1)];
    }
}
