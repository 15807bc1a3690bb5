using Compliance.Api.Entrance;
using Compliance.Api.Rulebooks;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Venues;

/// <summary>
/// Opening hours: those whom the venue's own people set count from the start of the next day, and take nothing away while something is to
/// be mended within them. The authority's count at once, and name their grounds.
/// </summary>
static class SetHours
{
    public static async Task<Answer> Handle(Guid venueId, HoursForm body, Knock knock, Posts posts, IViewStore views, Library library, TimeProvider clock)
    {
        return await knock.Send(Venue.Decider, venueId, await posts.IsOwn(knock.Caller, venueId, knock.Ct)
            ? new VenueCommand.SetOpeningHours(body.OpeningHours, VenueZone.Midnight(posts.Today.AddDays(1)), null, await IsOwed(venueId, views, library, knock.Ct))
            : new VenueCommand.SetOpeningHours(body.OpeningHours, clock.GetUtcNow(), body.Grounds ?? ""));
    }

    /// <summary>A device whose term stands still while the venue is closed (an exit, or one of which opening hours are mandated) is not as it must be, or something unmet was asked by the hours.</summary>
    static async Task<bool> IsOwed(Guid venueId, IViewStore views, Library library, CancellationToken ct)
    {
        var bound = (await views.All(DeviceCard.View, [venueId], ct)).Where(d => d.Spec is ExitSpec || d.Hours == MandatedHours.OpeningHours).ToDictionary(d => d.DeviceId);
        if (bound.Values.Any(d => d.OutageId is not null)) return true;
        foreach (var duty in (await views.All(DutyRow.View, [venueId], ct)).Where(d => d.IsOpen))
        {
            if (duty.Source is DutySource.OfOutage of && bound.ContainsKey(of.DeviceId)) return true;
            if (duty.Source is DutySource.OfRule(var book, var version)
                && (await library.Find(book, version, ct))?.Book.Rules.FirstOrDefault(rule => rule.Id == duty.Matter.RuleId)?.ReadsHours() == true) return true;
        }

        return false;
    }
}
