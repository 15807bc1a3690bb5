using Compliance.Api.Evidence;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>The heads that bear witness on a copied log: those that came with it, and those that the reader kept from elsewhere. All signed by one key, the smallest first.</summary>
/// <param name="Faults">What is wrong with heads that bear no witness.</param>
/// <param name="Newest">The largest that came with the copy; null when there is none.</param>
sealed record SignedHeads(NoteKey? Key, IReadOnlyList<(Checkpoint Head, bool IsKnown)> All, SignedNote? Note, Checkpoint? Newest, IReadOnlyList<string> Faults)
{
    /// <param name="known">Heads that the reader kept.</param>
    public static SignedHeads Of(ILogCopy copy, Beliefs beliefs, IReadOnlyList<SignedNote> known)
    {
        if ((beliefs.LogKey ?? copy.Key) is not { } key) return new(null, [], null, null, ["The copy does not say whose log it is: give the log's key as --key."]);
        var (heads, faults) = (new List<(Checkpoint Head, bool IsKnown)>(), new List<string>());
        SignedNote? newest = null;
        IReadOnlyList<SignedNote> came;
        try
        {
            came = copy.Heads;
        }
        catch (InvalidDataException e)
        {
            return new(key, [], null, null, [e.Message]);
        }

        foreach (var (note, isKnown) in came.Select(n => (n, false)).Concat(known.Select(n => (n, true))))
        {
            if (Checkpoint.SignedBy(key, note, NoteSigner.Verify) is not { } head)
            {
                faults.Add($"{(isKnown ? "A head you gave" : "A head that came with the log")} is not signed by {key.Name}: it begins with “{note.Text.Split('\n') switch { [var a, var b, ..] => $"{a} {b}", _ => "" }}”.");
                continue;
            }

            if (heads.Where(h => h.Head.Size == head.Size && h.Head.Root != head.Root).Select(h => h.Head).FirstOrDefault() is not null)
                faults.Add($"{key.Name} signed two different heads of {head.Size:N0} facts: the log was shown in two shapes. That is proof against whoever holds the key.");
            heads.Add((head, isKnown));
            if (!isKnown) newest = note;
        }

        if (heads.All(h => h.IsKnown) && faults.Count == 0) faults.Add("No signed head came with the log: what it was signed as cannot be told.");
        heads.Sort((a, b) => a.Head.Size.CompareTo(b.Head.Size));
        return new(key, heads, newest, heads.Where(h => !h.IsKnown).Select(h => h.Head).LastOrDefault(), faults);
    }
}
