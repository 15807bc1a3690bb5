using Compliance.Api.Rulebooks;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using GuardingCard = Compliance.Domain.Guards.GuardingCard;

namespace Compliance.Api.Notices;

/// <summary>What of a venue ends, as one noun knows it. A noun whose things end is one more singleton of this; who is reminded, and when, is not its concern.</summary>
delegate Task<IEnumerable<Ending>> EndingsOf(VenueCard venue, DateTimeOffset now, CancellationToken ct);

/// <summary>
/// Every morning, those who answer for a venue are reminded of what ends there in 30, 7 and 1 days. Each reminder has an id of its own,
/// so asking twice, after a restart or on two machines, sends it once; a morning that was missed is made up by the nearest one.
/// </summary>
sealed partial class Endings(IEventLog log, IViewStore views, IEnumerable<EndingsOf> nouns, TimeProvider clock, ILogger<Endings> logger)
{
    const string Actor = "reaction:remind-of-what-ends";

    public async Task Remind(CancellationToken ct)
    {
        foreach (var venue in await views.All(VenueCard.View, null, ct))
        {
            if (venue.ClosedBecause is not null) continue;
            foreach (var noun in nouns)
            {
                try
                {
                    foreach (var ending in await noun(venue, clock.GetUtcNow(), ct)) await Remind(ending, ct);
                }
                catch (Exception e) when (!ct.IsCancellationRequested)
                {
                    Failed(logger, e, venue.VenueId);
                }
            }
        }
    }

    async Task Remind(Ending ending, CancellationToken ct)
    {
        if (ending.Reminder(clock.GetUtcNow()) is { } reminder)
            await log.Execute(Notice.Decider, reminder.NoticeId, reminder, new(EventIds.From(reminder.NoticeId, "remind"), Actor), ct);
    }

    /// <summary>The grounds of the police feeds, duties and orders, guards, and what the rules ask to be done again. Certificates remind of themselves (<see cref="Licences.LicenceCalendar"/>).</summary>
    public static IServiceCollection AddTo(IServiceCollection services) => services.AddSingleton<Endings>()
        .AddSingleton<EndingsOf>((venue, now, _) => Task.FromResult(Reminders.Of(venue, VenueZone.Day(now))))
        .AddSingleton<EndingsOf>(provider => async (venue, now, ct) =>
            (await provider.GetRequiredService<IViewStore>().All(DutyRow.View, [venue.VenueId], ct)).Select(duty => Reminders.Of(duty, now)).OfType<Ending>())
        .AddSingleton<EndingsOf>(provider => async (venue, now, ct) =>
            await provider.GetRequiredService<IViewStore>().Find(GuardingCard.View, venue.VenueId, ct) is { } guarding ? Reminders.Of(guarding, VenueZone.Day(now)) : [])
        .AddSingleton<EndingsOf>(provider => async (venue, now, ct) =>
            await provider.GetRequiredService<Library>().InForce(RulebookShelf.Usual, now, ct) is { } bound
            && FactSheet.Of(venue.VenueId, now, await provider.GetRequiredService<VenueStreams>().Of(venue.VenueId, ct)) is { } facts
                ? Reminders.Of(facts, bound.Book) : []);

    [LoggerMessage(LogLevel.Error, "Venue {Venue} could not be reminded of something; the next morning asks again")]
    static partial void Failed(ILogger logger, Exception e, Guid venue);
}
