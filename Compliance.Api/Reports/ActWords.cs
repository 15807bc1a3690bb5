using System.Globalization;
using Compliance.Domain.Inspections;
using Compliance.Domain.Rulebooks;

namespace Compliance.Api.Reports;

/// <summary>What an act says of its papers, its findings and its signatures, in the language of one sheet.</summary>
static class ActWords
{
    public static IEnumerable<(string Label, string Value)> Papers(this ActSheet act)
    {
        var (w, visit) = (act.Words, act.Inspection);
        yield return (w["Act_Kind"], w[$"Act_Kind_{visit.Kind}"]);
        yield return (w["Act_Number"], visit.Number ?? w["None"]);
        yield return (w["Act_When"], $"{w.Instant(visit.StartedAt!.Value)} – {w.Instant(act.IssuedAt)}");
        yield return (w["Address"], $"{act.Venue.Address}, {act.Venue.District}");
        yield return (w["Act_Body"], visit.Body);
        yield return (w["Act_Officers"], string.Join(", ", visit.Walkers.Select(walker => act.People.Name(walker, act.IssuedAt))));
        yield return (w["Act_Ground"], visit.Basis);
        yield return (w["Act_Subject"], w.Say("Act_SubjectWords", act.Rulebook.In(w.Language), act.List.Version, act.List.Hash));
    }

    /// <summary>The officer's own words stand as they were written; measured values are put into the language of the act.</summary>
    public static string Remark(this ActSheet act, Finding finding, ChecklistItem? item) => act.Inspection.Items.FirstOrDefault(i => i.RuleId == finding.RuleId)?.Remark is not null || item is null ? finding.Remark
        : string.Join("; ", item.Rule.Grounds.Where(g => g.Outcome == Outcome.Fail).Select(g =>
            $"{RuleWords.Topic(g.Kind, g.Label, g.Attribute, act.Words.Language)}: {g.Value(act.Words.Language)} ({RuleValues.Wanted(g.Kind, g.Attribute, g.Need, g.Needed, act.Words.Language)})"));

    public static NoPhoto? NoPhoto(this ActSheet act, string rule) => act.Inspection.Items.FirstOrDefault(i => i.RuleId == rule)?.NoPhoto;

    public static string Signed(this ActSheet act, Signatory side) => act.Inspection.Signatures.FirstOrDefault(s => s.As == side) is { } signature
        ? act.Words.Say("Act_Signed", act.People.Name(signature.SubjectId, act.SignedAt[side]), act.Words.Instant(act.SignedAt[side]))
        : act.Words.Say("Act_Refused", act.Words[$"Act_Why_{act.Inspection.Unsigned}"], act.Words.Instant(act.RefusedAt!.Value));

    /// <summary>What the signatures stand under, and whether the log still says the same.</summary>
    public static string Content(this ActSheet act) => act.Inspection.Content is not { } signed ? act.Words["Act_ContentUnnamed"]
        : $"{act.Words.Say("Act_Content", act.Words.Instant(signed.MeasuredAt), signed.Hash)} {act.Words[act.Inspection.ContentHolds == true ? "Act_ContentHolds" : "Act_ContentChanged"]}";

    public static string Place(this ActSheet act, Photo photo) => photo.Position is { } at ? string.Create(CultureInfo.InvariantCulture, $"{at.Latitude:0.#####}, {at.Longitude:0.#####}") : act.Words["None"];
}
