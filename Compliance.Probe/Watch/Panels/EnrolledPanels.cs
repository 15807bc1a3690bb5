using System.Net;
using Compliance.Domain.Probes;

namespace Compliance.Probe.Watch.Panels;

/// <summary>A panel this probe listens for, with its key ready to use.</summary>
internal sealed record EnrolledPanel(AssignedPanel Assigned, byte[]? Key, IPNetwork? Source)
{
    public bool MayComeFrom(IPAddress address) => Source is not { } network || network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}

/// <summary>The panels that are enrolled, by the account they report under. Of two with one account the first assigned is heard.</summary>
internal sealed class EnrolledPanels
{
    volatile IReadOnlyDictionary<string, EnrolledPanel> _panels = new Dictionary<string, EnrolledPanel>();

    public IEnumerable<EnrolledPanel> All => _panels.Values;

    public EnrolledPanel? Of(string account) => _panels.GetValueOrDefault(account);

    public void Follow(IEnumerable<AssignedPanel> assigned) => _panels = assigned.DistinctBy(panel => panel.Account)
        .Select(panel => new EnrolledPanel(panel, panel.Key is { } key ? Convert.FromHexString(key) : null, panel.Source is { } source ? IPNetwork.Parse(source) : null))
        .ToDictionary(panel => panel.Assigned.Account);
}
