namespace Compliance.Probe.Watch.Onvif;

/// <summary>Where a camera answers over ONVIF, and as whom we ask. Its text never holds the password.</summary>
internal sealed record OnvifTarget(Uri Door, string? UserName, string? Password)
{
    /// <summary>Where the standard wants the device service to be (ONVIF Core, 5.1.1).</summary>
    const string Path = "/onvif/device_service";

    /// <param name="door">The address that was registered; null: that of the stream's own host.</param>
    public static OnvifTarget Of(Uri stream, Uri? door, string? userName, string? password) =>
        new(door ?? new UriBuilder(Uri.UriSchemeHttp, stream.DnsSafeHost, 80, Path).Uri, userName, password);

    public override string ToString() => Door.GetComponents(UriComponents.SchemeAndServer, UriFormat.Unescaped);
}
