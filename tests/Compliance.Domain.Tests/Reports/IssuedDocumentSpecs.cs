using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.Tests.Kernel;

namespace Compliance.Domain.Tests.Reports;

public sealed class IssuedDocumentSpecs
{
    static readonly Guid Document = Guid.Parse("00000000-0000-0000-0000-0000000000d1"), Series = Guid.Parse("00000000-0000-0000-0000-0000000000d2");

    static IssuedDocumentEvent.Issued Issued(string sha) => new(Document, Series, "inspection-act.v3", ["kk"], sha, 12);

    static IssuedDocumentCommand.Issue Issue(string sha) => new(Document, Series, "inspection-act.v3", ["kk"], sha, 12);

    [Fact]
    public void Each_file_is_issued_once()
    {
        IssuedDocument.Decider.Given().When(Issue("a")).Then(Issued("a"));
        IssuedDocument.Decider.Given(Issued("a")).When(Issue("b")).Then(Issued("b"));
        IssuedDocument.Decider.Given(Issued("a"), Issued("b")).When(Issue("a")).ThenNothing();
    }

    [Fact]
    public void The_page_shows_the_newest_files_and_counts_all()
    {
        var facts = Enumerable.Range(0, 12).Select(i => new Recorded(new("document", Document), i, new(1, 1), Guid.NewGuid(), "document.issued.v1", EventCatalog.Encode(Issued($"{i}")), DateTimeOffset.UnixEpoch.AddDays(i), new(Guid.NewGuid(), "reaction:issue-document"))).ToArray();
        var row = DocumentRow.View.Build(facts).Values.Single();
        Assert.Equal((12, 10, "11", DateTimeOffset.UnixEpoch), (row.Count, row.Files.Count, row.Files[0].Sha256, row.FirstAt));
        Assert.Equal(12, DocumentFile.View.Build(facts).Count);
    }
}
