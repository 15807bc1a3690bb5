using Compliance.Domain.Licences;
using Compliance.Domain.Tests.Laws;

namespace Compliance.Domain.Tests.Licences;

public sealed class LicenceDocsTests
{
    [Fact]
    public void The_published_terms_are_the_ones_that_count()
    {
        var rows = File.ReadAllLines(Path.Combine(Repo.Root, "docs/licences.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| term", StringComparison.Ordinal));
        Assert.Equal(LicenceTerms.All.Select(term => $"| {term.What} | {term.Span} | {term.Source} |"), rows);
    }
}
