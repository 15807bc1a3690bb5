using System.Net;
using System.Net.Sockets;
using System.Xml.Linq;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>A device that called back in the venue's own network.</summary>
/// <param name="Name">As its scopes say; empty where they do not.</param>
/// <param name="Hardware">Its model, likewise.</param>
internal sealed record Discovered(Uri Door, string Endpoint, IPAddress From, string Name, string Hardware);

/// <summary>WS-Discovery: calls into the network who speaks ONVIF there, and listens for a while. Answers are bounded in size and number, and believed of their sender's own address only.</summary>
internal static class OnvifDiscovery
{
    public static readonly IPEndPoint Group = new(IPAddress.Parse("239.255.255.250"), 3702);

    const int Most = 256, MostFromOne = 4;
    static readonly XNamespace Discovery = "http://schemas.xmlsoap.org/ws/2005/04/discovery", Old = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    /// <param name="from">The address of ours in the network to call into.</param>
    public static async Task<IReadOnlyList<Discovered>> Find(IPAddress from, TimeSpan listen, Guid message, bool allowLoopback, TimeProvider clock, CancellationToken ct)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(from, 0));
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, from.GetAddressBytes());
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 1);
        await socket.SendToAsync(Probe(message), Group, ct);
        using var limit = new CancellationTokenSource(listen, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        var (found, counts, buffer) = (new List<Discovered>(), new Dictionary<IPAddress, int>(), new byte[ushort.MaxValue]);
        try
        {
            while (found.Count < Most)
            {
                var got = await socket.ReceiveFromAsync(buffer, Group, either.Token);
                var sender = ((IPEndPoint)got.RemoteEndPoint).Address;
                if (FeedAddress.IsForbidden(sender, allowLoopback) || (counts[sender] = counts.GetValueOrDefault(sender) + 1) > MostFromOne) continue;
                found.AddRange(Read(buffer[..got.ReceivedBytes], sender, message).Where(one => !found.Contains(one)));
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Whoever has not called back by now is not waited for.
        }

        return found;
    }

    static byte[] Probe(Guid message)
    {
        var envelope = new XElement(Ns.Envelope + "Envelope",
            new XElement(Ns.Envelope + "Header",
                new XElement(Old + "MessageID", $"urn:uuid:{message}"), new XElement(Old + "To", "urn:schemas-xmlsoap-org:ws:2005:04:discovery"),
                new XElement(Old + "Action", $"{Discovery}/Probe")),
            new XElement(Ns.Envelope + "Body", new XElement(Discovery + "Probe",
                new XElement(Discovery + "Types", new XAttribute(XNamespace.Xmlns + "dn", "http://www.onvif.org/ver10/network/wsdl"), "dn:NetworkVideoTransmitter"))));
        return System.Text.Encoding.UTF8.GetBytes(envelope.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Nothing of an answer that is not to our own call, is no XML of a plain kind, or points at another machine than its sender.</summary>
    internal static IEnumerable<Discovered> Read(byte[] answer, IPAddress sender, Guid message)
    {
        XElement envelope;
        try
        {
            envelope = Soap.Read(answer);
        }
        catch (OnvifFault)
        {
            yield break;
        }

        if (envelope.Text("RelatesTo")?.EndsWith($"{message}", StringComparison.OrdinalIgnoreCase) != true) yield break;
        foreach (var match in envelope.Descendants(Discovery + "ProbeMatch").Take(MostFromOne))
            foreach (var text in (match.Text("XAddrs") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8))
                if (Uri.TryCreate(text, UriKind.Absolute, out var door) && door.Scheme is "http" or "https" && IPAddress.TryParse(door.DnsSafeHost, out var ip) && ip.Equals(sender))
                    yield return new(door, match.Text("Address") ?? "", sender, Scope(match, "name"), Scope(match, "hardware"));
    }

    /// <summary>ONVIF Core, 7.3.2: a device says in its scopes what it is called and what it is.</summary>
    static string Scope(XElement match, string of) => (match.Text("Scopes") ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(32)
        .Where(scope => scope.Length < 300 && scope.StartsWith($"onvif://www.onvif.org/{of}/", StringComparison.OrdinalIgnoreCase))
        .Select(scope => Uri.UnescapeDataString(scope[$"onvif://www.onvif.org/{of}/".Length..])).FirstOrDefault() ?? "";
}
