using System.Globalization;
using Compliance.Domain.Duties;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Subjects;
using Compliance.Domain.Venues;
using VenueSimulator.Cities;
using VenueSimulator.Seeding;

namespace VenueSimulator.Stories;

/// <summary>Two walks of one list: the inspector's before the certificate, and later the owner's own.</summary>
internal sealed class StoryVisit(Past past, CityVenue venue)
{
    private const string Inspector = "inspector@demo", Recorder = "KZ.CAM.017", Signs = "KZ.EXIT.006";

    /// <summary>The visit that the order planned: taken, registered, walked, signed by both, ended by an act: what it orders is then put right, what it only recommends stays open.</summary>
    public async Task Walk(CancellationToken stop)
    {
        var visit = await Past.Row<InspectionRow>(await past.As(Inspector, stop), "inspections?limit=200", row => row.VenueId == venue.Id && row.Walkers.Count == 0, stop);
        past.GoTo(75, 9, 50);
        await Step(await past.As(Inspector, stop), visit.InspectionId, "taken", new { }, stop);
        past.GoTo(74, 14, 5);
        var inspector = await past.As(Inspector, stop);
        await Step(inspector, visit.InspectionId, "registered", new InspectionCommand.RegisterCheck("ДЕМО-26-0117"), stop);
        await Step(inspector, visit.InspectionId, "started", new { }, stop);
        past.Pass(TimeSpan.FromMinutes(45));
        inspector = await past.As(Inspector, stop);
        await Say(inspector, visit.InspectionId, new(Recorder, Found.NotMet, [], [],
            "Бейнетіркеуіш бардың артында ашық тұр / Регистратор стоит за баром без замка", NoPhoto.NotAllowed), stop);
        await Say(inspector, visit.InspectionId, new(Signs, Found.NotMet, [], [],
            "Артқы есіктің үстіндегі көрсеткіш жанбайды / Не горит указатель над задней дверью", NoPhoto.NotAllowed), stop);
        await AnswerTheRest(inspector, visit.InspectionId, stop);
        await Step(inspector, visit.InspectionId, "signatures", new { }, stop);
        await Step(await past.As(venue.Owner, stop), visit.InspectionId, "signatures", new { }, stop);
        await Step(inspector, visit.InspectionId, "act", new { }, stop);
        await Mend(visit.InspectionId, stop);
    }

    /// <summary>The owner's own check, completed: what it says counts, and no act comes of it.</summary>
    public async Task CheckOneself(CancellationToken stop)
    {
        var (owner, id) = (await past.As(venue.Owner, stop), EventIds.From(venue.Id, "story/self-check"));
        var me = (await owner.Get<Me>("me", stop)).SubjectId;
        await owner.Put($"venues/{venue.Id}/inspections/{id}",
            new InspectionCommand.Schedule(id, venue.Id, InspectionKind.SelfCheck, VenueZone.Day(past.Now), RulebookShelf.Usual, "", "", [me]), stop);
        await Step(owner, id, "started", new { }, stop);
        await AnswerTheRest(owner, id, stop);
        await Step(owner, id, "completed", new { }, stop);
    }

    /// <summary>What the act named is an order; the inspector comes back and finds it put right.</summary>
    private async Task Mend(Guid visit, CancellationToken stop)
    {
        var findings = (await (await past.As(Inspector, stop)).Get<InspectionSheet>($"inspections/{visit}", stop)).Findings!.Where(f => f.Wording != Wording.Recommended);
        var duties = findings.Select(f => RaiseDutyWhenActNamesFinding.DutyOf(f.FindingId)).ToArray();
        if (duties.Length == 0)
        {
            throw new InvalidOperationException("The act of the story orders nothing: there is nothing to put right.");
        }

        foreach (var duty in duties)
        {
            await Past.Row<DutyShown>(await past.As(Inspector, stop), $"venues/{venue.Id}/duties", row => row.Duty.DutyId == duty && row.Duty.Clock.Notified is not null, stop);
        }

        await past.Heard(venue, NoticeKind.DutyArose, stop);
        past.Pass(TimeSpan.FromMinutes(35));
        await (await past.As(venue.Owner, stop)).Post("notices/read", new NoticesRead(past.Now), about: visit, stop);
        past.GoTo(73, 15, 20);
        var inspector = await past.As(Inspector, stop);
        foreach (var duty in duties)
        {
            await inspector.Post($"duties/{duty}/repair-found", new RepairFound(true, "Орнында тексерілді: жойылған / Проверено на месте: устранено"), about: duty, stop);
        }
    }

    /// <summary>Met, with the values the rule asks for; what nobody can write down was not checked, and what fails by its values stays a finding.</summary>
    private async Task AnswerTheRest(DemoPerson walker, Guid visit, CancellationToken stop)
    {
        var sheet = await walker.Get<InspectionSheet>($"inspections/{visit}", stop);
        foreach (var item in sheet.List!.Items.Where(item => sheet.Unanswered.Contains(item.Rule.RuleId)))
        {
            var values = item.Questions.Where(q => q is { Type: not null, Found: null }).Select(Seen).ToArray();
            var known = !item.LacksMeasurement && values.All(value => value is not null);
            await Say(walker, visit, new(item.Rule.RuleId, known ? Found.Met : Found.NotChecked, known ? [.. values.OfType<Statement>()] : [], [], null, null), stop);
        }

        foreach (var rule in (await walker.Get<InspectionSheet>($"inspections/{visit}", stop)).WithoutFigure)
        {
            await Say(walker, visit, new(rule, Found.NotChecked, [], [], null, null), stop);
        }

        sheet = await walker.Get<InspectionSheet>($"inspections/{visit}", stop);
        var said = sheet.Items.ToDictionary(item => item.RuleId);
        foreach (var item in sheet.List!.Items.Where(item => item.Rule.Outcome == Outcome.Fail && said.GetValueOrDefault(item.Rule.RuleId)?.Verdict is Found.Met))
        {
            await Say(walker, visit, said[item.Rule.RuleId] with { Verdict = null, NoPhoto = NoPhoto.NothingToSee }, stop);
        }

        foreach (var rule in (await walker.Get<InspectionSheet>($"inspections/{visit}", stop)).WithoutPhoto)
        {
            await Say(walker, visit, said.GetValueOrDefault(rule, new(rule, null, [], [], null, null)) with { NoPhoto = NoPhoto.NothingToSee }, stop);
        }
    }

    /// <summary>What the eye, a tape or a paper shows, as the rule wants it; null where that takes an instrument.</summary>
    private Statement? Seen(Question q) => Value(q) is { } value ? new(q.Kind, q.ThingId, q.Label, q.Attribute, value) : null;

    private Known? Value(Question q) => q switch
    {
        { Type: WordType.Number } when decimal.TryParse(q.Needed, NumberStyles.Number, CultureInfo.InvariantCulture, out var needed) => new Known.Number(needed),
        { Type: WordType.Flag } => new Known.Flag(q.Needed != "false"),
        { Type: WordType.Text, Need: Need.Is or Need.OneOf, Needed: { } needed } => new Known.Text(needed.Split(", ")[0]),
        { Type: WordType.Instant, Need: Need.InForce } => new Known.Instant(VenueZone.Midnight(VenueZone.Day(past.Now).AddMonths(10))),
        { Type: WordType.Instant, Need: Need.NotOlderThan } => new Known.Instant(VenueZone.Midnight(VenueZone.Day(past.Now).AddDays(-1))),
        _ => null,
    };

    private static Task Say(DemoPerson walker, Guid visit, InspectionCommand.RecordItem item, CancellationToken stop) =>
        walker.Post($"inspections/{visit}/items", item, about: Guid.CreateVersion7(), stop);

    private static Task Step(DemoPerson who, Guid visit, string step, object body, CancellationToken stop) =>
        who.Post($"inspections/{visit}/{step}", body, about: visit, stop);
}
