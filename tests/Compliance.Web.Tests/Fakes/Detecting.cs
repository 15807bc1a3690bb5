using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Bases for detectors in every state a page has to show, and what the detectors do.</summary>
static class Detecting
{
    static readonly DetectorModel Model = new("fights", new('c', 64), 0.629, new('d', 64));

    /// <summary>A hall drawn for this test, blurred as a box blurs: two bright figures, one far and one near.</summary>
    const string Blurred = "/9j/4AAQSkZJRgABAgAAAQABAAD//gAQTGF2YzU5LjM3LjEwMAD/2wBDAAgQEBMQExYWFhYWFhoYGhsbGxoaGhobGxsdHR0iIiIdHR0bGx0dICAiIiUmJSMjIiMmJigoKDAwLi44ODpFRVP/xABfAAEAAgMBAQAAAAAAAAAAAAAAAQUGAwIEBwEBAAAAAAAAAAAAAAAAAAAAABABAAICAgIDAQEBAAAAAAAAAAECAxEEMRIhMhMUIlFBEQEAAAAAAAAAAAAAAAAAAAAA/8AAEQgAtAFAAwESAAISAAMSAP/aAAwDAQACEQMRAD8A+ZgAAAO9ADht0ANbZoAa2zQA1tmgBrbNADU26AGps0ANaQBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAO4dQAPfjx+Sy48ABHHZDEACg/MyPQAx38zI9ADHPzMj0AMb/MyTQAxv8AMyLQAxa2DS8yR6AGFWrpvydgDwpAHIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACQAbq12ANel1XjzIAptL/APLb/ABj+l7PGtH/AAAUD13pNZAHjSAAANkEADI+MnjADIoTAA2AAJAAAEJAHIAPDl6MvQAw7L2ZewB4QAcgAAAAAAAJAEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA6IAFjij26w9wAM4xUjT04eoAG/wh6gBW3pGnqv0AMA5MatLZyvlIAx+SQBwkAdwmABkfGOMAMjggAbQAAAAAAAcgA8OXoy9ADDsvacnYA8CQBw6AHKQBDvQAh7MdPKQB5/FlleJuABiEwtM2LwkAVDZMADW6AHKQBCQBCQBCQBCQBCQBCQBCQBCQBCQBCABIADoAIdQALHD3CcPcAD6Dh6gw9QALFIA81+i/QAwPlfKU8r5SAMel1IA3+C00AK+KLOIAHr49dPViAFpBAA2IAEgAAAIABAA8mSPTu4AxLJT2sLwAKPwlaaAFT4StdACq8JWugBWxRaRAAYae4WWGPcADLKU/l66fEAYLy6f1Kx5Mf1IAwyaLWYAFP4StNACq8FroAVXgtdACq8FroAVXgtdACq8FroAVXgtdACq8FroAVXgtdACq8JWmgBTzVYWgAUjZPYA21rt7McegBp8JWegBXeErTQA4xU9rDHHsAZVij02Y+gB7AAee/TqwAwjk13aXuzx7AGKzRaTAAkAHUIAFljl4620AL6JVH2SALnan+yQBcbU/2SALjan+yQBcbU/wBkgC32p/skAWNpVk3AGqzXMgDgAAAAAHSABY4u3npbUgDO6z/LH45HoAaeT28GXJ5SAPFKAByAAAAAAkAQ3VrsAatLD6pAFfpY/VIArnptSYAHlSAOQAea/SbAClntM9gCyx9Jx9AD2gA7AB7MfbTWdADLsc+lPXNoAZHtQ/oAFzaVJOcAeXN28t77AHllAAgAAAEoAEoAHTkAdOQB05AHTkAdOQBKAAAAAAAAAAABKABt21ADpyAAAAAAAAAO4IAFxgruW3jfKABk1cUPfToAeScULCQBhvJpEPRywBikpsANIANNobQBUzT2s9ADRSNPSAJSAAAJQANm2sAbNtYA2bawBKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABsggAXvG+UHG+UADNqdFOgBslMgDFOWcsAYpYsANQAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABsggAXvG+UHG+UADNqdFOgBtkkAYpyzlgDFLFgBqABAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAANkIgAX3G+UI43ygAZvTpzToAbpRIAxblo5YAxWxYAagAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADuHIAusFtSq620AM/rlhhX2yAM5nLDB/tkAW3JvEqG15kAapawBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAJAB0AAACAAcgAAAAAAAAAAAAAAAAAAAAAAAAA//Z";

    /// <summary>What somebody drew over it.</summary>
    public static readonly ViewCalibration Drawn = new(
        [new(new(.415, .51), new(.415, .33)), new(new(.63, .93), new(.63, .53))], [new(.04, .42), new(.96, .42), new(1, 1), new(0, 1)], 120, [new(null, [new(.87, .17), new(.96, .17), new(.96, .52), new(.87, .52)])]);

    /// <summary>Two alerts of the first camera in this hour, and one that called no desk.</summary>
    public static VenueDetectors ToldOf(City city, Guid venue) => Of(city, venue) is { Runs: [var first, ..] } of
        ? of with { Told = new(new(venue, city.Now, [new(first.DeviceId, Detector.Fight, 2)], [new(Detector.Fight, 1)]), 3, 12, [new(first.DeviceId, Detector.Fight, city.Now.AddMinutes(-14))]) } : Of(city, venue);

    /// <param name="role">Of whoever asks: the venue's own people are not told of alerts while they stand.</param>
    public static void MapDetectors(this WebApplication app, City city, Func<string> role)
    {
        app.MapGet("/venues/{id:guid}/detectors", (Guid id) => role() is "operator" or "supervisor" or "authority" or "oversight" ? ToldOf(city, id) : Of(city, id));
        app.MapPost("/devices/{id:guid}/glimpses", () => Results.Accepted());
        app.MapPut("/devices/{id:guid}/calibration", (Guid id, DeviceCommand.CalibrateView drawn) =>
        {
            var at = city.Devices.FindIndex(device => device.DeviceId == id);
            city.Devices[at] = city.Devices[at] with { Calibrated = new(drawn.Calibration, city.Now, $"user:{City.Person}") };
            return new CommandAnswer(1, new(1, 1));
        });
        app.MapGet("/devices/{id:guid}/glimpses/{glimpse:guid}", (Guid glimpse) => new FeedTestState(glimpse, "done", new(Verdict.Online, "", null, Blurred, []) { IsBlurred = true }));
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
