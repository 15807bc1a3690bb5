using Compliance.Domain.Evidence;

namespace Compliance.Api.Reports;

/// <summary>The act of one inspection in both state languages side by side: the same document as in either of them.</summary>
public sealed record BilingualAct(ActSheet Kk, ActSheet Ru) : IPaper
{
    /// <summary>How a reader asks for it in place of a language.</summary>
    public const string Language = "kk-ru";

    public Guid DocumentId => Kk.DocumentId;

    public DateTimeOffset IssuedAt => Kk.IssuedAt;

    public FactsFile Attached => Kk.Attached;

    public IReadOnlyList<Words> Languages => [Kk.Words, Ru.Words];

    public string FileName => FileNames.Of("act", this, Kk.Venue, IssuedAt);

    public Guid? Inspector => Kk.Inspector;

    Task<string> IPaper.Render(PageHtml pages) => pages.Render<BilingualActPage>(nameof(BilingualActPage.Act), this);

    /// <summary>Each side as it says the same thing.</summary>
    public IReadOnlyList<ActSheet> Sides => [Kk, Ru];
}
