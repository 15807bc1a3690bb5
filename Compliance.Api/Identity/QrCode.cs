using QRCoder;

namespace Compliance.Api.Identity;

/// <summary>A text as a picture that telephones read: SVG, dark on white in either theme.</summary>
internal static class QrCode
{
    public static string Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return svg.GetGraphic(4, "#10151b", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}
