using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.WatchLists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compliance.Web.Tests.Fakes;

/// <summary>A watch list with entries of every stage, operations, and faces that may be somebody's; the faces are drawings.</summary>
static class Searching
{
    static readonly Guid Other = new("0196f000-0000-7000-8000-000000000002");

    public static Guid Id(int n) => new($"0196f000-0000-7000-8000-0000000f{n:0000}");

    public static void MapWatchLists(this WebApplication app, City city)
    {
        app.MapGet("/watch-list", (string? holding) => new Page<WatchEntryRow>([.. Entries(city.Now).Where(entry => holding is null || (entry.HoldsAt(city.Now) && entry.CaseNumber.Contains(holding, StringComparison.Ordinal)))], null));
        app.MapGet("/watch-list/{id:guid}", (Guid id) => Entries(city.Now).First(entry => entry.EntryId == id));
        app.MapGet("/watch-list/{id:guid}/person", () => new WatchedPerson("Ерлан Тестов", "Постановление следователя от 1 июня 2026 года о розыске; дело передано в ДП Алматы."));
        app.MapGet("/watch-list/{id:guid}/pictures/{picture:guid}", (Guid picture) => Drawn(picture.GetHashCode()));
        app.MapGet("/watch-operations", () => new Page<WatchOperationRow>(Operations(city), null));
        app.MapGet("/watch-operations/{id:guid}/size", () => new ListSize(4, 166, 800, 0.49, 0.13, new('a', 64), new(3, 2, 2400, 0.4)));
        app.MapGet("/face-candidates", () => new Page<FaceCandidateRow>(Candidates(city), null));
        app.MapGet("/face-candidates/{id:guid}/picture", (Guid id) => Drawn(id.GetHashCode()));
    }

    public static IReadOnlyList<WatchEntryRow> Entries(DateTimeOffset now)
    {
        WatchEntryRow Row(int n, WatchCategory category, WatchStage stage, double daysLeft, Guid author, int pictures) => new(
            Id(n), category, "Департамент полиции города Алматы", $"26-75-{n}", false, now.AddDays(daysLeft), author, now.AddDays(-n), stage,
            [.. Enumerable.Range(0, pictures).Select(p => Id((100 * n) + p))], new('a', 64), stage == WatchStage.Proposed ? null : Other, null, null, [new(City.Person, new(2026, 6, 1))]);
        return
        [
            Row(1, WatchCategory.Wanted, WatchStage.Proposed, 30, Other, 2),
            Row(2, WatchCategory.Missing, WatchStage.Proposed, 14, City.Person, 1) with { IsMinor = true },
            Row(3, WatchCategory.Escaped, WatchStage.RenewalAsked, 5, City.Person, 3) with { RenewUntil = now.AddDays(60), RenewedBy = Other },
            Row(4, WatchCategory.CourtBan, WatchStage.Holds, 9, Other, 1),
            Row(5, WatchCategory.Wanted, WatchStage.Removed, 40, Other, 1),
        ];
    }

    public static IReadOnlyList<WatchOperationRow> Operations(City city)
    {
        var (venue, now) = (city.Venues[0].VenueId, city.Now);
        var cameras = city.Devices.Where(device => device.VenueId == venue && device.Spec is Domain.Devices.CameraSpec).Select(device => device.DeviceId).Take(1).ToArray();
        WatchOperationEvent.Planned Card(int n, Guid author, double from, double until) => new(
            Id(n), venue, Id(90), WatchAim.FindWanted, n == 12 ? null : $"26-1-{n}", cameras, new(new(20, 0), new(6, 0)), now.AddHours(from), now.AddHours(until), [Id(3), Id(4)], 800, author);
        WatchOperationEvent.Approved Given(int n) => new(Id(n), venue, Other, 4, 0.49, 0.13, new('a', 64), now.AddHours(-4));
        return
        [
            new(Card(11, Other, 1, 30), OperationStage.Planned, null, "26-1-11", null, [], []),
            new(Card(12, City.Person, -4, 20), OperationStage.Approved, Given(12), null, null, [Id(80)], []),
            new(Card(13, City.Person, -90, -40), OperationStage.Over, Given(13), "26-1-13", new(Id(13), venue, OperationEnd.TimeEnded, now.AddHours(-40)), [Id(80)], [Id(80)]),
        ];
    }

    public static IReadOnlyList<FaceCandidateRow> Candidates(City city)
    {
        var camera = city.Devices.First(device => device.VenueId == city.Venues[0].VenueId && device.Spec is Domain.Devices.CameraSpec).DeviceId;
        FaceCandidateRow Row(int n, CandidateStage stage, double minutesAgo, Guid? first = null) => new(
            new(Id(n), city.Venues[0].VenueId, Id(12), Id(3), camera, city.Now.AddMinutes(-minutesAgo), 0.534, 0.49, new("faces", new('a', 64), 0.49, new('b', 64)), 3, 34),
            stage, first, stage >= CandidateStage.Confirmed ? city.Now.AddMinutes(1 - minutesAgo) : null, stage <= CandidateStage.Confirmed);
        return [Row(21, CandidateStage.Waiting, 1), Row(22, CandidateStage.SeenOnce, 6, City.Person), Row(23, CandidateStage.Confirmed, 60), Row(24, CandidateStage.Dismissed, 90)];
    }

    static IResult Drawn(int seed)
    {
        var hue = Math.Abs(seed % 360);
        return Results.Text($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200"><rect width="200" height="200" fill="#555"/><ellipse cx="100" cy="92" rx="58" ry="74" fill="hsl({hue} 30% 25%)"/>
            <ellipse cx="100" cy="106" rx="50" ry="66" fill="hsl({20 + (hue % 20)} 45% {60 + (hue % 20)}%)"/><circle cx="80" cy="94" r="7"/><circle cx="120" cy="94" r="7"/><path d="M94 118h12" stroke="#855" stroke-width="4"/>
            <path d="M80 140q20 10 40 0" stroke="#733" stroke-width="6" fill="none"/></svg>
            """, "image/svg+xml");
    }
}
