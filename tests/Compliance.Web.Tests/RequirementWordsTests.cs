using System.Xml.Linq;
using Compliance.Domain.Rulebooks;

namespace Compliance.Web.Tests;

/// <summary>Whatever a result says has words in the three languages: the vocabulary has its own, and that the three hold the same keys another test tells.</summary>
public sealed class RequirementWordsTests
{
    static readonly HashSet<string> Keys = XDocument.Load(Path.Combine(Repo.Root, "Compliance.Web/Parts/Rules/RequirementWords.resx")).Root!
        .Elements("data").Select(data => data.Attribute("name")!.Value).ToHashSet();

    [Fact]
    public void Everything_a_result_says_of_itself_has_a_name() => Assert.Empty(
        ((string[])[
            .. Names<Outcome>("outcome"), .. Names<Outcome>("part"), .. Names<Wording>("wording"), .. Names<Basis>("basis"),
            .. Names<Confidence>("confidence"), .. Names<Answerable>("answerable"), .. Names<Severity>("severity"),
            .. Enum.GetNames<Wording>().Select(name => $"wording.{name}.what"),
        ]).Except(Keys));

    static IEnumerable<string> Names<T>(string of) where T : struct, Enum => Enum.GetNames<T>().Select(name => $"{of}.{name}");
}
