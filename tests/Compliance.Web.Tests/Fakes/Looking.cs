using Compliance.Domain.Access;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Access sessions: one that runs, one that is over, an urgent one that nobody reviewed, and what the watched read of them.</summary>
static class Looking
{
    static readonly Guid Other = new("0196f000-0000-7000-8000-000000000002");

    public static Guid Id(int n) => new($"0196f000-0000-7000-8000-0000000e{n:0000}");

    public static void MapAccess(this WebApplication app, City city)
    {
        app.MapGet("/access", () => new Page<AccessRow>(Of(city), null));
        app.MapGet("/access/sample", () => new AccessSample(214, Of(city), AccessOddity.Among(Of(city))));
        app.MapGet("/access/{id:guid}", (Guid id) => Of(city).FirstOrDefault(row => row.SessionId == id) is { } row ? Results.Ok(row) : Results.NotFound());
        app.MapGet("/access/feeds-looked-at", () => new FeedsLooked(412, 97));
        app.MapGet("/venues/{id:guid}/seen-by-police/totals", (Guid id) => SeenTotals.Of([.. Of(city).Where(row => row.VenueId == id)]));
        app.MapGet("/venues/{id:guid}/seen-by-police", (Guid id) => new Page<SeenByPolice>([.. Of(city).Where(row => row.VenueId == id).Select(row => SeenByPolice.Of(row, city.Now))], null));
    }

    public static IReadOnlyList<AccessRow> Of(City city)
    {
        var cameras = city.Devices.Where(d => d.VenueId == city.Venues[0].VenueId && d.Spec is CameraSpec).Select(d => d.DeviceId).Take(2).ToArray();
        AccessRow Row(int n, Guid officer, double minutesAgo) => new(
            Id(n), city.Venues[0].VenueId, officer, "ЦОУ-2", AccessPurpose.CallTo102, "102-4711", null, false, cameras, city.Now.AddMinutes(-minutesAgo), city.Now.AddMinutes(15 - minutesAgo),
            city.Now.AddMinutes(-minutesAgo).AddDays(30), [], [], [], null, null, null, false, null, Guid.NewGuid(), new((ulong)n, (ulong)n));
        var (day, month) = (city.Now.AddDays(-2), city.Now.AddDays(-40));
        return
        [
            Row(1, City.Person, 4) with { Views = [new(cameras[0], city.Now.AddMinutes(-4), city.Now.AddMinutes(-1))] },
            Row(2, Other, 0) with
            {
                OpenedAt = day, Until = day.AddMinutes(15), SealedUntil = day.AddDays(30), CaseNumber = null, Urgent = true, Purpose = AccessPurpose.AlertUnderWay, ReviewOverdue = true, ReviewDue = day.AddDays(1),
                ClosedAt = day.AddMinutes(9), ClosedBecause = AccessEnd.ByOfficer, Views = [new(cameras[0], day, day.AddMinutes(8)), new(cameras[1], day.AddMinutes(1), day.AddMinutes(8))],
            },
            Row(3, Other, 0) with
            {
                OpenedAt = month, Until = month.AddMinutes(30), SealedUntil = month.AddDays(30), ClosedAt = month.AddMinutes(30), ClosedBecause = AccessEnd.TimeEnded, Views = [new(cameras[0], month, month.AddMinutes(29))],
                Stills = [new(cameras[0], month.AddMinutes(3), new('a', 64))], Extensions = [new(month.AddMinutes(14), ExtensionReason.WaitingForUnit, month.AddMinutes(30))],
            },
        ];
    }
}
