namespace Compliance.Probe.Watch.Rtsp;

/// <summary>One way of signing in that a camera offers in WWW-Authenticate (RFC 7235, 2.1).</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public string? this[string name] => Parameters.GetValueOrDefault(name);

    /// <summary>0: we cannot; the more the better.</summary>
    public int Strength => (Scheme.ToUpperInvariant(), (this["algorithm"] ?? "MD5").ToUpperInvariant()) switch
    {
        ("DIGEST", "SHA-256" or "SHA-256-SESS") => 3,
        ("DIGEST", "MD5" or "MD5-SESS") => 2,
        ("BASIC", _) => 1,
        _ => 0,
    };

    /// <summary>Null when there is none we can answer.</summary>
    public static Challenge? Strongest(IEnumerable<string> headers) => Strongest(headers.SelectMany(Parse));

    public static Challenge? Strongest(IEnumerable<Challenge> offers) =>
        offers.Where(c => c.Strength > 0).MaxBy(c => c.Strength);

    /// <summary>Several challenges may stand in one header: a word that is not followed by '=' begins the next.</summary>
    public static IReadOnlyList<Challenge> Parse(string header)
    {
        var found = new List<Challenge>();
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var at = 0; at < header.Length;)
        {
            at = SkipAny(header, at, " \t,");
            var word = Word(header, ref at);
            var afterSpace = SkipAny(header, at, " \t");
            if (afterSpace < header.Length && header[afterSpace] == '=')
            {
                at = SkipAny(header, afterSpace + 1, " \t");
                parameters[word] = at < header.Length && header[at] == '"' ? Quoted(header, ref at) : Word(header, ref at);
            }
            else if (word.Length > 0)
            {
                parameters = new(StringComparer.OrdinalIgnoreCase);
                found.Add(new(word, parameters));
            }
            else
            {
                at++;
            }
        }

        return found;
    }

    static int SkipAny(string text, int at, string which)
    {
        while (at < text.Length && which.Contains(text[at])) at++;
        return at;
    }

    static string Word(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && !" \t,=\"".Contains(text[at])) at++;
        return text[start..at];
    }

    static string Quoted(string text, ref int at)
    {
        var value = new System.Text.StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length) at++;
            value.Append(text[at]);
        }

        at++;
        return value.ToString();
    }
}
