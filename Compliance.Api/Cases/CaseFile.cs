using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Cases;

/// <summary>What a case rests on: the facts of its duty; those of the outage, the inspection or the rule the duty came from; and its own.</summary>
static class CaseFile
{
    public static async Task<IReadOnlyList<Recorded>> Of(IEventLog log, Guid dutyId, Guid caseId, CancellationToken ct)
    {
        var duty = await Read(new("duty", dutyId));
        return [.. duty, .. await Behind(duty.Select(EventCatalog.Decode).OfType<DutyEvent.Arose>().LastOrDefault()), .. await Read(new("case", caseId))];

        async Task<IEnumerable<Recorded>> Behind(DutyEvent.Arose? arose) => arose?.Source switch
        {
            DutySource.OfOutage of => (await Read(new("device", of.DeviceId))).Where(f => Speaks(f, of.OutageId)).Concat(await Read(new("outage", of.OutageId))),
            DutySource.OfFinding of => await Read(new("inspection", of.InspectionId)),
            DutySource.OfRule => (await Read(new("compliance", arose.VenueId))).Where(f => EventCatalog.Decode(f) is ComplianceEvent.RuleTurned turned && turned.RuleId == arose.Matter.RuleId),
            _ => [],
        };

        ValueTask<List<Recorded>> Read(StreamId stream) => log.Read(stream, ct).ToListAsync(ct);
    }

    static bool Speaks(Recorded recorded, Guid outage) => EventCatalog.Decode(recorded) switch
    {
        DeviceEvent.VerdictChanged f => f.OutageId == outage,
        DeviceEvent.Retired f => f.OutageId == outage,
        _ => false,
    };
}
