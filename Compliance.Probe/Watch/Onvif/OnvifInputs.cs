using System.Xml.Linq;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>A wire into a camera or recorder: a panel's relay, a door contact. Null: it does not say how it rests.</summary>
internal sealed record OnvifInput(string Token, bool? IdleIsOpen);

/// <summary>A change of such a wire.</summary>
internal sealed record OnvifInputChange(string Token, bool Active, DateTimeOffset At);

/// <summary>Digital inputs: what there is, and what happens to them.</summary>
internal static class OnvifInputs
{
    const int Most = 64;
    const string Topic = "tns1:Device/Trigger/DigitalInput";

    public static async Task<IReadOnlyList<OnvifInput>> Inputs(this OnvifCamera camera, CancellationToken ct)
    {
        var told = await camera.Ask(Ns.DeviceIo, new(Ns.DeviceIo + "GetDigitalInputs"), ct);
        return [.. told.Elements().Where(e => e.Name.LocalName == "DigitalInputs").Take(Most).Select(e =>
            new OnvifInput(e.Attribute("token")?.Value ?? "", e.Attributes().FirstOrDefault(a => a.Name.LocalName == "IdleState")?.Value switch { "open" => true, "closed" => false, _ => null }))];
    }

    /// <summary>Subscribes to the inputs; the address to pull from.</summary>
    public static async Task<Uri> Subscribe(this OnvifCamera camera, CancellationToken ct)
    {
        var filter = new XElement(Ns.Notification + "TopicExpression", new XAttribute(XNamespace.Xmlns + "tns1", "http://www.onvif.org/ver10/topics"),
            new XAttribute("Dialect", "http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet"), Topic);
        var told = await camera.Ask(Ns.Events, new(Ns.Events + "CreatePullPointSubscription",
            new XElement(Ns.Events + "Filter", filter), new XElement(Ns.Events + "InitialTerminationTime", "PT60S")), ct);
        var reference = told.Descendants().FirstOrDefault(e => e.Name.LocalName == "SubscriptionReference");
        return camera.AtDoor(reference?.Text("Address")) ?? throw new OnvifFault(Trouble.Unreadable, "subscription");
    }

    /// <summary>Waits a while for what happens; pulling also keeps the subscription.</summary>
    public static async Task<IReadOnlyList<OnvifInputChange>> Pull(this OnvifCamera camera, Uri subscription, TimeSpan longest, CancellationToken ct)
    {
        var told = await camera.AskAt(subscription, new(Ns.Events + "PullMessages",
            new XElement(Ns.Events + "Timeout", $"PT{(int)Math.Ceiling(longest.TotalSeconds)}S"), new XElement(Ns.Events + "MessageLimit", Most)), ct, $"{subscription}", longest);
        return [.. told.Elements(Ns.Notification + "NotificationMessage").Take(Most).Select(Read).OfType<OnvifInputChange>()];
    }

    static OnvifInputChange? Read(XElement notification)
    {
        if (notification.Element(Ns.Notification + "Topic")?.Value.Split(':')[^1].Trim() != Topic.Split(':')[^1]) return null;
        var message = notification.Descendants(Ns.Schema + "Message").FirstOrDefault();
        string? Item(string name) => message?.Descendants(Ns.Schema + "SimpleItem").FirstOrDefault(i => i.Attribute("Name")?.Value == name)?.Attribute("Value")?.Value;
        var at = DateTimeOffset.TryParse(message?.Attribute("UtcTime")?.Value, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) ? time : (DateTimeOffset?)null;
        var state = Item("LogicalState")?.ToLowerInvariant() switch { "true" or "1" => true, "false" or "0" => false, _ => (bool?)null };
        return Item("InputToken") is { } token && state is { } active && at is { } when ? new(token, active, when) : null;
    }
}
