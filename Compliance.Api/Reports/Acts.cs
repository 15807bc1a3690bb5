using Compliance.Api.Feeds;
using Compliance.Api.Inspections;
using Compliance.Api.Rulebooks;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints the act of an inspection from its facts: asked again, it is the same document.</summary>
sealed class Acts(Visits visits, Library library, IEventLog log, NameOf nameOf)
{
    /// <summary>The formula of an act whose figures its attached facts alone do not give again.</summary>
    public const string WithoutFigures = "inspection-act.v3";

    static readonly Refusal NoAct = new("inspection.no-act", "There is no act of this inspection.");

    /// <param name="wish">The act is also printed in both state languages side by side: <c>kk-ru</c>.</param>
    public static Task<IResult> Print(Guid inspectionId, [AsParameters] Wish wish, Acts acts, Papers papers, CancellationToken ct) => wish.Language == BilingualAct.Language
        ? papers.Answer(wish with { Language = "kk" }, async kk => await acts.Compose(inspectionId, kk, ct) is { } act && await acts.Compose(inspectionId, Words.All["ru"], ct) is { } other ? new BilingualAct(act, other) : null, _ => NoAct, ct)
        : papers.Answer(wish, async words => await acts.Compose(inspectionId, words, ct), _ => NoAct, ct);

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
        Recorded[] all = [.. facts.OrderBy(f => f.Position).Select(f => Addresses.AreIn(f.Stream) ? Addresses.Without(f) : f), .. await TextOf(walk.Start, ct)];
        var (shown, counted) = Enough(inspectionId, list, [.. all.Where(f => f.Stream == own || cited.Contains(f.EventId) || f.Stream.Category is "venue" or "rulebook" || EventCatalog.Decode(f) is DeviceEvent.Registered)], all);
        return new(
            InspectionSheet.Of(visit.State, list, visit.At)!, list, bound.Book.Title, DetailsIn(facts), findings, new(nameOf, words), shown,
            Told<InspectionEvent.Signed>(shown).GroupBy(x => x.Fact.As).ToDictionary(side => side.Key, side => side.Last().At),
            Told<InspectionEvent.SignatureRefused>(shown).Select(x => (DateTimeOffset?)x.At).LastOrDefault())
        {
            Counted = counted, DarkOutages = [.. rows.Select(row => (PlaceIn(facts, row.DeviceId, words), row))],
        };
    }

    /// <summary>The facts it cites with what the register said, where they give the same list again; else all that was known of the venue. Null where not even that does.</summary>
    static (Recorded[] Shown, InspectionAct? Counted) Enough(Guid inspectionId, Checklist list, Recorded[] cited, Recorded[] all)
    {
        foreach (var shown in (Recorded[][])[cited, all])
            if (InspectionAct.Of(inspectionId, shown) is { } again && Outcomes(again.List).SequenceEqual(Outcomes(list))) return (shown, again);
        return (cited, null);
    }

    static IEnumerable<(string, ItemState, Outcome)> Outcomes(Checklist list) => list.Items.Select(i => (i.Rule.RuleId, i.State, i.Rule.Outcome));

    /// <summary>The fact that brought the text of a rulebook which is not delivered with the house.</summary>
    async Task<List<Recorded>> TextOf(InspectionEvent.Started start, CancellationToken ct) => RulebookShelf.Deliveries(start.Rulebook).Any(d => d.Hash == start.Hash) ? []
        : await log.Read(new("rulebook", RulebookVersions.IdOf(start.Rulebook)), ct)
            .Where(f => InspectionAct.TextIn(EventCatalog.Decode(f)) is { } text && RulebookVersions.HashOf(text) == start.Hash).Take(1).ToListAsync(ct);

    static string PlaceIn(IEnumerable<Recorded> facts, Guid device, Words words) =>
        Told<DeviceEvent.Registered>(facts.Where(f => f.Stream == new StreamId("device", device))).Select(x => words.Of(x.Fact.Spec.PlaceKk, x.Fact.Spec.PlaceRu)).FirstOrDefault() ?? words["None"];

    static IEnumerable<(T Fact, DateTimeOffset At)> Told<T>(IEnumerable<Recorded> facts) =>
        facts.Select(f => (Fact: EventCatalog.Decode(f), f.RecordedAt)).Where(x => x.Fact is T).Select(x => ((T)x.Fact!, x.RecordedAt));

    /// <summary>What the register said of the venue when the act was issued.</summary>
    static VenueDetails DetailsIn(IEnumerable<Recorded> facts) => facts.Where(f => f.Stream.Category == "venue").Select(EventCatalog.Decode).Select(VenueEvent.DetailsIn).OfType<VenueDetails>().Last();
}
