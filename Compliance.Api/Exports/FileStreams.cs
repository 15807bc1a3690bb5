using Compliance.Api.Alerts;
using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Detectors;
using Compliance.Domain.Duties;
using Compliance.Domain.Exports;
using Compliance.Domain.Footage;
using Compliance.Domain.Guards;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Recordings;
using Compliance.Domain.Reports;

namespace Compliance.Api.Exports;

/// <summary>Which streams make up a venue's file, as far as the reader's own doors show them to him.</summary>
sealed class FileStreams(IViewStore views, RollOf rollOf, Posts posts, TimeProvider clock)
{
    /// <summary>As whom the caller reads this venue; null for one who does not.</summary>
    public async Task<FileReader?> ReaderOf(Caller caller, Guid venueId, CancellationToken ct) =>
        await posts.Hold(caller, Who.Owner, new(venueId), ct) ? FileReader.Owner
        : caller.Is(Who.Authority) ? FileReader.Authority
        : caller.Is(Who.Oversight) ? FileReader.Oversight
        : caller.Is(Who.Inspector) ? FileReader.Inspector : null;

    /// <summary>What not everybody reads who may take the file along: as the doors of its pages have it.</summary>
    static readonly Dictionary<string, FileReader[]> ReadBy = new()
    {
        ["notice"] = [FileReader.Owner],
        ["complaint"] = [FileReader.Inspector, FileReader.Authority, FileReader.Oversight], // whom it is about hears what became of it, not who complained
        ["case"] = [FileReader.Owner, FileReader.Authority, FileReader.Oversight],
        ["footage"] = [FileReader.Owner, FileReader.Oversight],
        ["footageagreement"] = [FileReader.Owner, FileReader.Oversight],
        ["access"] = [FileReader.Owner, FileReader.Oversight],
        ["panic"] = [FileReader.Owner, FileReader.Authority, FileReader.Oversight],
        ["report"] = [FileReader.Owner, FileReader.Authority, FileReader.Oversight],
    };

    /// <summary>
    /// An owner reads of a call for help once it is over, as on the page of the button: a guard may call because of him. The stream ends for him where the first that is not over
    /// begins, so that the file looks as if nobody had called.
    /// </summary>
    public async Task<Func<Recorded, bool>> Withheld(Guid venueId, FileReader reader, CancellationToken ct)
    {
        if (reader != FileReader.Owner) return _ => false;
        var (over, cards) = (new HashSet<Guid>(), new Dictionary<Guid, IncidentCard?>());
        foreach (var row in await views.All(PanicRow.View, [venueId], ct))
            if (await Panics.EndOf(row, views, clock.GetUtcNow(), ct, cards) is not null) over.Add(row.AlertId);
        return fact => fact.Stream.Category is "panic" or "panel" && PanicRow.View.KeyOf(EventCatalog.Decode(fact)!) is { } alert && !over.Contains(alert);
    }

    static bool IsReadBy(FileReader reader, string category) => !ReadBy.TryGetValue(category, out var readers) || readers.Contains(reader);

    public async Task<IReadOnlyList<StreamId>> Of(Guid venueId, FileReader reader, CancellationToken ct)
    {
        var roll = await rollOf(venueId, ct);
        var streams = new List<StreamId>(((string[])["venue", "guarding", "licence", "watch", "compliance", "panic", "footageagreement"]).Select(category => new StreamId(category, venueId)));
        Add("device", roll?.Devices);
        Add("panel", roll?.Panels);
        Add("contact", roll?.Contacts);
        Add("maintenance", roll?.Maintenance);
        Add("shift", roll?.Nights.Select(night => ShiftSheet.IdOf(venueId, night)));
        Add("incident", roll?.Book.Select(entry => entry.EntryId));
        Add("outage", (await Rows(OutageRow.View)).Select(row => row.OutageId));
        Add("outagegroup", (await Rows(OutageGroupRow.View)).Select(row => row.GroupId));
        Add("duty", (await Rows(DutyRow.View)).Select(row => row.DutyId));
        Add("notice", (await Rows(NoticeRow.View)).Select(row => row.NoticeId));
        Add("inspection", (await Rows(InspectionRow.View)).Where(IsShown).Select(row => row.InspectionId));
        Add("complaint", (await Rows(ComplaintRow.View)).Select(row => row.ComplaintId));
        Add(RecordedDay.Decider.Category, (await Rows(RecordedHours.View)).SelectMany(row => row.Days().Select(day => RecordedDay.IdOf(row.DeviceId, day))));
        Add("venuefile", (await Rows(VenueFileRow.View)).Select(row => row.ExportId));
        Add("case", (await Rows(CaseRow.View)).Select(row => row.CaseId));
        Add(DetectorBasis.Decider.Category, (await Rows(DetectorBasisRow.View)).Select(row => row.Card.BasisId));
        Add(DetectorRun.Decider.Category, (await Rows(DetectorCard.View)).Select(card => DetectorRun.IdOf(card.DeviceId, card.Detector)));
        Add("footage", (await Rows(FootageRow.View)).Select(row => row.Card.RequestId));
        Add("access", (await Rows(AccessRow.View)).Where(row => reader == FileReader.Oversight || clock.GetUtcNow() >= row.SealedUntil).Select(row => row.SessionId)); // while it is sealed its facts are not the owner's; that there was one stands in the ledger
        Add("report", (await Rows(MonthReportRow.View)).Select(row => row.ReportId));
        return [.. streams.Where(stream => IsReadBy(reader, stream.Category)).Distinct()];

        Task<IReadOnlyList<T>> Rows<T>(View<T> view) where T : class => views.All(view, [venueId], ct);

        void Add(string category, IEnumerable<Guid>? ids) => streams.AddRange((ids ?? []).Select(id => new StreamId(category, id)));

        // The owner's own check is nobody else's before it is over.
        bool IsShown(InspectionRow row) => row.Kind != InspectionKind.SelfCheck || reader == FileReader.Owner || row.Stage == InspectionStage.Done;
    }
}
