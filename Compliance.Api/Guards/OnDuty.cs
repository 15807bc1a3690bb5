using Compliance.Api.Entrance;
using Compliance.Api.Rulebooks;
using Compliance.Api.Views;
using Compliance.Domain.Guards;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Guards;

/// <summary>Who guards a venue now: with names for those who answer for it and those who check it; the bare number for police.</summary>
sealed class OnDuty(IViewStore views, Library library, TimeProvider clock)
{
    public static async Task<Shown<GuardsShown>> Show(Guid venueId, OnDuty duty, GuardPapers papers, IViewStore views, CancellationToken ct)
    {
        if (await duty.Of(venueId, ct) is not var (now, sheets)) return new(null);
        var card = await views.Find(GuardingCard.View, venueId, ct) ?? new(venueId, [], []);
        return new(new(card, card.Guards.ToDictionary(g => g.GuardId, g => papers.Find(g.GuardId)), now, sheets, [.. card.Endings(VenueZone.Day(now.At))]));
    }

    public static async Task<Shown<GuardNumber>> Number(Guid venueId, OnDuty duty, CancellationToken ct) =>
        new(await duty.Of(venueId, ct) is var (now, _) ? new(venueId, now.At, now.OnDuty, now.Needed, now.Persons, now.Capacity) : null);

    public async Task<int> Count(Guid venueId, CancellationToken ct) => await Of(venueId, ct) is var (now, _) ? now.OnDuty : 0;

    /// <summary>Null when there is no such venue. The sheets are of this night, the one before and the one to come.</summary>
    async Task<(GuardDuty Duty, IReadOnlyList<ShiftSheet> Sheets)?> Of(Guid venueId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await views.Find(VenueCard.View, venueId, ct) is not { } venue) return null;
        var sheets = new List<ShiftSheet>();
        foreach (var night in (DateOnly[])[Night.Of(now).AddDays(-1), Night.Of(now), Night.Of(now).AddDays(1)])
            if (await views.Find(ShiftSheet.View, ShiftSheet.IdOf(venueId, night), ct) is { } sheet) sheets.Add(sheet);
        var formula = await library.InForce(RulebookShelf.Usual, now, ct) is { } bound ? HeadFormula.In(bound.Book) : null;
        return (GuardDuty.Of(venueId, now, venue.Capacity, venue.Hours, formula, sheets), sheets);
    }
}
