using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;

namespace Compliance.Hosting;

/// <summary>
/// The setting <c>Proxies</c> of API and portal: addresses of the reverse proxies in front of it, with commas. Only they are believed when they
/// say whose request they pass on; without the setting nobody is, so that no caller can pretend to be another.
/// </summary>
static class Proxies
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
