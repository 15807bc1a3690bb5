using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
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
    /// <summary>Bytes of a document, and of all its attachments when unpacked, at most.</summary>
    public const int LongestFile = 64 << 20, LongestAttachment = 64 << 20;

    const int MostAttachments = 16;

    public static Verification Check(string name, ReadOnlyMemory<byte> bytes, Beliefs beliefs, CancellationToken ct = default)
    {
        if (bytes.Length > LongestFile) return new(name, [new("file", Holds.No, $"The file has {bytes.Length:N0} bytes; a document of this system has at most {LongestFile:N0}.")]);
        var steps = new List<CheckedStep>();
        try
        {
            var pdf = new PdfFile(bytes);
            steps.AddRange(SignatureCheck.Of(pdf, bytes, beliefs.Trusted));
            return new(name, steps, Attached(Attachments(pdf, ct), beliefs, steps, ct));
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            return new(name, [.. steps, new(steps.Count == 0 ? "file" : "facts", Holds.No, e.Message)]);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(name, [.. steps, new("file", Holds.No, "The file is damaged: its parts do not fit together.")]);
        }
    }

    /// <summary>What a document brings along: its facts, their place in the log, its figures.</summary>
    /// <returns>How many figures were computed again and agree.</returns>
    /// <exception cref="JsonException">They are no facts.</exception>
    public static int? Attached(Dictionary<string, byte[]> attached, Beliefs beliefs, List<CheckedStep> steps, CancellationToken ct)
    {
        if (!attached.TryGetValue(FactsFile.Name, out var json))
        {
            steps.Add(No("facts", "No facts are attached: there is nothing to compute again."));
            return null;
        }

        var facts = FactsFile.Parse(json);
        steps.Add(new("facts", Holds.Yes, $"{facts.Facts.Count} facts are attached, document {facts.Document}, formula {facts.Formula}."));
        CheckedStep[] log = [.. Log(facts, attached, beliefs)];
        steps.AddRange(log);
        ct.ThrowIfCancellationRequested();
        var (figures, agreed) = log.Any(step => step.Holds == Holds.No)
            ? (new("figures", Holds.Open, "No figure was computed again: the facts under them are not proven."), null) : Recomputed(facts);
        steps.Add(figures);
        return agreed;
    }

    /// <summary>Whether facts stand in the log under a signed head.</summary>
    public static IEnumerable<CheckedStep> Log(FactsFile facts, Dictionary<string, byte[]> attached, Beliefs beliefs)
    {
        if (facts.Facts.Count == 0) return OfTheWholeLog(facts, attached, beliefs);
        if (facts.Proof is not { } proof) return [No("log", "No proof is attached that the facts stand in the log: they were printed before the log signed them, or while it could not.")];
        var (checkpoint, steps) = HeadCheck.Of(proof.LogKey, proof.Size, attached.GetValueOrDefault(Issuer.Checkpoint), beliefs);
        return checkpoint is null ? steps : [.. steps, .. Included(facts, proof, checkpoint), .. Newest(facts, attached, checkpoint)];
    }

    /// <summary>Numbers without facts: what can be checked is which log they are of.</summary>
    static IEnumerable<CheckedStep> OfTheWholeLog(FactsFile facts, Dictionary<string, byte[]> attached, Beliefs beliefs)
    {
        var open = new CheckedStep("log", Holds.Open, $"No facts are attached: its numbers are of the whole log up to position {facts.Position?.Number}, and whoever holds that log counts them again.");
        if (facts.Proof is { } proof) return [open, .. HeadCheck.Of(proof.LogKey, proof.Size, attached.GetValueOrDefault(Issuer.Checkpoint), beliefs).Steps];
        return beliefs is { LogKey: null, Witnesses: null or { Count: 0 } } ? [open] : [No("log", "No head of the log is attached: whether its numbers are of the log you name cannot be told.")];
    }

    static IEnumerable<CheckedStep> Included(FactsFile facts, FactsProof proof, Checkpoint head)
    {
        if (facts.Facts.FirstOrDefault(f => !proof.Leaves.ContainsKey(f.EventId)) is { } bare) return [No("proof", $"Fact {bare.EventId} has no place in the log.")];
        var leaves = facts.Facts.Select(f => (proof.Leaves[f.EventId].Leaf, Hash: TreeHash.Leaf(LogEntry.Of(f, proof.Leaves[f.EventId].Commitment)))).OrderBy(l => l.Leaf).ToList();
        if (!Proofs.IncludesAll(head.Root, head.Size, leaves, proof.Path)) return [No("proof", "A fact is not the one that stands in the log, or the proof is of another tree: they do not lead to the signed head.")];
        Recorded[] shownInPart = [.. facts.Facts.Where(f => proof.Leaves[f.EventId].Salt is null)];
        if (shownInPart.FirstOrDefault(f => !ShownInPart.MayBe(f, facts.Formula)) is { } invented) return [No("proof", ShownInPart.NeverIs(invented))];
        var inPart = shownInPart.Length;
        return [new("proof", Holds.Yes, $"All {facts.Facts.Count} facts stand in the log, unchanged{(inPart > 0 ? $"; {inPart} of them are shown in part, and of those only what stands around their words is proven" : "")}."), .. ShownInPart.Said(inPart)];
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
        IReadOnlyDictionary<string, double>? computed;
        try
        {
            computed = Figures.Again(facts);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Facts that were signed may still contradict each other: in a log that somebody made up.
            return (No("figures", e is JsonException ? e.Message : "The facts contradict each other: no figure can be computed of them."), null);
        }

        if (computed is not { } again) return (new("figures", Holds.Open, $"Documents of formula {facts.Formula} print no figures that this program computes again."), null);
        var differing = facts.Figures.Keys.Union(again.Keys).Where(name => !facts.Figures.TryGetValue(name, out var printed) || !again.TryGetValue(name, out var now) || printed != now).Order(StringComparer.Ordinal).ToList();
        if (differing.Count == 0) return (new("figures", Holds.Yes, $"All {again.Count} figures follow from the facts: computed again, each is the same."), again.Count);
        var first = differing[0];
        return (No("figures", $"{differing.Count} of {again.Count} figures do not follow from the facts; {first} is printed as {Said(facts.Figures, first)} and comes to {Said(again, first)}."), again.Count - differing.Count);
    }

    static string Said(IReadOnlyDictionary<string, double> figures, string name) => figures.TryGetValue(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : "nothing";

    static Dictionary<string, byte[]> Attachments(PdfFile pdf, CancellationToken ct)
    {
        var (files, left) = (new Dictionary<string, byte[]>(), LongestAttachment);
        if (!pdf.Catalog.TryGetValue("Names", out var names) || names is null || !pdf.Dictionary(names).TryGetValue("EmbeddedFiles", out var embedded) || embedded is null) return files;
        var list = pdf.List(pdf.Dictionary(embedded).GetValueOrDefault("Names"));
        if (list.Count > 2 * MostAttachments) throw new InvalidDataException($"{list.Count / 2:N0} files are attached; a document of this system has at most {MostAttachments}.");
        for (var i = 1; i < list.Count; i += 2)
        {
            ct.ThrowIfCancellationRequested();
            var file = pdf.Dictionary(list[i]);
            var name = $"{pdf.Of(file.GetValueOrDefault("UF") ?? file.GetValueOrDefault("F"))}";
            if (name is not (FactsFile.Name or Issuer.Checkpoint or Issuer.Proof)) continue;
            if (files.ContainsKey(name)) throw new InvalidDataException($"{name} is attached twice.");
            if (pdf.Of(pdf.Dictionary(file.GetValueOrDefault("EF")).GetValueOrDefault("F")) is not PdfStream stream) throw new InvalidDataException("An attachment is missing.");
            files[name] = stream.Unpacked(left);
            left -= files[name].Length;
        }

        return files;
    }

    static CheckedStep No(string step, string sentence) => new(step, Holds.No, sentence);
}
