using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Guards;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;
using static Compliance.Api.Entrance.Who;
using ProbeCommand = Compliance.Domain.Probes.ProbeCommand;

namespace Compliance.Api;

/// <summary>
/// Every door of the house: verb, path, who may pass, slice. What is not in this table does not exist, and nobody passes who
/// is not named in it: a test tries every role on every line. Signing in is the issuer's own (<c>/connect/…</c>, its pages).
/// </summary>
static class Doors
{
    const string Get = "GET", Put = "PUT", Post = "POST";

    public static readonly IReadOnlyList<Door> Table =
    [
        new(Put,  "/venues/{venueId:guid}",                       Owner | Authority,                              Venues.Register.Handle),
        new(Put,  "/venues/{venueId:guid}/details",               OwnerOfIt | Authority,                          Venues.Change.By<VenueCommand.CorrectDetails>),
        new(Put,  "/venues/{venueId:guid}/capacity",              OwnerOfIt | Authority,                          Venues.Change.By<VenueCommand.SetCapacity>),
        new(Put,  "/venues/{venueId:guid}/opening-hours",         OwnerOfIt | Authority,                          Venues.SetHours.Handle),
        new(Post, "/venues/{venueId:guid}/people",                OwnerOfIt | Authority,                          Venues.AppointPerson.Handle),
        new(Post, "/venues/{venueId:guid}/people/invited",        OwnerOfIt | Authority,                          Venues.InvitePerson.Handle),
        new(Post, "/venues/{venueId:guid}/people/relieved",       OwnerOfIt | Authority,                          Venues.Change.By<VenueCommand.RelievePerson>),
        new(Post, "/venues/{venueId:guid}/legal-bases",           OwnerOfIt | Authority,                          Venues.GrantLegalBasis.Handle),
        new(Post, "/venues/{venueId:guid}/legal-bases/withdrawn", OwnerOfIt | Authority,                          Venues.WithdrawLegalBasis.Handle),
        new(Post, "/venues/{venueId:guid}/closed",                Authority,                                      Venues.Change.By<VenueCommand.Close>),
        new(Get,  "/venues",                                      Owner | Manager | Installer | Officials,        Venues.List.Handle),
        new(Get,  "/venues/{venueId:guid}",                       OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Venues.Show.Handle),
        new(Get,  "/venues/{venueId:guid}/devices",               OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Venues.Inventory.Devices),
        new(Get,  "/venues/{venueId:guid}/timeline",              OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Venues.Inventory.Timeline),
        new(Get,  "/venues/{venueId:guid}/outages",               OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Outages.List.OfVenue),
        new(Get,  "/venues/{venueId:guid}/audit.pdf",             OwnerOfIt | Inspector | Authority | Oversight,  Reports.Audit.Print),
        new(Get,  "/venues/{venueId:guid}/audit.html",            OwnerOfIt | Inspector | Authority | Oversight,  Reports.Audit.Show),
        new(Get,  "/venues/{venueId:guid}/liability-record",      OwnerOfIt | ManagerOfIt | Authority | Oversight, Reports.LiabilityRecords.Print),
        new(Get,  "/venues/{venueId:guid}/reports",               OwnerOfIt | ManagerOfIt | Authority | Oversight, Reports.MonthReports.List),
        new(Get,  "/venues/{venueId:guid}/reports/{month}",       OwnerOfIt | ManagerOfIt | Authority | Oversight, Reports.MonthReports.Print),
        new(Get,  "/venues/{venueId:guid}/compliance",            OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Rulebooks.Comply.Handle),
        new(Get,  "/venues/{venueId:guid}/compliance/card",       OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Rulebooks.Cards.Show),
        new(Get,  "/compliance",                                  Owner | Manager | Inspector | Authority | Oversight, Rulebooks.Cards.List),
        new(Get,  "/compliance/statistics",                       Inspector | Authority | Oversight,              Rulebooks.Statistics.Handle),
        new(Get,  "/venues/{venueId:guid}/licence",               OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Licences.Show.Handle),
        new(Get,  "/venues/{venueId:guid}/licence/history",       OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Licences.Show.History),
        new(Get,  "/venues/{venueId:guid}/licence/certificate.pdf", OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Reports.Certificates.Print),
        new(Put,  "/venues/{venueId:guid}/licence/draft",         OwnerOfIt,                                      Licences.Change.By<LicenceCommand.Draft>),
        new(Post, "/venues/{venueId:guid}/licence/submitted",     OwnerOfIt,                                      Licences.Change.By<LicenceCommand.Submit>),
        new(Post, "/venues/{venueId:guid}/licence/renewal",       OwnerOfIt,                                      Licences.Change.By<LicenceCommand.ApplyForRenewal>),
        new(Put,  "/venues/{venueId:guid}/licence/reply",         OwnerOfIt,                                      Licences.Reply.Publish),
        new(Post, "/venues/{venueId:guid}/licence/reply/withdrawn", OwnerOfIt,                                    Licences.Reply.Withdraw),
        new(Post, "/venues/{venueId:guid}/licence/returned",      Authority,                                      Licences.Change.By<LicenceCommand.Return>),
        new(Post, "/venues/{venueId:guid}/licence/inspection-ordered", Authority,                                 Licences.Change.By<LicenceCommand.OrderInspection>),
        new(Post, "/venues/{venueId:guid}/licence/granted",       Authority,                                      Licences.Grant.Handle),
        new(Post, "/venues/{venueId:guid}/licence/refused",       Authority,                                      Licences.Change.By<LicenceCommand.Refuse>),
        new(Post, "/venues/{venueId:guid}/licence/conditions",    Authority,                                      Licences.Change.By<LicenceCommand.AttachCondition>),
        new(Post, "/venues/{venueId:guid}/licence/conditions/lifted", Authority,                                  Licences.Change.By<LicenceCommand.LiftCondition>),
        new(Post, "/venues/{venueId:guid}/licence/proposals/dismissed", Authority,                                Licences.Change.By<LicenceCommand.DismissProposal>),
        new(Post, "/venues/{venueId:guid}/licence/suspended",     Authority,                                      Licences.Change.By<LicenceCommand.Suspend>),
        new(Post, "/venues/{venueId:guid}/licence/reinstated",    Authority,                                      Licences.Change.By<LicenceCommand.Reinstate>),
        new(Post, "/venues/{venueId:guid}/licence/renewed",       Authority,                                      Licences.Change.By<LicenceCommand.Renew>),
        new(Post, "/venues/{venueId:guid}/licence/renewal-refused", Authority,                                    Licences.Change.By<LicenceCommand.RefuseRenewal>),
        new(Post, "/venues/{venueId:guid}/licence/revoked",       Authority,                                      Licences.Change.By<LicenceCommand.Revoke>),
        new(Get,  "/licences",                                    Authority | Oversight,                          Licences.Show.List),
        new(Get,  "/public/venues/{key}",                         Anyone,                                         Register.AtTheDoor.Handle),
        new(Get,  "/public/register",                             Anyone,                                         Register.Search.Handle),
        new(Get,  "/public/register.csv",                         Anyone,                                         Register.Export.Csv),
        new(Get,  "/public/register.json",                        Anyone,                                         Register.Export.Json),
        new(Get,  "/rulebooks",                                   Anyone,                                         Rulebooks.List.Handle),
        new(Get,  "/rulebooks/{rulebookId}",                      Anyone,                                         Rulebooks.List.Show),
        new(Get,  "/rulebooks/{rulebookId}/versions",             Anyone,                                         Rulebooks.List.Versions),
        new(Get,  "/rulebooks/{rulebookId}/diff",                 Inspector | Authority | Oversight,              Rulebooks.List.Diff),
        new(Get,  "/rulebooks/{rulebookId}/draft",                Authority | Oversight,                          Rulebooks.List.Draft),
        new(Put,  "/rulebooks/{rulebookId}/draft",                Authority,                                      Rulebooks.Change.Draft),
        new(Post, "/rulebooks/{rulebookId}/published",            Authority,                                      Rulebooks.Change.Publish),
        new(Post, "/rulebooks/{rulebookId}/retired",              Authority,                                      Rulebooks.Change.Retire),
        new(Get,  "/rulebooks/{rulebookId}/what-if",              Authority | Oversight,                          Rulebooks.TryDraft.Show),
        new(Post, "/rulebooks/{rulebookId}/what-if",              Authority,                                      Rulebooks.TryDraft.Start),
        new(Post, "/rulebooks/{rulebookId}/what-if/stopped",      Authority,                                      Rulebooks.TryDraft.Stop),
        new(Get,  "/legal-bases",                                 Authority | Oversight,                          Venues.LegalBases.Handle),
        new(Get,  "/outages",                                     Owner | Manager | Installer | Officials,        Outages.List.Handle),
        new(Post, "/outages/{outageId:guid}/contests",            OwnerOfIt | ManagerOfIt,                        Outages.Contests.Plead),
        new(Post, "/outages/{outageId:guid}/contests/decided",    Authority,                                      Outages.Change.By<OutageCommand.DecideContest>),
        new(Post, "/outages/{outageId:guid}/causes",              Authority,                                      Outages.Change.By<OutageCommand.AttributeCause>),
        new(Get,  "/contests",                                    Owner | Manager | Authority | Oversight,        Outages.Contests.List),

        new(Get,  "/venues/{venueId:guid}/availability",          OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Venues.ShowAvailability.Handle),
        new(Post, "/venues/{venueId:guid}/maintenance",           OwnerOfIt | ManagerOfIt,                        Maintenance.Request.Handle),
        new(Post, "/maintenance/{maintenanceId:guid}/approved",   Authority,                                      Maintenance.Change.Approve),
        new(Post, "/maintenance/{maintenanceId:guid}/refused",    Authority,                                      Maintenance.Change.By<MaintenanceCommand.Refuse>),
        new(Post, "/maintenance/{maintenanceId:guid}/withdrawn",  OwnerOfIt | ManagerOfIt,                        Maintenance.Change.By<MaintenanceCommand.Withdraw>),
        new(Post, "/maintenance/{maintenanceId:guid}/ended",      OwnerOfIt | ManagerOfIt,                        Maintenance.Change.End),
        new(Get,  "/maintenance",                                 Owner | Manager | Inspector | Authority | Oversight, Maintenance.List.Handle),

        new(Put,  "/devices/{deviceId:guid}",                     Owner | Installer | Authority,                  Devices.Register.Handle),
        new(Get,  "/devices/{deviceId:guid}",                     OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Devices.Show.Handle),
        new(Get,  "/devices/{deviceId:guid}/facts",               OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Devices.Facts.Handle),
        new(Get,  "/devices/{deviceId:guid}/measurement",         OwnerOfIt | ManagerOfIt | InstallerOfIt | Officials, Feeds.ShowMeasurement.Handle),
        new(Put,  "/devices/{deviceId:guid}/feed",                OwnerOfIt | ManagerOfIt | InstallerOfIt,        Devices.ChangeFeed.Handle),
        new(Put,  "/devices/{deviceId:guid}/feed-credentials",    OwnerOfIt | ManagerOfIt | InstallerOfIt,        Feeds.KeepCredentials.Handle),
        new(Post, "/devices/{deviceId:guid}/panel-tests",         OwnerOfIt | ManagerOfIt | InstallerOfIt | Inspector, Devices.Change.By<DeviceCommand.RecordPanelTest>),
        new(Post, "/devices/{deviceId:guid}/services",            OwnerOfIt | ManagerOfIt | InstallerOfIt | Inspector, Devices.Change.By<DeviceCommand.RecordService>),
        new(Post, "/devices/{deviceId:guid}/verdicts",            OwnerOfIt | ManagerOfIt | Inspector,            Devices.ReportVerdict.Handle),
        new(Put,  "/devices/{deviceId:guid}/mandated-hours",      Authority,                                      Devices.Change.By<DeviceCommand.MandateHours>),
        new(Put,  "/devices/{deviceId:guid}/approved-view",       Inspector | Authority,                          Devices.Change.By<DeviceCommand.ApproveView>),
        new(Post, "/devices/{deviceId:guid}/retired",             OwnerOfIt | Authority,                          Devices.Retire.Handle),

        new(Put,  "/venues/{venueId:guid}/inspections/{inspectionId:guid}", Inspector | Authority | OwnerOfIt | ManagerOfIt, Inspections.Schedule.Handle),
        new(Get,  "/venues/{venueId:guid}/inspections",           OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Inspections.List.OfVenue),
        new(Get,  "/inspections",                                 Owner | Manager | Inspector | Authority | Oversight, Inspections.List.Handle),
        new(Get,  "/inspections/{inspectionId:guid}",             OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Inspections.Show.Handle),
        new(Post, "/inspections/{inspectionId:guid}/taken",       Inspector,                                      Inspections.Change.Take),
        new(Post, "/inspections/{inspectionId:guid}/registered",  Inspector | Authority,                          Inspections.Change.Register),
        new(Post, "/inspections/{inspectionId:guid}/started",     Inspector | OwnerOfIt | ManagerOfIt,            Inspections.Change.Start),
        new(Post, "/inspections/{inspectionId:guid}/items",       Inspector | OwnerOfIt | ManagerOfIt,            Inspections.Change.RecordItem),
        new(Put,  "/inspections/{inspectionId:guid}/photos/{photoId:guid}", Inspector | OwnerOfIt | ManagerOfIt,  Inspections.Photos.Attach),
        new(Get,  "/inspections/{inspectionId:guid}/photos/{photoId:guid}", OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Inspections.Photos.Show),
        new(Post, "/inspections/{inspectionId:guid}/signatures",  Inspector | OwnerOfIt | ManagerOfIt,            Inspections.Change.Sign),
        new(Post, "/inspections/{inspectionId:guid}/signature-refused", Inspector,                                Inspections.Change.RefuseSignature),
        new(Post, "/inspections/{inspectionId:guid}/act",         Inspector,                                      Inspections.Conclude.IssueAct),
        new(Get,  "/inspections/{inspectionId:guid}/act.pdf",     OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Reports.Acts.Print),
        new(Post, "/inspections/{inspectionId:guid}/completed",   OwnerOfIt | ManagerOfIt,                        Inspections.Conclude.SelfCheck),
        new(Post, "/inspections/{inspectionId:guid}/cancelled",   Inspector | Authority | OwnerOfIt | ManagerOfIt, Inspections.Change.Cancel),

        new(Put,  "/venues/{venueId:guid}/guards/contract",       OwnerOfIt,                                      Guards.Contract.Sign),
        new(Post, "/venues/{venueId:guid}/guards/contract/licence", OwnerOfIt,                                    Guards.Contract.Renew),
        new(Post, "/venues/{venueId:guid}/guards/contract/ended", OwnerOfIt,                                      Guards.Contract.End),
        new(Put,  "/venues/{venueId:guid}/guards/{guardId:guid}", OwnerOfIt,                                      Guards.Roster.Enter),
        new(Post, "/venues/{venueId:guid}/guards/{guardId:guid}/certificate", OwnerOfIt,                          Guards.Roster.Certificate),
        new(Post, "/venues/{venueId:guid}/guards/{guardId:guid}/pin", OwnerOfIt,                                  Guards.Roster.NewPin),
        new(Post, "/venues/{venueId:guid}/guards/{guardId:guid}/removed", OwnerOfIt,                              Guards.Roster.Remove),
        new(Get,  "/venues/{venueId:guid}/guards",                OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Guards.OnDuty.Show),
        new(Get,  "/venues/{venueId:guid}/guards/on-duty",        OwnerOfIt | ManagerOfIt | Inspector | Operator | Supervisor | Authority | Oversight, Guards.OnDuty.Number),
        new(Get,  "/venues/{venueId:guid}/guards/code",           OwnerOfIt | ManagerOfIt,                        Guards.CheckIn.Code),
        new(Post, "/venues/{venueId:guid}/guards/heads",          OwnerOfIt | ManagerOfIt,                        Guards.Sheets.CountHeads),
        new(Get,  "/venues/{venueId:guid}/shifts",                OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Guards.Sheets.List),
        new(Post, "/venues/{venueId:guid}/shifts",                OwnerOfIt | ManagerOfIt,                        Guards.Sheets.Plan),
        new(Post, "/venues/{venueId:guid}/shifts/{night}/cancelled", OwnerOfIt | ManagerOfIt,                     Guards.Sheets.Cancel),
        new(Post, "/venues/{venueId:guid}/shifts/{night}/end-written", OwnerOfIt | ManagerOfIt,                   Guards.Sheets.WriteEnd),
        new(Get,  "/venues/{venueId:guid}/incidents",             OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Guards.Book.List),
        new(Put,  "/venues/{venueId:guid}/incidents/{entryId:guid}", OwnerOfIt | ManagerOfIt,                     Guards.Book.Open),
        new(Post, "/venues/{venueId:guid}/incidents/{entryId:guid}/written-up", OwnerOfIt | ManagerOfIt,          Guards.Book.WriteUp),
        new(Post, "/venues/{venueId:guid}/incidents/{entryId:guid}/corrected", OwnerOfIt | ManagerOfIt,           Guards.Book.Correct),
        new(Post, "/venues/{venueId:guid}/incidents/{entryId:guid}/held", OwnerOfIt | ManagerOfIt,                Guards.Book.HoldFootage),
        new(Post, "/public/venues/{venueId:guid}/guard-code",     Anyone,                                         Guards.CheckIn.Open),
        new(Post, "/public/venues/{venueId:guid}/guard-check",    Anyone,                                         Guards.CheckIn.Handle),

        new(Get,  "/feeds",                                       Operator | Supervisor | Oversight,              Feeds.List.Handle),
        new(Get,  "/feeds/tally",                                 Operator | Supervisor | Oversight,              Feeds.List.Tally),
        new(Post, "/feed-tests",                                  Owner | Manager | Installer,                    Feeds.StartTest.Handle),
        new(Get,  "/feed-tests/{testId:guid}",                    Owner | Manager | Installer,                    Feeds.ShowTest.Handle),

        new(Get,  "/duties",                                      Owner | Manager | Officials,                    Duties.List.Handle),
        new(Get,  "/venues/{venueId:guid}/duties",                OwnerOfIt | ManagerOfIt | Officials,            Duties.List.OfVenue),
        new(Get,  "/duties/{dutyId:guid}",                        OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Duties.List.Show),
        new(Post, "/duties/{dutyId:guid}/read",                   OwnerOfIt | ManagerOfIt,                        Duties.Read.Handle),
        new(Post, "/duties/{dutyId:guid}/extension-asked",        OwnerOfIt | ManagerOfIt,                        Duties.Extend.Ask),
        new(Post, "/duties/{dutyId:guid}/extension-decided",      Inspector | Authority,                          Duties.Extend.Decide),
        new(Post, "/duties/{dutyId:guid}/repair-shown",           OwnerOfIt | ManagerOfIt,                        Duties.Repair.Show),
        new(Get,  "/duties/{dutyId:guid}/photo",                  OwnerOfIt | ManagerOfIt | Inspector | Authority | Oversight, Duties.Repair.Picture),
        new(Post, "/duties/{dutyId:guid}/repair-found",           Inspector,                                      Duties.Repair.Find),

        new(Get,  "/cases",                                       Owner | Manager | Authority | Oversight,        Cases.List.Handle),
        new(Get,  "/cases/{caseId:guid}",                         OwnerOfIt | ManagerOfIt | Authority | Oversight, Cases.List.Show),
        new(Post, "/cases/{caseId:guid}/pleaded",                 OwnerOfIt | ManagerOfIt,                        Cases.Plead.Answer),
        new(Post, "/cases/{caseId:guid}/appealed",                OwnerOfIt,                                      Cases.Plead.Appeal),
        new(Post, "/cases/{caseId:guid}/size-set",                Authority,                                      Cases.Decide.Size),
        new(Post, "/cases/{caseId:guid}/decided",                 Authority,                                      Cases.Decide.Rule),
        new(Post, "/cases/{caseId:guid}/penalty-set",             Authority,                                      Cases.Decide.Penalise),
        new(Post, "/cases/{caseId:guid}/appeal-decided",          Authority,                                      Cases.Decide.Review),
        new(Post, "/cases/{caseId:guid}/settled",                 Authority,                                      Cases.Decide.Settle),
        new(Put,  "/complaints/{complaintId:guid}",               Operator | Supervisor | Authority,              Complaints.Receive.ByOffice),
        new(Get,  "/complaints",                                  Inspector | Operator | Supervisor | Authority | Oversight, Complaints.Office.List),
        new(Get,  "/complaints/figures",                          Inspector | Operator | Supervisor | Authority | Oversight, Complaints.Office.Figures),
        new(Post, "/complaints/{complaintId:guid}/letter-read",   Authority,                                      Complaints.Office.ReadLetter),
        new(Post, "/complaints/{complaintId:guid}/answered",      Authority,                                      Complaints.Office.Do<ComplaintCommand.Answer>),
        new(Post, "/complaints/{complaintId:guid}/closed",        Authority,                                      Complaints.Office.Do<ComplaintCommand.Close>),
        new(Post, "/complaints/{complaintId:guid}/letter-destroyed", Oversight,                                   Complaints.Office.DestroyLetter),
        new(Put,  "/public/complaints/{complaintId:guid}",        Anyone,                                         Complaints.Receive.ByPublic),
        new(Get,  "/public/complaints/{complaintId:guid}",        Anyone,                                         Complaints.Status.Handle),
        new(Get,  "/public/venues/{venueId:guid}/sign",           Anyone,                                         Complaints.Status.Sign),

        new(Get,  "/notices",                                     Owner | Manager,                                Notices.List.Handle),
        new(Get,  "/notices/unread",                              Owner | Manager,                                Notices.List.Unread),
        new(Post, "/notices/read",                                Owner | Manager,                                Notices.MarkAll.Read),
        new(Post, "/notices/{noticeId:guid}/delivered",           OwnerOfIt | ManagerOfIt,                        Notices.Mark.Delivered),
        new(Post, "/notices/{noticeId:guid}/read",                OwnerOfIt | ManagerOfIt,                        Notices.Mark.Read),

        new(Put,  "/probes/{probeId:guid}",                       Administrator,                                  Probes.Enrol.Handle),
        new(Post, "/probes/{probeId:guid}/key",                   Administrator,                                  Probes.RotateKey.Handle),
        new(Post, "/probes/{probeId:guid}/assigned",              Administrator,                                  Probes.Change.By<ProbeCommand.Assign>),
        new(Post, "/probes/{probeId:guid}/unassigned",            Administrator,                                  Probes.Change.By<ProbeCommand.Unassign>),
        new(Post, "/probes/{probeId:guid}/revoked",               Administrator,                                  Probes.Revoke.Handle),
        new(Get,  "/probes",                                      Administrator | Authority | Oversight,          Probes.List.Handle),

        new(Get,  "/probe/assignments",                           Probe,                                          Probes.ShowAssignments.Handle),
        new(Post, "/probe/observations",                          Probe,                                          Probes.Observe.Handle),
        new(Post, "/probe/heartbeat",                             Probe,                                          Probes.Beat.Handle),
        new(Get,  "/probe/feed-tests",                            Probe,                                          Probes.TakeFeedTest.Handle),
        new(Post, "/probe/feed-tests/{testId:guid}/result",       Probe,                                          Probes.AnswerFeedTest.Handle),

        new(Get,  "/me",                                          SignedIn,                                       ReadMe.Handle),
        new(Get,  "/subjects/forgotten",                          Oversight,                                      Subjects.Forgotten.Handle),
        new(Get,  "/subjects/{subjectId:guid}",                   SignedIn,                                       Subjects.Show.Handle),
        new(Post, "/subjects/{subjectId:guid}/key-destroyed",     Oversight,                                      Subjects.Forget.Handle),
        new(Get,  "/changes",                                     SignedIn,                                       Changes.Stream.Handle),
        new(Get,  "/health/live",                                 Anyone,                                         Health.Live),
        new(Get,  "/health/ready",                                Anyone,                                         Health.Ready),
    ];

    public static void MapDoors(this IEndpointRouteBuilder routes)
    {
        var (services, readYourWrites) = (routes.ServiceProvider, new ReadYourWrites(routes.ServiceProvider.GetRequiredService<ViewProgress>()));
        routes.DataSources.Add(new DefaultEndpointDataSource(Table.Select(door => door.Hang(services, readYourWrites))));
    }
}
