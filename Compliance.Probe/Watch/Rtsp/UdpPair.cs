using System.Net;
using System.Net.Sockets;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>Two neighbouring UDP ports for RTP and RTCP, for a camera that will not send over its RTSP connection. Only that camera is heard.</summary>
internal sealed class UdpPair : IDrained, IDisposable
{
    const int ReceiveBuffer = 1 << 20;

    /// <summary>More than the kernel's buffer holds of full packets; a flood waits its turn.</summary>
    const int PacketsPerPump = 2048;

    readonly Drain _drain;
    readonly PacketReader _onPacket;
    readonly Func<bool> _isAwaited;
    readonly Action<Exception> _onLost;
    readonly Socket _rtp, _rtcp;

    UdpPair(Socket rtp, Socket rtcp, Drain drain, PacketReader onPacket, Func<bool> isAwaited, Action<Exception> onLost) =>
        (_rtp, _rtcp, _drain, _onPacket, _isAwaited, _onLost) = (rtp, rtcp, drain, onPacket, isAwaited, onLost);

    public int Port => ((IPEndPoint)_rtp.LocalEndPoint!).Port;

    /// <summary>Soon enough for the kernel's buffer to hold a keyframe burst.</summary>
    public TimeSpan Cadence => _isAwaited() ? RtspConnection.Awaited : TimeSpan.FromMilliseconds(50);

    /// <summary>Binds an even port and the odd one above it (RFC 3550, 11), on the address the camera already talks to.</summary>
    public static UdpPair Bind(IPAddress local, Drain drain, PacketReader onPacket, Func<bool> isAwaited, Action<Exception> onLost)
    {
        for (var attempt = 0; ; attempt++)
        {
            var (rtp, rtcp) = (NewSocket(local), NewSocket(local));
            try
            {
                rtp.Bind(new IPEndPoint(local, 0));
                var port = ((IPEndPoint)rtp.LocalEndPoint!).Port;
                if (port % 2 == 1) throw new SocketException((int)SocketError.AddressAlreadyInUse);
                rtcp.Bind(new IPEndPoint(local, port + 1));
                return new(rtp, rtcp, drain, onPacket, isAwaited, onLost);
            }
            catch (SocketException) when (attempt < 32)
            {
                rtp.Dispose();
                rtcp.Dispose();
            }
        }
    }

    /// <summary>From now on packets from these two ports of the camera are taken, and no others.</summary>
    public void Listen(IPAddress camera, int rtpPort, int rtcpPort)
    {
        _rtp.Connect(camera, rtpPort);
        _rtcp.Connect(camera, rtcpPort);
        _drain.Add(this);
    }

    public void Pump(Span<byte> scratch, DateTimeOffset now)
    {
        Empty(_rtp, 0, scratch, now);
        Empty(_rtcp, 1, scratch, now);
    }

    public void Lose(Exception e) => _onLost(e);

    public void Dispose()
    {
        _drain.Remove(this);
        _rtp.Dispose();
        _rtcp.Dispose();
    }

    void Empty(Socket socket, int channel, Span<byte> scratch, DateTimeOffset now)
    {
        try
        {
            for (var packets = 0; packets < PacketsPerPump; packets++)
            {
                var length = socket.Receive(scratch, SocketFlags.None, out var error);
                if (error != SocketError.Success) return;
                _onPacket(channel, scratch[..length], now);
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed while the drain came by.
        }
    }

    static Socket NewSocket(IPAddress local) =>
        new(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false, ReceiveBufferSize = ReceiveBuffer };
}
