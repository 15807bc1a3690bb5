using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Builder;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Bases for detectors in every state a page has to show, and what the detectors do.</summary>
static class Detecting
{
    static readonly DetectorModel Model = new("fights", new('c', 64), 0.629, new('d', 64));

    public static void MapDetectors(this WebApplication app, City city)
    {
        app.MapGet("/venues/{id:guid}/detectors", (Guid id) => Of(city, id));
        app.MapGet("/detector-bases", () => new Page<DetectorBasisRow>([.. city.Venues.SelectMany(venue => Of(city, venue.VenueId).Bases).OrderBy(row => row.End is not null)], null));
    }

    /// <summary>The first venue has a basis that holds, one that begins, one that ended and one that was taken back; the second one that holds.</summary>
    public static VenueDetectors Of(City city, Guid venue)
    {
        var at = city.Venues.FindIndex(one => one.VenueId == venue);
        DeviceCard[] cameras = [.. city.Devices.Where(device => device.VenueId == venue && device.Spec is CameraSpec)];
        if (at is not (0 or 1)) return new([], []);
        var (now, person) = (city.Now, $"user:{City.Person}");
        var card = new DetectorBasisEvent.Granted(
            EventIds.From(venue, "basis"), venue, Detector.Fight, "«Жасанды интеллект туралы» Заң, 17-бап", "Выявление драк в зале; решает дежурный оператор", [.. cameras.Take(2).Select(c => c.DeviceId)], new(new(22, 0), new(5, 0)),
            now.AddDays(-20), now.AddDays(70), new("Оценка воздействия детектора драк", "1.2", new('a', 64)), "ИИ-2026-0077", RiskDegree.High);
        var held = new DetectorBasisRow(card, person, now.AddDays(-21), null);
        DetectorCard[] runs =
        [
            new(cameras[0].DeviceId, venue, Detector.Fight, now.AddHours(-2), card.BasisId, Model, at == 0 ? DetectorRest.OutOfHours : null),
            new(cameras[1].DeviceId, venue, Detector.Fight, now.AddMinutes(-9), card.BasisId, at == 0 ? Model : null, at == 0 ? null : DetectorRest.ModelMissing),
        ];
        return at == 1 ? new([held], runs) : new(
        [
            held,
            Another("next") with { Card = card with { BasisId = EventIds.From(venue, "next"), From = now.AddDays(70), Until = now.AddDays(160), Hours = HoursOfDay.All } },
            Another("taken") with { End = new(now.AddDays(-30), person, "Жалоба посетителей; оценка воздействия устарела") },
            Another("ended") with { Card = card with { BasisId = EventIds.From(venue, "ended"), Until = now.AddDays(-60) }, End = new(now.AddDays(-60), null, null) },
        ], runs);

        DetectorBasisRow Another(string name) => held with { Card = card with { BasisId = EventIds.From(venue, name) } };
    }
}
