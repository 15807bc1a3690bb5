using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Web.Tests.Fakes;

/// <summary>The guards of a venue at two in the morning: two of three stand there, one did not come, and the book has an entry of each kind.</summary>
static class Standing
{
    static readonly Guid[] Guards = [.. Enumerable.Range(1, 3).Select(n => new Guid($"0196f000-0000-7000-8000-00000000e{n:000}"))];

    public static GuardsShown Shown(Guid venue, DateTimeOffset now)
    {
        var (opens, closes) = (now.AddHours(-5), now.AddHours(3));
        var (night, today) = (Night.Of(now), VenueZone.Day(now));
        Shift Came(int guard, double after, DateTimeOffset? left = null) => new(Guid.NewGuid(), Guards[guard], opens, closes, opens.AddHours(after), left, left is null ? null : Witness.Code, Guid.NewGuid(), false, false);
        var sheets = (ShiftSheet[])
        [
            new(venue, night, [Came(0, -0.1), Came(1, 0.4), new(Guid.NewGuid(), Guards[2], opens, closes, null, null, null, null, true, false)], [new(90, opens.AddHours(2.2)), new(142, now.AddMinutes(-20))]),
        ];
        OpeningHours[] hours = [new(VenueZone.Local(opens).DayOfWeek, TimeOnly.FromDateTime(VenueZone.Local(opens).DateTime), TimeOnly.FromDateTime(VenueZone.Local(closes).DateTime))];
        var formula = HeadFormula.In(RulebookShelf.All[RulebookShelf.Usual])! with { From = null };
        GuardingCard card = new(venue,
            [new(venue, "«Қалқан» күзет агенттігі", "050140000011", "№ 12/2026, 15.01.2026", new("KZ17 № 004512", "1", today.AddDays(20)), today.AddDays(-200), today.AddDays(160))],
            [new(Guards[0], 1, today.AddDays(300), null, true), new(Guards[1], 2, today.AddDays(12), null, true), new(Guards[2], 3, today.AddDays(-2), null, false)]);
        return new(card, Guards.Select((id, i) => (id, i)).ToDictionary(g => g.id, g => new GuardPerson(((string[])["Ерлан Қасымов", "Марат Әбілов", "Дәурен Сейіт"])[g.i], $"АБ 10{g.i}204")),
            GuardDuty.Of(venue, now, 350, OpeningWeeks.Always(hours), formula, sheets), sheets, [.. card.Endings(today)]);
    }

    /// <summary>Two guards have not come, told at one minute.</summary>
    public static IEnumerable<NoticeRow> Missed(Guid venue, DateTimeOffset now) =>
        Guards.Skip(1).Select(guard => new NoticeRow(guard, venue, NoticeKind.GuardLate, null, null, null, now.AddMinutes(-2), now.AddMinutes(-2), [], guard));

    public static Page<EntryShown> Book(Guid venue, DateTimeOffset now)
    {
        BookRow Row(int n, IncidentKind kind, double hoursAgo) => new(
            new Guid($"0196f000-0000-7000-8000-00000000d{n:000}"), venue, kind, now.AddHours(-hoursAgo), now.AddHours(-hoursAgo), "user:x", null, [], null, false, false);
        BookNote Note(char of) => new(Guid.NewGuid(), new(of, 64));
        return new(
        [
            new(Row(1, IncidentKind.Refusal, 1.5), []),
            new(Row(2, IncidentKind.Ejection, 3) with { Notes = [new(Note('a'), now.AddHours(-2.5), "user:x"), new(Note('b'), now.AddHours(-1), "user:x")], HeldUntil = VenueZone.Day(now).AddYears(1) },
                ["Екі қонақ төбелеске шықты, екеуі де сыртқа шығарылды.", "Үш қонақ болған: үшіншісі өзі кетті."]),
            new(Row(3, IncidentKind.CctvFault, 4) with { OutageId = Guid.NewGuid() }, []),
            new(Row(4, IncidentKind.Seizure, 24 * 380) with { Notes = [new(Note('c'), now.AddDays(-380), "user:x")], IsWordless = true }, [null]),
        ], null);
    }
}
