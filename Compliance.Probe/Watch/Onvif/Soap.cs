using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>The names of ONVIF's services and of what they are wrapped in.</summary>
internal static class Ns
{
    public static readonly XNamespace Envelope = "http://www.w3.org/2003/05/soap-envelope", Schema = "http://www.onvif.org/ver10/schema", Error = "http://www.onvif.org/ver10/error",
        Device = "http://www.onvif.org/ver10/device/wsdl", Media = "http://www.onvif.org/ver10/media/wsdl", Media2 = "http://www.onvif.org/ver20/media/wsdl",
        DeviceIo = "http://www.onvif.org/ver10/deviceIO/wsdl", Events = "http://www.onvif.org/ver10/events/wsdl", Notification = "http://docs.oasis-open.org/wsn/b-2",
        Search = "http://www.onvif.org/ver10/search/wsdl", Replay = "http://www.onvif.org/ver10/replay/wsdl",
        Addressing = "http://www.w3.org/2005/08/addressing",
        Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
        Utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
}

/// <summary>
/// Wraps and unwraps SOAP 1.2. What comes from a device is bounded in size and depth, has no document type (so no entities, inner or
/// outer), and is read for its text alone.
/// </summary>
internal static class Soap
{
    public const int Longest = 1 << 20;
    const int Deepest = 64, LongestText = 4096;

    static readonly XmlReaderSettings Strict = new()
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = Longest, IgnoreComments = true, IgnoreProcessingInstructions = true, IgnoreWhitespace = true,
    };

    public static byte[] Wrap(XElement body, XElement? security, string? to = null)
    {
        List<XElement> header = [];
        if (security is not null) header.Add(security);
        if (to is not null) header.AddRange([new(Ns.Addressing + "Action", ActionOf(body)), new(Ns.Addressing + "To", to)]);
        var envelope = new XElement(Ns.Envelope + "Envelope", new XAttribute(XNamespace.Xmlns + "s", Ns.Envelope), new XElement(Ns.Envelope + "Header", header), new XElement(Ns.Envelope + "Body", body));
        return Encoding.UTF8.GetBytes(envelope.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>Services of OASIS name their actions otherwise than ONVIF's own.</summary>
    public static string ActionOf(XElement body) => body.Name.Namespace == Ns.Events
        ? $"{Ns.Events.NamespaceName}/{(body.Name.LocalName == "CreatePullPointSubscription" ? "EventPortType" : "PullPointSubscription")}/{body.Name.LocalName}Request"
        : body.Name.Namespace == Ns.Notification ? "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/UnsubscribeRequest"
        : $"{body.Name.NamespaceName}/{body.Name.LocalName}";

    /// <summary>The one element in the body of an answer.</summary>
    public static XElement Unwrap(byte[] answer)
    {
        var body = Read(answer).Element(Ns.Envelope + "Body")?.Elements().FirstOrDefault() ?? throw new OnvifFault(Trouble.Unreadable, "no-body");
        if (body.Name != Ns.Envelope + "Fault") return body;
        var codes = body.Descendants(Ns.Envelope + "Value").Select(value => value.Value.Trim().Split(':')[^1]).ToArray();
        throw codes.Contains("NotAuthorized") || codes.Contains("FailedAuthentication") ? new OnvifFault(Trouble.NotAuthorized)
            : codes.Contains("ActionNotSupported") || codes.Contains("OptionalActionNotImplemented") ? new OnvifFault(Trouble.NotSupported)
            : new OnvifFault(Trouble.Refused, Word(codes.LastOrDefault() ?? "fault"));
    }

    public static XElement Read(byte[] answer)
    {
        try
        {
            using (var depth = XmlReader.Create(new MemoryStream(answer), Strict))
                while (depth.Read())
                    if (depth.Depth > Deepest) throw new OnvifFault(Trouble.TooLarge, "depth");
            using var reader = XmlReader.Create(new MemoryStream(answer), Strict);
            return XElement.Load(reader);
        }
        catch (Exception e) when (e is XmlException or ArgumentException or DecoderFallbackException)
        {
            throw new OnvifFault(Trouble.Unreadable, "xml");
        }
    }

    /// <summary>WS-UsernameToken with a digest (OASIS WSS 1.1), dated by the device's own clock: one of another time is refused.</summary>
    public static XElement Token(string userName, string password, DateTimeOffset deviceTime, Random chance)
    {
        var nonce = new byte[16];
        chance.NextBytes(nonce);
        var created = deviceTime.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        const string profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-";
#pragma warning disable CA5350 // The profile knows no other digest.
        var digest = SHA1.HashData([.. nonce, .. Encoding.UTF8.GetBytes(created), .. Encoding.UTF8.GetBytes(password)]);
#pragma warning restore CA5350
        return new(Ns.Security + "Security", new XAttribute(Ns.Envelope + "mustUnderstand", "1"), new XElement(Ns.Security + "UsernameToken",
            new XElement(Ns.Security + "Username", userName),
            new XElement(Ns.Security + "Password", new XAttribute("Type", $"{profile}username-token-profile-1.0#PasswordDigest"), Convert.ToBase64String(digest)),
            new XElement(Ns.Security + "Nonce", new XAttribute("EncodingType", $"{profile}soap-message-security-1.0#Base64Binary"), Convert.ToBase64String(nonce)),
            new XElement(Ns.Utility + "Created", created)));
    }

    /// <summary>The text of the first element of this local name, in whatever namespace a device put it; null when there is none.</summary>
    public static string? Text(this XElement within, string name) =>
        within.Descendants().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim() is { Length: > 0 and < LongestText } text ? text : null;

    public static double? Number(this XElement within, string name) =>
        double.TryParse(within.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    public static DateTimeOffset? Time(this XElement within, string name) =>
        DateTimeOffset.TryParse(within.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    static string Word(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Take(40)]);
}
