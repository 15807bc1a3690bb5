using Compliance.Domain.Access;
using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Footage;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Notices;
using Compliance.Domain.Probes;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using Route = Compliance.Domain.Cases.Route;

namespace Compliance.Api.Tests.Entrance;

/// <summary>One venue with its people, a camera, an exit and a probe, registered through the doors.</summary>
sealed class Scene(House house)
{
    public static readonly VenueDetails Details = new("Жұлдыз", "Звезда", "990140000384", "Абай даңғылы 1", "Бостандық", new(43.24, 76.91), Uto: true);

    public static readonly Feed Feed = new(new("rtsp://camera.example.kz/main"), null, FeedTransport.Tcp);

    public Guid Owner { get; } = Guid.NewGuid();
    public Guid Manager { get; } = Guid.NewGuid();
    public Guid Installer { get; } = Guid.NewGuid();
    public Guid Venue { get; } = Guid.NewGuid();
    public Guid Camera { get; } = Guid.NewGuid();
    public Guid Exit { get; } = Guid.NewGuid();
    public Guid Probe { get; } = Guid.NewGuid();
    public Guid Consent { get; } = Guid.NewGuid();
    /// <summary>The outage of the exit, once it is reported blocked.</summary>
    public Guid Outage { get; private set; }
    public Guid Duty => RaiseDutyWhenOutageOpens.DutyOf(Outage);
    public CommandAnswer Ready { get; private set; } = null!;

    public HttpClient AsOwner => house.As(Owner, "owner");
    public HttpClient AsAuthority => house.As(Guid.NewGuid(), "authority");
    public HttpClient AsAdministrator => house.As(Guid.NewGuid(), "administrator");
    public HttpClient AsProbe => house.AsProbe(Probe);

    public VenueCommand.Register Registration => new(Venue, Details, 250, []);

    public DeviceCommand.Register CameraAt(Feed feed) =>
        new(Camera, Venue, new CameraSpec("кіреберіс", "вход", CameraPurpose.Entrance, ["A"], [], feed));

    public static async Task<Scene> In(House house)
    {
        var scene = new Scene(house);
        await scene.Build();
        return scene;
    }

    async Task Build()
    {
        var (owner, administrator) = (AsOwner, AsAdministrator);
        await owner.Do("PUT", $"/venues/{Venue}", Registration);
        await owner.Do("PUT", $"/devices/{Camera}", CameraAt(Feed));
        await owner.Do("PUT", $"/devices/{Exit}", new DeviceCommand.Register(Exit, Venue, new ExitSpec("артқы", "задний", 1200, 2000, OpeningDirection.Outward, LockType.PanicBar)));
        await owner.Do("POST", $"/venues/{Venue}/people", new VenueCommand.AppointPerson(new(Manager, Post.Manager, new(2026, 1, 1), null, [])));
        await owner.Do("POST", $"/venues/{Venue}/people", new VenueCommand.AppointPerson(new(Installer, Post.Installer, new(2026, 1, 1), null, [Camera])));
        await owner.Do("POST", $"/venues/{Venue}/legal-bases", new VenueCommand.GrantLegalBasis(new(Consent, LegalBasisKind.Consent, "№ 1", "all", new(2026, 1, 1), null)));
        using (var enrolled = await administrator.Ask("PUT", $"/probes/{Probe}", new ProbeCommand.Enrol(Probe, "box 1")))
            enrolled.EnsureSuccessStatusCode();
        Ready = await administrator.Do("POST", $"/probes/{Probe}/assigned", new ProbeCommand.Assign(Venue));
    }

    public VerdictObserved Saw(Verdict verdict, DateTimeOffset at, Guid? device = null) =>
        new(Guid.CreateVersion7(at), device ?? Camera, at, new(true, 0), verdict, at, null, "seen in a test");

    /// <summary>The owner reports the exit blocked, and gets the notice of it.</summary>
    public async Task<Guid> NoticeOfABlockedExit()
    {
        using var changes = await AsOwner.Listen();
        var now = house.Clock.GetUtcNow();
        await AsOwner.Do("POST", $"/devices/{Exit}/verdicts", new DeviceCommand.ReportVerdict(Verdict.Blocked, now, now, Guid.NewGuid(), "boxes", null));
        await changes.Until("notice-list");
        var notice = (await AsOwner.Get<Page<NoticeRow>>("/notices")).Items.Single();
        Outage = notice.OutageId!.Value;
        return notice.NoticeId;
    }

    /// <summary>A liability case at the venue, as the record opens one.</summary>
    public async Task<Guid> OpenCase()
    {
        var (id, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
        await house.Services.GetRequiredService<IEventLog>().Execute(Case.Decider, id, new CaseCommand.Open(
            id, Venue, Duty, DutyTerms.Of(DeviceKind.Exit).Matter, new(Route.Prescription, null, null, Stage.First, null, null, null, null), null, now, now.AddDays(60), now),
            new(Guid.NewGuid(), "reaction:test"), TestContext.Current.CancellationToken);
        return id;
    }

    /// <summary>An inspection planned at the venue.</summary>
    public async Task<Guid> Visit()
    {
        var id = Guid.NewGuid();
        await AsAuthority.Do("PUT", $"/venues/{Venue}/inspections/{id}", new InspectionCommand.Schedule(
            id, Venue, InspectionKind.Scheduled, new(2026, 6, 1), "kz-nightclub-2025-2026", "Fire department", "Plan", [Guid.NewGuid()]));
        return id;
    }

    /// <summary>The owner asks for an hour in which the exit may rest, half an hour from now.</summary>
    public async Task<Guid> AskForMaintenance()
    {
        var (id, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
        await AsOwner.Do("POST", $"/venues/{Venue}/maintenance",
            new MaintenanceCommand.Request(id, Venue, [Exit], now.AddMinutes(30), now.AddMinutes(90), WorkKind.Repair, "WO-7"));
        return id;
    }

    /// <summary>Police ask for an hour of the camera's recordings.</summary>
    public async Task<Guid> AskForFootage()
    {
        var (id, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
        await house.As(Guid.NewGuid(), "operator").Do("PUT", $"/footage/{id}", new FootageCommand.Request(id, Venue, "УП Медеу", AccessPurpose.CrimeUnderInvestigation, "ЕРДР-2026/17", [Camera], now.AddHours(-2), now.AddHours(-1)));
        return id;
    }

    /// <summary>The probe tells what it saw; the codes of what was refused, null where accepted.</summary>
    public async Task<string?[]> Tell(params Observation[] observations)
    {
        using var answer = await AsProbe.Ask("POST", "/probe/observations", observations);
        answer.EnsureSuccessStatusCode();
        return [.. (await answer.Json()).EnumerateArray().Select(a => a.GetProperty("refused").GetString())];
    }
}
