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

    static bool Speaks(Recorded recorded, Guid outage) => EventCatalog.Decode(recorded) switch
    {
        DeviceEvent.VerdictChanged f => f.OutageId == outage,
        DeviceEvent.Retired f => f.OutageId == outage,
        _ => false,
    };
}
