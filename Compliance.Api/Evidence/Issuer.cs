using System.Net;
using System.Text;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;

namespace Compliance.Api.Evidence;

/// <summary>
/// Makes a document that proves itself: its facts and figures attached as data, with the proof that they stand in the transparent log, printed, and signed
/// with the authority's seal. <c>verify</c> checks all of it without a server.
/// </summary>
sealed class Issuer(IPrinter printer, Attestor attestor, Seals seals, TimeProvider clock)
{
    /// <summary>The head of the log the facts stand under, and the proof of the newest of them in the form that other programs read.</summary>
    public const string Checkpoint = "log.checkpoint", Proof = "newest.tlog-proof";

    /// <param name="words">In which language the document says at its end how it can be checked.</param>
    /// <param name="inspector">Who signs as well, where he has a certificate.</param>
    public async Task<byte[]> Issue(string html, Words words, FactsFile facts, DateTimeOffset issuedAt, CancellationToken ct, Guid? inspector = null)
    {
        var attested = await attestor.Attest(facts.Facts, ct);
        var files = new Dictionary<string, string> { [FactsFile.Name] = Encoding.UTF8.GetString((facts with { Proof = attested?.Proof }).ToJson()) };
        if (attested is not null)
        {
            files[Checkpoint] = attested.Head.ToString();
            files[Proof] = attested.Newest.ToString();
        }

        return await Press(new(Noted(html, $"{words["Sealed"]} {(seals.IsForDevelopment ? words["SealedForDevelopment"] : "")}"), facts.Document, issuedAt, files), ct, inspector);
    }

    /// <summary>A document that rests on no list of facts: signed, nothing more. It says so only of a seal that proves nothing.</summary>
    public Task<byte[]> Issue(Manuscript manuscript, CancellationToken ct, params ReadOnlySpan<Words> words) => Press(
        seals.IsForDevelopment ? manuscript with { Html = Noted(manuscript.Html, string.Join(" ", words.ToArray().Select(w => w["SealedForDevelopment"]))) } : manuscript, ct);

    async Task<byte[]> Press(Manuscript manuscript, CancellationToken ct, Guid? inspector = null) =>
        await seals.Sign(await printer.Print(manuscript, ct), clock.GetUtcNow(), ct, inspector);

    static string Noted(string html, string note) => html.Replace("</body>", $"<p class=\"sealed\">{WebUtility.HtmlEncode(note)}</p></body>", StringComparison.Ordinal);
}
