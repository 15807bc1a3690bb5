using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Drills;
using Compliance.Domain.Venues;

namespace Compliance.Api.Drills;

/// <summary>What came of drills: to each officer his own, to those who answer for desks the counts of each.</summary>
static class Counts
{
    /// <summary>More than all desks are given in a shift.</summary>
    const int OfShift = 60;

    /// <summary>So long a shift lasts, and so long a desk reads that something gave way.</summary>
    static readonly TimeSpan Shift = TimeSpan.FromHours(12), Told = TimeSpan.FromMinutes(5);

    /// <summary>By desk and month, the newest first.</summary>
    public static Task<IReadOnlyList<DrillMonth>> Months(IViewStore views, CancellationToken ct) => views.All(DrillMonth.View, null, ct);

    /// <param name="district">Whose desk's withdrawn drills; of all desks where none is named.</param>
    public static async Task<DrillShift> Mine(string? district, Caller caller, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var (now, mine, withdrawn) = (clock.GetUtcNow(), new List<DrillEvent.Decided>(), new List<WithdrawnDrill>());
        foreach (var row in (await views.List(DrillRow.View, null, OfShift, null, ct)).Items)
        {
            if (now - row.Card.At > Shift) break;
            if (row.Decided is { } decided && decided.By == caller.Id) mine.Add(decided);
            if (row.Ended is { Because: DrillEnd.RealWork or DrillEnd.LookedInto } ended && now - ended.At <= Told && (district is null || ended.District == district) && await views.Find(VenueCard.View, row.Card.VenueId, ct) is { Details: var d })
                withdrawn.Add(new(ended.DrillId, d.NameKk, d.NameRu, ended.Because, ended.At));
        }

        return new(mine.Count(d => d.IsRight is not null), mine.Count(d => d.IsRight == true), [.. withdrawn.OrderByDescending(w => w.At)]);
    }
}
