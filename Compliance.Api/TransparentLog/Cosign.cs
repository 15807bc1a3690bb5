using Compliance.Api.Entrance;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>A witness hands in what it signed: the head as it was published, with its line below. Only known witnesses count, and only what they signed.</summary>
static class Cosign
{
    /// <summary>Bytes of a note, at most.</summary>
    const int Longest = 64 * 1024;

    public static async Task<IResult> Handle(HttpRequest request, TreeStore store, LogIdentity identity, CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body);
        var text = new char[Longest + 1];
        var length = await reader.ReadBlockAsync(text, ct);
        if (length > Longest || SignedNote.Parse(new(text, 0, length)) is not { } note) throw new Malformed("body", "A head of the log with a cosignature below is needed (C2SP signed-note).");
        if (Checkpoint.SignedBy(identity.Signer.Key, note, NoteSigner.Verify) is not { } head) throw new Malformed("body", "The head is not one that this log signed.");
        var signed = identity.Witnesses.Where(witness => Checkpoint.CosignedBy(witness, note, NoteSigner.Verify) is not null)
            .Select(witness => note.Signatures.Single(s => s.Name == witness.Name && s.KeyId == witness.Id)).ToList();
        if (signed.Count == 0) throw new Malformed("body", "No witness that is known here signed this head. Its key has to stand in the setting TransparentLog:Witnesses.");
        return signed.All(signature => store.Cosign(head.Size, note.Text, signature)) ? TypedResults.NoContent()
            : TypedResults.Problem("This head is not kept any more; sign the newest.", statusCode: StatusCodes.Status409Conflict);
    }
}
