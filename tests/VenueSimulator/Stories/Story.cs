using System.Net.Http.Json;
using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using VenueSimulator.Cities;
using VenueSimulator.Seeding;

namespace VenueSimulator.Stories;

/// <summary>
/// What one venue lived through before tonight, at the doors and at the instants: from the application to an appeal that waits for the
/// authority's second officer. Every paper it names says that it belongs to a demo.
/// </summary>
internal sealed class Story(HttpClient api, City city, Past past, string probeSecretFile, int port)
{
    public const string Venue = "aqsham";
    private const int YardDoor = 1, Bar = 1;
    private const string Manager = "manager@demo", Inspector = "inspector@demo", Authority = "authority@demo";

    private readonly CityVenue venue = city[Venue];
    private readonly Eyes eyes = new(past);

    private string Licence => $"venues/{venue.Id}/licence";

    public async Task Tell(CancellationToken stop)
    {
        await Open(stop);
        await Certify(stop);
        await LockTheYardDoor(stop);
        var first = await Decide(stop);
        await LoseTheAlarm(stop);
        await LoseTheBar(stop);
        await AskAndCheck(stop);
        await Appeal(first, stop);
    }

    /// <summary>Registered with its people, its devices and its consent; the probe sees its cameras, the manager goes round.</summary>
    private async Task Open(CancellationToken stop)
    {
        past.GoTo(80, 10);
        var only = new City([venue with { Panel = venue.Panel with { LastTest = VenueZone.Day(past.Now).AddDays(-9) } }]);
        var seed = new Seed(api, only, (at, camera) => at.Url(camera, port));
        await seed.Run(probeSecretFile, stop);
        past.Pass(TimeSpan.FromMinutes(20));
        for (var camera = 0; camera < venue.Cameras.Count; camera++)
        {
            await eyes.Online(venue.CameraId(camera), stop);
        }

        await seed.CheckBeforeOpening(past.Now, stop);
    }

    private async Task Certify(CancellationToken stop)
    {
        past.GoTo(78, 11, 20);
        await (await Owner(stop)).Post($"{Licence}/submitted", new LicenceCommand.Submit(EventIds.From(venue.Id, "application"),
        [
            new(PaperKind.FireConclusion, "ДЕМО № 102, 2026", null), new(PaperKind.SecurityContract, "ДЕМО № 2/К, 2026", null), new(PaperKind.EvacuationPlan, "ДЕМО, 2026", null),
        ]), about: venue.Id, stop);
        past.GoTo(77, 15, 40);
        await (await past.As(Authority, stop)).Post($"{Licence}/inspection-ordered",
            new LicenceCommand.OrderInspection("Құжаттар толық, орнында тексеру керек / Документы полные, нужен осмотр на месте"), about: venue.Id, stop);
        await new StoryVisit(past, venue).Walk(stop);
        past.GoTo(72, 12, 10);
        var day = VenueZone.Day(past.Now);
        await (await past.As(Authority, stop)).Post($"{Licence}/granted", new GrantOrder(day, day.AddYears(1).AddDays(-1),
        [
            new(EventIds.From(venue.Id, "condition"), $"Ішінде бір мезгілде {venue.Capacity} адамнан көп болмайды", $"Внутри одновременно не больше {venue.Capacity} человек"),
        ], "Тексеру актісі бар, кемшілік жойылды / Акт проверки есть, замечание устранено"), about: venue.Id, stop);
        await past.Heard(venue, NoticeKind.LicenceGranted, stop);
    }

    /// <summary>An exit stays locked past its term on a Friday night: the system opens a case by itself.</summary>
    private async Task LockTheYardDoor(CancellationToken stop)
    {
        past.GoTo(38, 22, 40);
        await Report(Inspector, venue.ExitId(YardDoor), Verdict.Blocked, "Аула есігі құлыптаулы / Дверь во двор заперта", stop);
        await Owed(YardDoorDuty, stop);
        await past.Heard(venue, NoticeKind.OutageOpened, stop);
        past.Pass(TimeSpan.FromMinutes(25));
        await ReadAll(stop);
        past.Pass(TimeSpan.FromMinutes(100));
        await past.Heard(venue, NoticeKind.DutyOverstayed, stop);
        await past.Heard(venue, NoticeKind.CaseOpened, stop);
        past.Pass(TimeSpan.FromMinutes(150));
        await Report(Manager, venue.ExitId(YardDoor), Verdict.Clear, "", stop);
        var mended = await Past.Row<DutyShown>(await past.As(Inspector, stop), $"venues/{venue.Id}/duties", row => YardDoorDuty(row.Duty) && row.Duty.State == DutyState.Mended, stop);
        await past.Heard(venue, NoticeKind.OutageClosed, stop);
        past.GoTo(37, 11, 30);
        await (await past.As(Inspector, stop)).Post($"duties/{mended.Duty.DutyId}/repair-found",
            new RepairFound(true, "Есік ашық, құлып алынды / Дверь открывается, замок снят"), about: mended.Duty.DutyId, stop);
        await ReadAll(stop);
    }

    /// <summary>The owner explains, the authority sizes the business and warns.</summary>
    private async Task<Guid> Decide(CancellationToken stop)
    {
        past.GoTo(36, 10, 15);
        var id = (await CaseOf("KZ.EXIT.003", stop)).CaseId;
        await (await Owner(stop)).Post($"cases/{id}/pleaded", new CasePlea(Plea.Explanation,
            "Ауладан бөтен адамдар кіргендіктен күзетші есікті құлыптаған. Құлып алынды, есікке дабылды тұтқа қойылды. / Охранник запер дверь, потому что со двора заходили посторонние. Замок снят, на дверь поставлена ручка с сигналом."), about: id, stop);
        past.GoTo(35, 16, 5);
        await (await past.As(Authority, stop)).Post($"cases/{id}/size-set", new CaseSize(SizeClass.Small), about: id, stop);
        past.GoTo(30, 15, 30);
        await (await past.As(Authority, stop)).Post($"cases/{id}/decided", new CaseRuling(CaseOutcome.Warning,
            "Эвакуация жолы екі сағаттан артық жабық болды; бірінші рет. / Эвакуационный выход был закрыт дольше двух часов; впервые."), about: id, stop);
        await past.Heard(venue, NoticeKind.CaseDecided, stop);
        past.Pass(TimeSpan.FromHours(2));
        await ReadAll(stop);
        return id;
    }

    /// <summary>The alarm panel fails for longer than a day: the second case waits for the owner's explanation.</summary>
    private async Task LoseTheAlarm(CancellationToken stop)
    {
        past.GoTo(11, 19);
        await Report(Manager, venue.PanelId, Verdict.Fault, "Аккумулятор заряды таусылды / Сел аккумулятор", stop);
        await Owed(duty => duty.Source is DutySource.OfOutage { Kind: DeviceKind.FireAlarm }, stop);
        await past.Heard(venue, NoticeKind.OutageOpened, stop);
        past.Pass(TimeSpan.FromMinutes(40));
        await ReadAll(stop);
        past.GoTo(10, 19, 45);
        await past.Heard(venue, NoticeKind.DutyOverstayed, stop);
        await past.Heard(venue, NoticeKind.CaseOpened, stop);
        past.Pass(TimeSpan.FromHours(3));
        await Report(Manager, venue.PanelId, Verdict.Ready, "", stop);
        await past.Heard(venue, NoticeKind.OutageClosed, stop);
    }

    /// <summary>A camera is gone for an hour and a half; the owner says that it was the provider. The authority has not decided yet.</summary>
    private async Task LoseTheBar(CancellationToken stop)
    {
        past.GoTo(9, 20);
        await eyes.Tell(venue.CameraId(Bar), Verdict.Unreachable, "", stop);
        await past.Heard(venue, NoticeKind.OutageOpened, stop);
        past.GoTo(9, 21, 30);
        await eyes.Online(venue.CameraId(Bar), stop);
        var outage = await Past.Row<OutageRow>(await past.As(Inspector, stop), $"venues/{venue.Id}/outages", row => row.DeviceId == venue.CameraId(Bar) && row.EndedAt is not null, stop);
        await past.Heard(venue, NoticeKind.OutageClosed, stop);
        past.GoTo(8, 11);
        await (await Owner(stop)).Post($"outages/{outage.OutageId}/contests", new OutageCommand.Contest(
            EventIds.From(venue.Id, "story/contest"), outage.StartedAt, outage.EndedAt!.Value, Cause.Provider, new("ДЕМО: провайдер хаты / письмо провайдера № 417")), about: outage.OutageId, stop);
        await ReadAll(stop);
    }

    /// <summary>Somebody complains, the owner asks for a maintenance window and walks the inspector's list himself.</summary>
    private async Task AskAndCheck(CancellationToken stop)
    {
        past.GoTo(5, 23, 40);
        var complaint = EventIds.From(venue.Id, "story/complaint");
        using var received = await api.PutAsJsonAsync(new Uri($"public/complaints/{complaint}", UriKind.Relative), new ComplaintForm(
            ComplaintChannel.DoorQr, ComplaintCategory.Overcrowding, venue.Id, null, past.Now.AddMinutes(-20), "ДЕМО: залда адам тым көп / ДЕМО: в зале слишком много людей", null), EventCatalog.Json, stop);
        received.EnsureSuccessStatusCode();
        past.GoTo(4, 14);
        var window = EventIds.From(venue.Id, "story/window");
        var from = VenueZone.At(VenueZone.Day(past.Now).AddDays(6), new(10, 0));
        await (await Owner(stop)).Post($"venues/{venue.Id}/maintenance", new MaintenanceCommand.Request(
            window, venue.Id, [venue.CameraId(Bar)], from, from.AddHours(4), WorkKind.Replacement, "ДЕМО: WO-18"), about: window, stop);
        past.GoTo(3, 9, 30);
        await (await past.As(Authority, stop)).Post($"maintenance/{window}/approved", new MaintenanceCommand.Approve(), about: window, stop);
        past.GoTo(3, 12);
        await new StoryVisit(past, venue).CheckOneself(stop);
    }

    private async Task Appeal(Guid first, CancellationToken stop)
    {
        past.GoTo(2, 10, 30);
        await (await Owner(stop)).Post($"cases/{first}/appealed", new CaseAppeal(
            "Есік күзетшінің көз алдында болды және кілтсіз ашылатын. Ескертудің күшін жоюды сұраймын. / Дверь была на глазах у охраны и открывалась без ключа. Прошу отменить предупреждение."), about: first, stop);
    }

    private static bool YardDoorDuty(DutyRow duty) => duty.Matter.RuleId == "KZ.EXIT.003";

    private Task<DemoPerson> Owner(CancellationToken stop) => past.As(venue.Owner, stop);

    private async Task Report(string who, Guid device, Verdict verdict, string remark, CancellationToken stop) =>
        await (await past.As(who, stop)).Post($"devices/{device}/verdicts",
            new DeviceCommand.ReportVerdict(verdict, past.Now, past.Now, EventIds.From(device, $"story/{past.Now:O}"), remark, null), about: EventIds.From(device, $"story/{verdict}"), stop);

    private async Task Owed(Func<DutyRow, bool> which, CancellationToken stop) =>
        await Past.Row<DutyShown>(await past.As(Inspector, stop), $"venues/{venue.Id}/duties", row => which(row.Duty) && row.Duty.Clock.Notified is not null, stop);

    private async Task<CaseRow> CaseOf(string rule, CancellationToken stop) =>
        await Past.Row<CaseRow>(await past.As(Authority, stop), "cases?limit=200", row => row.VenueId == venue.Id && row.Matter.RuleId == rule, stop);

    private async Task ReadAll(CancellationToken stop) =>
        await (await Owner(stop)).Post("notices/read", new NoticesRead(past.Now), about: EventIds.From(venue.Id, $"{past.Now:O}"), stop);
}
