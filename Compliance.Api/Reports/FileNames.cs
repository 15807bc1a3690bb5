using System.Globalization;
using System.Text;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>
/// How the file of a document is called: what it is, of which venue, of when, and the first eight digits of the id printed in it, so that no two documents lie
/// under one name. Latin letters only: a name that every browser, disk and mail keeps.
/// </summary>
static class FileNames
{
    /// <summary>Sounds, not spelling: Kazakh and Russian letters as they are read.</summary>
    static readonly Dictionary<char, string> Latin = new()
    {
        ['а'] = "a", ['ә'] = "a", ['б'] = "b", ['в'] = "v", ['г'] = "g", ['ғ'] = "g", ['д'] = "d", ['е'] = "e", ['ё'] = "yo", ['ж'] = "zh", ['з'] = "z", ['и'] = "i", ['й'] = "y",
        ['к'] = "k", ['қ'] = "q", ['л'] = "l", ['м'] = "m", ['н'] = "n", ['ң'] = "ng", ['о'] = "o", ['ө'] = "o", ['п'] = "p", ['р'] = "r", ['с'] = "s", ['т'] = "t", ['у'] = "u", ['ұ'] = "u", ['ү'] = "u",
        ['ф'] = "f", ['х'] = "kh", ['һ'] = "h", ['ц'] = "ts", ['ч'] = "ch", ['ш'] = "sh", ['щ'] = "shch", ['ъ'] = "", ['ы'] = "y", ['і'] = "i", ['ь'] = "", ['э'] = "e", ['ю'] = "yu", ['я'] = "ya",
    };

    /// <summary>Letters of a venue's name that a file is called by.</summary>
    const int Longest = 40;

    public static string Of(string kind, IPaper paper, VenueDetails venue, string when) => $"{kind}-{Slug(venue, paper)}-{when}-{paper.DocumentId.ToString("N")[..8]}-{string.Join('-', paper.Languages.Select(words => words.Language))}";

    public static string Of(string kind, IPaper paper, VenueDetails venue, DateTimeOffset at) => Of(kind, paper, venue, Day(at));

    /// <summary>The last day of a period is the one it still holds.</summary>
    public static string Of(string kind, IPaper paper, VenueDetails venue, Domain.Evidence.Period period) => Of(kind, paper, venue, $"{Day(period.From)}-{Day(period.To.AddTicks(-1))}");

    static string Slug(VenueDetails venue, IPaper paper) => new[] { venue.NameRu, venue.NameKk }.Select(Slug).FirstOrDefault(slug => slug.Length > 0) ?? $"venue-{paper.Attached.VenueId:N}";

    internal static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.ToLowerInvariant())
            slug.Append(Latin.GetValueOrDefault(letter) ?? (char.IsAsciiLetterOrDigit(letter) ? letter.ToString() : slug is [.., not '-'] ? "-" : ""));
        return slug.ToString()[..Math.Min(slug.Length, Longest)].Trim('-');
    }

    static string Day(DateTimeOffset at) => VenueZone.Day(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
