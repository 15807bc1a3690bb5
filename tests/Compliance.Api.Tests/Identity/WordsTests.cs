using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Compliance.Api.Tests.Identity;

/// <summary>Law 10: every sentence a person sees stands in a resource file, in Kazakh, Russian and English.</summary>
public sealed class WordsTests
{
    static readonly string Api = Path.Combine(Up(AppContext.BaseDirectory), "Compliance.Api");

    public static TheoryData<string> Resources() => [.. Directory.EnumerateFiles(Api, "*.resx", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileNameWithoutExtension(file).Contains('.', StringComparison.Ordinal))
        .Select(file => Path.GetRelativePath(Api, file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Resources))]
    public void Every_sentence_is_there_in_all_three_languages(string resource)
    {
        var (en, ru, kk) = (Read(resource, ""), Read(resource, ".ru"), Read(resource, ".kk"));
        Assert.Equal(kk.Keys.Order(StringComparer.Ordinal), ru.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(kk.Keys.Order(StringComparer.Ordinal), en.Keys.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(kk.Concat(ru).Concat(en), word => string.IsNullOrWhiteSpace(word.Value));
    }

    [Theory, MemberData(nameof(Resources))]
    public void Every_sentence_is_translated(string resource)
    {
        var (en, ru, kk) = (Read(resource, ""), Read(resource, ".ru"), Read(resource, ".kk"));
        Assert.DoesNotContain(en, word => Regex.IsMatch(word.Value, @"\p{IsCyrillic}"));
        Assert.DoesNotContain(en, word => Regex.IsMatch(word.Value, "[a-z]{4}") && (kk[word.Key] == word.Value || ru[word.Key] == word.Value));
        Assert.DoesNotContain(ru, word => Regex.IsMatch(word.Value, "[әғқңөұүһі]", RegexOptions.IgnoreCase));
        Assert.DoesNotContain(kk, word => word.Value.Count(c => c == ' ') > 2 && ru[word.Key] == word.Value);
    }

    [Theory, MemberData(nameof(Resources))]
    public void Every_language_has_the_same_gaps_to_fill(string resource)
    {
        var (en, ru, kk) = (Read(resource, ""), Read(resource, ".ru"), Read(resource, ".kk"));
        Assert.All(kk.Keys, key => Assert.Equal([Gaps(kk[key]), Gaps(kk[key])], [Gaps(ru[key]), Gaps(en[key])]));
    }

    [Fact]
    public void Every_word_that_a_sign_in_page_asks_for_exists()
    {
        var words = Read("Identity/IdentityWords.resx", "");
        var asked = Directory.EnumerateFiles(Path.Combine(Api, "Identity"), "*.*", SearchOption.AllDirectories)
            .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Regex.Matches(File.ReadAllText(file), """(?:Words\["|fault: "|Fault = "|Say = "|ReturnUrl, "|Again\(form, "|Show\(")(\w+)"""))
            .Select(match => match.Groups[1].Value);
        Assert.Empty(asked.Except(words.Keys));
    }

    static string Gaps(string sentence) => string.Concat(Regex.Matches(sentence, @"\{\d[^}]*\}").Select(m => m.Value).Order(StringComparer.Ordinal));

    static Dictionary<string, string> Read(string resource, string language) =>
        XDocument.Load(Path.Combine(Api, Path.ChangeExtension(resource, $"{language}.resx".TrimStart('.')))).Descendants("data")
            .ToDictionary(data => (string)data.Attribute("name")!, data => (string)data.Element("value")!);

    static string Up(string folder) => File.Exists(Path.Combine(folder, "Compliance.sln")) ? folder : Up(Path.GetDirectoryName(folder)!);
}
