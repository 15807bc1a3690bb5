using System.Globalization;

namespace Compliance.Probe.Watch.Rtsp;

/// <summary>How cameras write addresses and port pairs.</summary>
internal static class ControlAddress
{
    /// <summary>The address of a track: its control attribute, appended to the base as cameras expect it (RFC 2326, C.1.1), not resolved as on the web.</summary>
    public static string Of(string baseAddress, string control) =>
        control is "" or "*" ? baseAddress
        : control.StartsWith("rtsp://", StringComparison.OrdinalIgnoreCase) || control.StartsWith("rtsps://", StringComparison.OrdinalIgnoreCase) ? control
        : baseAddress.EndsWith('/') ? baseAddress + control : $"{baseAddress}/{control}";

    /// <summary>Reads <c>name=4-5</c> or <c>name=4</c> from a Transport header; null when it is not there.</summary>
    public static (int First, int Second)? Pair(string transport, string name)
    {
        var value = transport.Split(';', StringSplitOptions.TrimEntries).Select(p => p.Split('=', 2))
            .FirstOrDefault(p => p.Length == 2 && p[0].Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Split('-');
        if (value is null || !Number(value[0], out var first)) return null;
        return value.Length > 1 && Number(value[1], out var second) ? (first, second) : (first, first + 1);
    }

    static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= 65535;
}
