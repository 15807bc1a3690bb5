using Compliance.Domain.Cases;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Probes;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Web.Tests.Fakes;

/// <summary>A few invented venues in every state a page has to show.</summary>
sealed class City(DateTimeOffset now)
{
    public static readonly Guid Person = Guid.Parse("0196f000-0000-7000-8000-000000000001");

    readonly Guid[] ids = [.. Enumerable.Range(1, 400).Select(n => new Guid($"0196f000-0000-7000-8000-{n + 100:000000000000}"))];
    int next;

    public DateTimeOffset Now => now;
    public List<VenueCard> Venues { get; } = [];
    public List<DeviceCard> Devices { get; } = [];
    public List<DeviceTimeline> Timelines { get; } = [];
    public List<OutageRow> Outages { get; } = [];
    public List<OutageGroupRow> OutageGroups { get; } = [];
    public List<NoticeRow> Notices { get; } = [];
    public List<ProbeCard> Probes { get; } = [];
    public List<LegalBasisRow> Bases { get; } = [];
    public List<ContestRow> Contests { get; } = [];
    public List<MaintenanceRow> Maintenance { get; } = [];
    public List<ComplaintRow> Complaints { get; } = [];

    public static City Of(DateTimeOffset now)
    {
        var city = new City(now);
        city.Venue("Түнгі қала", "Ночной город", "Бостандық", "пр. Аль-Фараби, 77", Verdict.Online, Verdict.Unreachable, Verdict.Online, Verdict.Ready, Verdict.Blocked);
        city.Venue("Көк төбе жарығы", "Огни Кок-Тобе", "Медеу", "ул. Достык, 128", Verdict.Online, Verdict.Online, Verdict.Online, Verdict.Ready, Verdict.Clear);
        city.Venue("Алма", "Алма", "Алмалы", "ул. Панфилова, 99", Verdict.AuthFailed, Verdict.Covered, Verdict.ParameterViolation, Verdict.CommFault, Verdict.Locked);
        city.Venue("Дала", "Степь", "Әуезов", "пр. Абая, 150/2", Verdict.ProbeBlind, Verdict.Unknown, Verdict.Online, Verdict.Unknown, Verdict.Clear);
        city.Dispute();
        city.Gather();
        city.Complaints.Add(new(city.Id(), "7KQ2M-XA4TD", ComplaintChannel.DoorQr, ComplaintCategory.BlockedExit, city.Venues[0].VenueId, "Бостандық", now.AddHours(-3), now.AddHours(-3), true, [city.Id()], null, null, false));
        city.Complaints.Add(new(city.Id(), "P9W3H-C6RJN", ComplaintChannel.Line102, ComplaintCategory.Noise, null, "Медеу", now.AddDays(-1), now.AddDays(-1), false, [], ComplaintOutcome.MeasuresTaken, now.AddHours(-8), false));
        city.Probes.Add(new(city.Id(), "almaty-1", [.. city.Venues.SkipLast(1).Select(v => v.VenueId)], false, false, null));
        city.Probes.Add(new(city.Id(), "almaty-2", [], true, false, now.AddMinutes(-14)));
        var today = VenueZone.Day(now);
        city.Bases.AddRange(city.Venues.SelectMany(v => v.Bases.Select(b => new LegalBasisRow(v.VenueId, b, $"user:{Person}", now.AddDays(-20), null))));
        city.Bases.Add(new(city.Venues[1].VenueId, new(city.Id(), LegalBasisKind.CourtOrder, "Алматы қ. сотының қаулысы № 3-1147", "Кіреберіс камерасы", today.AddDays(-20), today.AddDays(9)), $"user:{Person}", now.AddDays(-20), null));
        city.Bases.Add(new(city.Venues[2].VenueId, new(city.Id(), LegalBasisKind.Consent, "Иесінің келісімі", "Барлық камера", today.AddDays(-90), null), $"user:{Person}", now.AddDays(-90), new($"user:{Person}", now.AddDays(-8), "Мекеме сатылды")));
        return city;
    }

    /// <summary>What the real formula says of the invented timelines.</summary>
    public VenueAvailability AvailabilityOf(Guid venue)
    {
        var period = new Period(now.AddDays(-90), now);
        var lines = Timelines.Where(t => t.VenueId == venue).Select(t => (t.Kind, Line: new DeviceLine(t.DeviceId, period.Clip(t.Stretches[0].From, null),
            [.. t.Stretches.Select(s => s with { Until = s.Until ?? now })], []))).ToList();
        var all = new VenueLine([.. lines.Select(l => l.Line)], [.. Outages.Where(o => o.VenueId == venue)], Maintenance, OpeningWeeks.None);
        return new(venue, period, AvailabilityFormula.Current, [.. lines.Select(l =>
        {
            var pieces = AvailabilityFormula.Pieces(l.Line, all, Silence.Of(all.Devices));
            return new DeviceAvailability(l.Line.DeviceId, l.Kind, new(MandatedHours.AllHours, AvailabilityScore.Of(pieces), AvailabilityScore.Of(pieces), pieces));
        })]);
    }

    /// <summary>Contests of the first venue's outages: one waits, one was accepted; and two windows.</summary>
    void Dispute()
    {
        var over = Outages.FindIndex(o => o.EndedAt is not null);
        var row = Outages[over];
        var (claim, settled) = (new Proof("Казахтелеком, 17-44/1208"), new Proof("АЖК, 03/991", new string('a', 64)));
        Outages[over] = row with
        {
            Causes = [new(Cause.Power, row.StartedAt, row.StartedAt.AddHours(2))],
            Contests = [new(Id(), row.StartedAt, row.StartedAt.AddHours(2), Cause.Power, settled, now.AddDays(-30), true, "АЖК растады"),
                new(Id(), row.StartedAt.AddHours(3), row.StartedAt.AddHours(6), Cause.Provider, claim, now.AddDays(-1), null, null)],
        };
        Contests.AddRange(Outages[over].Contests.Select(c => new ContestRow(c.ContestId, row.OutageId, row.DeviceId, row.VenueId, c.From, c.Until, c.Cause, c.Proof,
            c.ContestedAt, $"user:{Person}", c.Accepted, c.Grounds, c.Accepted is null ? null : AvailabilityFormula.Current, c.Accepted is null ? null : now, c.Accepted is null ? null : $"user:{Person}")).Reverse());
        Maintenance.Add(new(Id(), row.VenueId, [row.DeviceId], now.AddDays(2), now.AddDays(2).AddHours(3), WorkKind.Replacement, "НЗ-48", now.AddHours(-5), $"user:{Person}", MaintenanceState.Waiting, null, null, null, []));
        Maintenance.Add(new(Id(), row.VenueId, [row.DeviceId], now.AddDays(-20), now.AddDays(-19.9), WorkKind.Service, "НЗ-31", now.AddDays(-22), $"user:{Person}", MaintenanceState.Approved, new(now.AddDays(-20), now.AddDays(-19.9)), null, $"user:{Person}", []));
    }

    /// <summary>Two cameras of the first venue fell silent with their recorder; another probe looked at one of them.</summary>
    void Gather()
    {
        var at = Outages.FindIndex(o => o.EndedAt is null && o.Verdict == Verdict.Unreachable);
        var first = Outages[at];
        var bar = Devices.Last(d => d.VenueId == first.VenueId && d.Spec is CameraSpec);
        var second = first with { OutageId = Id(), DeviceId = bar.DeviceId, StartedAt = first.StartedAt.AddSeconds(2), Look = new(Vantage.OnePlaceOnly, null, null, first.StartedAt.AddMinutes(1)) };
        Outages[at] = first with { Look = new(Vantage.Confirmed, Id(), Verdict.Unreachable, first.StartedAt.AddMinutes(1)) };
        var turned = first.StartedAt.AddMinutes(7);
        Outages[at] = Outages[at] with { Detail = "NoAnswer", Reasons = [new("NoAnswer", turned)] };
        var card = Devices.FindIndex(d => d.DeviceId == first.DeviceId);
        Devices[card] = Devices[card] with { Detail = "NoAnswer", ReasonSince = turned };
        Outages.Insert(at + 1, second);
        GroupMember[] members = [.. new[] { first, second }.Select(o => new GroupMember(o.OutageId, o.DeviceId, o.Verdict, o.StartedAt))];
        OutageGroups.Add(new(Id(), first.VenueId, CommonCause.Recorder, members, new(2, 2, 2, 1), first.DetectedAt, null));
        var notice = Notices.FindIndex(n => n.OutageId == first.OutageId);
        Notices[notice] = Notices[notice] with { Group = new(OutageGroups[0].GroupId, CommonCause.Recorder, [.. members.Select(m => m.DeviceId)], [.. members.Select(m => m.OutageId)], first.DetectedAt) };
    }

    /// <summary>{0} to {3} stand for the venues, {4} for a camera that somebody calibrated, {5} for one that nobody did.</summary>
    public string Path(string path) => string.Format(null, path, [.. Venues.Select(v => (object)v.VenueId).Take(4),
        Devices.First(d => d.Calibrated is not null).DeviceId, Devices.First(d => d is { Calibrated: null, Spec: CameraSpec }).DeviceId]);

    Guid Id() => ids[next++];

    void Venue(string kk, string ru, string district, string address, params Verdict[] verdicts)
    {
        var id = Id();
        (string Kk, string Ru, CameraPurpose Purpose)[] places =
            [("Кіреберіс", "Главный вход", CameraPurpose.Entrance), ("Би алаңы", "Танцпол", CameraPurpose.DanceFloor), ("Бар", "Бар", CameraPurpose.Bar)];
        var cards = new List<DeviceCard>();
        for (var i = 0; i < verdicts.Length; i++)
        {
            DeviceSpec spec = i switch
            {
                < 3 => new CameraSpec(places[i].Kk, places[i].Ru, places[i].Purpose, [], [], new(new($"rtsp://10.0.0.{i + 10}:554/1"), null, FeedTransport.Tcp)),
                3 => new FireAlarmSpec("Күзет бөлмесі", "Пост охраны", "Болид С2000-М", ["1", "2"], DateOnly.FromDateTime(now.UtcDateTime.AddDays(-40)), null),
                _ => new ExitSpec("Артқы шығу", "Запасной выход", 1_200, 2_050, OpeningDirection.Outward, LockType.PanicBar),
            };
            cards.Add(Device(id, spec, verdicts[i], now.AddMinutes(-(12 + (37 * i)))));
        }

        Devices.AddRange(cards);
        Venues.Add(new(
            id, new(kk, ru, "990140001233", address, district, new(43.2380 - (Venues.Count * .011), 76.9450 - (Venues.Count * .023)), district.StartsWith('М')), 350,
            [new(DayOfWeek.Friday, new(20, 0), new(5, 0)), new(DayOfWeek.Saturday, new(20, 0), new(6, 0))],
            [new(Person, Post.Owner, new(2026, 1, 15), null, []), new(Id(), Post.Manager, new(2026, 1, 15), new(2026, 6, 30), []), new(Id(), Post.Installer, new(2026, 2, 1), null, [cards[0].DeviceId])],
            Venues.Count == 2 ? [] : [new(Id(), LegalBasisKind.Consent, "Иесінің келісімі / Согласие владельца, 2026-11", "Барлық камера / Все камеры", new(2026, 11, 1), null, TextLanguage.Kazakh)],
            3, null, cards.ToDictionary(c => c.DeviceId, c => new DeviceState(c.Spec.Kind, c.Verdict))));
    }

    DeviceCard Device(Guid venue, DeviceSpec spec, Verdict verdict, DateTimeOffset since)
    {
        var (id, outage, good) = (Id(), Id(), spec.Kind switch { DeviceKind.Camera => Verdict.Online, DeviceKind.FireAlarm => Verdict.Ready, _ => Verdict.Clear });
        var bad = verdict.Availability() == Availability.Down;
        Timelines.Add(new(id, venue, spec.Kind,
        [
            new(Verdict.Unknown, now.AddDays(-80), now.AddDays(-71), outage), new(good, now.AddDays(-71), now.AddDays(-33.3), outage),
            new(bad ? verdict : good, now.AddDays(-33.3), now.AddDays(-33), outage), new(good, now.AddDays(-33), now.AddDays(-9.02), outage),
            new(bad ? verdict : Verdict.Unknown, now.AddDays(-9.02), now.AddDays(-9), outage), new(good, now.AddDays(-9), since, outage),
            new(verdict, since, null, outage),
        ]));
        if (bad)
        {
            Outages.Add(new(outage, id, venue, spec.Kind, verdict, "", since, since.AddSeconds(9), null, [outage]));
            Outages.Add(new(Id(), id, venue, spec.Kind, verdict, "", now.AddDays(-33.3), now.AddDays(-33.2), now.AddDays(-33), [outage]));
            Notices.Add(new(Id(), venue, NoticeKind.OutageOpened, id, outage, verdict, since, since.AddSeconds(10), []));
            Notices.Add(new(Id(), venue, NoticeKind.OutageClosed, id, outage, verdict, now.AddDays(-9), now.AddDays(-9), [new(Person, now.AddDays(-9), now.AddDays(-8.9))]));
        }

        return new DeviceCard(id, venue, spec, 2, true, verdict, "", since, now, bad ? outage : null, outage,
            spec.Kind == DeviceKind.Camera ? new("H264", 1920, 1080, 24.97, 3_912, 2, 12) : null) 
            { Still = verdict.IsSeen() ? new(since, new('e', 64)) : null, Calibrated = spec is CameraSpec { Purpose: CameraPurpose.DanceFloor } ? new(Detecting.Drawn, now.AddDays(-12), $"user:{Person}") : null };
    }

    /// <summary>What a blocked exit of the first venue obliges to, with so much time left.</summary>
    public DutyShown Exit(City of, TimeSpan left, DutyState state = DutyState.Owed)
    {
        var exit = of.Devices.First(d => d.Spec is ExitSpec);
        var (matter, term) = DutyTerms.Of(DeviceKind.Exit);
        var detected = now + left - TimeSpan.FromHours(2);
        DateTimeOffset? mended = state == DutyState.Owed ? null : now.AddMinutes(-10);
        return new(new(Guid.NewGuid(), exit.VenueId, new DutySource.OfOutage(Guid.NewGuid(), exit.DeviceId, DeviceKind.Exit, Verdict.Blocked), matter,
            new(detected.AddMinutes(-4), detected, detected.AddSeconds(2), detected.AddMinutes(3), null, now + left, mended, null), term, state,
            null, null, null, null, null, null, left < TimeSpan.Zero ? Id() : null, [Id(), Id()], 2),
            RulebookShelf.All[RulebookShelf.Usual].Rules.Single(r => r.Id == matter.RuleId).Requirement, null);
    }

    /// <summary>What follows when nobody clears that exit.</summary>
    public CaseShown Case(City of, CaseState state, Guid officer)
    {
        var duty = Exit(of, TimeSpan.FromDays(-20));
        var (id, offence) = (Guid.NewGuid(), new DateTimeOffset(2026, 11, 9, 20, 0, 0, TimeSpan.Zero));
        var said = new Writing(Id(), Person, new('b', 64));
        var ruling = state is CaseState.Open or CaseState.TimeBarred ? null : new Ruling(CaseOutcome.Warning, "Жол үш сағат бойы жабық болды", officer, now.AddDays(-2));
        var appeal = state == CaseState.Appealed ? new Review(said, new([Id(), Id()], new('c', 64)), now.AddDays(-1), null, null, null) : null;
        var row = new CaseRow(
            id, duty.Duty.VenueId, duty.Duty.DutyId, duty.Duty.Matter, new Charge(Route.Warning, "KOAP-410", "410", Stage.First, null, null, Confidence.Secondary, null).For(SizeClass.Small, offence, new([])),
            new(Person, Post.Owner, new(2026, 1, 15), null), offence, now.AddDays(41).AddHours(1), now.AddDays(-20), null, state,
            [new(Plea.Explanation, said, now.AddDays(-4))], ruling, null, appeal, null, null, [Id(), Id(), Id()], 4);
        return new(row, duty.Requirement, new Dictionary<Guid, string> { [said.WritingId] = "Жеткізілім кешікті, жәшіктер бір күн тұрды." }, appeal is null ? null : true)
        {
            Follows = state == CaseState.Decided ? Exit(of, TimeSpan.FromDays(8)).Duty : null,
        };
    }
}
