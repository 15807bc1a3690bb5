using System.Net;
using System.Text;
using Compliance.Api.Documents;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;

namespace Compliance.Api.Evidence;

/// <summary>
/// Makes a document that proves itself: its facts and figures attached as data, with the proof that they stand in the transparent log, printed, and signed
/// with the authority's seal. <c>verify</c> checks all of it without a server.
/// </summary>
sealed class Issuer(IPrinter printer, Attestor attestor, Seals seals, Issuance issuance, CheckLine check, TimeProvider clock)
{
    /// <summary>The head of the log the facts stand under, and the proof of the newest of them in the form that other programs read.</summary>
    public const string Checkpoint = "log.checkpoint", Proof = "newest.tlog-proof";

    /// <param name="html">The paper as a page.</param>
    /// <exception cref="PrinterOutOfOrder">Also where the log signs nothing: a paper whose facts are not proven would not pass its own check.</exception>
    public async Task<byte[]> Issue(IPaper paper, string html, CancellationToken ct, bool forScreenReaders = false)
    {
        var facts = paper.Attached;
        var attested = await attestor.Attest(facts.Facts, ct, facts.Position);
        if (attested is null && facts.Facts.Count > 0) throw new PrinterOutOfOrder("log.unsigned", "The log signs nothing at the moment, and a paper without proof is worth nothing: try again later.");
        facts = facts with { Proof = attested?.Proof };
        var files = new Dictionary<string, string> { [FactsFile.Name] = Encoding.UTF8.GetString(facts.ToJson()) };
        if (attested is not null)
        {
            files[Checkpoint] = attested.Head.ToString();
            if (attested.Newest is { } newest) files[Proof] = newest.ToString();
        }

        // What hangs at a door has a code of its own.
        var page = Ended(paper.HangsAtTheDoor ? html : Ended(html, check.Html(paper.DocumentId, paper.Languages)), string.Concat(NoteOf(paper).Select(note => $"<p class=\"sealed\">{WebUtility.HtmlEncode(note)}</p>")));
        var printed = await printer.Print(new(page, paper.DocumentId, paper.IssuedAt, files) { ForScreenReaders = forScreenReaders }, ct);
        var pdf = await seals.Sign(printed, clock.GetUtcNow(), ct, paper.Inspector);
        await issuance.Record(facts, paper.Languages.Select(words => words.Language), pdf, ct);
        return pdf;
    }

    /// <summary>How it can be checked; of a seal that proves nothing, that it does not.</summary>
    IEnumerable<string> NoteOf(IPaper paper) => paper.Languages.Select(words =>
        $"{(paper.HangsAtTheDoor ? "" : words["Sealed"])} {(seals.IsForDevelopment ? words["SealedForDevelopment"] : "")}".Trim()).Where(note => note.Length > 0);

    static string Ended(string html, string end) => html.Replace("</body>", $"{end}</body>", StringComparison.Ordinal);
}
