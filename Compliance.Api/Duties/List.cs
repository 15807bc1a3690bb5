using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Rulebooks;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Duties;

/// <summary>What is owed at one venue, or at all the caller may see, the most urgent on top; and one duty with what was said of it.</summary>
static class List
{
    public static Task<Page<DutyShown>> OfVenue(
        Guid venueId, [AsParameters] Paging paging, bool? open, Caller caller, OwnVenues own, IViewStore views, Library library, TimeProvider clock, CancellationToken ct) =>
        Of([venueId], paging, open, caller, own, views, library, clock, ct);

    public static async Task<Page<DutyShown>> Handle(
        [AsParameters] Paging paging, bool? open, Caller caller, OwnVenues own, IViewStore views, Library library, TimeProvider clock, CancellationToken ct) =>
        await Of(await own.Of(caller, ct), paging, open, caller, own, views, library, clock, ct);

    public static async Task<Shown<DutyShown>> Show(Guid dutyId, IViewStore views, Writings writings, Library library, TimeProvider clock, CancellationToken ct) =>
        await views.Find(DutyRow.View, dutyId, ct) is { } row
            ? new(new(row.AsOf(clock.GetUtcNow()), await Requirements.Of(row, library, ct), row.Extension is { } extension ? writings.Find(extension.Why) : null)
            {
                ReInspection = row.Source is DutySource.OfFinding { InspectionId: var act } ? await Inspections.Show.Of(act, row.VenueId, views, ct) is [var latest, ..] ? latest : null : null,
            }, row.Revision) : new(null);

    /// <summary>What was said of a duty is for those who may read it. Past the first one that is over nothing is owed, so the page of open ones ends there.</summary>
    static async Task<Page<DutyShown>> Of(
        IReadOnlyCollection<Guid>? venues, Paging paging, bool? open, Caller caller, OwnVenues own, IViewStore views, Library library, TimeProvider clock, CancellationToken ct)
    {
        var reads = await own.Confidant(caller, Who.Inspector | Who.Authority | Who.Oversight, ct);
        var page = await views.List(DutyRow.View, venues, paging.Size, paging.After, ct);
        var shown = new List<DutyShown>();
        foreach (var row in page.Items.TakeWhile(row => open != true || row.IsOpen))
            shown.Add(new((reads(row.VenueId) ? row : row.WithoutWords()).AsOf(clock.GetUtcNow()), await Requirements.Of(row, library, ct), null));
        return new(shown, shown.Count < page.Items.Count ? null : page.Next);
    }
}

/// <summary>What the rule of a duty demands, in the words of the version it arose under.</summary>
static class Requirements
{
    /// <summary>A duty that names no version arose under the one in force when it was detected.</summary>
    public static async Task<Sentence?> Of(DutyRow duty, Library library, CancellationToken ct)
    {
        var bound = duty.Source is DutySource.OfRule of
            ? await library.Find(of.Rulebook, of.Version, ct)
            : await library.InForce(RulebookShelf.Usual, duty.Clock.Detected, ct);
        return bound?.RequirementOf(duty.Matter.RuleId);
    }
}
