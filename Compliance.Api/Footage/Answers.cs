using System.Globalization;
using System.Net.Http.Headers;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Compliance.Api.Footage;

/// <summary>
/// What a venue gives: a file is announced, comes in pieces that name their place (Content-Range, RFC 9110), and goes on from where it stands when one breaks off.
/// It becomes a fact when all of it lies sealed and its hash is known. Of the rest the venue says why there is none.
/// </summary>
static class Answers
{
    /// <summary>What one venue can book of the disk for one request before it has sent anything.</summary>
    const int MostComing = 4;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    static readonly Refusal Unknown = new("footage.file-unknown", "No such file was announced, or it was given up.");

    public static Task<Answer> Answer(Guid requestId, FootageCommand.Answer body, Knock knock, FetchProgress progress, FootageStore store, TimeProvider clock) =>
        Fetches.End(requestId, body with { At = clock.GetUtcNow(), By = knock.Caller.SubjectId }, knock, progress, store);

    /// <summary>The log has the last word, for the answer may be given at the same instant; then key and file go. What a crash leaves in between goes with the next start.</summary>
    public static async Task<Answer> Remove(Guid requestId, Guid fileId, Knock knock, FootageStore store, TimeProvider clock)
    {
        var answer = await knock.Send(FootageRequest.Decider, requestId, new FootageCommand.RemoveFile(fileId, knock.Caller.SubjectId, clock.GetUtcNow()));
        if (!answer.IsDone || store.Find(fileId)?.RequestId != requestId) return answer;
        using var _ = await Alone(store, fileId, CancellationToken.None);
        store.Erase(fileId);
        return answer;
    }

    public static Task<IResult> Begin(Guid requestId, Guid fileId, FootageUpload body, Caller caller, IEventLog log, FootageStore store, FootageRules rules, TimeProvider clock, CancellationToken ct) =>
        Announce(requestId, fileId, body, new(caller.Actor, null), log, store, rules, clock, ct);

    /// <summary>Who sends a file: somebody of the venue, or the box that fetched it from the recorder.</summary>
    internal sealed record Sender(string Actor, FootageSource? Source);

    /// <summary>Announced again, it says how much has come.</summary>
    internal static async Task<IResult> Announce(Guid requestId, Guid fileId, FootageUpload body, Sender sender, IEventLog log, FootageStore store, FootageRules rules, TimeProvider clock, CancellationToken ct)
    {
        if (body.Bytes < 1 || body.Bytes > rules.Largest) return Problems.Of(new Refusal("footage.file-large", $"A file has 1 byte to {rules.LargestMegabytes} MiB.", "bytes"));
        if (body.Sha256 is { } hash && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigitLower))) return Problems.Of(new Refusal("footage.hash-malformed", "A SHA-256 is 64 small hexadecimal digits.", "sha256"));
        // What the request itself would say of the whole file is said before any of it travels, or anything is held for it.
        if (Refused((await Load()).State) is { } no) return Problems.Of(no);
        using var _ = await Alone(store, fileId, ct);
        var state = (await Load()).State;
        if (Refused(state) is { } meanwhile) return Problems.Of(meanwhile);
        if (store.Find(fileId) is null && state is FootageRequest.Known request)
        {
            if (request.Kept.Any(file => file.FileId == fileId)) return Problems.Of(new Refusal("footage.file-changed", "Another file came under this id."));
            var coming = store.Coming(requestId);
            if (coming.Count >= MostComing || coming.Count + request.Kept.Count >= FootageRequest.MostFiles)
                return Problems.Of(new Refusal("footage.too-many-coming", $"At most {MostComing} files of a request come at the same time; send those first."));
        }

        store.Touch(fileId);
        if (store.Find(fileId) is { IsWhole: false } all && (all.RequestId, all.Bytes) == (requestId, store.Received(all))) return await Finish(all, sender, log, store, clock, ct); // it broke off behind the last byte
        if (store.Find(fileId) is { } known)
            return (known.RequestId, known.DeviceId, known.Bytes) == (requestId, body.DeviceId, body.Bytes) ? Say(store, known) : Problems.Of(new Refusal("footage.file-changed", "Another file was announced under this id."));
        if (!store.Begin(fileId, requestId, body)) return Problems.Of(new Refusal("footage.disk-full", "There is no room for this file now; tell police."));
        return Say(store, store.Find(fileId)!);

        Task<(FootageRequest State, long Revision, LogPosition Position)> Load() => log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, requestId), ct);

        Refusal? Refused(FootageRequest asked) => FootageRequest.Decider.Decide(asked, new FootageCommand.KeepFile(fileId, body.DeviceId, body.Sha256 ?? "", body.Bytes, default, sender.Source)).Refusal is { Code: not "footage.file-changed" } why ? why : null;
    }

    /// <summary>A venue's files that have not come whole.</summary>
    public static IResult Received(Guid requestId, Guid fileId, FootageStore store) =>
        store.Find(fileId) is { } file && file.RequestId == requestId ? Say(store, file) : Problems.Of(Unknown);

    [RequestSizeLimit(FootageStore.Piece + (1 << 16))]
    public static Task<IResult> Put(Guid requestId, Guid fileId, Stream body, HttpRequest request, Caller caller, IEventLog log, FootageStore store, TimeProvider clock, CancellationToken ct) =>
        Take(requestId, fileId, body, RangeOf(request), new(caller.Actor, null), log, store, clock, ct);

    internal static ContentRangeHeaderValue RangeOf(HttpRequest request) =>
        ContentRangeHeaderValue.TryParse(request.Headers.ContentRange, out var read) && read is { HasRange: true, HasLength: true, Unit: "bytes" } ? read : throw new Malformed("Content-Range", "A piece says its place: Content-Range: bytes first-last/whole.");

    internal static async Task<IResult> Take(Guid requestId, Guid fileId, Stream body, ContentRangeHeaderValue range, Sender sender, IEventLog log, FootageStore store, TimeProvider clock, CancellationToken ct)
    {
        if (store.Find(fileId)?.RequestId != requestId) return Problems.Of(Unknown); // before anything is held for it
        using var _ = await Alone(store, fileId, ct);
        if (store.Find(fileId) is not { } file || file.RequestId != requestId) return Problems.Of(Unknown);
        if (file.IsWhole) return Say(store, file);
        var (from, count) = (range.From!.Value, range.To!.Value - range.From!.Value + 1);
        if (range.Length != file.Bytes || count > FootageStore.Piece || (count % FootageStore.Block != 0 && range.To != file.Bytes - 1))
            return Problems.Of(new Refusal("footage.piece-malformed", $"A piece has whole MiB, at most {FootageStore.Piece >> 20} of them; only the last one is shorter.", "Content-Range"));
        if (store.Received(file) != from) return Problems.Of(new Refusal("footage.offset", string.Create(CultureInfo.InvariantCulture, $"The file stands at {store.Received(file)}: go on from there.")));
        if (await store.Append(file, body, ct) < file.Bytes) return Say(store, file);
        return await Finish(file, sender, log, store, clock, ct);
    }

    /// <summary>All of it is there: what was claimed is compared, then it is told to the log, and only then it counts.</summary>
    static async Task<IResult> Finish(StoredFootage file, Sender sender, IEventLog log, FootageStore store, TimeProvider clock, CancellationToken ct)
    {
        var hash = await store.Hash(file, ct);
        if (file.Sha256 is { } claimed && claimed != hash)
        {
            store.Erase(file.FileId);
            return Problems.Of(new Refusal("footage.hash-differs", "What arrived is not what was announced: the hashes differ. Send it again.", "sha256"));
        }

        var keep = new FootageCommand.KeepFile(file.FileId, file.DeviceId, hash, file.Bytes, clock.GetUtcNow(), sender.Source);
        var done = await log.Execute(FootageRequest.Decider, file.RequestId, keep, new(EventIds.From(file.FileId, $"kept/{hash}"), sender.Actor), CancellationToken.None);
        if (done.Refusal is { } no)
        {
            store.Erase(file.FileId); // what no fact names would lie there for ever
            return Problems.Of(no);
        }

        store.Whole(file.FileId, hash);
        return TypedResults.Ok(new FootageReceived(file.Bytes, file.Bytes, hash));
    }

    static Ok<FootageReceived> Say(FootageStore store, StoredFootage file) => TypedResults.Ok(new FootageReceived(file.IsWhole ? file.Bytes : store.Received(file), file.Bytes, file.IsWhole ? file.Sha256 : null));

    /// <summary>Erases a file that nobody goes on with, if it has not come whole; where a fact names it already, it came a moment before a crash. One that is just being written is left to whoever writes it.</summary>
    /// <param name="isOver">Asked of what lies there when nobody else writes it.</param>
    internal static async Task GiveUp(Guid requestId, Guid fileId, Func<StoredFootage, bool> isOver, IEventLog log, FootageStore store, CancellationToken ct)
    {
        if (store.Find(fileId) is not { IsWhole: false }) return;
        using var alone = await Alone(store, fileId, ct, Patience);
        if (alone is null || store.Find(fileId) is not { IsWhole: false } file || !isOver(file)) return;
        var (state, _, _) = await log.Load(FootageRequest.Decider, new(FootageRequest.Decider.Category, requestId), ct);
        if (state is FootageRequest.Known known && known.File(fileId) is { } kept) store.Whole(fileId, kept.Sha256);
        else store.Erase(fileId);
    }

    /// <summary>One at a time writes a file. Null where it is not one's turn within a given time.</summary>
    static async Task<IDisposable?> Alone(FootageStore store, Guid file, CancellationToken ct, TimeSpan? within = null)
    {
        while (true)
        {
            var gate = store.Gate(file);
            if (!await gate.WaitAsync(within ?? Timeout.InfiniteTimeSpan, ct)) return null;
            if (ReferenceEquals(gate, store.Gate(file))) return new Opened(gate);
            gate.Release(); // the file was erased meanwhile, and its gate with it
        }
    }

    sealed class Opened(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
