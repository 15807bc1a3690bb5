using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Evidence;

/// <summary>What the reader of a document believes without it.</summary>
/// <param name="LogKey">The log's key as he got it elsewhere; null to take the one that the seal covers.</param>
sealed record Beliefs(NoteKey? LogKey = null, IReadOnlyList<NoteKey>? Witnesses = null, X509Certificate2Collection? Trusted = null);

/// <summary>
/// Checks a document of this system without server and database: its signature, that its facts stand in the log under a signed head, and every
/// figure, computed again from the facts. Whatever is wrong is one sentence; nothing a file holds makes it fail otherwise.
/// </summary>
static class Verifier
{
    /// <summary>Bytes of a document, and of an attachment when unpacked, at most.</summary>
    public const int LongestFile = 64 << 20, LongestAttachment = 64 << 20;

    public static Verification Check(string name, ReadOnlyMemory<byte> bytes, Beliefs beliefs)
    {
        if (bytes.Length > LongestFile) return new(name, [new("file", Holds.No, $"The file has {bytes.Length:N0} bytes; a document of this system has at most {LongestFile:N0}.")]);
        var steps = new List<CheckedStep>();
        try
        {
            var pdf = new PdfFile(bytes);
            steps.AddRange(SignatureCheck.Of(pdf, bytes, beliefs.Trusted));
            var attached = Attachments(pdf);
            if (!attached.TryGetValue(FactsFile.Name, out var json)) return new(name, [.. steps, new("facts", Holds.No, "No facts are attached: there is nothing to compute again.")]);
            var facts = FactsFile.Parse(json);
            steps.Add(new("facts", Holds.Yes, $"{facts.Facts.Count} facts are attached, document {facts.Document}, formula {facts.Formula}."));
            steps.AddRange(Log(facts, attached, beliefs));
            var (figures, agreed) = Recomputed(facts);
            steps.Add(figures);
            return new(name, steps, agreed);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return new(name, [.. steps, new(steps.Count == 0 ? "file" : "facts", Holds.No, e.Message)]);
        }
        catch (Exception e) when (e is InvalidCastException or KeyNotFoundException or ArgumentException or OverflowException or FormatException)
        {
            return new(name, [.. steps, new("file", Holds.No, "The file is damaged: its parts do not fit together.")]);
        }
    }

    static IEnumerable<CheckedStep> Log(FactsFile facts, Dictionary<string, byte[]> attached, Beliefs beliefs)
    {
        if (facts.Proof is not { } proof) return [No("log", "No proof is attached that the facts stand in the log: they were printed before the log signed them, or while it could not.")];
        if (!NoteKey.TryParse(proof.LogKey, out var key)) return [No("log", "The key of the log is none.")];
        if (beliefs.LogKey is { } known && known != key) return [No("log", $"The facts stand in another log than the one you know: {key.Name}.")];
        if (!attached.TryGetValue(Issuer.Checkpoint, out var head) || SignedNote.Parse(Encoding.UTF8.GetString(head)) is not { } note) return [No("log", "The head of the log is missing.")];
        if (Checkpoint.SignedBy(key, note, NoteSigner.Verify) is not { } checkpoint) return [No("log", $"The head of the log is not signed by {key.Name}.")];
        if (checkpoint.Size != proof.Size) return [No("proof", $"The proof is for a tree of {proof.Size:N0} facts, the head for one of {checkpoint.Size:N0}: it is the proof of another tree.")];

        var signed = new CheckedStep("log", Holds.Yes, $"The head of {checkpoint.Origin} at {checkpoint.Size:N0} facts is signed by its key{(beliefs.LogKey is null ? "; compare that key with one from elsewhere, or give --key" : "")}.");
        return [signed, .. Witnessed(note, beliefs), Included(facts, proof, checkpoint), .. Newest(facts, attached, checkpoint)];
    }

    static IEnumerable<CheckedStep> Witnessed(SignedNote note, Beliefs beliefs)
    {
        if (beliefs.Witnesses is not { Count: > 0 } witnesses)
        {
            var others = note.Signatures.Skip(1).Select(s => s.Name).ToList();
            return others.Count == 0 ? [] : [new("witness", Holds.Open, $"Signed below by {string.Join(", ", others)}; give --witness KEY to check whom you know.")];
        }

        return witnesses.Select(witness => Checkpoint.CosignedBy(witness, note, NoteSigner.Verify) is { } said
            ? new CheckedStep("witness", Holds.Yes, $"{witness.Name} saw this head at {said.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC, and that it went on from all before.")
            : No("witness", $"{witness.Name} did not sign this head."));
    }

    static CheckedStep Included(FactsFile facts, FactsProof proof, Checkpoint head)
    {
        if (facts.Facts.FirstOrDefault(f => !proof.Leaves.ContainsKey(f.EventId)) is { } bare) return No("proof", $"Fact {bare.EventId} has no place in the log.");
        var leaves = facts.Facts.Select(f => (proof.Leaves[f.EventId].Leaf, Hash: TreeHash.Leaf(LogEntry.Of(f, proof.Leaves[f.EventId].Commitment)))).OrderBy(l => l.Leaf).ToList();
        if (!Proofs.IncludesAll(head.Root, head.Size, leaves, proof.Path)) return No("proof", "A fact is not the one that stands in the log, or the proof is of another tree: they do not lead to the signed head.");
        var inPart = proof.Leaves.Values.Count(l => l.Salt is null);
        return new("proof", Holds.Yes, $"All {facts.Facts.Count} facts stand in the log, unchanged{(inPart > 0 ? $"; {inPart} of them are shown in part, and of those only what stands around their words is proven" : "")}.");
    }

    static IEnumerable<CheckedStep> Newest(FactsFile facts, Dictionary<string, byte[]> attached, Checkpoint head)
    {
        if (!attached.TryGetValue(Issuer.Proof, out var text)) return [];
        var (index, fact) = facts.Proof!.Leaves.Select(l => (l.Value.Leaf, Key: l)).MaxBy(l => l.Leaf) is var newest ? (newest.Leaf, facts.Facts.Single(f => f.EventId == newest.Key.Key)) : default;
        return LogProof.Parse(Encoding.UTF8.GetString(text)) is { } proof && proof.Index == index && proof.Checkpoint.Text == head.ToString()
            && Proofs.Includes(head.Root, head.Size, index, TreeHash.Leaf(LogEntry.Of(fact, facts.Proof.Leaves[fact.EventId].Commitment)), proof.Path)
            ? [] : [No("proof", $"{Issuer.Proof} is the proof of something else.")];
    }

    static (CheckedStep CheckedStep, int? Agreed) Recomputed(FactsFile facts)
    {
        if (Figures.Again(facts) is not { } again) return (new("figures", Holds.Open, $"Documents of formula {facts.Formula} print no figures that this program computes again."), null);
        var differing = facts.Figures.Keys.Union(again.Keys).Where(name => !facts.Figures.TryGetValue(name, out var printed) || !again.TryGetValue(name, out var computed) || printed != computed).Order(StringComparer.Ordinal).ToList();
        if (differing.Count == 0) return (new("figures", Holds.Yes, $"All {again.Count} figures follow from the facts: computed again, each is the same."), again.Count);
        var first = differing[0];
        return (No("figures", $"{differing.Count} of {again.Count} figures do not follow from the facts; {first} is printed as {Said(facts.Figures, first)} and comes to {Said(again, first)}."), again.Count - differing.Count);
    }

    static string Said(IReadOnlyDictionary<string, double> figures, string name) => figures.TryGetValue(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "nothing";

    static Dictionary<string, byte[]> Attachments(PdfFile pdf)
    {
        var files = new Dictionary<string, byte[]>();
        if (!pdf.Catalog.TryGetValue("Names", out var names) || names is null || !pdf.Dictionary(names).TryGetValue("EmbeddedFiles", out var embedded) || embedded is null) return files;
        var list = pdf.List(pdf.Dictionary(embedded).GetValueOrDefault("Names"));
        for (var i = 1; i < list.Count && files.Count < 16; i += 2)
        {
            var file = pdf.Dictionary(list[i]);
            if (pdf.Of(pdf.Dictionary(file.GetValueOrDefault("EF")).GetValueOrDefault("F")) is not PdfStream stream) throw new InvalidDataException("An attachment is missing.");
            var name = $"{pdf.Of(file.GetValueOrDefault("UF") ?? file.GetValueOrDefault("F"))}";
            if (!files.TryAdd(name, stream.Unpacked(LongestAttachment))) throw new InvalidDataException($"{name} is attached twice.");
        }

        return files;
    }

    static CheckedStep No(string step, string sentence) => new(step, Holds.No, sentence);
}
