using Compliance.Api.Duties;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Rulebooks;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Api.Cases;

/// <summary>Cases of all venues the caller may see, those that run out of time on top; and one case with what was said in it.</summary>
static class List
{
    public static async Task<Page<CaseRow>> Handle(
        [AsParameters] Paging paging, CaseState? state, Caller caller, OwnVenues own, IViewStore views, CancellationToken ct)
    {
        var mine = await own.Of(caller, ct);
        return await paging.Where(
            (limit, after) => views.List(CaseRow.View, mine, limit, after, ct), row => Task.FromResult(state is null || row.State == state ? row : null));
    }

    public static async Task<Shown<CaseShown>> Show(
        Guid caseId, IViewStore views, IEventLog log, Writings writings, Library library, TimeProvider clock, CancellationToken ct)
    {
        if (await views.Find(CaseRow.View, caseId, ct) is not { } row) return new(null);
        var texts = row.Pleadings.Select(p => p.Said).Concat(row.Appeal is { } appeal ? [appeal.Why] : [])
            .Select(said => (said.WritingId, Text: writings.Find(said))).Where(x => x.Text is not null).ToDictionary(x => x.WritingId, x => x.Text!);
        bool? holds = row.Appeal is { } made ? made.Evidence.IsOf(await CaseFile.Of(log, row.DutyId, caseId, ct)) : null;
        var duty = await views.Find(DutyRow.View, row.DutyId, ct);
        var outage = duty?.Source is DutySource.OfOutage { OutageId: var id } ? await views.Find(OutageRow.View, id, ct) : null;
        return new(new(row, duty is null ? null : await Requirements.Of(duty, library, ct), texts, holds) { Outage = outage?.WithoutPleas(), Follows = await Follows(row, views, clock, ct) }, row.Revision);
    }

    static async Task<DutyRow?> Follows(CaseRow row, IViewStore views, TimeProvider clock, CancellationToken ct) =>
        row.Ruling is { Outcome: CaseOutcome.Prescription or CaseOutcome.Warning } ruling
        && await views.Find(DutyRow.View, OrderWhenCaseEndsInPrescription.OrderOf(row.DutyId), ct) is { } duty && duty.Clock.Detected >= ruling.At
            ? duty.AsOf(clock.GetUtcNow()).WithoutWords() : null;
}
