using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using Compliance.Probe.Watch.Rtsp;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>What talking over ONVIF needs from outside. One for all cameras; connections are made where <see cref="CameraHost"/> allows, and follow nobody elsewhere.</summary>
/// <param name="Patience">For each answer, whole.</param>
internal sealed record OnvifMeans(HttpClient Http, TimeProvider Clock, Random Chance, TimeSpan Patience)
{
    /// <summary>Shared with those who open its streams: a device is met when it is its host's turn.</summary>
    public Turnstile? Turnstile { get; init; }

    public static OnvifMeans Make(TimeProvider clock, Random chance, TimeSpan patience, bool allowLoopback, bool allowPrivate = true, BelieveCertificate? believe = null) => new(
        new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = patience,
            MaxResponseHeadersLength = 32,
            MaxConnectionsPerServer = 2,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = async (context, ct) => await Connect(context.DnsEndPoint, allowLoopback, allowPrivate, ct),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (sender, certificate, _, errors) => certificate is not null && (believe ?? ((_, _, trusted) => trusted))(
                    $"https://{(sender as SslStream)?.TargetHostName}", Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData())), errors == SslPolicyErrors.None),
            },
        })
        { Timeout = Timeout.InfiniteTimeSpan },
        clock, chance, patience);

    static async Task<Stream> Connect(DnsEndPoint place, bool allowLoopback, bool allowPrivate, CancellationToken ct)
    {
        var found = await CameraHost.Find(place.Host, allowLoopback, ct, allowPrivate);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. found], place.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
