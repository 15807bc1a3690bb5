using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>Whether the certificate of a place (<c>host:port</c>) may be believed.</summary>
/// <param name="isTrusted">The system trusts it, by its name and its issuer.</param>
internal delegate bool BelieveCertificate(string place, string sha256, bool isTrusted);

/// <summary>
/// RTSP over TLS (RFC 7826, 19.2). Encryption wants whole records, so one task decrypts what arrives into a bounded pipe, from
/// which the drain takes it; a camera costs a wake-up a record here, where a plain one costs none.
/// </summary>
internal sealed class TlsWire(IPEndPoint address, string host, BelieveCertificate believe) : IWire
{
    /// <summary>When so much waits for the drain, the camera waits too.</summary>
    const int Waiting = 2 << 20;
    const int SendPatienceMs = 2000;

    readonly Socket _socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = SendPatienceMs };
    readonly Pipe _arrived = new(new PipeOptions(pauseWriterThreshold: Waiting, resumeWriterThreshold: Waiting / 2, useSynchronizationContext: false));
    readonly CancellationTokenSource _stop = new();
    volatile SslStream? _tls;
    volatile FeedLost? _lost;

    public IPEndPoint Remote => address;

    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    public void Begin() => _ = Run();

    public bool IsOpen() => _lost is { } lost ? throw lost : _tls is not null;

    public int Receive(Span<byte> buffer, out SocketError error)
    {
        error = SocketError.WouldBlock;
        if (!_arrived.Reader.TryRead(out var arrived)) return 0;
        var some = arrived.Buffer.Slice(0, Math.Min(buffer.Length, arrived.Buffer.Length));
        var count = (int)some.Length;
        some.CopyTo(buffer);
        _arrived.Reader.AdvanceTo(some.End);
        if (count > 0 || arrived.IsCompleted) error = count > 0 || _lost is null ? SocketError.Success : SocketError.ConnectionReset;
        return count;
    }

    /// <summary>Requests are a few hundred bytes: the kernel takes them at once, or the camera has stopped reading long ago and is waited for two seconds at most.</summary>
    public SocketError Send(byte[] bytes)
    {
        try
        {
            _tls!.Write(bytes);
            return SocketError.Success;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            return (e.InnerException as SocketException)?.SocketErrorCode ?? SocketError.ConnectionReset;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
    }

    async Task Run()
    {
        try
        {
            await _socket.ConnectAsync(address, _stop.Token);
            await using var tls = new SslStream(new NetworkStream(_socket));
            await ShakeHands(tls);
            _tls = tls;
            while (await tls.ReadAsync(_arrived.Writer.GetMemory(16 << 10), _stop.Token) is > 0 and var read)
            {
                _arrived.Writer.Advance(read);
                await _arrived.Writer.FlushAsync(_stop.Token);
            }
        }
        catch (Exception e)
        {
            _lost = Why(e);
        }

        await _arrived.Writer.CompleteAsync();
    }

    async Task ShakeHands(SslStream tls)
    {
        var place = $"{host}:{address.Port}";
        var believed = true;
        try
        {
            await tls.AuthenticateAsClientAsync(
                new()
                {
                    TargetHost = host,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                        believed = certificate is not null && believe(place, certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256), errors == SslPolicyErrors.None),
                },
                _stop.Token);
        }
        catch (AuthenticationException) when (!believed)
        {
            throw new FeedLost(Verdict.NoStream, Reason.CertificateChanged);
        }
    }

    static FeedLost Why(Exception e) => e switch
    {
        FeedLost lost => lost,
        SocketException socket => new(Verdict.Unreachable, Reason.NotConnected, socket.SocketErrorCode),
        AuthenticationException => new(Verdict.NoStream, Reason.TlsUnsupported),
        IOException { InnerException: SocketException socket } => new(Verdict.Unreachable, Reason.ConnectionBroken, socket.SocketErrorCode),
        IOException => new(Verdict.Unreachable, Reason.TlsUnsupported),
        _ => FeedLost.By(e),
    };
}
