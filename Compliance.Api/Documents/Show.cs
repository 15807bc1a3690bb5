using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Reports;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Documents;

/// <summary>What the QR code on a document leads to: that it was issued, whether a newer one took its place, and the hashes of its files. Nothing of what it says.</summary>
static class Show
{
    static readonly Refusal NoSuch = new("document.unknown", "No document with this number was issued here.");

    /// <param name="sha256">Of a file, hexadecimal: was one with these bytes issued as this document?</param>
    public static async Task<IResult> Handle(Guid documentId, string? sha256, IViewStore views, TreeStore tree, LogIdentity identity, HttpResponse response, CancellationToken ct)
    {
        if (await views.Find(DocumentRow.View, documentId, ct) is not { } row || tree.Newest() is not { } note || Checkpoint.Parse(note.Text) is not { } head) return Problems.Of(NoSuch);
        var newest = (await views.List(DocumentRow.View, [row.Series], 1, null, ct)).Items[0];
        var replaced = newest.DocumentId != documentId;
        var known = sha256 is null ? null : await views.Find(DocumentFile.View, DocumentFile.KeyOf(sha256.ToLowerInvariant()), ct);
        response.Headers.CacheControl = "public, max-age=15";
        return TypedResults.Ok(new DocumentPage(
            documentId, replaced ? DocumentState.Replaced : DocumentState.Issued, row.Formula, row.FirstAt, replaced ? newest.FirstAt : null, row.Count, row.Files,
            identity.Signer.Key.ToString(), head.Size, head.Root.ToString(), sha256 is null ? null : known?.DocumentId == documentId));
    }
}
