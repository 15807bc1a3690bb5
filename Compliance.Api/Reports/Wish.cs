using Compliance.Domain.Kernel;

namespace Compliance.Api.Reports;

/// <summary>A document to keep (PDF/A-3b), for a screen reader (PDF/UA-1), or on the screen (HTML).</summary>
enum Form { Pdf, ForScreenReaders, Screen }

/// <summary>In which language a reader wants a document, and in which form.</summary>
/// <param name="Language">kk, ru or en; Kazakh when it is not said.</param>
/// <param name="As"><c>pdf</c>, <c>pdf-ua</c> or <c>html</c>; a PDF to keep when it is not said.</param>
readonly record struct Wish(string? Language, string? As)
{
    static readonly Dictionary<string, Form> Forms = new() { ["pdf"] = Form.Pdf, ["pdf-ua"] = Form.ForScreenReaders, ["html"] = Form.Screen };

    public Words? Words => Reports.Words.All.GetValueOrDefault(Language ?? "kk");

    public Form Form => Forms.GetValueOrDefault(As ?? "pdf");

    /// <summary>What of it is not understood; null where all is.</summary>
    public Refusal? Fault => Words is null ? new("report.language-unknown", Reports.Words.All["en"]["Problem_Language"], "language")
        : !Forms.ContainsKey(As ?? "pdf") ? new("report.form-unknown", Words["Problem_Form"], "as") : null;
}
