using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Duties;

/// <summary>What is owed at one venue, or at all the caller may see, the most urgent on top; and one duty with what was said of it.</summary>
static class List
{
    public static Task<Page<DutyShown>> OfVenue(Guid venueId, [AsParameters] Paging paging, bool? open, IViewStore views, CancellationToken ct) =>
        Of([venueId], paging, open, views, ct);

    public static async Task<Page<DutyShown>> Handle(
        [AsParameters] Paging paging, bool? open, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct) =>
        await Of(await own.Of(caller, ct), paging, open, views, ct);

    public static async Task<Shown<DutyShown>> Show(Guid dutyId, IViewStore views, Writings writings, CancellationToken ct) =>
        await views.Find(DutyRow.View, dutyId, ct) is { } row
            ? new(new(row, RequirementOf(row), row.Extension is { } extension ? writings.Find(extension.Why) : null), row.Revision) : new(null);

    /// <summary>Past the first one that is over nothing is owed, so the page of open ones ends there.</summary>
    static async Task<Page<DutyShown>> Of(IReadOnlyCollection<Guid>? venues, Paging paging, bool? open, IViewStore views, CancellationToken ct)
    {
        var page = await views.List(DutyRow.View, venues, paging.Size, paging.After, ct);
        var shown = page.Items.TakeWhile(row => open != true || row.IsOpen).Select(row => new DutyShown(row, RequirementOf(row), null)).ToArray();
        return new(shown, shown.Length < page.Items.Count ? null : page.Next);
    }

    static Sentence? RequirementOf(DutyRow row) => RulebookShelf.All
        .GetValueOrDefault(row.Source is DutySource.OfRule { Rulebook: var book } ? book : DutyTerms.Rulebook)?.Rules
        .FirstOrDefault(rule => rule.Id == row.Matter.RuleId)?.Requirement;
}
