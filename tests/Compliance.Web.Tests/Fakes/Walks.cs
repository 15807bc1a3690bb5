using Compliance.Domain.Inspections;
using Compliance.Domain.Rulebooks;

namespace Compliance.Web.Tests.Fakes;

/// <summary>An inspection of a venue of the <see cref="City"/>, begun, with one item of each kind.</summary>
static class Walks
{
    public static readonly Guid Id = new("00000000-0000-0000-0000-0000000000b1");

    static readonly Source Act = new("Law on civil protection, article 22", "https://law.example", "R");

    public static InspectionSheet Running(City city, InspectionKind kind = InspectionKind.Scheduled) => new(
        Id, city.Venues[0].VenueId, kind, InspectionStage.Running, new(2026, 6, 1), kind == InspectionKind.SelfCheck ? "" : "Fire department", kind == InspectionKind.SelfCheck ? "" : "Plan, line 7",
        [City.Person], "26-17", city.Now, null, new("kz-nightclub-2025-2026", "0.1.2", "hash", [new("camera", [Recorder, Frames, Doors]), new("owner", [Folded])]),
        [new("KZ.CAM.017", Found.NotMet, [new(Vocabulary.Venue, "v", "", "recorderLocked", new Known.Flag(false))], [], kind == InspectionKind.SelfCheck ? null : "The recorder stands open.", null)],
        [], ["KZ.CAM.001"], ["KZ.CAM.017", "KZ.CAM.006"], ["KZ.CAM.017"], [], null, null);

    public static InspectionSheet Whole(City city) => Running(city) with
    {
        Unanswered = [], WithoutPhoto = [], Signatures = [new(City.Person, Signatory.Inspector)],
    };

    public static InspectionSheet Over(City city) => Whole(city) with
    {
        Stage = InspectionStage.Done, EndedAt = city.Now,
        Findings = [new(Guid.Empty, "KZ.CAM.017", Severity.Major, Wording.Recommended, false, null, new(2026, 7, 1), "The recorder stands open.")],
    };

    public static InspectionRow Row(City city, InspectionStage stage = InspectionStage.Running) => new(
        Id, city.Venues[0].VenueId, InspectionKind.Scheduled, stage, new(2026, 6, 1), "kz-nightclub-2025-2026", "Fire department", "Plan, line 7", [City.Person], "26-17", city.Now, null, 0, null);

    static ChecklistItem Recorder => Item("KZ.CAM.017", Outcome.Fail, ItemState.Asked, Wording.Recommended,
        [Flag("recorderLocked", "false", Provenance.Inspector), new(Vocabulary.Venue, "v", "", "recorderUsers", WordType.Number, "persons", Need.AtMost, "3", null, null, false, [])], []);

    static ChecklistItem Frames => Item("KZ.CAM.006", Outcome.Fail, ItemState.Measured, Wording.Violation, [],
        [new(Outcome.Fail, "camera", "c", "Вход", "fps", "12", Need.AtLeast, "15", false, [new("00000000-0000-0000-0000-0000000000f1")], Provenance.Measured)]);

    static ChecklistItem Doors => Item("KZ.CAM.001", Outcome.Unknown, ItemState.Asked, Wording.ToBeConfirmed,
        [new("opening", "", "", "", null, null, Need.Known, null, null, null, false, [])], []);

    static ChecklistItem Folded => Item("KZ.OWN.002", Outcome.NotApplicable, ItemState.FoldedAway, Wording.Violation, [], []);

    static Question Flag(string name, string? found, Provenance? from) => new(Vocabulary.Venue, "v", "", name, WordType.Flag, null, Need.Is, "true", found, from, false, []);

    static ChecklistItem Item(string id, Outcome outcome, ItemState state, Wording wording, IReadOnlyList<Question> questions, IReadOnlyList<Ground> measured)
    {
        var rule = RulebookShelf.All["kz-nightclub-2025-2026"].Rules.Single(r => r.Id == id);
        return new(new(id, rule.Subject, rule.Requirement, rule.Severity, outcome, outcome == Outcome.Fail ? wording : null, Basis.Law, Confidence.Read,
            Answerable.Owner, null, false, [Act], measured), state, wording, [Act], questions, measured);
    }
}
