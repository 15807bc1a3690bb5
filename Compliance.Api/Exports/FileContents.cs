using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.Exports;

/// <summary>How much of a stream stands in the file.</summary>
sealed record StreamInFile(string Stream, long Facts);

/// <summary>One piece of the file.</summary>
/// <param name="Sha256">Of its bytes, unpacked, hexadecimal.</param>
sealed record PieceOfFile(string Name, string Sha256, long Bytes);

/// <summary>Why a picture that a fact names does not lie in the file.</summary>
enum PictureIs
{
    Here,

    /// <summary>The reader may know its hash, not the picture.</summary>
    NotForReader,

    /// <summary>It was kept as long as it may be, and is not there any more.</summary>
    Gone,
}

/// <summary>A picture that a fact names by its hash.</summary>
sealed record PictureInFile(string Sha256, Guid Fact, PictureIs Is);

/// <summary>A document that could not be printed when the file was made, and the code of why.</summary>
sealed record Unprinted(string Name, string Because);

/// <summary>
/// What a venue's file consists of: <c>contents.json</c>, canonical JSON, sealed. Whoever takes a piece out or puts one in would have to seal it anew.
/// </summary>
sealed record FileContents(
    Guid Export, Guid VenueId, DateTimeOffset At, string LogKey, long Size, IReadOnlyList<string> Path,
    IReadOnlyList<StreamInFile> Streams, IReadOnlyList<PieceOfFile> Pieces, IReadOnlyList<PictureInFile> Pictures, IReadOnlyList<Unprinted> Unprinted)
{
    /// <summary>The names of what every file has.</summary>
    public const string Name = "contents.json", Seal = "contents.json.p7s", Facts = "events.jsonl", Head = "log.checkpoint", Proof = "newest.tlog-proof", ReadMe = "README.txt", Pictured = "pictures/", Documents = "documents/";

    public byte[] ToJson() => CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(this, EventCatalog.Json));

    /// <exception cref="JsonException">It is not the contents of a file in canonical form.</exception>
    public static FileContents Parse(byte[] json)
    {
        if (!CanonicalJson.Of(json).AsSpan().SequenceEqual(json)) throw new JsonException("It is not canonical JSON (RFC 8785).");
        var contents = JsonSerializer.Deserialize<FileContents>(json, EventCatalog.Json) ?? throw new JsonException("It lists nothing.");
        if (contents.Path.Contains(null!) || contents.Streams.Contains(null!) || contents.Pieces.Contains(null!) || contents.Pictures.Contains(null!) || contents.Unprinted.Contains(null!)) throw new JsonException("It has an entry that is none.");
        if (contents.Pieces.Any(p => p.Bytes < 0) || contents.Streams.Any(s => s.Facts < 0)) throw new JsonException("It counts less than nothing.");
        if (contents.Pieces.DistinctBy(p => p.Name).Count() < contents.Pieces.Count || contents.Streams.DistinctBy(s => s.Stream).Count() < contents.Streams.Count) throw new JsonException("It lists one thing twice.");
        return contents;
    }
}
