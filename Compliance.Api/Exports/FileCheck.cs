using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Compliance.Api.Evidence;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Exports;

/// <summary>
/// Checks a venue's whole file without server and database: its seal, each piece against the sealed list, each fact under the signed head, each picture by the
/// hash that a fact names, each document by itself. Reads it piece by piece; of a fact it keeps its place and its hash.
/// </summary>
sealed class FileCheck(Beliefs beliefs)
{
    const int MostPieces = 100_000, MostFacts = 5_000_000, LongestPiece = 64 << 20, LongestList = 64 << 20;

    /// <summary>Of all pieces together, unpacked; a small file may hold an endless one.</summary>
    const long Longest = 16L << 30;

    readonly List<CheckedStep> _steps = [];

    public static bool IsOne(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[4];
        return file.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\x03\x04"u8);
    }

    /// <param name="progress">Told how many pieces are done.</param>
    public Verification Check(string name, Stream file, Action<int, int>? progress, CancellationToken ct)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            Check(zip, progress, ct);
        }
        catch (InvalidDataException e)
        {
            No("file", _steps.Count == 0 ? "The file is no ZIP, is damaged, or is cut off." : e.Message);
        }
        catch (JsonException e)
        {
            No("contents", e.Message);
        }
        catch (Exception e) when (e is not (OperationCanceledException or IOException))
        {
            No("file", "The file is damaged: its parts do not fit together.");
        }

        return new(name, _steps);
    }

    void Check(ZipArchive zip, Action<int, int>? progress, CancellationToken ct)
    {
        if (zip.Entries.Count > MostPieces) throw new InvalidDataException($"The file has {zip.Entries.Count:N0} pieces; a file of this system has at most {MostPieces:N0}.");
        if (zip.Entries.GroupBy(e => e.FullName).FirstOrDefault(same => same.Count() > 1) is { Key: var twice }) throw new InvalidDataException($"{twice} stands in the file twice.");
        if (zip.GetEntry(FileContents.Name) is not { } list)
        {
            if (zip.Entries.Count > 0 && zip.Entries.All(e => e.FullName == e.Name && e.Name.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase)))
            {
                Batch(zip, progress, ct);
                return;
            }

            No("contents", $"{FileContents.Name} is missing: this is no file of a venue, or its list was taken out.");
            return;
        }

        var bytes = Read(list, LongestList);
        _steps.AddRange(zip.GetEntry(FileContents.Seal) is { } seal ? SignatureCheck.Of(bytes, Read(seal, LongestPiece), beliefs.Trusted)
            : [new("signature", Holds.No, "The list of contents bears no seal: anybody may have made it.")]);
        if (Fails) return; // nothing more is read of what nobody sealed
        var contents = FileContents.Parse(bytes);
        var listed = contents.Pieces.ToDictionary(p => p.Name);
        foreach (var stranger in zip.Entries.Where(e => e.FullName is not (FileContents.Name or FileContents.Seal) && !listed.ContainsKey(e.FullName))) No("contents", $"{stranger.FullName} was put in: the sealed list does not have it.");
        foreach (var missing in contents.Pieces.Where(p => zip.GetEntry(p.Name) is null)) No("contents", $"{missing.Name} was taken out: the sealed list has it.");

        var counted = contents.Streams.Sum(s => s.Facts);
        if (counted > MostFacts) No("contents", $"The list counts {counted:N0} facts; a file of this system has at most {MostFacts:N0}.");
        if (Fails) return;

        var (facts, pictures, documents, done, total) = (new FileFacts(counted), 0, 0, 0, 0L);
        byte[]? head = null;
        foreach (var piece in contents.Pieces)
        {
            ct.ThrowIfCancellationRequested();
            progress?.Invoke(done++, contents.Pieces.Count);
            if (zip.GetEntry(piece.Name) is not { } entry) continue;
            if (piece.Bytes > Longest || (total += piece.Bytes) > Longest || (piece.Name != FileContents.Facts && piece.Bytes > LongestPiece)) throw new InvalidDataException($"{piece.Name} is larger than a file of this system may be.");
            var (sha256, length, kept) = piece.Name == FileContents.Facts ? Stream(entry, piece.Bytes, facts, ct) : Whole(entry, piece.Bytes);
            if (sha256 != piece.Sha256 || length != piece.Bytes)
            {
                No("contents", $"{piece.Name} was changed: it is not the one on the sealed list.");
                continue;
            }

            if (piece.Name == FileContents.Head) head = kept;
            else if (piece.Name.StartsWith(FileContents.Pictured, StringComparison.Ordinal)) pictures += Picture(piece, contents);
            else if (piece.Name.StartsWith(FileContents.Documents, StringComparison.Ordinal)) documents += Document(piece.Name, kept!, ct);
        }

        if (_steps.Any(s => s.Step == "contents")) return;
        Yes("contents", $"{contents.Pieces.Count:N0} pieces are there, each as the sealed list says.");
        _steps.AddRange(facts.Steps(contents));
        var (checkpoint, steps) = HeadCheck.Of(contents.LogKey, contents.Size, head, beliefs);
        _steps.AddRange(steps);
        if (checkpoint is not null) _steps.Add(facts.Included(contents, checkpoint));
        Pictures(contents, facts, pictures);
        if (documents > 0) Yes("documents", documents == 1 ? "The document holds, checked by itself." : $"{documents:N0} documents hold, each checked by itself.");
        foreach (var unprinted in contents.Unprinted) _steps.Add(new("documents", Holds.Open, $"{unprinted.Name} is not in the file: {unprinted.Because}."));
    }

    /// <summary>Documents that were only packed together, as those of a batch are.</summary>
    void Batch(ZipArchive zip, Action<int, int>? progress, CancellationToken ct)
    {
        var (hold, done) = (0, 0);
        foreach (var entry in zip.Entries)
        {
            ct.ThrowIfCancellationRequested();
            progress?.Invoke(done++, zip.Entries.Count);
            hold += Document(entry.Name, Read(entry, LongestPiece), ct);
        }

        if (hold > 0) Yes("documents", $"{hold:N0} of {zip.Entries.Count:N0} documents hold, each checked by itself.");
        _steps.Add(new("contents", Holds.Open, "No sealed list says which documents belong together: whether one was taken out cannot be told."));
    }

    int Picture(PieceOfFile piece, FileContents contents)
    {
        var hash = piece.Name[FileContents.Pictured.Length..];
        if (piece.Sha256 != hash) No("pictures", $"{piece.Name} is not the picture its name says: its SHA-256 is {piece.Sha256}.");
        else if (contents.Pictures.All(p => p.Sha256 != hash)) No("pictures", $"No fact names {piece.Name}.");
        else return 1;
        return 0;
    }

    void Pictures(FileContents contents, FileFacts facts, int here)
    {
        foreach (var picture in contents.Pictures.Where(p => !facts.Names(p.Fact, p.Sha256))) No("pictures", $"Fact {picture.Fact} does not name the picture {picture.Sha256}.");
        if (here > 0) Yes("pictures", here == 1 ? "The picture is the one that a fact names by its hash." : $"{here:N0} pictures are those that the facts name by their hashes.");
        var withheld = contents.Pictures.Count(p => p.Is == PictureIs.NotForReader);
        if (withheld > 0) _steps.Add(new("pictures", Holds.Open, $"{withheld:N0} pictures are named by hash only: they were not shown to whoever took this file."));
        var gone = contents.Pictures.Count(p => p.Is == PictureIs.Gone);
        if (gone > 0) _steps.Add(new("pictures", Holds.Open, $"{gone:N0} pictures were kept as long as they may be and are gone; their hashes stand in the facts."));
    }

    int Document(string name, byte[] pdf, CancellationToken ct)
    {
        var verification = Verifier.Check(name, pdf, beliefs, ct);
        foreach (var step in verification.Steps.Where(s => s.Holds == Holds.No)) No("documents", $"{name}: {step.Sentence}");
        return verification.Holds ? 1 : 0;
    }

    static (string Sha256, long Length, byte[]? Kept) Stream(ZipArchiveEntry entry, long most, FileFacts facts, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = 0L;
        using var piece = entry.Open();
        foreach (var line in Lines.Of(piece))
        {
            ct.ThrowIfCancellationRequested();
            hash.AppendData(line.Span);
            if ((length += line.Length) > most) throw new InvalidDataException($"{entry.FullName} is longer than the sealed list says.");
            facts.Take(line[..^1]);
        }

        return (Convert.ToHexStringLower(hash.GetCurrentHash()), length, null);
    }

    static (string Sha256, long Length, byte[]? Kept) Whole(ZipArchiveEntry entry, long most)
    {
        var bytes = Read(entry, (int)most);
        return (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, bytes);
    }

    static byte[] Read(ZipArchiveEntry entry, int most)
    {
        using var piece = entry.Open();
        using var bytes = new MemoryStream();
        var part = new byte[81_920];
        for (int read; (read = piece.Read(part)) > 0;)
        {
            if (bytes.Length + read > most) throw new InvalidDataException($"{entry.FullName} is longer than it may be.");
            bytes.Write(part, 0, read);
        }

        return bytes.ToArray();
    }

    bool Fails => _steps.Any(s => s.Holds == Holds.No);

    void Yes(string step, string sentence) => _steps.Add(new(step, Holds.Yes, sentence));

    void No(string step, string sentence) => _steps.Add(new(step, Holds.No, sentence));
}
