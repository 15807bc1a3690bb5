using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Watch.Panels;

/// <summary>Listens for panels on TCP and UDP. Whatever is sent, it costs a bounded buffer, a bounded time and a bounded number of answers.</summary>
internal sealed partial class PanelReceiver(PanelReception reception, PanelSettings settings, SourceGate gate, TimeProvider clock, ILogger<PanelReceiver> log) : BackgroundService
{
    static readonly TimeSpan TriesAgain = TimeSpan.FromSeconds(30), AnswerWithin = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<IPAddress, int> _open = [];
    readonly TaskCompletionSource<(IPEndPoint Tcp, IPEndPoint Udp)> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    int _connections;

    /// <summary>Where it listens, once it does.</summary>
    public Task<(IPEndPoint Tcp, IPEndPoint Udp)> Listening => _listening.Task;

    public int Connections => Volatile.Read(ref _connections);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (settings.Port is { } port && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var tcp = Bound(SocketType.Stream, ProtocolType.Tcp, port);
                tcp.Listen(128);
                using var udp = Bound(SocketType.Dgram, ProtocolType.Udp, port);
                _listening.TrySetResult(((IPEndPoint)tcp.LocalEndPoint!, (IPEndPoint)udp.LocalEndPoint!));
                await Task.WhenAll(Accept(tcp, stoppingToken), TakeDatagrams(udp, stoppingToken));
            }
            catch (SocketException e)
            {
                NotListening(log, port, e.Message);
                await Task.Delay(TriesAgain, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    async Task Accept(Socket listener, CancellationToken ct)
    {
        while (true)
        {
            var socket = await listener.AcceptAsync(ct);
            var from = AddressOf(socket.RemoteEndPoint);
            if (Enters(from)) _ = Serve(socket, from, ct);
            else
            {
                reception.Dropped(FrameFate.TooMany, from);
                socket.Dispose();
            }
        }
    }

    async Task Serve(Socket socket, IPAddress from, CancellationToken ct)
    {
        try
        {
            using (socket) await Converse(socket, from, ct);
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            // It went, or took too long: the panel comes again.
        }
        catch (Exception e)
        {
            Broke(log, e);
        }
        finally
        {
            Leaves(from);
        }
    }

    async Task Converse(Socket socket, IPAddress from, CancellationToken ct)
    {
        socket.NoDelay = true;
        var (splitter, buffer, began) = (new Dc09Splitter(), new byte[1_024], clock.GetTimestamp());
        while (splitter.Garbage <= settings.MostGarbage)
        {
            var wait = (splitter.IsInside ? settings.FrameWithin : settings.Idle) - clock.GetElapsedTime(began);
            if (wait <= TimeSpan.Zero) return;
            var count = await socket.ReceiveAsync(buffer, ct).AsTask().WaitAsync(wait, clock, ct);
            if (count == 0) return;
            var wasInside = splitter.IsInside;
            var answers = Answers(splitter, buffer.AsSpan(0, count), from, true, out var tooFast, out var frames);
            foreach (var answer in answers)
                await socket.SendAsync(answer, ct).AsTask().WaitAsync(AnswerWithin, clock, ct);
            if (tooFast) return;
            if (frames > 0 || (!wasInside && splitter.IsInside)) began = clock.GetTimestamp();
        }
    }

    async Task TakeDatagrams(Socket socket, CancellationToken ct)
    {
        var (splitter, buffer) = (new Dc09Splitter(), new byte[2_048]);
        while (true)
        {
            try
            {
                var datagram = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.IPv6Any, 0), ct);
                if (splitter.IsInside) splitter = new();
                var answers = Answers(splitter, buffer.AsSpan(0, datagram.ReceivedBytes), AddressOf(datagram.RemoteEndPoint), false, out _, out _);
                foreach (var answer in answers)
                    await socket.SendToAsync(answer, datagram.RemoteEndPoint, ct);
            }
            catch (SocketException)
            {
                // One datagram was too long, or one sender is gone already (its answer came back).
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Broke(log, e);
            }
        }
    }

    List<byte[]> Answers(Dc09Splitter splitter, ReadOnlySpan<byte> bytes, IPAddress from, bool isConnected, out bool tooFast, out int frames)
    {
        var answers = new List<byte[]>();
        for ((tooFast, frames) = (false, 0); splitter.Next(ref bytes, out var frame); frames++)
        {
            tooFast = !gate.Passes(from, isConnected);
            if (tooFast) reception.Dropped(FrameFate.TooFast, from);
            else if (reception.Answer(frame, from) is { } answer) answers.Add(answer);
            if (tooFast) break;
        }

        return answers;
    }

    bool Enters(IPAddress from)
    {
        if (Volatile.Read(ref _connections) >= settings.MostConnections || _open.GetValueOrDefault(from) >= settings.MostOfOne) return false;
        Interlocked.Increment(ref _connections);
        _open.AddOrUpdate(from, 1, (_, n) => n + 1);
        return true;
    }

    void Leaves(IPAddress from)
    {
        Interlocked.Decrement(ref _connections);
        if (_open.AddOrUpdate(from, 0, (_, n) => n - 1) <= 0) _open.TryRemove(new(from, 0));
    }

    /// <summary>IPv6 and IPv4 in one; IPv4 alone where the machine has no IPv6.</summary>
    static Socket Bound(SocketType type, ProtocolType protocol, int port)
    {
        var socket = new Socket(Socket.OSSupportsIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, type, protocol);
        try
        {
            if (Socket.OSSupportsIPv6) socket.DualMode = true;
            socket.Bind(new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static IPAddress AddressOf(EndPoint? end) => end is IPEndPoint { Address: var address } ? address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address : IPAddress.None;

    [LoggerMessage(LogLevel.Critical, "No panel can report: port {Port} cannot be listened at ({Why}); tried again every half minute")]
    static partial void NotListening(ILogger log, int port, string why);

    [LoggerMessage(LogLevel.Critical, "Answering a panel broke; this is a bug")]
    static partial void Broke(ILogger log, Exception e);
}
