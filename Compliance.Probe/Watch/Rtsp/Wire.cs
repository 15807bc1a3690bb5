using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>The bytes of one connection to a camera, plain or encrypted, as the drain wants them: nothing here waits but an encrypted
/// <see cref="Send"/> to a camera that stopped reading, and that not for long.</summary>
internal interface IWire : IDisposable
{
    IPEndPoint Remote { get; }

    IPEndPoint Local { get; }

    /// <summary>Sets out to connect; <see cref="IsOpen"/> tells how it went.</summary>
    void Begin();

    /// <summary>False while it is not decided; throws <see cref="FeedLost"/> when it came to nothing.</summary>
    bool IsOpen();

    /// <summary>As <see cref="Socket.Receive(Span{byte}, SocketFlags, out SocketError)"/>: WouldBlock when nothing is there, 0 with Success at the end.</summary>
    int Receive(Span<byte> buffer, out SocketError error);

    /// <summary>All of it, or an error.</summary>
    SocketError Send(byte[] bytes);
}

/// <summary>A plain socket that is only ever used without waiting, which keeps it cheap (see <see cref="Drain"/>).</summary>
internal sealed class PlainWire(IPEndPoint address) : IWire
{
    readonly Socket _socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false, NoDelay = true };
    bool _open;

    public IPEndPoint Remote => (IPEndPoint)_socket.RemoteEndPoint!;

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    public void Begin()
    {
        try
        {
            _socket.Connect(address);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            // The drain sees when it is done.
        }
        catch (SocketException e)
        {
            throw NoConnection(e.SocketErrorCode);
        }
    }

    public bool IsOpen()
    {
        if (_open) return true;
        if (!_socket.Poll(0, SelectMode.SelectWrite) && !_socket.Poll(0, SelectMode.SelectError)) return false;
        var error = (SocketError)(int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        return error == SocketError.Success ? _open = true : throw NoConnection(error);
    }

    public int Receive(Span<byte> buffer, out SocketError error) => _socket.Receive(buffer, SocketFlags.None, out error);

    public SocketError Send(byte[] bytes) =>
        _socket.Send(bytes, SocketFlags.None, out var error) < bytes.Length && error == SocketError.Success ? SocketError.NoBufferSpaceAvailable : error;

    public void Dispose() => _socket.Dispose();

    static FeedLost NoConnection(SocketError error) => new(Verdict.Unreachable, Reason.NotConnected, error);
}
