using Compliance.Api.EventLog;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Cases;
using Compliance.Domain.Centres;
using Compliance.Domain.Complaints;
using Compliance.Domain.Contacts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Drills;
using Compliance.Domain.Duties;
using Compliance.Domain.Exports;
using Compliance.Domain.Footage;
using Compliance.Domain.Guards;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Licences;
using Compliance.Domain.Models;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Panels;
using Compliance.Domain.Probes;
using Compliance.Domain.Recordings;
using Compliance.Domain.Reports;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;
using Compliance.Domain.WatchLists;
using Compliance.Domain.Webhooks;

namespace Compliance.Api.Views;

/// <summary>The views of this API, and what keeps them.</summary>
static partial class AllViews
{
    public static readonly IReadOnlyList<IView> Of =
    [
        VenueCard.View, PlanCard.View, VenueRoll.View, DeviceCard.View, DeviceTimeline.View, PanelCard.View, ContactCard.View, PersonPosts.View, LegalBasisRow.View, ForgottenPerson.View,
        ProbeCard.View, VenueWatchRow.View,
        AccessRow.View, OutageRow.View, OutageGroupRow.View, ContestRow.View, MaintenanceRow.View, NoticeRow.View, NoticeTally.View, ComplaintRow.View, ComplaintTally.View,
        ComplianceCard.View, RulebookRow.View, MciLine.View, InspectionRow.View, DutyRow.View, OfficialWait.View, OfficialWait.ByDue, AwaitedCase.View, CaseBasis.View, CaseRow.View, RepeatedCases.View, UnpricedCase.View, LicenceCard.View, RegisterRow.View,
        AlertRow.View, WaitingAlert.View, LastAlert.View, KeptClip.View, IncidentCard.View, VenueIncidents.View, DeskHour.View, DetectorHour.View, AlertWeek.View, PanicRow.View, DeskOutage.View, UnblurredClip.View,
        GuardingCard.View, ShiftSheet.View, BookRow.View, MonthReportRow.View, AuditBatchRow.View, VenueFileRow.View, DocumentRow.View, DocumentFile.View, RecordedHours.View,
        DetectorBasisRow.View, DetectorCard.View, ReceiverRow.View, CentreRow.View, FootageRow.View, KeptFootage.View, FetchedRequest.View, WatchEntryRow.View, WatchOperationRow.View, FaceCandidateRow.View,
        ModelRow.View, ModelField.View, KnownClipRow.View, RecallMonth.View, DrillRow.View, DrillMonth.View,
    ];

    public static IServiceCollection AddViews(this IServiceCollection services) => services
        .AddSingleton(Open)
        .AddSingleton<ViewProgress>().AddSingleton<OwnWrites>()
        .AddSingleton(_ => new ViewChanges())
        .AddSingleton(provider => new Projection(
            provider.GetRequiredService<IEventLog>(), provider.GetRequiredService<IViewStore>(), Of, provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<Projection>>()))
        .AddHostedService<Projector>();

    /// <summary>The file <c>views.db</c> belongs to one log: delete it before pointing the API at another. A log that forgets takes its views along.</summary>
    static IViewStore Open(IServiceProvider provider)
    {
        var path = provider.GetRequiredService<DataFolder>().File("views.db");
        if (EventLogs.Forgets(provider)) File.Delete(path);
        var store = new SqliteViewStore(path);
        if (store.SetAside is { } aside) Damaged(provider.GetRequiredService<ILogger<SqliteViewStore>>(), path, aside);
        return store;
    }

    [LoggerMessage(LogLevel.Error, "The views in {Path} are damaged and set aside as {Aside}; they are made anew from the log, and the disk should be looked at")]
    static partial void Damaged(ILogger logger, string path, string aside);
}
