using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>
/// Who answered for what at one venue, from its registration on: its history in one line of time, the minutes of its devices by the
/// formula, every duty with its eight instants and every case. Computed from stored facts and from nothing else.
/// </summary>
/// <param name="Duties">Those that arose first stand first, as do <paramref name="Cases"/>.</param>
/// <param name="History">What is told in the one line of time, oldest first.</param>
/// <param name="Facts">All facts it rests on; their place here is their number in the record.</param>
public sealed record LiabilityRecord(
    VenueAudit Audit, IReadOnlyList<DutyRow> Duties, IReadOnlyList<CaseRow> Cases, IReadOnlyList<Recorded> History, IReadOnlyList<Recorded> Facts)
{
    /// <summary>How the record follows from the facts; a new name when the rule changes.</summary>
    public const string Formula = "liability-record.v1";

    /// <summary>A device is counted still, an outage runs or a term stands still: told later, it says something else though nothing happened.</summary>
    public bool ChangesByTime => Audit.Devices.Any(d => d.Retired is null) || Audit.Outages.Any(o => o.Row.EndedAt is null) || Duties.Any(d => d.Still is not null);

    /// <param name="facts">The streams of the venue, its devices, outages, inspections, maintenance windows, licence, duties and cases, each once, whole and in order.</param>
    /// <param name="at">Until when it tells.</param>
    /// <returns>Null for a venue that was not registered by then.</returns>
    public static LiabilityRecord? Of(Guid venueId, IReadOnlyList<Recorded> facts, DateTimeOffset at)
    {
        Recorded[] known = [.. facts.Where(f => f.RecordedAt <= at).OrderBy(f => f.Position)];
        if (known.FirstOrDefault(f => f.Stream == new StreamId("venue", venueId)) is not { } first) return null;
        if (VenueAudit.Of(venueId, new(first.RecordedAt, at), known) is not { } audit) return null;
        Recorded[] history = [.. known.Where(f => EventCatalog.Decode(f) is { } fact && Tells(fact))];
        var (cited, told) = (audit.Facts.Select(f => f.EventId).ToHashSet(), history.Select(f => f.EventId).ToHashSet());
        Recorded[] others = [.. known.Where(f => !cited.Contains(f.EventId) && (f.Stream.Category is "duty" or "case" or "licence" || told.Contains(f.EventId)))];
        return new(
            audit, [.. DutyRow.View.Build(known).Values.Select(d => d.AsOf(at)).OrderBy(d => d.Clock.Detected).ThenBy(d => d.DutyId)],
            [.. CaseRow.View.Build(known).Values.OrderBy(c => c.OpenedAt).ThenBy(c => c.CaseId)], history, [.. audit.Facts, .. others]);
    }

    /// <summary>What is a step on the way from application to appeal. Messages and marks of them stand on the clocks of the duties.</summary>
    static bool Tells(object fact) => fact switch
    {
        VenueEvent.Registered or VenueEvent.LegalBasisGranted or VenueEvent.LegalBasisWithdrawn or VenueEvent.Closed => true,
        VenueEvent.PersonAppointed { Appointment.Post: not Post.Installer } or VenueEvent.PersonRelieved { Post: not Post.Installer } => true,
        LicenceEvent.Drafted or LicenceEvent.ExpiryNeared or LicenceEvent.ReplyPublished or LicenceEvent.ReplyWithdrawn or LicenceEvent.Inspected => false,
        LicenceEvent => true,
        InspectionEvent.CheckRegistered or InspectionEvent.Started or InspectionEvent.ActIssued or InspectionEvent.SelfCheckCompleted => true,
        InspectionEvent.SignatureRefused or InspectionEvent.Cancelled => true,
        OutageEvent.VerdictChanged or OutageEvent.ReasonChanged => false,
        OutageEvent => true,
        MaintenanceEvent => true,
        DutyEvent.Arose { Source: not DutySource.OfOutage } => true,
        DutyEvent.Overstayed or DutyEvent.ExtensionAsked or DutyEvent.ExtensionGranted or DutyEvent.ExtensionRefused => true,
        DutyEvent.RepairShown or DutyEvent.Verified or DutyEvent.Reopened or DutyEvent.Lapsed or DutyEvent.WentOn or DutyEvent.WaitEscalated => true,
        CaseEvent.SizeSet => false,
        CaseEvent => true,
        _ => false,
    };
}
