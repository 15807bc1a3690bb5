using Compliance.Domain.Devices;

namespace Compliance.Web.Parts.Devices;

/// <summary>A camera being typed in. The password leaves it for the vault and is forgotten.</summary>
public sealed class CameraDraft
{
    public string PlaceKk { get; set; } = "";
    public string PlaceRu { get; set; } = "";
    public CameraPurpose Purpose { get; set; }
    public string Openings { get; set; } = "";
    public string Zones { get; set; } = "";
    public string Address { get; set; } = "";
    public string SubAddress { get; set; } = "";
    public string OnvifAddress { get; set; } = "";
    public FeedTransport Transport { get; set; }
    public string UserName { get; set; } = "";
    public string Password { get; set; } = "";

    public CameraSpec ToSpec() => new(PlaceKk.Trim(), PlaceRu.Trim(), Purpose, Listed(Openings), Listed(Zones), ToFeed());

    public Feed ToFeed() => new(new Uri(Address.Trim()), SubAddress.Trim() is { Length: > 0 } sub ? new Uri(sub) : null, Transport);

    /// <summary>Nothing, or a whole address: what is half typed must not be lost without a word.</summary>
    public bool IsOnvifWhole => OnvifAddress.Trim() is var onvif && (onvif.Length == 0 || Uri.TryCreate(onvif, UriKind.Absolute, out _));

    public Uri? ToOnvif() => Uri.TryCreate(OnvifAddress.Trim(), UriKind.Absolute, out var onvif) ? onvif : null;

    /// <summary>A feed that is to be changed; its secret stays in the vault.</summary>
    public static CameraDraft Of(Feed feed, Uri? onvif) =>
        new() { Address = feed.Main.OriginalString, SubAddress = feed.Sub?.OriginalString ?? "", OnvifAddress = onvif?.OriginalString ?? "", Transport = feed.Transport };

    public static IReadOnlyList<string> Listed(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A fire alarm being typed in.</summary>
public sealed class FireAlarmDraft
{
    public string PlaceKk { get; set; } = "";
    public string PlaceRu { get; set; } = "";
    public string Panel { get; set; } = "";
    public string Zones { get; set; } = "";
    public DateOnly? LastTest { get; set; }
    public DateOnly? LastService { get; set; }

    public FireAlarmSpec ToSpec() => new(PlaceKk.Trim(), PlaceRu.Trim(), Panel.Trim(), CameraDraft.Listed(Zones), LastTest, LastService);
}

/// <summary>An exit being typed in; sizes in millimetres.</summary>
public sealed class ExitDraft
{
    public string PlaceKk { get; set; } = "";
    public string PlaceRu { get; set; } = "";
    public int? Width { get; set; }
    public int? Height { get; set; }
    public OpeningDirection Opening { get; set; }
    public LockType Lock { get; set; }

    public ExitSpec ToSpec() => new(PlaceKk.Trim(), PlaceRu.Trim(), Width ?? 0, Height ?? 0, Opening, Lock);
}
