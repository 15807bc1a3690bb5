namespace Compliance.Api.Reports;

/// <summary>
/// Prints a finished page as PDF/A-3b, or as PDF/UA-1, with files attached. Fetches nothing: a page brings its pictures and styles along.
/// The same manuscript always gives the same bytes. Throws <see cref="PrinterOutOfOrder"/> when it cannot.
/// </summary>
interface IPrinter
{
    Task<byte[]> Print(Manuscript manuscript, CancellationToken ct);
}

/// <param name="Identifier">Of the document, stored in the file as its permanent id.</param>
/// <param name="Files">JSON texts to attach, by file name.</param>
sealed record Manuscript(string Html, Guid Identifier, DateTimeOffset IssuedAt, IReadOnlyDictionary<string, string> Files)
{
    /// <summary>As PDF/UA-1, whose headings, tables and pictures can be read aloud.</summary>
    public bool ForScreenReaders { get; init; }
}

/// <summary>The machinery that prints is missing, too slow or broken. <see cref="Code"/> is stable and public.</summary>
sealed class PrinterOutOfOrder(string code, string because) : Exception(because)
{
    public string Code { get; } = code;
}
