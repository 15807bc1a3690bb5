using System.Globalization;
using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Devices;

/// <summary>The facts of one device, oldest first, straight from the log: what every figure on a desk or in a report rests on.</summary>
static class Facts
{
    public static async Task<Shown<Page<StoredFact>>> Handle(Guid deviceId, [AsParameters] Paging paging, Caller caller, IEventLog log, Posts posts, Addresses addresses, CancellationToken ct)
    {
        var after = paging.After is null ? -1 : long.TryParse(paging.After, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision : throw new Malformed("after", "This cursor is not from here.");
        var place = await posts.PlaceOf(deviceId, ct);
        var isWhole = place is { VenueId: var venue } && await addresses.MayRead(caller, venue, deviceId, ct);
        var (stretch, exists) = (new List<StoredFact>(), false);
        await foreach (var recorded in log.Read(new("device", deviceId), ct))
        {
            exists = true;
            if (recorded.Revision > after) stretch.Add(Told(recorded, isWhole));
            if (stretch.Count > paging.Size) break;
        }

        return new(!exists ? null : stretch.Count > paging.Size
            ? new(stretch[..^1], stretch[^2].Revision.ToString(CultureInfo.InvariantCulture)) : new(stretch, null));
    }

    /// <summary>As the log holds it; without the camera's address for those who do not read addresses.</summary>
    static StoredFact Told(Recorded recorded, bool isWhole) => new(
        recorded.EventId, recorded.Name, recorded.Revision, recorded.RecordedAt, recorded.Origin.Actor,
        JsonSerializer.Deserialize<JsonElement>((isWhole ? recorded : Addresses.Without(recorded)).Data.Span));
}
