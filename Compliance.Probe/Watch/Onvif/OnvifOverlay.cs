using System.Xml.Linq;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>A text a camera burns into its picture. Whole as the device described it, so that it can be put back.</summary>
internal sealed record OnvifText(string Token, string? Plain, XElement Whole);

/// <summary>Texts over the picture: who may write them proves that the picture is made now.</summary>
internal static class OnvifOverlay
{
    const int Most = 64;

    /// <summary>Devices that have Media2 have overlays there; Media1 came to have them later.</summary>
    static XNamespace Service(OnvifCamera camera) => camera.Has(Ns.Media2) ? Ns.Media2 : Ns.Media;

    /// <param name="sourceConfiguration">Of this source only; null: all the device has.</param>
    public static async Task<IReadOnlyList<OnvifText>> Texts(this OnvifCamera camera, string? sourceConfiguration, CancellationToken ct)
    {
        var media = Service(camera);
        var told = await camera.Ask(media, new(media + "GetOSDs", sourceConfiguration is null ? null : new XElement(media + "ConfigurationToken", sourceConfiguration)), ct);
        return [.. told.Elements().Where(e => e.Name.LocalName == "OSDs").Take(Most)
            .Select(e => new OnvifText(e.Attribute("token")?.Value ?? "", e.Text("PlainText"), new(e)))];
    }

    /// <summary>The token of the new text.</summary>
    public static async Task<string> Create(this OnvifCamera camera, string sourceConfiguration, string text, CancellationToken ct)
    {
        var media = Service(camera);
        var told = await camera.Ask(media, new(media + "CreateOSD", Written(media, "", sourceConfiguration, text)), ct);
        return told.Text("OSDToken") ?? throw new OnvifFault(Trouble.Unreadable, "osd");
    }

    public static Task Rewrite(this OnvifCamera camera, string token, string sourceConfiguration, string text, CancellationToken ct)
    {
        var media = Service(camera);
        return camera.Ask(media, new(media + "SetOSD", Written(media, token, sourceConfiguration, text)), ct);
    }

    /// <summary>As it was described before.</summary>
    public static Task PutBack(this OnvifCamera camera, OnvifText before, CancellationToken ct)
    {
        var media = Service(camera);
        return camera.Ask(media, new(media + "SetOSD", new XElement(media + "OSD", before.Whole.Attributes().Where(a => !a.IsNamespaceDeclaration), before.Whole.Nodes())), ct);
    }

    public static Task Delete(this OnvifCamera camera, string token, CancellationToken ct)
    {
        var media = Service(camera);
        return camera.Ask(media, new(media + "DeleteOSD", new XElement(media + "OSDToken", token)), ct);
    }

    /// <summary>At the left below, where clocks seldom are; not kept by the device over a restart.</summary>
    static XElement Written(XNamespace media, string token, string sourceConfiguration, string text) => new(media + "OSD", new XAttribute("token", token),
        new XElement(Ns.Schema + "VideoSourceConfigurationToken", sourceConfiguration),
        new XElement(Ns.Schema + "Type", "Text"),
        new XElement(Ns.Schema + "Position", new XElement(Ns.Schema + "Type", "LowerLeft")),
        new XElement(Ns.Schema + "TextString", new XAttribute("IsPersistentText", "false"), new XElement(Ns.Schema + "Type", "Plain"), new XElement(Ns.Schema + "PlainText", text)));
}
