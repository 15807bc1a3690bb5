using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch.Onvif;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>
/// Waits at the API for somebody who registers cameras, calls into the networks this box stands in, and answers what called back. A probe outside the venues'
/// networks (<c>Probe:AllowPrivate</c> false) never asks for such an errand.
/// </summary>
internal sealed partial class NetworkSearches(ApiConnection api, ProbeOptions options, TimeProvider clock, ILogger<NetworkSearches> log) : BackgroundService
{
    const int MostNetworks = 8;
    static readonly TimeSpan Listen = TimeSpan.FromSeconds(4), Pause = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (options.AllowPrivate && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await api.NextSearch(stoppingToken) is { } search) await api.Answer(search, await Look(stoppingToken), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (e is not ApiAway) Failed(log, e.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
        }
    }

    public async Task<NetworkSearchResult> Look(CancellationToken ct)
    {
        var found = await Task.WhenAll(Ours().Take(MostNetworks).Select(Call));
        return new NetworkSearchResult([.. found.SelectMany(all => all).Select(one => new FoundDevice(one.Door, one.Name, one.Hardware))]).Told();

        async Task<IReadOnlyList<Discovered>> Call(IPAddress ours)
        {
            try
            {
                return await OnvifDiscovery.Find(ours, Listen, Guid.NewGuid(), options.AllowLoopback, clock, ct);
            }
            catch (SocketException)
            {
                return []; // a network that takes no call
            }
        }
    }

    IEnumerable<IPAddress> Ours() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(i => i.OperationalStatus == OperationalStatus.Up && (options.AllowLoopback || i.NetworkInterfaceType != NetworkInterfaceType.Loopback))
        .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address).Where(a => a.AddressFamily == AddressFamily.InterNetwork);

    [LoggerMessage(LogLevel.Warning, "Looking for cameras in the venue's network came to nothing: {Why}")]
    static partial void Failed(ILogger log, string why);
}
