using System.Globalization;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using EndingKind = Compliance.Domain.Guards.EndingKind;
using GuardingCard = Compliance.Domain.Guards.GuardingCard;

namespace Compliance.Domain.Notices;

/// <summary>Something of a venue that ends on a day: a paper, a test that has to be done again, a term that runs out.</summary>
/// <param name="Kind">The notice that reminds of it.</param>
/// <param name="AboutId">What ends; one id for one thing.</param>
/// <param name="Since">When it began: of a day before that, nobody is reminded.</param>
/// <param name="LastDay">The last day on which all is well.</param>
public sealed record Ending(Guid VenueId, NoticeKind Kind, Guid AboutId, DateOnly Since, DateOnly LastDay, string? RuleId = null)
{
    /// <summary>The reminder whose day has come; null while none has. Asked again it is the same notice, and a notice is issued once.</summary>
    public NoticeCommand.Tell? Reminder(DateTimeOffset now) =>
        Reminders.NearestOn(VenueZone.Day(now), LastDay) is { } days && Since < LastDay.AddDays(-days)
            ? new(EventIds.From(AboutId, string.Create(CultureInfo.InvariantCulture, $"reminder/{Kind}/{LastDay:yyyy-MM-dd}/{days}")), VenueId, Kind, AboutId, RuleId, now, LastDay)
            : null;
}

/// <summary>When people are reminded that something ends, and what of a venue's own record does.</summary>
public static class Reminders
{
    /// <summary>Days before the last one (this project's own numbers).</summary>
    public static readonly IReadOnlyList<int> Days = [30, 7, 1];

    /// <summary>The nearest reminder whose day has come; null while the end is far, or past.</summary>
    public static int? NearestOn(DateOnly day, DateOnly lastDay) =>
        lastDay.DayNumber - day.DayNumber is >= 0 and var left ? Days.Where(days => left <= days).Select(days => (int?)days).Min() : null;

    /// <summary>The grounds on which police may see the feeds.</summary>
    public static IEnumerable<Ending> Of(VenueCard venue, DateOnly today) =>
        from basis in venue.BasesOn(today)
        where basis.Until is not null
        select new Ending(venue.VenueId, NoticeKind.BasisEndsSoon, basis.BasisId, basis.From, basis.Until!.Value);

    /// <summary>The term of a duty, or of an order; null where it is met, has none, or stands still: then nobody knows its last day.</summary>
    public static Ending? Of(DutyRow duty, DateTimeOffset now) => duty.AsOf(now) is { State: DutyState.Owed, Clock.Due: { } due }
        ? new(duty.VenueId, duty.Source is DutySource.OfFinding ? NoticeKind.OrderDueSoon : NoticeKind.DutyDueSoon, duty.DutyId,
            VenueZone.Day(duty.Clock.Detected), VenueZone.Day(due.AddTicks(-1)), duty.Matter.RuleId)
        : null;

    /// <summary>A contract with a security firm, and a guard's certificate. The firm's licence is asked by the rules.</summary>
    public static IEnumerable<Ending> Of(GuardingCard guarding, DateOnly today) =>
        from ending in guarding.Endings(today)
        where ending.Kind != EndingKind.FirmLicence
        select new Ending(guarding.VenueId, ending.Kind == EndingKind.Contract ? NoticeKind.GuardContractEndsSoon : NoticeKind.GuardCertificateEndsSoon, ending.Id, DateOnly.MinValue, ending.Until);

    /// <summary>What a rulebook asks to be done again, or to be renewed, and until when it is good.</summary>
    public static IEnumerable<Ending> Of(VenueFacts facts, Rulebook book) =>
        from good in Freshness.Of(book, facts)
        select new Ending(
            facts.VenueId, good.Done is null ? NoticeKind.PaperEndsSoon : NoticeKind.TestDueSoon, EventIds.From(facts.VenueId, $"{good.RuleId}/{good.ThingId}/{good.Attribute}"),
            good.Done is { } done ? VenueZone.Day(done) : DateOnly.MinValue, VenueZone.Day(good.Until.AddTicks(-1)), good.RuleId);
}
