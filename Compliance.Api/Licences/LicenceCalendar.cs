using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;

namespace Compliance.Api.Licences;

/// <summary>
/// What the calendar alone brings about for every permit: deadlines that passed, reminders, the end of a suspension, expiry.
/// The rows say where something is due; the log is asked only there. Looked at once a minute: no term here is finer than an hour.
/// </summary>
sealed class LicenceCalendar(IEventLog log, IViewStore views, TimeProvider clock)
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    DateTimeOffset _next;

    public async Task Tick(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now < _next) return;
        foreach (var card in await views.All(LicenceCard.View, null, ct))
        {
            var assess = new Licensing(card.VenueId, new LicenceCommand.Assess(), null, now);
            if (Licence.Decider.Decide(card.State, assess).Events.Count > 0)
                await log.Execute(Licence.Decider, card.VenueId, assess, new(Guid.CreateVersion7(now), "reaction:licence-calendar"), ct);
        }

        _next = now + Every;
    }
}
