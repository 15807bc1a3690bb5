using Compliance.Api.Reports;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Reports;

/// <summary>An invented club with five cameras, a panel and two exits, and three weeks of its life in a memory log.</summary>
sealed class ANight
{
    public static readonly Guid Club = Id("club"), Owner = Id("owner"), Gone = Id("gone");
    public static readonly Period November = Period.Days(new(2026, 11, 1), new(2026, 11, 21));

    readonly FakeTimeProvider _clock = new(November.From.AddDays(-20));
    readonly MemoryEventLog _log;
    readonly List<Guid> _devices = [];
    OutageEvent.Opened _last = null!;
    int _commands;

    ANight() => _log = new(_clock);

    public static async Task<AuditReport> Report(string language) => (await Tell()).Item2[language];

    public static async Task<(Audits, IReadOnlyDictionary<string, AuditReport>)> Tell()
    {
        var night = new ANight();
        await night.Happen();
        night._clock.SetUtcNow(new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero));
        var audits = new Audits(
            new(night._log, (venue, _) => Task.FromResult<VenueRoll?>(venue == Club ? new(Club, night._devices, []) { Maintenance = [Id("window")] } : null), night._clock),
            (subject, _) => subject == Owner ? "Әлия Серікқызы" : null, night._clock);
        var reports = new Dictionary<string, AuditReport>();
        foreach (var (language, words) in Words.All) reports[language] = (await audits.Compose(Club, November, words, _ => true, default))!;
        return (audits, reports);
    }

    async Task Happen()
    {
        var details = new VenueDetails("«Түнгі Өзен» клубы", "Клуб «Ночная река»", "240140012342", "Абылай хан даңғылы, 77", "Алмалы", new(43.25654, 76.94321), true);
        await Say(Club, new VenueEvent.Registered(Club, details, 350,
            [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(day is DayOfWeek.Friday or DayOfWeek.Saturday ? 22 : 20, 0), new(5, 0)))]));
        await Say(Club, new VenueEvent.PersonAppointed(Club, new(Owner, Post.Owner, new(2026, 10, 1), null, [])));
        await Say(Club, new VenueEvent.PersonAppointed(Club, new(Gone, Post.Manager, new(2026, 10, 5), new(2026, 11, 10), [])));
        await Say(Club, new VenueEvent.LegalBasisGranted(Club, new(Id("basis"), LegalBasisKind.Consent, "Келісім № 17/2026", "Кіреберіс, зал және бар камераларының ағындары (ӘәҒғҚқҢңӨөҰұҮүҺһІі)", new(2026, 10, 1), new(2027, 9, 30))));
        (string Kk, string Ru, CameraPurpose Purpose)[] cameras =
        [
            ("Басты кіреберіс", "Главный вход", CameraPurpose.Entrance), ("Би алаңы, солтүстік", "Танцпол, север", CameraPurpose.DanceFloor),
            ("Бар үстелі", "Барная стойка", CameraPurpose.Bar), ("Касса", "Касса", CameraPurpose.CashDesk), ("Артқы аула", "Задний двор", CameraPurpose.Outside),
        ];
        foreach (var (camera, i) in cameras.Select((c, i) => (c, i)))
            await Register($"camera{i}", new CameraSpec(camera.Kk, camera.Ru, camera.Purpose, ["A1"], ["зал"], new(new($"rtsp://10.20.0.{11 + i}/main"), null, FeedTransport.Tcp)));
        await Register("panel", new FireAlarmSpec("Күзет бөлмесі", "Пост охраны", "Болид С2000-М", ["1", "2"], new(2026, 9, 1), null));
        await Register("exit0", new ExitSpec("Сахна артындағы есік", "Выход за сценой", 1200, 2050, OpeningDirection.Outward, LockType.PanicBar));
        await Register("exit1", new ExitSpec("Ас үй есігі", "Выход через кухню", 900, 2000, OpeningDirection.Outward, LockType.Magnetic));

        var window = new MaintenanceEvent.Requested(Id("window"), Club, [Id("camera1")], November.From.AddDays(6), November.From.AddDays(6.5), WorkKind.Replacement, "НЗ № 48 от 05.11.2026");
        await Say(Id("window"), window);
        await Say(Id("window"), new MaintenanceEvent.Approved(Id("window"), Club, window.DeviceIds, window.From, window.Until));
        _clock.SetUtcNow(November.From.AddDays(-2));
        for (var i = 0; i < 5; i++) await Verdict($"camera{i}", Domain.Devices.Verdict.Online, TimeSpan.Zero, "");
        await Verdict("panel", Domain.Devices.Verdict.Ready, TimeSpan.Zero, "");
        await Verdict("exit0", Domain.Devices.Verdict.Clear, TimeSpan.Zero, "");

        var bad = new[] { Domain.Devices.Verdict.Unreachable, Domain.Devices.Verdict.Covered, Domain.Devices.Verdict.FrozenPicture, Domain.Devices.Verdict.ParameterViolation, Domain.Devices.Verdict.AuthFailed };
        var said = new[] { Detail.Of(Reason.NotConnected, "TimedOut"), Detail.Of(Reason.PicturesAgree, 3), Detail.Of(Reason.PicturesAgree, 3), Detail.Of(Reason.FramesLow, 8.1, 15), Detail.Of(Reason.PasswordRefused) };
        for (var n = 0; n < 44; n++)
        {
            var (at, which) = (November.From.AddHours(7 + n * 11.3), n * 7 % 5);
            _clock.SetUtcNow(at);
            await Verdict($"camera{which}", bad[n % 5], TimeSpan.FromSeconds(12 + n), said[n % 5]);
            _clock.SetUtcNow(at.AddMinutes(3 + n * n % 290));
            await Verdict($"camera{which}", Domain.Devices.Verdict.Online, TimeSpan.FromSeconds(2), "");
            if (n == 12) await Say(Club, new VenueEvent.CapacitySet(Club, 300));
            if (n == 20) await Verdict("camera4", Domain.Devices.Verdict.ProbeBlind, TimeSpan.Zero, Detail.Of(Reason.TooManySilent));
            if (n == 23) await Verdict("camera4", Domain.Devices.Verdict.Online, TimeSpan.Zero, "");
            if (n == 25) await Say(Club, new VenueEvent.DetailsCorrected(Club, details with { NameKk = "«Түнгі Өзен» би клубы", NameRu = "Танцевальный клуб «Ночная река»" }));
            if (n == 30) await Verdict("exit0", Domain.Devices.Verdict.Blocked, TimeSpan.Zero, "Орындықтар жиналған <b>&");
            if (n is 5 or 9 or 31) await Contest(n);
            if (n == 36) await Say(Id("exit1"), new DeviceEvent.Retired(Id("exit1"), Club, "Есік қабырғамен жабылды", null, _clock.GetUtcNow()));
        }
    }

    async Task Register(string device, DeviceSpec spec)
    {
        _devices.Add(Id(device));
        await Say(Id(device), new DeviceEvent.Registered(Id(device), Club, spec));
        if (spec is CameraSpec)
            await Say(Id(device), new DeviceEvent.Admitted(Id(device), Club, new("H264", 1920, 1080, 25, 3120.4, 2, 40), _clock.GetUtcNow()));
    }

    /// <summary>Through the deciders, with what the reactions would do about outages.</summary>
    async Task Verdict(string device, Verdict verdict, TimeSpan late, string detail)
    {
        var (now, outage, id) = (_clock.GetUtcNow(), Id($"outage{_commands}"), Id(device));
        await _log.Execute(Device.Decider, id, new DeviceCommand.ReportVerdict(verdict, now - late, now, outage, detail, null), Origin(), default);
        await foreach (var recorded in _log.Read(new("device", id), default))
        {
            if (EventCatalog.Decode(recorded) is not DeviceEvent.VerdictChanged { OutageId: { } known } f || f.ObservedAt != now) continue;
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (verdict.Availability() == Availability.Down)
                await Say(known, _last = new(known, id, Club, f.Kind, verdict, now - late, detail));
            else if (verdict.Availability() == Availability.Up)
                await Say(known, new OutageEvent.Closed(known, id, Club, f.From, now - late));
        }
    }

    /// <summary>The last outage is contested whole; one contest is accepted, one refused, one still waits.</summary>
    async Task Contest(int n)
    {
        var (plea, began, ended) = (Id($"plea{n}"), _last.StartedAt, _clock.GetUtcNow().AddSeconds(-10));
        var cause = n == 9 ? Cause.Power : Cause.Provider;
        await Say(_last.OutageId, new OutageEvent.Contested(_last.OutageId, _last.DeviceId, Club, plea, began, ended, cause, new("Қазақтелеком 17-44/1208")));
        if (n != 31) await Say(_last.OutageId, new OutageEvent.ContestDecided(
            _last.OutageId, _last.DeviceId, Club, plea, began, ended, cause, n == 5, "Провайдердің хаты тексерілді", AvailabilityFormula.Current));
    }

    async Task Say(Guid id, object fact)
    {
        var stream = new StreamId(EventCatalog.NameOf(fact).Split('.')[0], id);
        var revision = -1L;
        await foreach (var recorded in _log.Read(stream, default)) revision = recorded.Revision;
        await _log.Append(stream, revision, [fact], Origin(), default);
        _clock.Advance(TimeSpan.FromSeconds(7));
    }

    Origin Origin() => new(Id($"command{_commands++}"), "user:test");

    static Guid Id(string name) => EventIds.From(Guid.Empty, name);
}
