using System.Collections.Concurrent;
using Compliance.Domain.Access;
using Compliance.Domain.Devices;
using Compliance.Domain.Footage;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Requests for recordings in every state a page has to show, and a place for what an owner sends.</summary>
static class Handing
{
    /// <summary>What came, by file: as a store would hold it.</summary>
    public static readonly ConcurrentDictionary<Guid, (long Bytes, MemoryStream Came)> Files = [];

    public static void MapFootage(this WebApplication app, City city)
    {
        app.MapGet("/footage", () => new Page<FootageRow>(Rows(city), null));
        app.MapGet("/venues/{id:guid}/footage", (Guid id) => new Page<FootageRow>([.. Rows(city).Where(row => row.Card.VenueId == id)], null));
        app.MapGet("/footage/copies", () => Copies(city));
        app.MapGet("/footage/{request:guid}/fetches", () => Fetches(city));
        app.MapGet("/venues/{id:guid}/footage/agreement", () => new FetchAgreementForm(false));
        app.MapPut("/footage/{request:guid}/files/{file:guid}", (Guid file, FootageUpload upload) =>
        {
            var (bytes, came) = Files.GetOrAdd(file, _ => (upload.Bytes, new()));
            return new FootageReceived(came.Length, bytes, null);
        });
        app.MapPut("/footage/{request:guid}/files/{file:guid}/bytes", async (Guid file, HttpRequest asked) =>
        {
            var (bytes, came) = Files[file];
            if (asked.Headers.ContentRange.ToString() != $"bytes {came.Length}-{Math.Min(came.Length + (8 << 20), bytes) - 1}/{bytes}") return Results.Conflict();
            await asked.Body.CopyToAsync(came);
            return Results.Ok(new FootageReceived(came.Length, bytes, null));
        });
    }

    /// <summary>One that is being made, and one that lies ready.</summary>
    public static CopyShown[] Copies(City city) =>
        [new(Id(1), Id(11), CopyState.Making, 0.37, null, null), new(Id(3), Id(12), CopyState.Ready, null, null, city.Now.AddHours(20))];

    /// <summary>Half way through being replayed by its recorder.</summary>
    public static FetchShown[] Fetches(City city) => [.. Rows(city)[1].Fetches.Select(f => new FetchShown(f, f.State == FetchState.Running ? FetchStage.Replaying : null, 5400, 10_800))];

    public static FootageRow[] Rows(City city)
    {
        var (venue, now) = (city.Venues[0].VenueId, city.Now);
        Guid[] cameras = [.. city.Devices.Where(d => d.VenueId == venue && d.Spec is CameraSpec).Take(2).Select(d => d.DeviceId)];
        var asked = new FootageEvent.Requested(Id(1), venue, City.Person, "УП Алмалы", AccessPurpose.CrimeUnderInvestigation, "ЕРДР-2026/1742", cameras, now.AddHours(-30), now.AddHours(-27), [Id(50)], now.AddHours(-20), now.AddHours(28));
        var file = new FootageFile(Id(11), cameras[0], new('a', 64), 734_003_200, now.AddHours(-3), null);
        return
        [
            new(asked with { RequestId = Id(2), CaseNumber = "КУИ-88/26", Due = now.AddHours(-5), At = now.AddHours(-53), Cameras = [cameras[0]] }, FootageStage.Waiting, true, null, [], [], [], null, 1),
            new(asked, FootageStage.Waiting, false, null, [], [file], [], null, 1)
            {
                Fetches = [new(Id(31), cameras[0], City.Person, now.AddHours(-4), FetchState.Failed, FetchFailure.RecorderSilent), new(Id(32), cameras[1], City.Person, now.AddMinutes(-3), FetchState.Running, null)],
            },
            new(asked with { RequestId = Id(3), CaseNumber = "ЕРДР-2026/1601", At = now.AddDays(-4) }, FootageStage.Answered, false, now.AddDays(-3), [new(cameras[1], FootageReason.Overwritten)], [file with { FileId = Id(12), KeptAt = now.AddDays(-3), Source = new(Id(60), now.AddHours(-30), now.AddHours(-27), 31) }],
                [new(Id(12), City.Person, now.AddDays(-2), new DateOnly(2026, 12, 28), new('b', 64))], new(Id(3), venue, "ЕРДР-2026/1601", new DateOnly(2027, 6, 1), City.Person, now.AddDays(-2)), 4),
            new(asked with { RequestId = Id(4), CaseNumber = "КУИ-12/26", At = now.AddDays(-9) }, FootageStage.Withdrawn, false, now.AddDays(-8), [], [], [], null, 2),
        ];
    }

    static Guid Id(int n) => EventIds.From(Guid.Empty, $"footage {n}");
}
