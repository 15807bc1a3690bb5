using Compliance.Domain.Evidence;

namespace Compliance.Api.Reports;

/// <summary>A document as it is printed or read on the screen: what it says follows from its facts.</summary>
interface IPaper
{
    Guid DocumentId { get; }

    /// <summary>When what it says stood so: printed again, it is the same document.</summary>
    DateTimeOffset IssuedAt { get; }

    /// <summary>The facts it rests on with every figure computed from them.</summary>
    FactsFile Attached { get; }

    /// <summary>The languages it is written in; two where they stand side by side.</summary>
    IReadOnlyList<Words> Languages { get; }

    /// <summary>Of the file, without its ending.</summary>
    string FileName { get; }

    /// <summary>Who signs it with a certificate of his own beside the seal, where he has one.</summary>
    Guid? Inspector => null;

    /// <summary>Read by whoever stands before it: it says nothing of how it is checked.</summary>
    bool HangsAtTheDoor => false;

    Task<string> Render(PageHtml pages);
}
