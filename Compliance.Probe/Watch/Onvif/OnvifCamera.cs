using System.Globalization;
using System.Xml.Linq;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>Who a device says it is.</summary>
internal sealed record OnvifIdentity(string Maker, string Model, string Firmware, string Serial);

/// <summary>One conversation with a device over ONVIF: its clock first, then its services, then whatever is asked of them.</summary>
internal sealed class OnvifCamera
{
    /// <summary>A token that differs by less is refused for another reason than its time.</summary>
    static readonly TimeSpan SameTime = TimeSpan.FromSeconds(1);

    readonly OnvifTarget _target;
    readonly OnvifMeans _means;
    readonly SoapPost _post;
    readonly Dictionary<XNamespace, Uri> _services = [];

    OnvifCamera(OnvifTarget target, OnvifMeans means) => (_target, _means, _post) = (target, means, new(target, means));

    /// <summary>The device's clock minus ours by its latest answer; null when it does not tell the time.</summary>
    public TimeSpan? ClockOffset { get; private set; }

    public TimeProvider Clock => _means.Clock;

    public bool Has(XNamespace service) => _services.ContainsKey(service);

    /// <summary>Asks for its time, which needs no password, and for its services; throws <see cref="OnvifFault"/> when nobody speaks ONVIF there.</summary>
    public static async Task<OnvifCamera> Meet(OnvifTarget target, OnvifMeans means, CancellationToken ct)
    {
        if (means.Turnstile is { } turnstile) await turnstile.Pass(target.Door.Host, ct);
        var camera = new OnvifCamera(target, means);
        camera.ClockOffset = await camera.ReadClock(ct);
        await camera.FindServices(ct);
        return camera;
    }

    /// <summary>
    /// Whether this password opens the device: it lets nobody in without one, and us with it. A device that lets everybody in vouches for no password.
    /// </summary>
    public static async Task<string?> Vouches(OnvifTarget target, OnvifMeans means, CancellationToken ct)
    {
        if (target.UserName is null) return null;
        var question = new XElement(Ns.Device + "GetDeviceInformation");
        try
        {
            var camera = await Meet(target, means, ct);
            try
            {
                await camera._post.Ask(target.Door, question, null, ct);
                return null;
            }
            catch (OnvifFault refused) when (refused.Trouble is Trouble.NotAuthorized or Trouble.Refused)
            {
                await camera.Ask(Ns.Device, question, ct);
                return $"{question.Name.LocalName} by ONVIF > {refused.Message}; signed with the same password > answered";
            }
        }
        catch (OnvifFault)
        {
            return null;
        }
    }

    public async Task<OnvifIdentity> Identity(CancellationToken ct)
    {
        var told = await Ask(Ns.Device, new(Ns.Device + "GetDeviceInformation"), ct);
        return new(told.Text("Manufacturer") ?? "", told.Text("Model") ?? "", told.Text("FirmwareVersion") ?? "", told.Text("SerialNumber") ?? "");
    }

    /// <summary>Asks a service. Refused by its clock's fault (it was set meanwhile), it is asked once more by the new time.</summary>
    public async Task<XElement> Ask(XNamespace service, XElement question, CancellationToken ct)
    {
        if (!_services.TryGetValue(service, out var address)) throw new OnvifFault(Trouble.NotSupported, question.Name.LocalName);
        return await AskAt(address, question, ct);
    }

    /// <summary>Asks at an address the device gave for one purpose, such as a subscription; at its own host, whatever it wrote.</summary>
    public async Task<XElement> AskAt(Uri address, XElement question, CancellationToken ct, string? to = null, TimeSpan longer = default)
    {
        var offset = ClockOffset ?? TimeSpan.Zero;
        try
        {
            return await _post.Ask(address, question, offset, ct, to, longer);
        }
        catch (OnvifFault refused) when (refused.Trouble == Trouble.NotAuthorized)
        {
            ClockOffset = await ReadClock(ct);
            if (((ClockOffset ?? TimeSpan.Zero) - offset).Duration() < SameTime) throw;
            return await _post.Ask(address, question, ClockOffset, ct, to, longer);
        }
    }

    /// <summary>Devices behind a router or with a second network write addresses we cannot reach, and none may send a password elsewhere: host and port are those of the door.</summary>
    public Uri? AtDoor(string? said) => Uri.TryCreate(said, UriKind.Absolute, out var address) && address.PathAndQuery.Length > 1 ? new Uri(_target.Door, address.PathAndQuery) : null;

    async Task<TimeSpan?> ReadClock(CancellationToken ct)
    {
        var question = new XElement(Ns.Device + "GetSystemDateAndTime");
        var asked = _means.Clock.GetUtcNow();
        XElement told;
        try
        {
            told = await _post.Ask(_target.Door, question, null, ct);
        }
        catch (OnvifFault refused) when (refused.Trouble == Trouble.NotAuthorized)
        {
            told = await _post.Ask(_target.Door, question, TimeSpan.Zero, ct);
        }

        if (told.Name.LocalName != "GetSystemDateAndTimeResponse") throw new OnvifFault(Trouble.Unreadable, "time");
        var between = (_means.Clock.GetUtcNow() - asked) / 2;
        return Utc(told) is { } theirs ? theirs - (asked + between) : null;
    }

    static DateTimeOffset? Utc(XElement told)
    {
        var utc = told.Descendants().FirstOrDefault(e => e.Name.LocalName == "UTCDateTime");
        var parts = (string[])["Year", "Month", "Day", "Hour", "Minute", "Second"];
        var text = utc is null ? "" : string.Join(' ', parts.Select(part => utc.Text(part)));
        // A second is told as if it had just begun; half of one later is nearer on average.
        return DateTimeOffset.TryParseExact(text, "yyyy M d H m s", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.AddMilliseconds(500) : null;
    }

    async Task FindServices(CancellationToken ct)
    {
        _services[Ns.Device] = _target.Door;
        try
        {
            var told = await Ask(Ns.Device, new(Ns.Device + "GetServices", new XElement(Ns.Device + "IncludeCapability", "false")), ct);
            foreach (var service in told.Elements().Take(64))
                if (service.Text("Namespace") is { } name && AtDoor(service.Text("XAddr")) is { } address) _services[name] = address;
        }
        catch (OnvifFault fault) when (fault.Trouble is Trouble.NotSupported or Trouble.Refused)
        {
            await FindCapabilities(ct);
        }
    }

    /// <summary>As devices of before 2011 tell it.</summary>
    async Task FindCapabilities(CancellationToken ct)
    {
        var told = await Ask(Ns.Device, new(Ns.Device + "GetCapabilities", new XElement(Ns.Device + "Category", "All")), ct);
        (string Name, XNamespace Service)[] known =
            [("Media", Ns.Media), ("Events", Ns.Events), ("DeviceIO", Ns.DeviceIo), ("Search", Ns.Search), ("Replay", Ns.Replay)];
        foreach (var (name, service) in known)
            if (told.Descendants(Ns.Schema + name).FirstOrDefault() is { } one && AtDoor(one.Text("XAddr")) is { } address) _services[service] = address;
    }
}
