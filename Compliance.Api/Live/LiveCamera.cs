using System.Threading.Channels;
using Compliance.Domain.Probes;

namespace Compliance.Api.Live;

/// <summary>One camera's access units and who sits before it. Whoever comes gets the picture from the last keyframe on, at once.</summary>
sealed class LiveCamera(LiveWish wish, TimeSpan patience, TimeProvider clock)
{
    /// <summary>Bytes of the group of pictures that is kept for whoever comes next.</summary>
    const int MostKept = 8 << 20;

    readonly Lock _gate = new();
    readonly List<LiveSeat> _seats = [];
    readonly List<byte[]> _group = []; // from the last keyframe on
    readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly long _askedAt = clock.GetTimestamp();
    bool _asked, _over, _hasCome;
    int _kept;

    public LiveWish Wish => wish;

    /// <summary>Nobody looks any more.</summary>
    public Task Emptied => _emptied.Task;

    /// <summary>It ended, or its box did not come in time.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate) return _over || (!_hasCome && clock.GetElapsedTime(_askedAt) > patience);
        }
    }

    public bool HasCome
    {
        get
        {
            lock (_gate) return _hasCome;
        }
    }

    /// <summary>True for the first who asks: he calls the box.</summary>
    public bool Ask() => !_asked && (_asked = true);

    public void Came()
    {
        lock (_gate) _hasCome = true;
    }

    public LiveSeat Sit()
    {
        lock (_gate)
        {
            var seat = new LiveSeat(this, _group.Count);
            foreach (var message in _group) seat.Offer(message);
            _seats.Add(seat);
            return seat;
        }
    }

    /// <summary>The last who leaves switches the feed off.</summary>
    public void Leave(LiveSeat seat)
    {
        lock (_gate)
        {
            if (!_seats.Remove(seat) || _seats.Count > 0 || _over) return;
            _over = true;
        }

        _emptied.TrySetResult();
    }

    public void Publish(byte[] message)
    {
        lock (_gate)
        {
            Keep(message);
            foreach (var seat in _seats) seat.Offer(message);
        }
    }

    /// <summary>A group that does not end is not kept: whoever comes next waits for a keyframe.</summary>
    void Keep(byte[] message)
    {
        if (LiveMessage.IsKeyframe(message))
        {
            _group.Clear();
            _kept = 0;
        }
        else if (_group.Count == 0) return;

        if ((_kept += message.Length) <= MostKept) _group.Add(message);
        else _group.Clear();
    }

    /// <summary>Every screen is told that nothing more comes.</summary>
    public void End()
    {
        lock (_gate)
        {
            _over = true;
            foreach (var seat in _seats) seat.End();
        }
    }
}

/// <summary>
/// One screen before a camera. A line that is behind loses what waits for it as soon as a keyframe comes to go on with, so that it is never later than a group of pictures and a little; it holds nobody up.
/// </summary>
/// <param name="group">Messages it is handed at once.</param>
sealed class LiveSeat(LiveCamera camera, int group = 0) : IDisposable
{
    /// <summary>Messages, some four seconds of pictures: so many wait at most, where no keyframe comes.</summary>
    const int MostBehind = 100;

    /// <summary>Messages: so many may wait when a keyframe comes. A line with no speed to spare would never make up for more.</summary>
    public const int Late = 10;

    readonly Channel<byte[]> _messages = Channel.CreateBounded<byte[]>(group + MostBehind);
    bool _waitsForKeyframe = true;

    /// <summary>How often pictures were left out because the line was too slow.</summary>
    public int Skipped { get; private set; }

    public IAsyncEnumerable<byte[]> Messages(CancellationToken ct) => _messages.Reader.ReadAllAsync(ct);

    /// <summary>Called by one thread at a time.</summary>
    public void Offer(byte[] message)
    {
        var isKeyframe = LiveMessage.IsKeyframe(message);
        if (_waitsForKeyframe && !isKeyframe) return;
        if (isKeyframe && _messages.Reader.Count > Late) Skip();
        if (_messages.Writer.TryWrite(message)) _waitsForKeyframe = false;
        else
        {
            Skip();
            _waitsForKeyframe = true; // this one is a delta, or the screen was told that it is over
        }
    }

    /// <summary>What is late is worth nothing: the screen jumps to the newest keyframe.</summary>
    void Skip()
    {
        Skipped++;
        while (_messages.Reader.TryRead(out _))
        {
            // Nobody will see it.
        }
    }

    public void End() => _messages.Writer.TryComplete();

    public void Dispose()
    {
        camera.Leave(this);
        End();
    }
}
