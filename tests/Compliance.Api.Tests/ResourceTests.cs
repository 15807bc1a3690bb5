using System.Text.RegularExpressions;
using System.Xml.Linq;
using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests;

/// <summary>Law 10: every sentence a person sees comes from a resource file, in Kazakh, Russian and English.</summary>
public sealed class ResourceTests
{
    static readonly string Project = Path.Combine(Up(AppContext.BaseDirectory), "Compliance.Api");

    public static TheoryData<string> Resources() => [.. Directory
        .EnumerateFiles(Project, "*.resx", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileNameWithoutExtension(file).Contains('.'))
        .Select(file => Path.GetRelativePath(Project, file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Resources))]
    public void Every_key_is_said_in_all_three_languages(string resource)
    {
        var english = Read(resource, "");
        foreach (var language in (string[])["kk", "ru"])
        {
            var translated = Read(resource, $".{language}");
            Assert.Equal(english.Keys.Order(StringComparer.Ordinal), translated.Keys.Order(StringComparer.Ordinal));
            Assert.All(translated.Values, text => Assert.False(string.IsNullOrWhiteSpace(text)));
            Assert.Empty(translated.Where(t => t.Value == english[t.Key] && Regex.IsMatch(t.Value, @"\p{IsBasicLatin}{3,} \w")).Select(t => t.Key));
            Assert.All(english, e => Assert.Equal(Places(e.Value), Places(translated[e.Key])));
        }
    }

    /// <summary>What the liability record says of duties and cases.</summary>
    static readonly Type[] Liability =
    [
        typeof(DutyState), typeof(VerifiedBy), typeof(LapsedBecause), typeof(CaseState), typeof(CaseOutcome), typeof(AppealOutcome), typeof(Plea),
        typeof(Domain.Cases.Route), typeof(Stage), typeof(SizeClass),
    ];

    [Fact]
    public void Reports_have_a_word_for_everything_the_domain_can_say()
    {
        var words = Read("Reports/Words.resx", "");
        Assert.All(((Type[])[typeof(Verdict), typeof(Reason), typeof(DeviceKind), typeof(CameraPurpose), typeof(OpeningDirection), typeof(LockType), typeof(Post), typeof(LegalBasisKind), typeof(DayOfWeek), .. Liability])
            .SelectMany(type => Enum.GetNames(type), (type, name) => $"{type.Name}_{name}"), key => Assert.Contains(key, words.Keys));
    }

    /// <summary>The numbered gaps of a sentence: the same in each language.</summary>
    static string[] Places(string text) => [.. Regex.Matches(text, @"\{\d+\}").Select(m => m.Value).Distinct().Order(StringComparer.Ordinal)];

    static Dictionary<string, string> Read(string resource, string language) => XDocument
        .Load(Path.ChangeExtension(Path.Combine(Project, resource), $"{language}.resx")!.Replace("..", ".", StringComparison.Ordinal))
        .Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);

    static string Up(string folder) => File.Exists(Path.Combine(folder, "Compliance.sln")) ? folder : Up(Path.GetDirectoryName(folder)!);
}
