using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;

namespace Compliance.Domain.Reports;

/// <summary>How police were in a year: the same record that measures venues measures them. No officer, unit or desk is told apart.</summary>
/// <param name="SecondsToTake">From an incident to whoever took it, the middle one; null where too few were taken.</param>
/// <param name="SecondsToArrive">From sending to arriving, the middle one; null where too few arrived.</param>
/// <param name="DeskOutages">How often no officer listened at any desk for minutes.</param>
/// <param name="DeskLeft">How long, all together.</param>
public sealed record PoliceYear(int? SecondsToTake, int? SecondsToArrive, int DeskOutages, TimeSpan DeskLeft);

/// <summary>Counts what police did in a year, fact by fact, as <see cref="YearCounts"/> does of all else.</summary>
sealed class PoliceCounts(Period year)
{
    readonly Dictionary<Guid, (DateTimeOffset Opened, DateTimeOffset? Taken, DateTimeOffset? Sent)> _incidents = [];
    readonly HashSet<Guid> _cameras = [], _viewed = [], _looked = [], _neverViewed = [];
    readonly Dictionary<Guid, double> _toTake = [], _toArrive = [];
    int _outages;
    TimeSpan _left;
    DateTimeOffset? _leftAt;

    public PoliceYear Year => new(Middle(_toTake.Values), Middle(_toArrive.Values), _outages, _left + (_leftAt is { } open ? Within(open, year.To) : TimeSpan.Zero));

    /// <summary>Cameras on the register when the year ends, and those of them that nobody looked at in it.</summary>
    public IReadOnlyDictionary<string, int> Feeds
    {
        get
        {
            var looked = FeedsLooked.Of(_cameras, _viewed);
            return new Dictionary<string, int> { ["demanded"] = looked.Demanded, ["viewed"] = looked.Viewed, ["never-viewed"] = looked.NeverViewed };
        }
    }

    /// <summary>What is there when the year ends, and whether anybody was when it began.</summary>
    public void Stand(object fact)
    {
        switch (fact)
        {
            case DeviceEvent.Registered { Spec: CameraSpec } f: _cameras.Add(f.DeviceId); break;
            case DeviceEvent.Retired f: _cameras.Remove(f.DeviceId); break;
            case DeskEvent.Left f:
                (_leftAt, _outages) = (f.Since, _outages + (f.At >= year.From ? 1 : 0));
                break;
            case DeskEvent.Manned { LeftAt: { } left } f:
                (_leftAt, _left) = (null, _left + Within(left, f.At));
                break;
        }
    }

    /// <summary>What a fact of the year adds to which line; what is taken back is taken off.</summary>
    public IEnumerable<(string Table, string Line, int Count)> Take(object fact)
    {
        switch (fact)
        {
            case IncidentEvent.Opened f:
                _incidents[f.IncidentId] = (f.At, null, null);
                return [("calls", "incidents", 1)];
            case IncidentEvent.Taken f when _incidents.TryGetValue(f.IncidentId, out var known) && known.Taken is null:
                _incidents[f.IncidentId] = known with { Taken = f.At };
                _toTake[f.IncidentId] = (f.At - known.Opened).TotalSeconds;
                return [("calls", "taken", 1)];
            case IncidentEvent.Undone { Step: IncidentStep.Taken } f when _incidents.TryGetValue(f.IncidentId, out var known) && known.Taken is not null:
                _incidents[f.IncidentId] = known with { Taken = null };
                _toTake.Remove(f.IncidentId);
                return [("calls", "taken", -1)];
            case IncidentEvent.Dispatched f when _incidents.TryGetValue(f.IncidentId, out var known):
                _incidents[f.IncidentId] = known with { Sent = f.At };
                return [("calls", "dispatched", 1)];
            case IncidentEvent.Arrived f when _incidents.TryGetValue(f.IncidentId, out var known):
                if (known.Sent is { } sent) _toArrive[f.IncidentId] = (f.At - sent).TotalSeconds;
                return [("calls", "arrived", 1)];
            case IncidentEvent.Undone { Step: IncidentStep.Arrived } f when _incidents.ContainsKey(f.IncidentId):
                _toArrive.Remove(f.IncidentId);
                return [("calls", "arrived", -1)];
            case IncidentEvent.Escalated f: return [("calls", f.To == EscalatedTo.Neighbour ? "to-neighbour" : "to-lead", 1)];
            case IncidentEvent.Lapsed: return [("calls", "never-taken", 1)];
            case AccessEvent.Opened f: return [("looks", "opened", 1), ("looks", f.Purpose.ToString().ToLowerInvariant(), 1), .. f.Urgent ? (ReadOnlySpan<(string, string, int)>)[("urgent", "opened", 1)] : []];
            case AccessEvent.CameraViewed f:
                _viewed.Add(f.DeviceId);
                // The last seconds of a look are told after its end.
                return _looked.Add(f.SessionId) && _neverViewed.Remove(f.SessionId) ? [("looks", "never-viewed", -1)] : [];
            case AccessEvent.Closed f when !_looked.Contains(f.SessionId) && _neverViewed.Add(f.SessionId): return [("looks", "never-viewed", 1)];
            case AccessEvent.Reviewed f: return [("urgent", f.Justified ? "justified" : "unjustified", 1)];
            case AccessEvent.ReviewOverdue: return [("urgent", "overdue", 1)];
            default: return [];
        }
    }

    TimeSpan Within(DateTimeOffset from, DateTimeOffset to) =>
        (to < year.To ? to : year.To) - (from > year.From ? from : year.From) is { Ticks: > 0 } within ? within : TimeSpan.Zero;

    static int? Middle(IEnumerable<double> seconds) => seconds.Order().ToArray() is { Length: >= SmallCounts.Least } all ? (int)all[all.Length / 2] : null;
}
