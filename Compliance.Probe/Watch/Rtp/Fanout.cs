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

    /// <summary>Of the group of pictures that newcomers are handed; a longer one is not kept.</summary>
    const int MostOfGroup = 250;
    const long MostBytesOfGroup = 12 << 20;

    readonly Lock _gate = new();
    readonly List<AccessUnit> _group = [];
    long _bytesOfGroup, _newest;
    volatile Reader[] _readers = [];
    volatile Tap[] _taps = [];
    bool _ended;
    volatile bool _keepsGroup, _isAwaited;

    sealed record Reader(Wanted Wants, Channel<AccessUnit> Units);

    /// <summary>When the newest unit that anybody asked for arrived.</summary>
    public DateTimeOffset? NewestAt => Interlocked.Read(ref _newest) is > 0 and var ticks ? new(ticks, TimeSpan.Zero) : null;

    /// <summary>The camera was let go.</summary>
    public bool IsEnded => Volatile.Read(ref _ended);

    /// <summary>Units are gathered though nobody follows yet, so that whoever comes first has his picture at once: for a box with few cameras.</summary>
    public bool KeepsGroup
    {
        get => _keepsGroup;
        set
        {
            lock (_gate)
            {
                _keepsGroup = value;
                if (!value && _taps.Length == 0) Forget();
            }
        }
    }

    /// <summary>Somebody waits for each picture: a screen, who looks for a face or compares two streams, or a fetch of a recording that is replayed as fast as it goes. What looks at movement does not; its windows are seconds long.</summary>
    public bool IsAwaited => _isAwaited;

    public Wanted Wanted
    {
        get
        {
            if (_taps.Length > 0 || _keepsGroup) return Wanted.All;
            var most = Wanted.None;
            foreach (var reader in _readers)
                if (reader.Wants > most) most = reader.Wants;
            return most;
        }
    }

    public void Publish(AccessUnit unit)
    {
        Interlocked.Exchange(ref _newest, unit.At.UtcTicks);
        foreach (var reader in _readers)
            if (unit.Keyframe || reader.Wants == Wanted.All) reader.Units.Writer.TryWrite(unit);
        if (_taps.Length == 0 && !_keepsGroup) return;
        lock (_gate)
        {
            Remember(unit);
            foreach (var tap in _taps) tap.Hand(unit);
        }
    }

    /// <summary>Everything from the newest keyframe on. As long as one tap is open, the next one has its first picture at once.</summary>
    /// <param name="reader">What kind of reader it is, for the count of what it missed.</param>
    /// <param name="fromNow">Nothing that was received before: it may not have been allowed then.</param>
    /// <param name="atOnce">It shall have each picture as it comes, and not six at once: that costs a tenth more processor than a detector of movement needs.</param>
    public Tap Tap(string reader, bool fromNow = false, bool atOnce = false)
    {
        var tap = new Tap(reader, atOnce, Leave);
        lock (_gate)
        {
            if (!fromNow)
                foreach (var unit in _group) tap.Hand(unit);
            Follow([.. _taps, tap]);
            if (_ended) tap.End();
        }

        return tap;
    }

    /// <summary>The camera is let go: nobody who follows it gets anything more.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Forget();
            foreach (var tap in _taps) tap.End();
        }
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

    /// <summary>A group begins with a keyframe and has no gap: it is kept only while all units are gathered.</summary>
    void Remember(AccessUnit unit)
    {
        if (unit.Keyframe) Forget();
        else if (_group.Count == 0) return;
        if (_group.Count >= MostOfGroup || _bytesOfGroup + unit.AnnexB.Length > MostBytesOfGroup)
        {
            Forget();
            return;
        }

        _group.Add(unit);
        _bytesOfGroup += unit.AnnexB.Length;
    }

    void Forget()
    {
        _group.Clear();
        _bytesOfGroup = 0;
    }

    void Follow(Tap[] taps) => (_taps, _isAwaited) = (taps, taps.Any(tap => tap.AtOnce));

    void Leave(Tap tap)
    {
        lock (_gate)
        {
            Follow([.. _taps.Where(one => one != tap)]);
            if (_taps.Length == 0 && !_keepsGroup) Forget();
        }
    }
}
