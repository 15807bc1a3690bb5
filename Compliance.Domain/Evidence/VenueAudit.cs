using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
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
    /// <summary>By which version of the formula of availability the figures were computed.</summary>
    public string Formula { get; init; } = AvailabilityFormula.First;

    /// <summary>The approved windows that touch the period, the earliest first.</summary>
    public IReadOnlyList<MaintenanceRow> Maintenance { get; init; } = [];

    /// <param name="facts">The streams of the venue, its devices (retired ones too), their outages and its maintenance windows, each whole and in order.</param>
    /// <param name="formula">One of <see cref="AvailabilityFormula.Versions"/>.</param>
    /// <returns>Null when the venue was not registered before the period ended.</returns>
    public static VenueAudit? Of(Guid venueId, Period period, IReadOnlyList<Recorded> facts, string formula = AvailabilityFormula.Current)
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
        MaintenanceRow[] windows = formula == AvailabilityFormula.First ? [] :
        [
            .. streams.Where(s => s.Key.Category == "maintenance").SelectMany(s => MaintenanceRow.View.Build(s.Select(told => told.Recorded)).Values)
                .Where(row => row.Excused is { } excused && period.Touches(excused.From, excused.To)).OrderBy(row => row.From).ThenBy(row => row.MaintenanceId),
        ];
        if (formula != AvailabilityFormula.First) devices = Scored(devices, papers, outages, windows, formula);
        return new(venueId, period, facts.Max(f => f.Position), papers, devices, outages, Cited(venueId, facts, papers, devices, outages, windows))
        {
            Formula = formula, Maintenance = windows,
        };
    }

    /// <summary>A score rests on all that could have changed it: for a device that was silent also on what the others said meanwhile.</summary>
    static DeviceAudit[] Scored(IReadOnlyList<DeviceAudit> devices, VenuePapers papers, IReadOnlyList<OutageLine> outages, IReadOnlyList<MaintenanceRow> windows, string formula)
    {
        var venue = new VenueLine([.. devices.Select(d => d.Line)], [.. outages.Select(o => o.Row)], windows, papers.Weeks);
        var silences = Silence.Of(venue.Devices, formula);
        return [.. devices.Select(device =>
        {
            var pieces = AvailabilityFormula.Pieces(device.Line, venue, silences, formula);
            return device with
            {
                Score = new(
                    new(device.Hours is [.., { Value: var hours }] ? hours : MandatedHours.AllHours, AvailabilityScore.Of(pieces),
                        AvailabilityScore.Of(AvailabilityFormula.WhileOpen(pieces, venue, formula)), pieces),
                    [
                        .. device.Availability.RestsOn, .. device.Hours.SelectMany(h => h.RestsOn), .. papers.OpeningHours.SelectMany(h => h.RestsOn),
                        .. outages.Where(o => o.Row.DeviceId == device.DeviceId && (o.Row.Causes.Count + o.Row.Contests.Count > 0 || o.Row.Look is not null)).SelectMany(o => o.RestsOn),
                        .. windows.Where(w => w.DeviceIds.Contains(device.DeviceId)).SelectMany(w => w.EventIds),
                        .. pieces.Any(p => p.Verdict.IsSilence()) ? devices.SelectMany(d => d.Availability.RestsOn) : [],
                    ]),
            };
        })];
    }

    /// <summary>Availability of all devices of one kind together: their hours are added up before they are divided.</summary>
    public Figure<AvailabilitySum> Availability(DeviceKind kind)
    {
        DeviceAudit[] chosen = [.. Devices.Where(d => d.Spec.Kind == kind)];
        return new(
            chosen.Aggregate(new AvailabilitySum(default, default, default), (sum, d) => sum + d.Availability.Value),
            [.. chosen.SelectMany(d => d.Availability.RestsOn).Distinct()]);
    }

    /// <summary>Attributed availability of all devices of one kind together; null under the first formula.</summary>
    public Figure<AvailabilityScore>? Score(DeviceKind kind)
    {
        Figure<DeviceScore>[] chosen = [.. Devices.Where(d => d.Spec.Kind == kind).Select(d => d.Score).OfType<Figure<DeviceScore>>()];
        return Formula == AvailabilityFormula.First ? null : new(
            chosen.Aggregate(AvailabilityScore.None, (sum, d) => sum + d.Value.Mandated), [.. chosen.SelectMany(d => d.RestsOn).Distinct()]);
    }

    /// <summary>What the formula says of the minutes of one outage within the period.</summary>
    public AvailabilityScore Split(OutageLine outage) => AvailabilityScore.Of(
        (Devices.FirstOrDefault(d => d.DeviceId == outage.Row.DeviceId)?.Score?.Value.Pieces ?? [])
            .Where(p => p.From < outage.Within.To && outage.Within.From < p.Until)
            .Select(p => (p, part: outage.Within.Clip(p.From, p.Until))).Select(x => x.p with { From = x.part.From, Until = x.part.To }));

    public Figure<int> Count(DeviceKind kind)
    {
        DeviceAudit[] chosen = [.. Devices.Where(d => d.Spec.Kind == kind)];
        return new(chosen.Length, [.. chosen.Select(d => d.Card.RestsOn[0])]);
    }

    /// <summary>Time held to be down within the period, all devices added up. What nobody knew inside an outage counts for nobody.</summary>
    public Figure<TimeSpan> InOutage => new(
        Devices.Aggregate(TimeSpan.Zero, (sum, d) => sum + d.Availability.Value.Down), [.. Devices.SelectMany(d => d.Availability.RestsOn).Concat(Outages.SelectMany(o => o.RestsOn)).Distinct()]);

    static IReadOnlyList<Recorded> Cited(
        Guid venueId, IReadOnlyList<Recorded> facts, VenuePapers papers, IReadOnlyList<DeviceAudit> devices, IReadOnlyList<OutageLine> outages,
        IReadOnlyList<MaintenanceRow> windows)
    {
        HashSet<Guid> cited =
        [
            .. papers.RestsOn, .. devices.SelectMany(d => d.RestsOn), .. outages.SelectMany(o => o.RestsOn), .. windows.SelectMany(w => w.EventIds),
        ];
        var told = facts.Where(f => cited.Contains(f.EventId)).OrderBy(f => f.Revision).ToLookup(f => f.Stream);
        IEnumerable<Recorded> Outages(Func<OutageLine, bool> which) => outages.Where(which).SelectMany(o => told[new("outage", o.Row.OutageId)]);
        return
        [
            .. told[new("venue", venueId)],
            .. devices.SelectMany(d => told[new("device", d.DeviceId)].Concat(Outages(o => o.Row.DeviceId == d.DeviceId))),
            .. Outages(o => devices.All(d => d.DeviceId != o.Row.DeviceId)),
            .. windows.SelectMany(w => told[new("maintenance", w.MaintenanceId)]),
        ];
    }
}
