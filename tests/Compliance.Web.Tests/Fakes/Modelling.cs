using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Compliance.Domain.Models;
using Microsoft.AspNetCore.Builder;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Versions of a model in every state that the page has to show.</summary>
static class Modelling
{
    public static void MapModels(this WebApplication app, City city)
    {
        app.MapGet("/models", () => Of(city));
        app.MapGet("/known-clips", () => new Page<KnownClipRow>(Clips(city), null));
        app.MapGet("/known-clips/recall", () => Recall(city));
    }

    public static Guid Box(int n) => new($"0196f000-0000-7000-8000-0000000d{n:0000}");

    /// <summary>One that every box plays, one that none does, one that was deleted.</summary>
    public static IReadOnlyList<KnownClipRow> Clips(City city)
    {
        var person = $"user:{City.Person}";
        KnownClipEvent.Added Card(int n, bool shows, ClipRight right, string paper) => new(new($"0196f000-0000-7000-8000-0000000e{n:0000}"), Detector.Fight, shows, new((char)('0' + n), 64), 3_400_000, 14.2, 1920, 1080, right, paper);
        return
        [
            new(Card(1, true, ClipRight.Staged, "Постановка № 12 от 03.11.2026"), person, city.Now.AddDays(-20), true, null, null),
            new(Card(2, false, ClipRight.OpenLicence, "CC-BY-4.0, intel-iot-devkit/sample-videos"), person, city.Now.AddDays(-2), false, null, null),
            new(Card(3, true, ClipRight.Consent, "Согласия № 4–9"), person, city.Now.AddDays(-90), true, [Box(1)], new(city.Now.AddDays(-30), person, "Согласие отозвано")),
        ];
    }

    public static RecallSheet Recall(City city) => new(
    [
        new(city.Venues[0].VenueId, Detector.Fight, new('a', 64), "fights-2026-12", 0.66, new(2026, 11, 1), new(5, 4, 2, 0, 24.4), new Dictionary<NotShown, int>(), new Dictionary<string, DateTimeOffset>()),
        new(city.Venues[1].VenueId, Detector.Fight, null, null, null, new(2026, 11, 1), Domain.KnownClips.Recall.None, new Dictionary<NotShown, int> { [NotShown.NothingRan] = 2, [NotShown.ClipMissing] = 1 }, new Dictionary<string, DateTimeOffset>()),
        new(city.Venues[0].VenueId, Detector.Fight, new('c', 64), "fights", 0.629, new(2026, 10, 1), new(18, 12, 9, 2, 80), new Dictionary<NotShown, int>(), new Dictionary<string, DateTimeOffset>()),
    ], [new(Box(4), "box 4", null), new(Box(1), "box 1", city.Now.AddHours(-19))]);

    public static IReadOnlyList<ModelLine> Of(City city)
    {
        var other = Guid.NewGuid();
        return
        [
            Line('a', "fights-2026-12", 0.66, 25, [Step(ModelStepKind.Registered, -9), Step(ModelStepKind.Approved, -8) with { Grounds = "Паспорт сверен, показатели повторены" }, Step(ModelStepKind.RolledOut, -7) with { Share = 5, Grounds = "Сначала на немногих" }, Step(ModelStepKind.RolledOut, -2) with { Share = 25, Grounds = "Ложных тревог меньше" }],
                new(new('a', 64), "fights-2026-12", 14, 5, new Dictionary<RejectReason, int> { [RejectReason.Dance] = 4, [RejectReason.LightShow] = 1 }), [new(Box(1), "box 1", 3, true), new(Box(2), "box 2", 0, true)]) with { Recall = new(5, 4, 2, 0, 24.4) },
            Line('b', "fights-2026-13", 0.61, 0, [Step(ModelStepKind.Registered, -1)], null, []) is var waiting ? waiting with { Row = waiting.Row! with { Card = waiting.Row.Card with { AuthorId = other } } } : null!,
            Line('d', "fights-2026-09", 0.58, 0, [Step(ModelStepKind.Registered, -60), Step(ModelStepKind.Approved, -59) with { Grounds = "Проверена" }, Step(ModelStepKind.RolledOut, -58) with { Share = 10, Grounds = "На пробу" }, Step(ModelStepKind.Withdrawn, -50) with { Grounds = "Слишком много ложных тревог при стробоскопе" }],
                new(new('d', 64), "fights-2026-09", 40, 3, new Dictionary<RejectReason, int> { [RejectReason.LightShow] = 30 }), []),
            new(new('c', 64), Detector.Fight, "fights", 0.629, null, [new("even", 0.5, 0.22, 0.876), new("shipped", 0.629, 0.148, 0.784)], new(new('c', 64), "fights", 31, 9, new Dictionary<RejectReason, int> { [RejectReason.Dance] = 12, [RejectReason.Staff] = 3 }), [new(Box(2), "box 2", 2, false), new(Box(3), "box 3", 4, true), new(Box(4), "box 4", 0, true)]),
            new(new('f', 64), Detector.Fight, "fights", 0.5, null, null, null, [new(Box(5), "box 5", 1, false)]),
        ];

        ModelStep Step(ModelStepKind kind, int days) => new(kind, city.Now.AddDays(days), $"user:{City.Person}", null, null);
        ModelLine Line(char hash, string name, double threshold, int share, ModelStep[] steps, ModelField? field, ModelBox[] boxes) => new(
            new(hash, 64), Detector.Fight, name, threshold, new(new(ModelVersion.IdOf(new(hash, 64)), Detector.Fight, name, new(hash, 64), 118_000, threshold, new(0.81, 0.112, 254, 61), "Apache-2.0", City.Person), share, share > 0 ? city.Now.AddDays(-7) : null, steps), null, field, boxes);
    }
}
