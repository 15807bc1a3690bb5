using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>
/// Hands the access units of the one connection to whoever asked. While nobody asks, payload is not even gathered. A slow
/// reader loses the oldest units; it never holds the connection up.
/// </summary>
internal sealed class Fanout
{
    const int Kept = 64;
    readonly Lock _gate = new();
    volatile Channel<AccessUnit>[] _readers = [];

    public bool Wanted => _readers.Length > 0;

    public void Publish(AccessUnit unit)
    {
        foreach (var reader in _readers) reader.Writer.TryWrite(unit);
    }

    public async IAsyncEnumerable<AccessUnit> Subscribe([EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<AccessUnit>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate) _readers = [.. _readers, channel];
        try
        {
            await foreach (var unit in channel.Reader.ReadAllAsync(ct)) yield return unit;
        }
        finally
        {
            lock (_gate) _readers = [.. _readers.Where(r => r != channel)];
        }
    }

    public async Task<AccessUnit> NextKeyframe(CancellationToken ct)
    {
        await foreach (var unit in Subscribe(ct))
            if (unit.Keyframe) return unit;
        throw new OperationCanceledException(ct);
    }
}
