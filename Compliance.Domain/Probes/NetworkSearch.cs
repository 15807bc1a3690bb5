using System.Net;

namespace Compliance.Domain.Probes;

/// <summary>Somebody who registers cameras wants to know which there are in the venue's own network; only a box that stands in it looks.</summary>
public sealed record NetworkSearch(Guid Id, Guid VenueId);

/// <summary>A device that called back.</summary>
/// <param name="Door">Where its ONVIF service answers.</param>
/// <param name="Name">As it calls itself; empty where it does not.</param>
/// <param name="Hardware">Its model, likewise.</param>
public sealed record FoundDevice(Uri Door, string Name, string Hardware);

/// <summary>What called back within some seconds.</summary>
public sealed record NetworkSearchResult(IReadOnlyList<FoundDevice> Devices)
{
    /// <summary>More than any venue has; who answers as more of them is no camera.</summary>
    public const int Most = 64;

    const int LongestWord = 60;

    /// <summary>What a person is told: bounded, of plain addresses and printable words only, whoever sent it.</summary>
    public NetworkSearchResult Told() => new([.. Devices.Where(d => d.Door is { IsAbsoluteUri: true, Scheme: "http" or "https", UserInfo: "" } && IPAddress.TryParse(d.Door.DnsSafeHost, out _) && d.Door.OriginalString.Length <= 200)
        .DistinctBy(d => d.Door).Take(Most).Select(d => new FoundDevice(d.Door, Word(d.Name), Word(d.Hardware)))]);

    static string Word(string text) => string.Concat(text.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(LongestWord)).Trim();
}

/// <summary>How a search stands: <c>waiting</c> until a box takes it, <c>running</c>, <c>done</c>.</summary>
public sealed record NetworkSearchState(Guid Id, string State, NetworkSearchResult? Result);
