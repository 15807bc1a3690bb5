using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Compliance.Domain.Devices;
using Compliance.Domain.Licences;
using Compliance.Domain.Notices;
using Compliance.Domain.Venues;
using Compliance.Web.Shell;

namespace Compliance.Web.Tests;

/// <summary>Every sentence a person sees stands in a resource file, in three languages.</summary>
public sealed partial class ResourceTests
{
    static readonly string Web = Path.Combine(Repo.Root, "Compliance.Web");

    /// <summary>Words that are rightly the same in two languages: names, units, and what Kazakh and Russian share.</summary>
    static readonly HashSet<string> Same = ["Комплаенс", "инспектор", "Камера", "бар", "касса", "зал", "Кодек", "{0} мин", "{0} мс", "{0} кадр/с", "{0} кбит/с", "{0} Мбит/с", "{0} км", "Код", "Карта", "Зонд", "Канарейка", "Процессор", "Температура"];

    static readonly Dictionary<string, Dictionary<string, Dictionary<string, string>>> Features = Directory
        .EnumerateFiles(Web, "*.resx", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
        .GroupBy(file => Path.GetFileName(file).Split('.')[0])
        .ToDictionary(feature => feature.Key, feature => feature.ToDictionary(LanguageOf, Read));

    public static IEnumerable<TheoryDataRow<string>> FeatureNames => Features.Keys.Select(name => new TheoryDataRow<string>(name));

    [Theory, MemberData(nameof(FeatureNames))]
    public void Every_key_stands_in_every_language_and_is_not_empty(string feature)
    {
        var languages = Features[feature];
        Assert.Equal(["en", "kk", "ru"], languages.Keys.Order());
        var keys = languages.Values.SelectMany(l => l.Keys).Distinct();
        Assert.Empty(from key in keys from language in languages
                     where !language.Value.TryGetValue(key, out var text) || string.IsNullOrWhiteSpace(text)
                     select $"{feature}.{language.Key}: {key}");
    }

    [Theory, MemberData(nameof(FeatureNames))]
    public void No_sentence_is_left_untranslated(string feature)
    {
        var (kk, ru, en) = (Features[feature]["kk"], Features[feature]["ru"], Features[feature]["en"]);
        Assert.Empty(from key in kk.Keys
                     where Twin(kk[key], ru[key]) || Twin(kk[key], en[key]) || Twin(ru[key], en[key])
                     select $"{feature}: {key}");
    }

    [Theory, MemberData(nameof(FeatureNames))]
    public void All_languages_fill_the_same_blanks(string feature) =>
        Assert.Empty(from key in Features[feature]["kk"].Keys
                     let blanks = Features[feature].Values.Select(l => string.Join(',', Blank().Matches(l[key].Split('|')[0]).Select(m => m.Value).Distinct().Order())).Distinct()
                     where blanks.Count() > 1
                     select $"{feature}: {key}");

    [Theory, MemberData(nameof(FeatureNames))]
    public void A_counted_sentence_has_the_forms_its_language_needs(string feature) =>
        Assert.Empty(from language in Features[feature] from sentence in language.Value
                     where Features[feature].Values.Any(l => l[sentence.Key].Contains('|', StringComparison.Ordinal))
                     where sentence.Value.Split('|').Length != Compliance.Domain.Kernel.Plural.Forms(language.Key)
                     select $"{feature}.{language.Key}: {sentence.Key}");

    [Fact]
    public void Everything_a_page_says_of_a_device_has_words()
    {
        var keys = Features["DeviceWords"]["kk"].Keys.ToHashSet();
        Assert.Empty(from word in Said() where !keys.Contains(word) select word);

        static IEnumerable<string> Said() =>
        [
            .. Enum.GetNames<Verdict>().SelectMany(v => (string[])[$"verdict.{v}", $"meaning.{v}", $"next.{v}"]),
            .. Enum.GetValues<Reason>().Where(r => r.IsEvidence() || r.IsOfPanel()).Select(r => $"why.{r}"),
            .. Enum.GetNames<DeviceKind>().Select(k => $"kind.{k}"), .. Enum.GetNames<CameraPurpose>().Select(p => $"purpose.{p}"),
            .. Enum.GetNames<LockType>().Select(l => $"lock.{l}"), .. Enum.GetNames<OpeningDirection>().Select(o => $"opening.{o}"),
        ];
    }

    [Fact]
    public void Posts_bases_and_notices_have_words()
    {
        Assert.All(typeof(LicenceEvent).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(LicenceEvent))), step => Assert.Contains($"step.{step.Name}", Features["LicenceWords"]["kk"].Keys));
        Assert.All(Enum.GetNames<Post>(), post => Assert.Contains($"post.{post}", Features["VenueWords"]["kk"].Keys));
        Assert.All(Enum.GetNames<LegalBasisKind>(), kind => Assert.Contains($"basis.{kind}", Features["VenueWords"]["kk"].Keys));
        Assert.All(Enum.GetNames<LegalBasisKind>(), kind => Assert.Contains($"basis.what.{kind}", Features["VenueWords"]["kk"].Keys));
        Assert.All(Enum.GetNames<TextLanguage>(), language => Assert.Contains($"basis.signed-in.{language}", Features["VenueWords"]["kk"].Keys));
        Assert.All(Enum.GetNames<NoticeKind>(), kind => Assert.Contains($"title.{kind}", Features["NoticeWords"]["kk"].Keys));
    }

    [Fact]
    public void Every_refusal_of_the_domain_has_words()
    {
        var codes = Directory.EnumerateFiles(Path.Combine(Repo.Root, "Compliance.Domain"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value)).Distinct().ToList();
        Assert.NotEmpty(codes);
        Assert.Empty(codes.Except(Features["ProblemWords"]["kk"].Keys));
    }

    [Fact]
    public void Every_refusal_of_the_api_has_words()
    {
        var codes = Directory.EnumerateFiles(Path.Combine(Repo.Root, "Compliance.Api"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => ApiCode().Matches(File.ReadAllText(file)).Select(m => m.Groups[1].Value))
            .Where(code => !code.StartsWith("compliance.", StringComparison.Ordinal)).Distinct().ToList(); // those are metrics
        Assert.NotEmpty(codes);
        Assert.Empty(codes.Except(Features["ProblemWords"]["kk"].Keys));
    }

    [Fact]
    public void Every_key_a_page_asks_for_stands_in_its_feature()
    {
        Assert.Empty(from file in Sources() let text = File.ReadAllText(file)
                     from injected in Injected().Matches(text)
                     from key in Regex.Matches(text, $@"\b{injected.Groups[2].Value}(?:\[|\.Count\()""([\w.-]+)""")
                     where !Features[injected.Groups[1].Value]["kk"].ContainsKey(key.Groups[1].Value)
                     select $"{Path.GetFileName(file)}: {key.Groups[1].Value}");
    }

    /// <summary>What is left of a page when code, tags and expressions are taken away has no words in it, nor have its spoken attributes.</summary>
    [Fact]
    public void No_page_holds_a_sentence_of_its_own()
    {
        Assert.Empty(from file in Sources() from words in Hardcoded(File.ReadAllText(file)) select $"{Path.GetFileName(file)}: {words}");
    }

    [Theory]
    [InlineData("<p>Hello there</p>"), InlineData("<MudButton Label=\"Save it\" />"), InlineData("<p>@T[\"x\"] and more</p>"), InlineData("<img alt=\"A picture\" />")]
    public void A_sentence_of_its_own_is_found(string page) => Assert.NotEmpty(Hardcoded(page));

    [Theory]
    [InlineData("<p>@T[\"mine.title\"]</p>"), InlineData("<p>@(a > 1 ? T[\"b\"] : null) · @T.Count(\"many\", n)</p>"), InlineData("@if (x)\n{\n  <p>@name.First</p>\n}\nelse\n{\n <b>1</b> }")]
    public void What_comes_from_a_resource_is_let_through(string page) => Assert.Empty(Hardcoded(page));

    static IEnumerable<string> Hardcoded(string razor)
    {
        var page = Comment().Replace(razor.Split("@code {")[0], "");
        foreach (Match attribute in Spoken().Matches(page)) yield return attribute.Value;
        foreach (var text in Tag().Split(Expression().Replace(page, "")).Select(part => part.Trim()))
        {
            if (!IsCode(text)) yield return text;
        }
    }

    static bool IsCode(string text) => text.Contains('{', StringComparison.Ordinal) || text.Contains('}', StringComparison.Ordinal)
        || text.Contains(';', StringComparison.Ordinal) || !Word().IsMatch(text)
        || text.StartsWith("case ", StringComparison.Ordinal) || text.StartsWith("break", StringComparison.Ordinal);

    static IEnumerable<string> Sources() => Directory.EnumerateFiles(Web, "*.razor", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith("_Imports.razor", StringComparison.Ordinal));

    static bool Twin(string a, string b) => string.Equals(a, b, StringComparison.Ordinal) && Word().IsMatch(Blank().Replace(a, "")) && !Same.Contains(a);

    static string LanguageOf(string file) => Path.GetFileName(file).Split('.') is [_, var language, "resx"] ? language : "kk";

    static Dictionary<string, string> Read(string file) => XDocument.Load(file).Root!.Elements("data")
        .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\p{L}{2,}")]
    private static partial Regex Word();

    [GeneratedRegex(@"new(?: Refusal)?\(\s*""([a-z-]+\.[a-z-]+)"",")]
    private static partial Regex Code();

    [GeneratedRegex(@"""((?:request|report|venue|device|probe|observation|notice|outage|licence|rulebook|compliance(?!\.issuer))\.[a-z]+(?:-[a-z]+)*)""")]
    private static partial Regex ApiCode();

    [GeneratedRegex(@"@inject IStringLocalizer<(\w+)> (\w+)")]
    private static partial Regex Injected();

    /// <summary><c>@T["key"]</c>, <c>@(…)</c> up to two brackets deep, <c>@name.Member(…)</c>; and lines of directives and of control.</summary>
    [GeneratedRegex(@"^\s*@(?:page|inherits|inject|implements|attribute|layout|using|typeparam|foreach|for|if|switch) .*$|@\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|@[A-Za-z_](?:[\w.?!]|\[(?:[^\[\]]|\[[^\]]*\])*\]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?:Label|HelperText|ErrorText|Title|Text|title|alt|aria-label|placeholder)=""[^@""]*\p{L}{2,}[^""]*""")]
    private static partial Regex Spoken();

    [GeneratedRegex(@"</?[A-Za-z!](?:""[^""]*""|'[^']*'|[^>""'])*>")]
    private static partial Regex Tag();
}
