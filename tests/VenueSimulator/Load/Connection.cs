using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace VenueSimulator.Load;

/// <summary>A client's TCP connection, never waited for: what the socket does not take now leaves on a later turn, in order.</summary>
internal sealed class Connection : IDisposable
{
    private const int MaxBacklog = 1 << 18;
    private readonly Socket socket;
    private readonly byte[] inbox = new byte[16384];
    private readonly ArrayBufferWriter<byte> backlog = new();
    private int received;

    public Connection(Socket socket)
    {
        this.socket = socket;
        socket.Blocking = false;
        socket.NoDelay = true;
        Peer = ((IPEndPoint)socket.RemoteEndPoint!).Address;
    }

    public bool Closed { get; private set; }
    public Socket Socket => socket;
    public IPAddress Peer { get; }

    /// <summary>Takes in what has arrived; call only when the socket is readable.</summary>
    public void Receive()
    {
        var count = socket.Receive(inbox.AsSpan(received), SocketFlags.None, out var error);
        Closed |= error is not SocketError.WouldBlock && (error is not SocketError.Success || count == 0);
        received += Math.Max(count, 0);
    }

    public ReadOnlySpan<byte> Inbox => inbox.AsSpan(0, received);

    public void Consume(int count)
    {
        inbox.AsSpan(count..received).CopyTo(inbox);
        received -= count;
    }

    /// <summary>Sends media, or drops all of it when the client is far behind: a packet is never torn.</summary>
    public void SendMedia(ReadOnlySpan<byte> packets)
    {
        if (backlog.WrittenCount < MaxBacklog)
        {
            Send(packets);
        }
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        var sent = backlog.WrittenCount == 0 ? TrySend(bytes) : 0;
        if (sent < bytes.Length)
        {
            backlog.Write(bytes[sent..]);
        }
    }

    public void Flush()
    {
        if (backlog.WrittenCount == 0)
        {
            return;
        }

        var sent = TrySend(backlog.WrittenSpan);
        if (sent > 0)
        {
            var rest = backlog.WrittenSpan[sent..].ToArray();
            backlog.ResetWrittenCount();
            backlog.Write(rest);
        }
    }

    public void Close() => Closed = true;

    public void Dispose() => socket.Dispose();

    private int TrySend(ReadOnlySpan<byte> bytes)
    {
        var sent = socket.Send(bytes, SocketFlags.None, out var error);
        Closed |= error is not (SocketError.Success or SocketError.WouldBlock);
        return error is SocketError.Success ? sent : 0;
    }
}
