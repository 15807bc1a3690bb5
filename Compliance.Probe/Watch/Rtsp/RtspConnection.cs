using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch.Rtsp;

internal delegate void PacketReader(int channel, ReadOnlySpan<byte> packet, DateTimeOffset at);

/// <summary>
/// One connection to a camera: questions out, answers and interleaved packets in. The drain reads it; the story that
/// opened it awaits. It ends once, with a <see cref="FeedLost"/>.
/// </summary>
internal sealed class RtspConnection : IDrained, IDisposable
{
    /// <summary>Two megabytes on each round are more than any camera sends; what is beyond waits its turn.</summary>
    const int ReadsPerPump = 8;

    /// <summary>Who sends more nonsense than this is no camera, or has lost its thread for good.</summary>
    const long MaxGarbage = 1 << 20;

    static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Impatient = TimeSpan.FromMilliseconds(5);

    /// <summary>Half a picture at 25 a second: whoever waits for each has it as it comes, and not six at once.</summary>
    internal static readonly TimeSpan Awaited = TimeSpan.FromMilliseconds(20);

    readonly IWire _wire;
    readonly Drain _drain;
    readonly PacketReader _onPacket;
    readonly Func<bool> _isAwaited;
    readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource<FeedLost> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile TaskCompletionSource<RtspResponse>? _answer;
    byte[] _carry = [];
    int _carried, _sequence, _expected;
    bool _disposed;

    RtspConnection(IWire wire, Drain drain, PacketReader onPacket, Func<bool> isAwaited) => (_wire, _drain, _onPacket, _isAwaited) = (wire, drain, onPacket, isAwaited);

    /// <summary>Completes with the reason when the connection is gone.</summary>
    public Task<FeedLost> Ended => _ended.Task;

    public IPEndPoint Remote => _wire.Remote;

    public IPEndPoint Local => _wire.Local;

    /// <summary>How many interleaved channels may appear.</summary>
    public int Channels { get; set; } = 4;

    /// <summary>Bytes that made no sense; a healthy camera sends none.</summary>
    public long Garbage { get; private set; }

    public TimeSpan Cadence => _answer is not null || !_connected.Task.IsCompleted ? Impatient : _isAwaited() ? Awaited : Calm;

    /// <param name="isAwaited">Whether somebody waits for each picture; asked at each round.</param>
    public static async Task<RtspConnection> Connect(
        IWire wire, Drain drain, PacketReader onPacket, Func<bool> isAwaited, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        var connection = new RtspConnection(wire, drain, onPacket, isAwaited);
        try
        {
            wire.Begin();
            drain.Add(connection);
            await connection._connected.Task.WaitAsync(patience, clock, ct);
            return connection;
        }
        catch (Exception e)
        {
            connection.Dispose();
            throw e is TimeoutException ? new FeedLost(Verdict.Unreachable, Reason.NotConnected, SocketError.TimedOut) : e;
        }
    }

    /// <summary>Sends one request and awaits its answer. Only one at a time.</summary>
    public async Task<RtspResponse> Ask(
        RtspRequest request, string? authorization, string? session, TimeSpan patience, TimeProvider clock, CancellationToken ct)
    {
        if (Ended.IsCompleted) throw await Ended;
        var answer = new TaskCompletionSource<RtspResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        (_expected, _answer) = (++_sequence, answer);
        try
        {
            Send(request.Write(_sequence, authorization, session));
            _drain.Hurry();
            var ended = Ended;
            var first = await Task.WhenAny(answer.Task, ended).WaitAsync(patience, clock, ct);
            return first == ended ? throw await ended : await answer.Task;
        }
        catch (TimeoutException)
        {
            throw new FeedLost(Verdict.Stalled, Reason.NoAnswer, request.Method, patience.TotalSeconds);
        }
        finally
        {
            _answer = null;
        }
    }

    /// <summary>Says something whose answer nobody waits for.</summary>
    public void Mention(RtspRequest request, string? authorization, string? session)
    {
        if (!Ended.IsCompleted) Send(request.Write(++_sequence, authorization, session));
    }

    public void Pump(Span<byte> scratch, DateTimeOffset now)
    {
        try
        {
            if (_disposed || Ended.IsCompleted || !IsConnected()) return;
            for (var reads = 0; reads < ReadsPerPump && Read(scratch, now); reads++) continue;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            End(Verdict.Unreachable, Reason.ConnectionBroken, (e as SocketException)?.SocketErrorCode ?? SocketError.Shutdown);
        }
    }

    public void Lose(Exception e) => End(Verdict.NoStream, Reason.ProbeFault, e.GetType().Name);

    public void Dispose()
    {
        _disposed = true;
        _drain.Remove(this);
        _wire.Dispose();
    }

    bool IsConnected()
    {
        if (_connected.Task.IsCompleted) return true;
        try
        {
            return _wire.IsOpen() && _connected.TrySetResult();
        }
        catch (FeedLost lost)
        {
            _ended.TrySetResult(lost);
            _connected.TrySetException(lost);
            return false;
        }
    }

    void Send(byte[] bytes)
    {
        if (_wire.Send(bytes) is not SocketError.Success and var error) End(Verdict.Unreachable, Reason.ConnectionBroken, error);
    }

    /// <summary>True when there may be more.</summary>
    bool Read(Span<byte> scratch, DateTimeOffset now)
    {
        _carry.AsSpan(0, _carried).CopyTo(scratch);
        var read = _wire.Receive(scratch[_carried..], out var error);
        if (error == SocketError.WouldBlock) return false;
        if (error != SocketError.Success || read == 0)
        {
            if (error == SocketError.Success) End(Verdict.Unreachable, Reason.ClosedByCamera);
            else End(Verdict.Unreachable, Reason.ConnectionBroken, error);
            return false;
        }

        var data = scratch[..(_carried + read)];
        var rest = data[Parse(data, now)..];
        if (Garbage > MaxGarbage)
        {
            End(Verdict.NoStream, Reason.GarbageSent);
            return false;
        }

        if (rest.Length > _carry.Length) _carry = new byte[rest.Length + 2048];
        rest.CopyTo(_carry);
        _carried = rest.Length;
        return data.Length == scratch.Length;
    }

    int Parse(ReadOnlySpan<byte> data, DateTimeOffset now)
    {
        var at = 0;
        while (Framer.Next(data[at..], Channels) is { Length: > 0 } frame)
        {
            var bytes = data.Slice(at, frame.Length);
            at += frame.Length;
            if (frame.Kind == FrameKind.Packet) _onPacket(frame.Channel, bytes[frame.Head..], now);
            else if (frame.Kind == FrameKind.Garbage) Garbage += frame.Length;
            else if (RtspResponse.Parse(bytes[..frame.Head], bytes[frame.Head..]) is { } response) OnResponse(response);
        }

        return at;
    }

    /// <summary>Answers of before are passed over; a camera that numbers none is believed.</summary>
    void OnResponse(RtspResponse response)
    {
        if (response.Number("CSeq") is not { } sequence || sequence == _expected) _answer?.TrySetResult(response);
    }

    void End(Verdict cause, Reason reason, params object[] figures) => _ended.TrySetResult(new(cause, reason, figures));
}
