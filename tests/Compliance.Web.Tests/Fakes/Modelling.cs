using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Models;
using Microsoft.AspNetCore.Builder;

namespace Compliance.Web.Tests.Fakes;

/// <summary>Versions of a model in every state that the page has to show.</summary>
static class Modelling
{
    public static void MapModels(this WebApplication app, City city) => app.MapGet("/models", () => Of(city));

    public static IReadOnlyList<ModelLine> Of(City city)
    {
        var other = Guid.NewGuid();
        return
        [
            Line('a', "fights-2026-12", 0.66, 25, [Step(ModelStepKind.Registered, -9), Step(ModelStepKind.Approved, -8) with { Grounds = "Паспорт сверен, показатели повторены" }, Step(ModelStepKind.RolledOut, -7) with { Share = 5, Grounds = "Сначала на немногих" }, Step(ModelStepKind.RolledOut, -2) with { Share = 25, Grounds = "Ложных тревог меньше" }],
                new(new('a', 64), "fights-2026-12", 14, 5, new Dictionary<RejectReason, int> { [RejectReason.Dance] = 4, [RejectReason.LightShow] = 1 }), [Box(1, 3, true), Box(2, 0, true)]),
            Line('b', "fights-2026-13", 0.61, 0, [Step(ModelStepKind.Registered, -1)], null, []) is var waiting ? waiting with { Row = waiting.Row! with { Card = waiting.Row.Card with { AuthorId = other } } } : null!,
            Line('d', "fights-2026-09", 0.58, 0, [Step(ModelStepKind.Registered, -60), Step(ModelStepKind.Approved, -59) with { Grounds = "Проверена" }, Step(ModelStepKind.RolledOut, -58) with { Share = 10, Grounds = "На пробу" }, Step(ModelStepKind.Withdrawn, -50) with { Grounds = "Слишком много ложных тревог при стробоскопе" }],
                new(new('d', 64), "fights-2026-09", 40, 3, new Dictionary<RejectReason, int> { [RejectReason.LightShow] = 30 }), []),
            new(new('c', 64), Detector.Fight, "fights", 0.629, null, [new("even", 0.5, 0.22, 0.876), new("shipped", 0.629, 0.148, 0.784)], new(new('c', 64), "fights", 31, 9, new Dictionary<RejectReason, int> { [RejectReason.Dance] = 12, [RejectReason.Staff] = 3 }), [Box(2, 2, false), Box(3, 4, true), Box(4, 0, true)]),
            new(new('f', 64), Detector.Fight, "fights", 0.5, null, null, null, [Box(5, 1, false)]),
        ];

        ModelStep Step(ModelStepKind kind, int days) => new(kind, city.Now.AddDays(days), $"user:{City.Person}", null, null);
        ModelBox Box(int n, int cameras, bool due) => new(new($"0196f000-0000-7000-8000-0000000d{n:0000}"), $"box {n}", cameras, due);
        ModelLine Line(char hash, string name, double threshold, int share, ModelStep[] steps, ModelField? field, ModelBox[] boxes) => new(
            new(hash, 64), Detector.Fight, name, threshold, new(new(ModelVersion.IdOf(new(hash, 64)), Detector.Fight, name, new(hash, 64), 118_000, threshold, new(0.81, 0.112, 254, 61), "Apache-2.0", City.Person), share, share > 0 ? city.Now.AddDays(-7) : null, steps), null, field, boxes);
    }
}
