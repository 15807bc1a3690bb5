using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Compliance.Probe.Watch.Rtp;

/// <summary>Which access units somebody waits for.</summary>
internal enum Wanted { None, Keyframes, All }

/// <summary>
/// Hands the access units of the one connection to whoever asked. What nobody asks for is not even gathered. A slow
/// reader loses the oldest units; it never holds the connection up.
/// </summary>
internal sealed class Fanout
{
    const int Kept = 64;
    readonly Lock _gate = new();
    volatile Reader[] _readers = [];

    sealed record Reader(Wanted Wants, Channel<AccessUnit> Units);

    public Wanted Wanted
    {
        get
        {
            var most = Wanted.None;
            foreach (var reader in _readers)
                if (reader.Wants > most) most = reader.Wants;
            return most;
        }
    }

    public void Publish(AccessUnit unit)
    {
        foreach (var reader in _readers)
            if (unit.Keyframe || reader.Wants == Wanted.All) reader.Units.Writer.TryWrite(unit);
    }

    public IAsyncEnumerable<AccessUnit> Subscribe(CancellationToken ct) => Subscribe(Wanted.All, ct);

    public async Task<AccessUnit> NextKeyframe(CancellationToken ct)
    {
        await foreach (var unit in Subscribe(Wanted.Keyframes, ct)) return unit;
        throw new OperationCanceledException(ct);
    }

    public async IAsyncEnumerable<AccessUnit> Subscribe(Wanted wants, [EnumeratorCancellation] CancellationToken ct)
    {
        var reader = new Reader(wants, Channel.CreateBounded<AccessUnit>(new BoundedChannelOptions(Kept) { FullMode = BoundedChannelFullMode.DropOldest }));
        lock (_gate) _readers = [.. _readers, reader];
        try
        {
            await foreach (var unit in reader.Units.Reader.ReadAllAsync(ct)) yield return unit;
        }
        finally
        {
            lock (_gate) _readers = [.. _readers.Where(r => r != reader)];
        }
    }
}
