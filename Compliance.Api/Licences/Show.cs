using System.Globalization;
using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;

namespace Compliance.Api.Licences;

/// <summary>The permit of a venue, and its whole history; for the authority the permits of all, what is due first on top.</summary>
static class Show
{
    public static async Task<Shown<LicenceCard>> Handle(Guid venueId, IViewStore views, CancellationToken ct)
    {
        var card = await views.Find(LicenceCard.View, venueId, ct);
        return new(card, card?.Revision);
    }

    /// <summary>The facts as the log holds them, oldest first.</summary>
    public static async Task<Page<StoredFact>> History(Guid venueId, [AsParameters] Paging paging, IEventLog log, CancellationToken ct)
    {
        var after = paging.After is null ? -1 : long.TryParse(paging.After, NumberStyles.None, CultureInfo.InvariantCulture, out var revision)
            ? revision : throw new Malformed("after", "This cursor is not from here.");
        var facts = await log.Read(new("licence", venueId), ct).Where(r => r.Revision > after).Take(paging.Size + 1)
            .Select(r => new StoredFact(r.EventId, r.Name, r.Revision, r.RecordedAt, r.Origin.Actor, JsonSerializer.Deserialize<JsonElement>(r.Data.Span)))
            .ToListAsync(ct);
        return facts.Count > paging.Size ? new(facts[..^1], facts[^2].Revision.ToString(CultureInfo.InvariantCulture)) : new(facts, null);
    }

    /// <param name="awaiting">Only those that wait for an officer.</param>
    public static Task<Page<LicenceCard>> List([AsParameters] Paging paging, bool? awaiting, IViewStore views, CancellationToken ct) => paging.Where(
        (limit, after) => views.List(LicenceCard.View, null, limit, after, ct),
        card => Task.FromResult(awaiting == true && !card.Awaits ? null : card));
}
