using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Compliance.Web.Shell;

/// <summary>
/// The setting <c>Proxies</c>: addresses of the reverse proxies in front of the portal, with commas. Only they are believed when they say
/// whose request they pass on; without the setting nobody is, so that no reader can pretend to be another.
/// </summary>
public static class Proxies
{
    /// <exception cref="FormatException">One of them is not an IP address.</exception>
    public static ForwardedHeadersOptions From(IConfiguration settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in (settings["Proxies"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) options.KnownProxies.Add(IPAddress.Parse(address));
        if (options.KnownProxies.Count == 0) options.ForwardedHeaders = ForwardedHeaders.None;
        return options;
    }
}
