using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Reports;

/// <summary>Counts what happened in a year, fact by fact as the log tells it. What was recorded later is not known in it.</summary>
public sealed class YearCounts(Period year)
{
    readonly SortedDictionary<string, Dictionary<string, int>> _tables = new(StringComparer.Ordinal);
    readonly Dictionary<Guid, string> _devices = [], _inspections = [], _bases = [];
    readonly int[] _steps = new int[Steps];
    readonly PoliceCounts _police = new(year);

    /// <summary>A year in steps of four weeks; its last day or two belong to the last of them.</summary>
    public const int Steps = 13;

    /// <summary>In which four weeks after the first of January a complaint came.</summary>
    public IReadOnlyList<int> ComplaintsByStep => _steps;

    public IReadOnlyDictionary<string, int> Table(string name) => name == "feeds" ? _police.Feeds : _tables.GetValueOrDefault(name) ?? [];

    /// <summary>How soon police answered, and whether anybody was there.</summary>
    public PoliceYear Police => _police.Year;

    public void Take(Recorded recorded)
    {
        if (recorded.RecordedAt >= year.To || EventCatalog.Decode(recorded) is not { } fact) return;
        Stand(fact);
        _police.Stand(fact);
        if (recorded.RecordedAt < year.From) return;
        foreach (var (table, line, count) in _police.Take(fact)) Add(table, line, count);
        foreach (var (table, line) in Happened(fact)) Add(table, line, 1);
        if (fact is ComplaintEvent.Received) _steps[Math.Min((int)((recorded.RecordedAt - year.From).TotalDays / 28), Steps - 1)]++;
    }

    /// <summary>What is there when the year ends.</summary>
    void Stand(object fact)
    {
        switch (fact)
        {
            case VenueEvent.Registered: Add("register", "venues", 1); break;
            case VenueEvent.Closed: Add("register", "venues", -1); break;
            case DeviceEvent.Registered f: Add("register", _devices[f.DeviceId] = Word(f.Spec.Kind), 1); break;
            case DeviceEvent.Retired f when _devices.GetValueOrDefault(f.DeviceId) is { } kind: Add("register", kind, -1); break;
            case InspectionEvent.Scheduled f: _inspections[f.InspectionId] = Word(f.Kind); break;
            case VenueEvent.LegalBasisGranted f: _bases[f.Basis.BasisId] = Word(f.Basis.Kind); break;
        }
    }

    IEnumerable<(string Table, string Line)> Happened(object fact) => fact switch
    {
        LicenceEvent.Granted => [("licences", "granted")],
        LicenceEvent.Refused => [("licences", "refused")],
        LicenceEvent.Suspended => [("licences", "suspended")],
        LicenceEvent.Revoked => [("licences", "revoked")],
        LicenceEvent.Expired => [("licences", "expired")],
        OutageEvent.Opened f => [("outages", Word(f.Kind))],
        InspectionEvent.ActIssued f => [("inspections", _inspections.GetValueOrDefault(f.InspectionId) ?? Word(InspectionKind.Scheduled))],
        CaseEvent.Opened => [("cases", "opened")],
        CaseEvent.Decided f => [("cases", Word(f.Outcome))],
        CaseEvent.TimeBarred => [("cases", "timebarred")],
        CaseEvent.PenaltySet => [("penalties", "set")],
        CaseEvent.PenaltyLifted => [("penalties", "lifted")],
        CaseEvent.Settled => [("penalties", "settled")],
        CaseEvent.Appealed => [("appeals", "made")],
        CaseEvent.AppealDecided f => [("appeals", Word(f.Outcome))],
        ComplaintEvent.Received f => [("complaints", Word(f.Category))],
        ComplaintEvent.Answered f => [("answers", Word(f.Outcome))],
        ComplaintEvent.LetterRead => [("accesses", "letters-read")],
        VenueEvent.LegalBasisGranted f => [("accesses", $"granted-{Word(f.Basis.Kind)}")],
        VenueEvent.LegalBasisWithdrawn f when _bases.GetValueOrDefault(f.BasisId) is { } kind => [("accesses", $"withdrawn-{kind}")],
        _ => [],
    };

    void Add(string table, string line, int count)
    {
        if (!_tables.TryGetValue(table, out var lines)) _tables[table] = lines = [];
        lines[line] = lines.GetValueOrDefault(line) + count;
    }

    static string Word(Enum word) => word.ToString().ToLowerInvariant();
}
