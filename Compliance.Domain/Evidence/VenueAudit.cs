using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;

namespace Compliance.Domain.Evidence;

/// <summary>
/// The audit of one venue for a period, computed from stored facts and from nothing else: the same facts always give the same
/// audit, and <see cref="Facts"/> alone give it again. Every figure names the facts it rests on.
/// </summary>
/// <param name="Position">How far the log had been read.</param>
/// <param name="Facts">All facts that a figure rests on: the venue's, then each device's with its outages. Their place here is their number in the report.</param>
public sealed record VenueAudit(
    Guid VenueId, Period Period, LogPosition Position, VenuePapers Papers,
    IReadOnlyList<DeviceAudit> Devices, IReadOnlyList<OutageLine> Outages, IReadOnlyList<Recorded> Facts)
{
    /// <param name="facts">The streams of the venue, its devices (retired ones too) and their outages, each whole and in order.</param>
    /// <returns>Null when the venue was not registered before the period ended.</returns>
    public static VenueAudit? Of(Guid venueId, Period period, IReadOnlyList<Recorded> facts)
    {
        var streams = facts.Select(f => (recorded: f, fact: EventCatalog.Decode(f))).Where(x => x.fact is not null)
            .Select(x => new Told(x.recorded, x.fact!)).ToLookup(told => told.Recorded.Stream);
        var papers = VenuePapers.Of([.. streams[new("venue", venueId)]], period);
        if (papers.Details.Count == 0) return null;

        DeviceAudit[] devices =
        [
            .. streams.Where(s => s.Key.Category == "device").Select(s => DeviceAudit.Of([.. s], period)).OfType<DeviceAudit>()
                .OrderBy(d => d.Spec.Kind).ThenBy(d => d.Spec.PlaceRu, StringComparer.Ordinal).ThenBy(d => d.DeviceId),
        ];
        OutageLine[] outages =
        [
            .. streams.Where(s => s.Key.Category == "outage").SelectMany(s => OutageRow.View.Build(s.Select(told => told.Recorded)).Values)
                .Where(row => period.Touches(row.StartedAt, row.EndedAt))
                .OrderBy(row => row.StartedAt).ThenBy(row => row.OutageId)
                .Select(row => new OutageLine(row, period.Clip(row.StartedAt, row.EndedAt))),
        ];
        return new(venueId, period, facts.Max(f => f.Position), papers, devices, outages, Cited(facts, papers, devices, outages));
    }

    /// <summary>Availability of all devices of one kind together: their hours are added up before they are divided.</summary>
    public Figure<AvailabilitySum> Availability(DeviceKind kind)
    {
        DeviceAudit[] chosen = [.. Devices.Where(d => d.Spec.Kind == kind)];
        return new(
            chosen.Aggregate(new AvailabilitySum(default, default, default), (sum, d) => sum + d.Availability.Value),
            [.. chosen.SelectMany(d => d.Availability.RestsOn).Distinct()]);
    }

    public Figure<int> Count(DeviceKind kind)
    {
        DeviceAudit[] chosen = [.. Devices.Where(d => d.Spec.Kind == kind)];
        return new(chosen.Length, [.. chosen.Select(d => d.Card.RestsOn[0])]);
    }

    /// <summary>Time held to be down within the period, all devices added up. What nobody knew inside an outage counts for nobody.</summary>
    public Figure<TimeSpan> InOutage => new(
        Devices.Aggregate(TimeSpan.Zero, (sum, d) => sum + d.Availability.Value.Down), [.. Devices.SelectMany(d => d.Availability.RestsOn).Concat(Outages.SelectMany(o => o.RestsOn)).Distinct()]);

    static IReadOnlyList<Recorded> Cited(
        IReadOnlyList<Recorded> facts, VenuePapers papers, IReadOnlyList<DeviceAudit> devices, IReadOnlyList<OutageLine> outages)
    {
        var byId = facts.ToDictionary(f => f.EventId);
        IEnumerable<Guid> OfDevice(Guid id) => outages.Where(o => o.Row.DeviceId == id).SelectMany(o => o.RestsOn);
        IEnumerable<Recorded> InOrder(IEnumerable<Guid> ids) => ids.Distinct().Select(id => byId[id]).OrderBy(f => f.Revision);
        return
        [
            .. InOrder(papers.RestsOn),
            .. devices.SelectMany(d => InOrder(d.RestsOn).Concat(OfDevice(d.DeviceId).Select(id => byId[id]))),
            .. outages.Where(o => devices.All(d => d.DeviceId != o.Row.DeviceId)).SelectMany(o => o.RestsOn).Select(id => byId[id]),
        ];
    }
}
