using Compliance.Api.Evidence;
using Compliance.Api.Feeds;
using Compliance.Api.Inspections;
using Compliance.Api.Rulebooks;
using Compliance.Domain.Devices;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints the act of an inspection from its facts: asked again, it is the same document.</summary>
sealed class Acts(Visits visits, Library library, PageHtml pages, Issuer issuer, NameOf nameOf)
{
    /// <summary>How the act follows from the facts; a new name when the rule changes.</summary>
    public const string Formula = "inspection-act.v3";

    static readonly Refusal NoAct = new("inspection.no-act", "There is no act of this inspection.");

    /// <param name="language">kk, ru or en; Kazakh when it is not said.</param>
    public static async Task<IResult> Print(Guid inspectionId, string? language, Acts acts, CancellationToken ct)
    {
        if (Words.All.GetValueOrDefault(language ?? "kk") is not { } words) return Problems.Of(new Refusal("report.language-unknown", Words.All["en"]["Problem_Language"], "language"));
        if (await acts.Compose(inspectionId, words, ct) is not { } act) return Problems.Of(NoAct);
        try
        {
            return Results.File(await acts.Print(act, ct), "application/pdf", $"act-{act.DocumentId}-{words.Language}.pdf");
        }
        catch (PrinterOutOfOrder broken)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, broken.Code, broken.Message);
        }
    }

    public async Task<byte[]> Print(ActSheet act, CancellationToken ct) => await issuer.Issue(
        await pages.Render<ActPage>(nameof(ActPage.Act), act), act.Words, act.Attached, act.IssuedAt, ct, act.Inspector);

    /// <summary>Null where no act has been issued, or its very rulebook is not at hand.</summary>
    public async Task<ActSheet?> Compose(Guid inspectionId, Words words, CancellationToken ct)
    {
        var visit = await visits.Find(inspectionId, ct);
        if (visit.State is not Inspection.Done({ Card: { Kind: not InspectionKind.SelfCheck } card } walk, var findings)
            || await visits.ListOf(visit, ct) is not { } list || await library.Find(list.Rulebook, list.Version, ct) is not { } bound) return null;
        var facts = (await visits.FactsOf(card, ct)).Where(f => f.RecordedAt <= visit.At).ToArray();
        var cited = list.Items.SelectMany(i => i.Rule.Grounds).SelectMany(g => g.By).ToHashSet();
        var own = new StreamId("inspection", inspectionId);
        var outages = facts.Where(f => f.Stream.Category == "outage" && cited.Contains(f.EventId)).Select(f => f.Stream).ToHashSet();
        var rows = OutageRow.View.Build(facts.Where(f => outages.Contains(f.Stream))).Values.Where(row => words.Sight(row).Any()).OrderBy(row => row.StartedAt).ToArray();
        cited.UnionWith(rows.SelectMany(row => row.EventIds)); // how it was confirmed is what the act rests on too
        Recorded[] shown = [.. facts.Where(f => f.Stream == own || cited.Contains(f.EventId)).OrderBy(f => f.Position).Select(f => Addresses.AreIn(f.Stream) ? Addresses.Without(f) : f)];
        return new(
            InspectionSheet.Of(visit.State, list, visit.At)!, list, bound.Book.Title, DetailsIn(facts), findings, words,
            walk.Card.Walkers.Concat(walk.Signatures.Select(s => s.SubjectId)).Distinct().ToDictionary(id => id, id => nameOf(id)), shown,
            Told<InspectionEvent.Signed>(shown).GroupBy(x => x.Fact.As).ToDictionary(side => side.Key, side => side.Last().At),
            Told<InspectionEvent.SignatureRefused>(shown).Select(x => (DateTimeOffset?)x.At).LastOrDefault())
        {
            DarkOutages = [.. rows.Select(row => (PlaceIn(facts, row.DeviceId, words), row))],
        };
    }

    static string PlaceIn(IEnumerable<Recorded> facts, Guid device, Words words) =>
        Told<DeviceEvent.Registered>(facts.Where(f => f.Stream == new StreamId("device", device))).Select(x => words.Of(x.Fact.Spec.PlaceKk, x.Fact.Spec.PlaceRu)).FirstOrDefault() ?? words["None"];

    static IEnumerable<(T Fact, DateTimeOffset At)> Told<T>(IEnumerable<Recorded> facts) =>
        facts.Select(f => (Fact: EventCatalog.Decode(f), f.RecordedAt)).Where(x => x.Fact is T).Select(x => ((T)x.Fact!, x.RecordedAt));

    /// <summary>What the register said of the venue when the act was issued.</summary>
    static VenueDetails DetailsIn(IEnumerable<Recorded> facts) => facts.Where(f => f.Stream.Category == "venue").Select(EventCatalog.Decode).Select(fact => fact switch
    {
        VenueEvent.Registered f => f.Details,
        VenueEvent.DetailsCorrected f => f.Details,
        _ => null,
    }).OfType<VenueDetails>().Last();
}
