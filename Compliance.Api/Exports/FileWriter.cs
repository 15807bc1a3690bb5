using System.IO.Compression;
using System.Text;
using Compliance.Api.Evidence;
using Compliance.Api.Feeds;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Compliance.Api.Exports;

/// <summary>What one reader takes along.</summary>
/// <param name="Head">The signed head all facts stand under; what the log got later is not in the file.</param>
/// <param name="MayReadAddress">Of which devices.</param>
/// <param name="EndsAt">The fact before which its stream ends for this reader; the rest is told later.</param>
sealed record FileOrder(
    Guid ExportId, Guid VenueId, DateTimeOffset At, string ReadMe, SignedNote Head, IReadOnlyList<StreamId> Streams, IReadOnlyList<FileDocument> Documents,
    FilePictures Pictures, Func<Guid, bool> MayReadAddress, Func<Recorded, bool> EndsAt);

/// <summary>
/// Writes a venue's whole file as a ZIP, piece by piece as it leaves: facts with what proves them, pictures, documents, and a sealed list of all that. Of the
/// facts it holds one page at a time; of each written fact it keeps its place in the tree.
/// </summary>
sealed class FileWriter(IEventLog log, TreeStore tree, LogIdentity identity, Seals seals)
{
    /// <returns>How many facts left.</returns>
    public async Task<long> Write(Stream to, FileOrder order, ExportRuns.Run run, CancellationToken ct)
    {
        var size = Checkpoint.Parse(order.Head.Text)!.Size;
        var (pieces, streams, leaves, unprinted) = (new List<PieceOfFile>(), new List<StreamInFile>(), new List<long>(), new List<Unprinted>());
        var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, ct);
        await using (zip)
        {
            await Text(FileContents.ReadMe, order.ReadMe);
            await Put(FileContents.Facts, CompressionLevel.Fastest, Facts);
            leaves.Sort();
            var path = leaves.Count == 0 ? [] : await new TiledTree(size, tree.ReadTile).Inclusion(leaves, ct);
            await Text(FileContents.Head, order.Head.ToString());
            if (leaves is [.., var newest]) await Text(FileContents.Proof, new LogProof(newest, await new TiledTree(size, tree.ReadTile).Inclusion(newest, ct), order.Head).ToString());
            var pictures = await Pictures();
            foreach (var document in order.Documents) await Print(document);
            var contents = new FileContents(
                order.ExportId, order.VenueId, order.At, identity.Signer.Key.ToString(), size, [.. path.Select(hash => hash.ToString())], streams, pieces, pictures, unprinted).ToJson();
            await Put(FileContents.Name, CompressionLevel.Optimal, async (piece, _) => await piece.WriteAsync(contents, ct));
            var seal = await seals.SignDetached(contents, ct);
            await Put(FileContents.Seal, CompressionLevel.Optimal, async (piece, _) => await piece.WriteAsync(seal, ct));
        }

        return leaves.Count;

        async Task Facts(Stream piece, CancellationToken ct)
        {
            run.Progress = run.Progress with { AllStreams = order.Streams.Count };
            foreach (var stream in order.Streams)
            {
                var count = 0L;
                await foreach (var fact in log.Read(stream, ct))
                {
                    if (tree.LeafAt(fact.Position) is not var (leaf, _) || leaf >= size || order.EndsAt(fact)) break;
                    var salt = LogEntry.Salt(identity.Secret, fact.EventId);
                    var shown = !Addresses.AreIn(stream) || order.MayReadAddress(stream.Id) ? fact : Addresses.Without(fact);
                    await piece.WriteAsync(FactLine.Of(shown, new(leaf, ReferenceEquals(shown, fact) ? salt : null, LogEntry.Commit(salt, fact.Data.Span))), ct);
                    await piece.WriteAsync("\n"u8.ToArray(), ct);
                    order.Pictures.Note(fact);
                    leaves.Add(leaf);
                    count++;
                }

                if (count > 0) streams.Add(new(stream.ToString(), count));
                run.Progress = run.Progress with { Streams = run.Progress.Streams + 1, Facts = leaves.Count };
            }
        }

        async Task<List<PictureInFile>> Pictures()
        {
            run.Progress = run.Progress with { AllPieces = order.Pictures.Named.Count + order.Documents.Count };
            var (written, named) = (new HashSet<string>(), new List<PictureInFile>());
            foreach (var (hash, fact, allowed, open) in order.Pictures.Named)
            {
                var bytes = allowed == PictureIs.Here ? open() : null;
                if (bytes is not null && written.Add(hash)) await Put($"{FileContents.Pictured}{hash}", CompressionLevel.NoCompression, async (piece, _) => await piece.WriteAsync(bytes, ct));
                named.Add(new(hash, fact, bytes is null && allowed == PictureIs.Here ? PictureIs.Gone : allowed));
                run.Progress = run.Progress with { Pieces = run.Progress.Pieces + 1 };
            }

            return named;
        }

        async Task Print(FileDocument document)
        {
            IResult? printed = null;
            try
            {
                printed = await document.Print(ct);
            }
            catch (TimeoutException)
            {
                // The views are far behind: the file goes on without this document, and says so.
            }

            if (printed is FileContentHttpResult { FileContents: var pdf })
                await Put($"{FileContents.Documents}{document.Name}.pdf", CompressionLevel.NoCompression, async (piece, _) => await piece.WriteAsync(pdf, ct));
            else unprinted.Add(new(document.Name, printed is null ? "report.later" : $"{(printed as ProblemHttpResult)?.ProblemDetails.Extensions["code"]}"));
            run.Progress = run.Progress with { Pieces = run.Progress.Pieces + 1 };
        }

        Task Text(string name, string text) => Put(name, CompressionLevel.Optimal, async (piece, _) => await piece.WriteAsync(Encoding.UTF8.GetBytes(text), ct));

        async Task Put(string name, CompressionLevel level, Func<Stream, CancellationToken, Task> write)
        {
            ct.ThrowIfCancellationRequested();
            var entry = zip.CreateEntry(name, level);
            entry.LastWriteTime = order.At;
            await using var packed = await entry.OpenAsync(ct);
            await using var piece = new CountedStream(packed);
            await write(piece, ct);
            await piece.FlushAsync(ct);
            if (name is not (FileContents.Name or FileContents.Seal)) pieces.Add(new(name, piece.Sha256(), piece.Bytes));
        }
    }
}
