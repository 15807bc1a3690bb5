using System.Globalization;
using System.Text;
using Compliance.Api.TransparentLog;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Evidence;

/// <summary>The head that travels with a document or a file: whether the log signed it, whether it is the log the reader knows, and who else signed.</summary>
static class HeadCheck
{
    /// <param name="logKey">As the file says it.</param>
    /// <param name="size">Of the tree whose proof the file carries.</param>
    /// <param name="head">The signed note; null when it is missing.</param>
    /// <returns>Null in place of the head when something about it fails.</returns>
    public static (Checkpoint? Head, IReadOnlyList<CheckedStep> Steps) Of(string logKey, long size, byte[]? head, Beliefs beliefs)
    {
        if (!NoteKey.TryParse(logKey, out var key)) return No("log", "The key of the log is none.");
        if (beliefs.LogKey is { } known && known != key) return No("log", $"The facts stand in another log than the one you know: {key.Name}.");
        if (head is null || SignedNote.Parse(Encoding.UTF8.GetString(head)) is not { } note) return No("log", "The head of the log is missing.");
        if (Checkpoint.SignedBy(key, note, NoteSigner.Verify) is not { } checkpoint) return No("log", $"The head of the log is not signed by {key.Name}.");
        if (checkpoint.Size != size) return No("proof", $"The proof is for a tree of {size:N0} facts, the head for one of {checkpoint.Size:N0}: it is the proof of another tree.");
        return (checkpoint,
        [
            new("log", Holds.Yes, $"The head of {checkpoint.Origin} at {checkpoint.Size:N0} facts is signed by its key."), .. Believed(key, beliefs), .. Witnessed(note, beliefs),
        ]);
    }

    /// <summary>A key that only the file itself vouches for proves that the file agrees with itself, no more.</summary>
    public static IEnumerable<CheckedStep> Believed(NoteKey key, Beliefs beliefs) => beliefs.LogKey is not null ? []
        : [new("log", Holds.Open, $"Whose log that is, only the file says. Compare the key with one you got on another way, or give it as --key: {key}")];

    public static IEnumerable<CheckedStep> Witnessed(SignedNote note, Beliefs beliefs)
    {
        if (beliefs.Witnesses is not { Count: > 0 } witnesses)
        {
            var others = note.Signatures.Skip(1).Select(s => s.Name).ToList();
            return others.Count == 0 ? [] : [new("witness", Holds.Open, $"Signed below by {string.Join(", ", others)}; give --witness KEY to check whom you know.")];
        }

        return witnesses.Select(witness => Checkpoint.CosignedBy(witness, note, NoteSigner.Verify) is { } said
            ? new CheckedStep("witness", Holds.Yes, $"{witness.Name} saw this head at {said.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, and that it went on from all before.")
            : new("witness", Holds.No, $"{witness.Name} did not sign this head."));
    }

    static (Checkpoint?, IReadOnlyList<CheckedStep>) No(string step, string sentence) => (null, [new(step, Holds.No, sentence)]);
}
