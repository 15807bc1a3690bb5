using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VenueSimulator.Load;

/// <summary>Lets clients in over TLS (rtsps) and leads them to the server's plain door; a camera's own self-signed certificate is shown.</summary>
internal sealed class TlsDoor : IDisposable
{
    private readonly TcpListener listener;
    private readonly IPEndPoint inside;
    private readonly CancellationTokenSource stop = new();

    public TlsDoor(IPAddress address, int insidePort)
    {
        inside = new(address, insidePort);
        listener = new(address, 0);
        listener.Start();
        _ = Welcome();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>What newcomers are shown from now on.</summary>
    public X509Certificate2 Certificate { get; set; } = NewCertificate();

    public static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var wish = new CertificateRequest("CN=camera", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = wish.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Welcome()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = Lead(await listener.AcceptTcpClientAsync(stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Lead(TcpClient outside)
    {
        using (outside)
        using (var plain = new TcpClient(inside.AddressFamily))
        {
            try
            {
                await using var tls = new SslStream(outside.GetStream());
                await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop.Token);
                await plain.ConnectAsync(inside, stop.Token);
                var stream = plain.GetStream();
                await Task.WhenAny(tls.CopyToAsync(stream, stop.Token), stream.CopyToAsync(tls, stop.Token));
            }
            catch (Exception e) when (e is IOException or AuthenticationException or SocketException or OperationCanceledException)
            {
                // The client hung up, or would not believe the certificate.
            }
        }
    }
}
