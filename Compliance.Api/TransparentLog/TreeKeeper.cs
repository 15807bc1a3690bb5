using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;

namespace Compliance.Api.TransparentLog;

/// <summary>
/// Follows the log, makes each fact a leaf of the tree and publishes signed heads: when it is quiet, and once a second while it is not. It never
/// signs a head that does not go on from the one before; a log that lost what was signed is not signed any more, loudly.
/// </summary>
sealed partial class TreeKeeper(IEventLog log, TreeStore store, LogIdentity identity, TimeProvider clock, ILogger<TreeKeeper> logger) : BackgroundService
{
    const int MostFacts = 10_000;
    static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    /// <summary>Facts no older are being written right now; their writer goes before the tree.</summary>
    static readonly TimeSpan Young = TimeSpan.FromSeconds(3);

    readonly Repeated _trouble = new(clock);
    TaskCompletionSource _published = new(TaskCreationOptions.RunContinuationsAsynchronously);
    TreeMark _head = TreeMark.Empty;

    /// <summary>The log lost facts that were signed, or is another one: nothing is signed until that is mended.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Ends when a head was published that covers the position. Never, when the log is broken: ask with a time limit.</summary>
    public async Task Covered(LogPosition position, CancellationToken ct)
    {
        while (true)
        {
            var next = Volatile.Read(ref _published).Task;
            if (Volatile.Read(ref _head).Position >= position) return;
            await next.WaitAsync(ct);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Keep(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
                await Task.Delay(Between, clock, stoppingToken);
            }
        }
    }

    async Task Keep(CancellationToken ct)
    {
        var mark = store.Mark;
        IsBroken = mark.Last is not null && !await log.Holds(new(nameof(TreeKeeper), 0, mark.Position, mark.Last), ct);
        if (IsBroken)
        {
            Broken(logger, mark.Size, mark.Position, identity.Origin);
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, ct);
        }

        var edge = await TreeEdge.At(mark.Size, store.ReadTile, ct);
        await Publish(mark, ct);
        var last = clock.GetTimestamp();
        await foreach (var batch in log.Follow(mark.Position, ct).InBatches(MostFacts, clock, ct))
        {
            if (batch.Count > 0) mark = await Grow(edge, batch, ct);
            if (mark.Size == _head.Size || (batch.Count > 0 && clock.GetElapsedTime(last) < Between)) continue;
            await Publish(mark, ct);
            last = clock.GetTimestamp();
        }
    }

    /// <summary>Rests twice as long as it worked while facts are being written, so that appending hardly notices the tree; what is behind is made without a rest.</summary>
    async Task<TreeMark> Grow(TreeEdge edge, IReadOnlyList<Recorded> facts, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var leaves = new List<(LogPosition, byte[], byte[])>(facts.Count);
        foreach (var fact in facts)
        {
            var commitment = LogEntry.Commit(LogEntry.Salt(identity.Secret, fact.EventId), fact.Data.Span);
            var entry = LogEntry.Of(fact, commitment);
            leaves.Add((fact.Position, entry, commitment));
            edge.Add(TreeHash.Leaf(entry));
        }

        var mark = new TreeMark(edge.Size, facts[^1].Position, MarkedFact.Of(facts[^1]));
        store.Grow(leaves, edge.TakeChanged(), mark);
        if (clock.GetUtcNow() - facts[^1].RecordedAt < Young) await Task.Delay(2 * clock.GetElapsedTime(began), clock, ct);
        return mark;
    }

    async Task Publish(TreeMark mark, CancellationToken ct)
    {
        var before = store.Newest() is { } newest ? Checkpoint.SignedBy(identity.Signer.Key, newest, NoteSigner.Verify) : null;
        if (before?.Size != mark.Size)
        {
            var tree = new TiledTree(mark.Size, store.ReadTile);
            var head = new Checkpoint(identity.Origin, mark.Size, await tree.Root(ct));
            if (before is not null && !(before.Size <= head.Size && Proofs.Extends(before.Root, before.Size, head.Root, head.Size, await tree.Consistency(before.Size, ct))))
                throw new InvalidDataException($"The tree of {head.Size} facts does not go on from the head of {before.Size} that was signed; it is not signed. Restore tree.db and the log from one backup.");
            store.Publish(head, identity.Sign(head), clock.GetUtcNow());
        }

        Volatile.Write(ref _head, mark);
        Interlocked.Exchange(ref _published, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    [LoggerMessage(LogLevel.Error, "The tree over the log stands still ({Times} times); trying again from what is stored")]
    static partial void Failed(ILogger logger, Exception e, int times);

    [LoggerMessage(LogLevel.Critical, "The log does not hold the fact at {Position} any more, up to which {Size} facts were signed as {Origin}: it was restored from an older copy, or is another one. Nothing is signed until the lost facts are back; a log that begins anew needs a new name (TransparentLog:Origin) and a new Data folder")]
    static partial void Broken(ILogger logger, long size, LogPosition position, string origin);
}
