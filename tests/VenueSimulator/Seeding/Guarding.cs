using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using VenueSimulator.Cities;

namespace VenueSimulator.Seeding;

/// <summary>
/// Who guards the city tonight, through the doors as its owners and guards would: contracts, rosters, this night's shifts, and guards who
/// read the code on the screen of their venue. At one venue a guard does not come, and at one the firm's licence has run out.
/// </summary>
internal sealed class Guarding(HttpClient api, City city)
{
    private const string OwnPin = "2580";
    private const int Missing = 2, Lapsed = 6, Full = 9;

    /// <summary>Invented firms; their business numbers have the right control digits and belong to nobody.</summary>
    private static readonly (string Name, string Bin)[] Firms = [("ТОО «Қалқан Security»", "050140000011"), ("ТОО «Сұңқар күзет»", "050140000021"), ("ТОО «Барыс Guard»", "050140000031")];

    public async Task Run(DateTimeOffset now, CancellationToken stop)
    {
        foreach (var venue in city.Venues)
        {
            var owner = await DemoPerson.SignIn(api, venue.Owner, stop);
            await owner.Put($"venues/{venue.Id}/guards/contract", new GuardingCommand.SignContract(Contract(venue)), stop);
            var shown = await owner.Get<GuardsShown>($"venues/{venue.Id}/guards", stop);
            var nights = Nights(venue, now);
            for (var guard = 0; guard < GuardsOf(venue); guard++)
            {
                await Stand(venue, guard, owner, shown, nights, now, stop);
            }

            if (nights[0].From <= now)
            {
                await owner.Post($"venues/{venue.Id}/guards/heads", new ShiftCommand.CountHeads(venue.Capacity * 3 / 5), about: Guid.CreateVersion7(now), stop);
            }

            await Write(venue, owner, now, stop);
        }
    }

    /// <summary>On a second run the guard is on the roster already, stands there perhaps, and his PIN is his own.</summary>
    private static async Task Stand(
        CityVenue venue, int guard, DemoPerson owner, GuardsShown shown, IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> nights, DateTimeOffset now, CancellationToken stop)
    {
        var id = EventIds.From(venue.Id, $"guard-{guard}");
        var known = shown.Card.Guards.FirstOrDefault(g => g.GuardId == id);
        var pin = known is null ? await owner.Ask<GuardForm, GuardPin>(HttpMethod.Put, $"venues/{venue.Id}/guards/{id}",
            new($"Күзетші {guard + 1}, «{venue.Details.NameKk}»", $"АБ {venue.Number:00}{guard:000}", new(2027, 1 + guard, 15)), stop) : new GuardPin(id, known.Number, OwnPin);
        var mine = shown.Sheets.SelectMany(sheet => sheet.Shifts).Where(shift => shift.GuardId == id).ToArray();
        foreach (var (from, until) in nights.Where(night => !mine.Any(shift => shift.From < night.Until && night.From < shift.Until)))
        {
            await owner.Post($"venues/{venue.Id}/shifts", new ShiftCommand.Plan(EventIds.From(id, $"shift/{from:O}"), id, from, until), about: EventIds.From(id, $"{from:O}"), stop);
        }

        if (nights[0].From > now || (venue.Number == Missing && guard == 0) || mine.Any(shift => shift.In is not null && shift.Until > now))
        {
            return;
        }

        var phone = EventIds.From(id, $"telephone/{Night.Of(now):O}");
        var code = (await owner.Get<GuardCode>($"venues/{venue.Id}/guards/code", stop)).Link.Split('/')[^1];
        var ticket = await owner.Ask<CodeOpened, CheckInTicket>(HttpMethod.Post, $"public/venues/{venue.Id}/guard-code", new(code, phone), stop);
        await owner.Ask<GuardCheck, GuardChecked>(HttpMethod.Post, $"public/venues/{venue.Id}/guard-check",
            new(ticket.Ticket, pin.Number, pin.Pin, pin.Pin == OwnPin ? null : OwnPin, phone, false), stop);
    }

    private static async Task Write(CityVenue venue, DemoPerson owner, DateTimeOffset now, CancellationToken stop)
    {
        var path = $"venues/{venue.Id}/incidents";
        if ((await owner.Get<Page<EntryShown>>(path, stop)).Items.Any(entry => entry.Row.OutageId is null))
        {
            return;
        }

        await owner.Put($"{path}/{EventIds.From(venue.Id, "ejection")}", new EntryForm(IncidentKind.Ejection, now.AddHours(-2),
            "Мас қонақ сыртқа шығарылды, ешкім жараланған жоқ. / Нетрезвый посетитель выведен, никто не пострадал.", new DateOnly(2028, 1, 1)), stop);
        await owner.Put($"{path}/{EventIds.From(venue.Id, "refusal")}", new EntryForm(IncidentKind.Refusal, now.AddMinutes(-40), null, null), stop);
    }

    private static SecurityContract Contract(CityVenue venue)
    {
        var (firm, bin) = Firms[venue.Number % Firms.Length];
        return new(EventIds.From(venue.Id, "guards"), firm, bin, $"№ {venue.Number}/К, 15.01.2026",
            new($"KZ17-{4500 + venue.Number}", venue.Details.Uto || venue.Number % 2 == 0 ? "1" : "2", venue.Number == Lapsed ? new(2026, 10, 31) : new(2027, 6, 30)), new(2026, 1, 15), new(2027, 1, 14));
    }

    /// <summary>As many as a house three fifths full needs; one venue has enough for a full one.</summary>
    private static int GuardsOf(CityVenue venue) =>
        2 + (int)Math.Ceiling(Math.Max(0, (venue.Number == Full ? venue.Capacity : venue.Capacity * 3 / 5) - 100) / 100m);

    /// <summary>This opening or the coming one; by day, two venues have guards while the house is made ready.</summary>
    private static IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> Nights(CityVenue venue, DateTimeOffset now)
    {
        var (opens, closes) = venue.Hours.Openings(now.AddDays(-1), now.AddDays(8)).First(opening => opening.Closes > now);
        return opens > now && venue.Number <= Missing ? [(now.AddMinutes(-5), opens < now.AddHours(8) ? opens : now.AddHours(8)), (opens, closes)] : [(opens, closes)];
    }
}
