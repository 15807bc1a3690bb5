using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>Gathers fact by fact what the formula of availability asks of a venue, for whoever folds the venue's facts anyway.</summary>
sealed class AttributedLines
{
    readonly Dictionary<Guid, OutageRow?> _outages = [];
    readonly Dictionary<Guid, MaintenanceRow?> _windows = [];
    readonly Dictionary<Guid, (DateTimeOffset From, DateTimeOffset? Until)> _stood = [];
    readonly Dictionary<Guid, List<Held<MandatedHours>>> _mandated = [];
    OpeningWeeks _weeks = OpeningWeeks.None;

    public void Take(object fact, Recorded recorded)
    {
        switch (fact)
        {
            case VenueEvent.Registered f: _weeks = OpeningWeeks.Always(f.OpeningHours); break;
            case VenueEvent.OpeningHoursSet f: _weeks = _weeks.Set(f.From ?? recorded.RecordedAt, f.OpeningHours); break;
            case DeviceEvent.Registered f: _stood[f.DeviceId] = (recorded.RecordedAt, null); break;
            case DeviceEvent.Retired f when _stood.TryGetValue(f.DeviceId, out var stood): _stood[f.DeviceId] = stood with { Until = f.At }; break;
            case DeviceEvent.HoursMandated f:
                if (!_mandated.TryGetValue(f.DeviceId, out var hours)) _mandated[f.DeviceId] = hours = [];
                Then(hours, f.Hours, recorded);
                break;
            case OutageEvent f: _outages[f.OutageId] = OutageRow.View.Apply(_outages.GetValueOrDefault(f.OutageId), f, recorded); break;
            case MaintenanceEvent f: _windows[f.MaintenanceId] = MaintenanceRow.View.Apply(_windows.GetValueOrDefault(f.MaintenanceId), f, recorded); break;
        }
    }

    /// <summary>Each device's time from when it was registered until then, in pieces; a device without time has none.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<Piece>> At(DateTimeOffset at, IEnumerable<DeviceTimeline> timelines)
    {
        DeviceLine[] lines = [.. timelines.Select(line => Line(line, at)).Where(line => line.Counted.Length > TimeSpan.Zero)];
        var venue = new VenueLine(lines, [.. _outages.Values.OfType<OutageRow>()], [.. _windows.Values.OfType<MaintenanceRow>()], _weeks);
        var silences = Silence.Of(lines);
        return lines.ToDictionary(line => line.DeviceId, line => AvailabilityFormula.Pieces(line, venue, silences));
    }

    DeviceLine Line(DeviceTimeline line, DateTimeOffset at)
    {
        var (from, until) = _stood[line.DeviceId];
        var counted = new Period(from, until < at ? until.Value : at);
        Stretch[] stretches =
        [
            .. line.Stretches.Where(s => counted.Touches(s.From, s.Until)).Select(s => (s, within: counted.Clip(s.From, s.Until)))
                .Select(x => x.s with { From = x.within.From, Until = x.within.To }),
        ];
        return new(line.DeviceId, counted, stretches, _mandated.GetValueOrDefault(line.DeviceId) ?? []);
    }

    /// <summary>Each value holds until the next one is recorded.</summary>
    static void Then<T>(List<Held<T>> held, T value, Recorded recorded)
    {
        if (held is [.., var last]) held[^1] = last with { Until = recorded.RecordedAt };
        held.Add(new(value, recorded.RecordedAt, null, [recorded.EventId]));
    }
}
