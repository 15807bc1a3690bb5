using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Complaints;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compliance.Web.Tests.Fakes;

/// <summary>A desk at night: a fire, a fight that somebody has in hand, an exit, a complaint, and what was held back.</summary>
static class Incidents
{
    public static readonly DetectorModel Model = new("fights-2026-11", "3fa81c0b" + new string('0', 56), 0.62, new('b', 64));

    public static Guid Id(int n) => new($"0196f000-0000-7000-8000-0000000c{n:0000}");

    /// <summary>Of those that a test raised, by whom it may be.</summary>
    static readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, byte> Taken = [];

    public static void MapIncidents(this WebApplication app, City city, IEnumerable<IncidentLine> raised)
    {
        app.MapGet("/incidents", () => new Page<IncidentLine>([.. raised.Select(line => Taken.ContainsKey(line.Card.IncidentId) ? line with { Card = line.Card with { Stage = IncidentStage.Taken } } : line), .. Of(city)], null));
        app.MapPost("/incidents/{id:guid}/taken", (Guid id) => Taken.TryAdd(id, 0) ? Results.Ok(new CommandAnswer(1, new(1, 1))) : Results.Problem(statusCode: 409, extensions: new Dictionary<string, object?> { ["code"] = "policeincident.taken" }));
        app.MapGet("/incidents/answers", () => new AnswerDay[] { new("Бостандық", new(2026, 11, 30), 7, 6, 1, 0, 0, 14, 2, 412) { Unblurred = 2 }, new("Медеу", new(2026, 11, 29), 12, 10, 3, 2, 1, 38, 4, null) });
        app.MapGet("/incidents/unblurred", () => new Page<UnblurredClip>(
            [new(Id(80), city.Venues[0].VenueId, Id(102), City.Person, UnblurReason.Other, "1723-26/04", city.Now.AddMinutes(-50)), new(Id(80), city.Venues[0].VenueId, Id(102), City.Person, UnblurReason.IdentifyVictim, null, city.Now.AddHours(-2))], null));
        app.MapGet("/incidents/desk-outages", () => new DeskOutage[] { new(city.Now.AddMinutes(-12), null), new(city.Now.AddDays(-3), city.Now.AddDays(-3).AddMinutes(47)) });
        app.MapGet("/public/looks", () => Looks(city.Now));
        app.MapGet("/drills", () => Drills);
        app.MapGet("/drills/mine", () => new DrillShift(3, 2, [new(Id(9), city.Venues[2].Details.NameKk, city.Venues[2].Details.NameRu, DrillEnd.RealWork, city.Now.AddMinutes(-2))]));
        app.MapGet("/incidents/{id:guid}", (Guid id) => ((IReadOnlyList<IncidentLine>)[.. Of(city), Drill(city, new(true, null, DrillAnswer.Confirmed, true, 6, 31))]).FirstOrDefault(l => l.Card.IncidentId == id) is { } line ? Results.Ok(line) : Results.NotFound());
        app.MapGet("/alerts/counts", () => Counts(city.Now));
        app.MapGet("/alerts/held-back", () => new Page<HeldBackAlert>(Held(city), null));
        app.MapGet("/alerts/weeks", () => new AlertWeek[]
        {
            new(city.Venues[0].VenueId, AlertKind.Fight, Model.Name, Model.Sha256, Model.Threshold, new(2026, 11, 23), 9, 2, new Dictionary<RejectReason, int> { [RejectReason.Dance] = 4, [RejectReason.LightShow] = 1 }),
            new(city.Venues[1].VenueId, AlertKind.Fire, null, null, null, new(2026, 11, 23), 1, 1, new Dictionary<RejectReason, int>()),
        });
        app.MapGet("/venues/{id:guid}/alerts", (bool? unblurred) => new Page<EndedIncident>([.. new EndedIncident[] { new(Id(80), [AlertKind.Fight], city.Now.AddDays(-2), city.Now.AddDays(-2).AddMinutes(26), true, IncidentOutcome.SettledOnSite) { Unblurred = [city.Now.AddDays(-2), city.Now.AddDays(-1)] }, new(Id(81), [AlertKind.BlockedExit], city.Now.AddDays(-5), city.Now.AddDays(-5).AddMinutes(3), false, null) }.Where(row => unblurred != true || row.Unblurred.Count > 0)], null));
    }

    /// <summary>A month in which much was looked at, one in which little was, and months of nothing.</summary>
    public static IReadOnlyList<MonthLooks> Looks(DateTimeOffset now)
    {
        AccessRow Row(int month, AccessPurpose purpose, string unit, int seconds, bool urgent = false) => new(
            Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), unit, purpose, "1", null, urgent, [], now.AddMonths(-month), now, now, [new(Guid.Empty, now, now.AddSeconds(seconds))], [], [], now, AccessEnd.TimeEnded, null, false,
            urgent ? new(Guid.Empty, now, true, "x") : null, Guid.NewGuid(), LogPosition.Start);
        return MonthLooks.Of([
            .. Enumerable.Range(0, 31).Select(i => Row(1, AccessPurpose.CallTo102, "ЦОУ-2", 40 + (i * 9))), .. Enumerable.Range(0, 12).Select(i => Row(1, AccessPurpose.AlertUnderWay, "УП Медеу", 200, urgent: i < 6)),
            .. Enumerable.Range(0, 7).Select(_ => Row(2, AccessPurpose.WantedPerson, "ДП Алматы", 90)), Row(2, AccessPurpose.MissingPerson, "СОБР", 500)], now);
    }

    public static IReadOnlyList<DrillMonth> Drills =>
        [new("Бостандық", new(2026, 11, 1), 14, 12, 8, 7, 3, 1, 2, 1, 0, [9, 14, 22, 41]), new("Медеу", new(2026, 11, 1), 2, 0, 0, 0, 0, 0, 1, 0, 1, []), new("Бостандық", new(2026, 10, 1), 21, 20, 14, 12, 5, 0, 1, 0, 1, [16])];

    /// <summary>One that is over, as the desk reads it.</summary>
    public static IncidentLine Drill(City city, DrillTold test) => Line(city, 8, 0, IncidentStage.Closed, City.Person, 40, Fight(city, 8, 0, 40, 0.82, true)) with { Test = test };

    public static PanicShown Calls(DateTimeOffset now) => new(90, 5, 1, 3,
    [
        new(Guid.NewGuid(), now.AddMinutes(-3), PanicWay.Manager, "Дина Ахметова", null, null), new(Guid.NewGuid(), now.AddDays(-6), PanicWay.Guard, "Ерлан Қасымов", 2, new(true, null)),
        new(Guid.NewGuid(), now.AddDays(-11), PanicWay.Panel, null, 7, new(false, RejectReason.Test)), new(Guid.NewGuid(), now.AddDays(-11), PanicWay.Panel, null, 8, new(false, null)),
        new(Guid.NewGuid(), now.AddDays(-40), PanicWay.Guard, null, 5, new(false, RejectReason.Staff)),
    ]);

    public static DeskCounts Counts(DateTimeOffset now) => new(3, 1, 4, 1, [new("Бостандық", now.AddMinutes(-20), 3, 2, 1, 2, 0, 1), new("Медеу", now.AddHours(-1), 12, 4, 7, 1, 1, 0)]) { SheddingProbes = 2, UnwitnessedSince = now.AddMinutes(-41) };

    public static IReadOnlyList<IncidentLine> Of(City city) =>
    [
        Line(city, 1, 1, IncidentStage.New, null, 40, Fire(city, 1, 40)),
        Line(city, 2, 0, IncidentStage.Taken, City.Person, 95, Fight(city, 2, 0, 95, 0.91, true), Fight(city, 3, 0, 130, 0.78, false)),
        Line(city, 3, 2, IncidentStage.New, null, 25, Exit(city, 4, 2, 25)) is var line ? line with { Card = line.Card with { Desks = ["Алмалы", "Бостандық"], WithLead = true } } : null!,
        Line(city, 4, 0, IncidentStage.New, null, 300, Complaint(city, 5, 0, 300)),
        Line(city, 5, 3, IncidentStage.Dispatched, City.Person, 700, Complaint(city, 6, 3, 700)),
        Line(city, 6, 1, IncidentStage.Arrived, City.Person, 1500, Fight(city, 7, 1, 1500, 0.8, false)),
    ];

    static IReadOnlyList<HeldBackAlert> Held(City city) =>
    [
        .. new[] { (Suppression.Budget, 0, 60), (Suppression.CoolDown, 0, 200), (Suppression.Late, 3, 900), (Suppression.Full, 1, 30) }.Select((one, i) =>
            Fight(city, 20 + i, one.Item2, one.Item3, 0.7, false) is var seen && city.Venues[one.Item2] is { Details: var d } venue
                ? new HeldBackAlert(seen with { Row = seen.Row with { IncidentId = null, Suppressed = new(seen.Row.AlertId, venue.VenueId, AlertKind.Fight, seen.Row.SeenFrom, d.District, one.Item1, null, one.Item1 == Suppression.Full ? 200 : 12, one.Item1 == Suppression.Full ? 200 : 12, city.Now) } }, d.NameKk, d.NameRu, d.District) : null!),
    ];

    public static IncidentLine Line(City city, int n, int venue, IncidentStage stage, Guid? by, double secondsAgo, params AlertSeen[] alerts)
    {
        var (card, at) = (city.Venues[venue], city.Now.AddSeconds(-secondsAgo));
        return new(
            new(Id(n), card.VenueId, [card.Details.District], false, stage, at, at, at.AddSeconds(8), by, [.. alerts.Select(a => new GatheredAlert(a.Row.AlertId, a.Row.Kind, a.Row.DeviceId, a.Row.SeenFrom))], 3)
            {
                Instants = stage == IncidentStage.New ? [] : [new(IncidentStage.Taken, at.AddSeconds(8))],
            },
            card.Details.NameKk, card.Details.NameRu, card.Details.Address, card.Details.District, alerts) { Position = card.Details.Position };
    }

    public static AlertSeen Fight(City city, int n, int venue, double secondsAgo, double score, bool clip) => Seen(city, n, venue, DeviceKind.Camera, AlertKind.Fight, secondsAgo, null) is var seen
        ? seen with { Row = seen.Row with { Seen = new(score, Model, 96, 4, new(true, 2)), Clip = clip ? new(new('c', 64), 30) : null, HasClip = clip, Blurred = clip ? new(new('d', 64), 30, ClipBlur.Faces, new('e', 64)) : null, HasBlurred = clip } } : null!;

    static AlertSeen Fire(City city, int n, double secondsAgo) => Seen(city, n, 1, DeviceKind.FireAlarm, AlertKind.Fire, secondsAgo, new(Id(90), Id(91), Zone: 2));

    static AlertSeen Exit(City city, int n, int venue, double secondsAgo) => Seen(city, n, venue, DeviceKind.Exit, AlertKind.BlockedExit, secondsAgo, new(Id(90), Id(91), Verdict.Locked));

    static AlertSeen Complaint(City city, int n, int venue, double secondsAgo) => Seen(city, n, venue, null, AlertKind.Complaint, secondsAgo, new(Id(90), Id(91), Category: ComplaintCategory.Violence));

    static AlertSeen Seen(City city, int n, int venue, DeviceKind? kind, AlertKind about, double secondsAgo, AlertCause? cause)
    {
        var (id, device) = (city.Venues[venue].VenueId, kind is null ? null : city.Devices.First(d => d.VenueId == city.Venues[venue].VenueId && d.Spec.Kind == kind));
        var at = city.Now.AddSeconds(-secondsAgo);
        return new(new(Id(100 + n), id, device?.DeviceId, about, at, secondsAgo > 100 ? at.AddSeconds(14) : null, at, null, cause, null, false, Id(n), null, null, null), device?.Spec.PlaceKk, device?.Spec.PlaceRu, kind);
    }
}
