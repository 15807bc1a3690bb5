using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;
using VenueSimulator.Cities;
using VenueSimulator.Stories;

namespace VenueSimulator.Seeding;

/// <summary>
/// Certificates of the city, through the doors as owners and the authority would: most are in force, and the others stand in
/// each state a desk has to show. Every command has a fixed id: a second run changes nothing.
/// </summary>
internal sealed class Certification(HttpClient api, City city)
{
    private const string Authority = "authority@demo";
    private const int Suspended = 3, Returned = 9, Waiting = 10, Inspected = 11, None = 12;

    private const string InOrder = "Құжаттар толық, тексеру өтті / Документы полные, осмотр пройден";
    private const string Complete = "Құжаттар толық, орнында тексеру керек / Документы полные, нужен осмотр на месте";
    private const string BeforeTheSystem = "Көрсетілім: тексеру жүйе іске қосылғанға дейін өтті / Демо: осмотр проведён до запуска системы";
    private const string AllTheSame = "Көрсетілім: жойылғанға дейін бұл шығу пайдаланылмайды / Демо: до устранения этим выходом не пользуются";
    private const string Blocked = "Эвакуация жолы жабық болды / Эвакуационный выход был заперт";
    private const string Missing = "Эвакуация жоспары қоса берілмеген / Не приложен план эвакуации";

    public async Task Run(DateTimeOffset now, CancellationToken stop)
    {
        var officer = await DemoPerson.SignIn(api, Authority, stop);
        foreach (var venue in city.Venues.Where(venue => venue.Number != None && venue.Slug != Story.Venue))
        {
            var owner = await DemoPerson.SignIn(api, venue.Owner, stop);
            await owner.Post($"venues/{venue.Id}/licence/submitted", new LicenceCommand.Submit(EventIds.From(venue.Id, "application"), Papers(venue)), about: venue.Id, stop);
            foreach (var (door, ruling) in Rulings(venue, VenueZone.Day(now)))
            {
                await officer.Post($"venues/{venue.Id}/licence/{door}", ruling, about: venue.Id, stop);
            }
        }
    }

    private static IReadOnlyList<(string Door, object Ruling)> Rulings(CityVenue venue, DateOnly today) => venue.Number switch
    {
        Waiting => [],
        Returned => [("returned", new LicenceCommand.Return(Missing))],
        Inspected => [("inspection-ordered", new LicenceCommand.OrderInspection(Complete))],
        Suspended => [.. Granted(venue, today), ("suspended", new LicenceCommand.Suspend(null, null, Blocked))],
        _ => Granted(venue, today),
    };

    private static IReadOnlyList<(string Door, object Ruling)> Granted(CityVenue venue, DateOnly today) =>
    [
        ("inspection-ordered", new LicenceCommand.OrderInspection(Complete)),
        ("granted", new GrantOrder(today, today.AddYears(1).AddDays(-1), Conditions(venue), InOrder, BeforeTheSystem, AllTheSame)),
    ];

    private static IReadOnlyList<Paper> Papers(CityVenue venue) =>
    [
        new(PaperKind.FireConclusion, $"№ {100 + venue.Number}, 2026-02-10", null), new(PaperKind.SecurityContract, $"№ {venue.Number}/К, 2026-01-15", null),
        new(PaperKind.EvacuationPlan, "2026-02-01", null),
    ];

    private static IReadOnlyList<Condition> Conditions(CityVenue venue) => venue.Number % 2 == 0 ? [] :
    [
        new(EventIds.From(venue.Id, "condition"), $"Ішінде бір мезгілде {venue.Capacity} адамнан көп болмайды", $"Внутри одновременно не больше {venue.Capacity} человек"),
    ];
}
