using Compliance.Domain.Probes;

namespace Compliance.Domain.Devices;

/// <summary>The secret a camera is opened with. It goes into the vault and never comes out of a door; its text never holds it.</summary>
public sealed record FeedCredentials(string UserName, string Password)
{
    public override string ToString() => "feed credentials";
}

/// <summary>A blurred picture of now is wanted, to draw a calibration over.</summary>
/// <param name="Id">Made by the caller: under it the picture is fetched, by the caller alone.</param>
public sealed record GlimpseWish(Guid Id);

/// <param name="State"><c>waiting</c> for a probe, <c>running</c> or <c>done</c>.</param>
public sealed record FeedTestState(Guid Id, string State, FeedTestResult? Result);

/// <summary>One feed as the police list shows it: its state and the basis it runs under, no address and no picture.</summary>
/// <param name="LatestAt">When <paramref name="Latest"/> was measured: it stays when a camera falls silent.</param>
/// <param name="LegalBasis">The document that allows the feed today; null when there is none.</param>
public sealed record FeedRow(
    DeviceCard Card, string VenueNameKk, string VenueNameRu, string District, Measurement? Latest, DateTimeOffset? LatestAt, string? LegalBasis);

/// <summary>How many feeds of a district there are in each state.</summary>
public sealed record FeedTally(string District, int Up, int Down, int Unknown);
