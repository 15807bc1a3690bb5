using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Cases;

/// <summary>What a case rests on: the facts of its duty; those of the outage, the inspection or the rule the duty came from; and its own.</summary>
static class CaseFile
{
    public static async Task<IReadOnlyList<Recorded>> Of(IEventLog log, Guid dutyId, Guid caseId, CancellationToken ct)
    {
        var duty = await Read(new("duty", dutyId));
        var facts = duty.Select(EventCatalog.Decode).ToArray();
        List<Recorded> behind = [];
        if (facts.OfType<DutyEvent.Arose>().LastOrDefault() is { } arose)
            foreach (var source in facts.SkipWhile(fact => fact != (object)arose).Select(fact => (fact as DutyEvent.Arose)?.Source ?? (fact as DutyEvent.WentOn)?.Source).OfType<DutySource>().Distinct())
                behind.AddRange(await Behind(arose, source));
        return [.. duty, .. behind.DistinctBy(f => f.EventId), .. await Read(new("case", caseId))];

        async Task<IEnumerable<Recorded>> Behind(DutyEvent.Arose arose, DutySource source) => source switch
        {
            DutySource.OfOutage of => (await Read(new("device", of.DeviceId))).Where(f => Speaks(f, of.OutageId)).Concat(await Read(new("outage", of.OutageId))),
            DutySource.OfFinding of => await Read(new("inspection", of.InspectionId)),
            DutySource.OfRule => (await Read(new("compliance", arose.VenueId))).Where(f => EventCatalog.Decode(f) is ComplianceEvent.RuleTurned turned && turned.RuleId == arose.Matter.RuleId),
            _ => [],
        };

        ValueTask<List<Recorded>> Read(StreamId stream) => log.Read(stream, ct).ToListAsync(ct);
    }

    /// <summary>
    /// What else people said that it hangs on: the hours of its device and work on it, re-inspections of its act, the earlier case that makes it a
    /// repeat, and of an order the case that ordered it. It is read to know who had a say; the frozen evidence is without it.
    /// </summary>
    public static async Task<IReadOnlyList<Recorded>> Around(IEventLog log, IViewStore views, CaseRow row, CancellationToken ct)
    {
        var cases = await views.All(CaseRow.View, [row.VenueId], ct);
        List<StreamId> streams = [.. cases.Where(other => other.CaseId == row.Charge.Earlier || OrderWhenCaseEndsInPrescription.OrderOf(other.DutyId) == row.DutyId)
            .SelectMany(other => new StreamId[] { new("case", other.CaseId), new("duty", other.DutyId) })];
        switch ((await views.Find(DutyRow.View, row.DutyId, ct))?.Source)
        {
            case DutySource.OfOutage { DeviceId: var device }:
                streams.Add(new("device", device));
                streams.AddRange((await views.All(MaintenanceRow.View, [row.VenueId], ct)).Where(work => work.DeviceIds.Contains(device)).Select(work => new StreamId("maintenance", work.MaintenanceId)));
                break;
            case DutySource.OfFinding { InspectionId: var act }:
                streams.AddRange((await Inspections.Show.Of(act, row.VenueId, views, ct)).Select(visit => new StreamId("inspection", visit.InspectionId)));
                break;
        }

        return [.. await Of(log, row.DutyId, row.CaseId, ct), .. await log.ReadMany([.. streams.Distinct()], ct).ToListAsync(ct)];
    }

    static bool Speaks(Recorded recorded, Guid outage) => EventCatalog.Decode(recorded) switch
    {
        DeviceEvent.VerdictChanged f => f.OutageId == outage,
        DeviceEvent.ReasonChanged f => f.OutageId == outage,
        DeviceEvent.Retired f => f.OutageId == outage,
        _ => false,
    };
}
