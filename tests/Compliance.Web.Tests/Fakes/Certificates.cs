using System.Text.Json;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using static Compliance.Domain.Licences.LicenceCommand;

namespace Compliance.Web.Tests.Fakes;

/// <summary>A certificate in each state, as the domain itself decides it: in force with a proposal to suspend, asked for and overdue, suspended, none.</summary>
static class Certificates
{
    public const string Why = "Құжаттар тексерілді, ережелерге сай / Документы проверены, соответствуют правилам";
    public static readonly Paper[] Papers = [new(PaperKind.FireConclusion, "№ 118, 2026-10-02", new string('a', 64)), new(PaperKind.SecurityContract, "№ 7/26, 2026-09-15", null)];
    public static readonly Condition Quiet = new(new("0196f000-0000-7000-8000-00000000c001"), "23:00-ден кейін сыртқы есік жабық тұрады", "После 23:00 наружная дверь закрыта");

    static readonly Guid Application = new("0196f000-0000-7000-8000-00000000a001"), Proposal = new("0196f000-0000-7000-8000-00000000b001");

    public static IReadOnlyList<LicenceCommand> Way(int venue, DateOnly from) => venue switch
    {
        0 => [new Submit(Application, Papers), new OrderInspection(Why), Grant(from), new ProposeSuspension(Proposal, ["KZ.EXIT.002"], [Application])],
        1 => [new Submit(Application, Papers)],
        2 => [new Submit(Application, Papers), new OrderInspection(Why), Grant(from), new Suspend(null, null, "Эвакуация есігі кілтпен жабылған / Эвакуационный выход заперт на ключ")],
        _ => [],
    };

    static Grant Grant(DateOnly from) => new(CertificateNumber.Of(Application, from.Year, 0), from, from.AddYears(1).AddDays(-1), [Quiet], Why, WithoutAct: Why);

    /// <summary>The facts and the card of a venue; no card where it never asked.</summary>
    public static (IReadOnlyList<StoredFact> Facts, LicenceCard? Card) Of(City city, int venue, params LicenceCommand[] more)
    {
        var (id, at) = (city.Venues[venue].VenueId, city.Now.AddDays(-12));
        var (state, facts) = (Licence.Decider.Initial, new List<StoredFact>());
        foreach (var command in Way(venue, VenueZone.Day(at)).Concat(more))
        {
            var decision = Licence.Decider.Decide(state, new(id, command, command is ProposeSuspension ? null : City.Person, at));
            Assert.Null(decision.Refusal);
            foreach (var fact in decision.Events)
            {
                state = Licence.Decider.Evolve(state, fact);
                facts.Add(new(EventIds.From(id, $"{facts.Count}"), EventCatalog.NameOf(fact), facts.Count, at.AddHours(facts.Count),
                    command is ProposeSuspension ? "reaction:propose" : $"user:{City.Person}", JsonSerializer.Deserialize<JsonElement>(EventCatalog.Encode(fact))));
            }
        }

        return (facts, facts.Count == 0 ? null : new(id, state, facts.Count - 1, city.Now));
    }

    public static DoorPage Door(City city, int venue, bool isVerified = true)
    {
        var (details, held) = (city.Venues[venue].Details, Of(city, venue).Card?.State);
        var state = held switch { Licence.Granted => CertificateState.InForce, Licence.Suspended => CertificateState.Suspended, _ => CertificateState.None };
        return new(city.Venues[venue].VenueId, details.NameKk, details.NameRu, details.Address, details.District, state, false, held?.Held?.Number, null, held?.Held?.From, held?.Held?.Until,
            held?.Held?.Conditions ?? [], isVerified ? city.Now : city.Now.AddHours(-5), isVerified, 0,
            state == CertificateState.Suspended ? "Есік бүгін ауыстырылды. Дверь заменена сегодня." : null, city.Now, city.Now);
    }

    public static Page<RegisterEntry> Register(City city) => new(
    [
        .. from i in Enumerable.Range(0, city.Venues.Count)
           let door = Door(city, i)
           where door.Number is not null
           select new RegisterEntry(door.VenueId, door.NameKk, door.NameRu, city.Venues[i].Details.Bin, door.Address, door.District, door.State, false, door.Number!, door.From!.Value, door.Until!.Value, door.Conditions, city.Now),
    ], null);

    /// <summary>What a rulebook says of a venue of which only an exit is known to be locked.</summary>
    public static VenueCompliance Rules(City city, Guid venue)
    {
        RuleAnswer Rule(string id, Outcome outcome, Wording? wording, Severity severity, bool hardStop) => new(
            id, "exit", RulebookShelf.All["kz-nightclub-2025-2026"].Rules.First(r => r.Id == id).Requirement, severity, outcome, wording, Basis.Law, Confidence.Read, Answerable.Owner, null, hardStop, [], []);
        return new(venue, city.Now, "kz-nightclub-2025-2026", "1", "00",
        [
            Rule("KZ.EXIT.002", Outcome.Fail, Wording.Violation, Severity.Critical, true), Rule("KZ.EXIT.003", Outcome.Unknown, null, Severity.Critical, true), Rule("KZ.FIRE.001", Outcome.Unknown, null, Severity.Critical, true),
        ]);
    }

    public static void MapLicences(this WebApplication app, City city)
    {
        int At(Guid id) => city.Venues.FindIndex(v => v.VenueId == id);
        app.MapGet("/venues/{id:guid}/licence", (Guid id) => Of(city, At(id)).Card is { } card ? Results.Ok(card) : Results.NotFound());
        app.MapGet("/venues/{id:guid}/licence/history", (Guid id) => new Page<StoredFact>(Of(city, At(id)).Facts, null));
        app.MapGet("/licences", () => new Page<LicenceCard>([.. Enumerable.Range(0, city.Venues.Count).Select(i => Of(city, i).Card).OfType<LicenceCard>().OrderBy(LicenceCard.View.SortOf, StringComparer.Ordinal)], null));
        app.MapGet("/public/venues/{key}", (string key) => Enumerable.Range(0, city.Venues.Count).Select(i => Door(city, i, isVerified: i == 0))
            .FirstOrDefault(d => d.Number == key || d.VenueId.ToString() == key) is { } door
            ? Results.Ok(door) : Results.Problem(statusCode: 404, extensions: new Dictionary<string, object?> { ["code"] = "licence.number-unknown" }));
        app.MapGet("/public/register", () => Register(city));
    }
}
