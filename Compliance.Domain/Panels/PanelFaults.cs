using System.Net;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Panels;

/// <summary>What is malformed in the commands of a panel by itself.</summary>
static class PanelFaults
{
    const int MostZones = 250, LongestPlace = 100;

    public static Refusal? Of(PanelCommand.Enrol enrol) => enrol switch
    {
        { Account: var account } when account.Length is < 3 or > 16 || !account.All(char.IsAsciiHexDigitUpper) => new("panel.account-malformed", "An account has 3 to 16 hexadecimal digits.", "account"),
        { Source: { } source } when !IPNetwork.TryParse(source, out _) => new("panel.source-malformed", "Where the panel reports from is an address with a length, such as 203.0.113.7/32.", "source"),
        { IsEncrypted: false, Source: null } => new("panel.unprotected", "A panel that does not encrypt is heard from one place only: name it.", "source"),
        { PollSeconds: < PanelTimes.ShortestPollSeconds or > PanelTimes.LongestPollSeconds } => new("panel.poll-impossible", "A panel polls every 10 to 60 seconds.", "pollSeconds"),
        _ => null,
    };

    public static Refusal? Of(PanelCommand.MapZones map) => map.Zones switch
    {
        { Count: > MostZones } => new("panel.zones-too-many", "A panel has at most 250 zones.", "zones"),
        var zones when zones.Any(z => z.Number is < 1 or > PanelZone.Highest) => new("panel.zone-impossible", "A zone has a number from 1 to 9999.", "zones"),
        var zones when zones.DistinctBy(z => z.Number).Count() < zones.Count => new("panel.zone-twice", "Two zones bear the same number.", "zones"),
        var zones when zones.Any(z => string.IsNullOrWhiteSpace(z.PlaceKk) || string.IsNullOrWhiteSpace(z.PlaceRu) || z.PlaceKk.Length > LongestPlace || z.PlaceRu.Length > LongestPlace) =>
            new("panel.zone-unplaced", "Say of each zone where it is, in Kazakh and Russian, in at most 100 characters.", "zones"),
        _ => null,
    };
}
