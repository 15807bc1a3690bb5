using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace VenueSimulator.Onvif;

/// <summary>Answers WS-Discovery on loopback for one simulated device.</summary>
public sealed partial class DiscoveryEcho : IDisposable
{
    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource stop = new();

    public DiscoveryEcho(Uri device)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Any, 3702));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(IPAddress.Parse("239.255.255.250"), IPAddress.Loopback));
        _ = Listen(device);
    }

    public void Dispose()
    {
        stop.Cancel();
        socket.Dispose();
        stop.Dispose();
    }

    private async Task Listen(Uri device)
    {
        var buffer = new byte[ushort.MaxValue];
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var got = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                var text = Encoding.UTF8.GetString(buffer, 0, got.ReceivedBytes);
                if (text.Contains("NetworkVideoTransmitter", StringComparison.Ordinal) && MessageId().Match(text) is { Success: true } id)
                {
                    await socket.SendToAsync(Encoding.UTF8.GetBytes(Match(device, id.Groups[1].Value)), got.RemoteEndPoint, stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // It was told to stop.
        }
    }

    private static string Match(Uri device, string asked) => $"""
        <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing" xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" xmlns:dn="http://www.onvif.org/ver10/network/wsdl">
        <s:Header><a:MessageID>urn:uuid:{Guid.NewGuid()}</a:MessageID><a:RelatesTo>{asked}</a:RelatesTo><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action></s:Header>
        <s:Body><d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:00000000-0000-0000-0000-{device.Port:000000000000}</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types>
        <d:Scopes>onvif://www.onvif.org/Profile/T onvif://www.onvif.org/name/Hall%20camera onvif://www.onvif.org/hardware/SIM-4</d:Scopes><d:XAddrs>{device}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches></s:Body></s:Envelope>
        """;

    [GeneratedRegex("MessageID[^>]*>([^<]{1,200})<")]
    private static partial Regex MessageId();
}
