using Compliance.Api.Entrance;
using Compliance.Api.Guards;
using Compliance.Api.Identity;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Alerts;

/// <summary>
/// The panic button of a venue: pressed by those who answer for it, and by a guard who is on duty with what his check-in gave his telephone.
/// Each press is a fact with who; what a person found of it is counted beside it.
/// </summary>
static class Panics
{
    const int CountedDays = 90, Shown = 50;

    static readonly Refusal NotOnDuty = new("panic.not-on-duty", "This telephone belongs to nobody who is on duty here: call 102.");

    public static async Task<Answer> Press(Guid venueId, PanicForm body, Knock knock, Posts posts, TimeProvider clock)
    {
        var held = await posts.HeldBy(knock.Caller, Who.Owner | Who.Manager, venueId, knock.Ct);
        var way = held.Any(a => a.Post == Post.Owner) ? PanicWay.Owner : PanicWay.Manager;
        return await knock.Send(PanicButton.Decider, venueId, new PanicCommand.Press(venueId, body.PressId, knock.Caller.SubjectId, way, body.Gesture, clock.GetUtcNow()));
    }

    public static async Task<IResult> PressByGuard(Guid venueId, GuardPanicForm body, VenueCode codes, IEventLog log, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (!codes.IsPanicPass(venueId, body.Pass, body.GuardId, body.Handset) || !await IsOnDuty(log, venueId, body.GuardId, now, ct)) return Problems.Of(NotOnDuty);
        var press = new PanicCommand.Press(venueId, body.PressId, body.GuardId, PanicWay.Guard, body.Gesture, now);
        var done = await log.Execute(PanicButton.Decider, venueId, press, new(EventIds.From(body.PressId, $"press/{body.GuardId:N}"), $"guard:{body.GuardId}"), ct);
        return done.Refusal is { } no ? Problems.Of(no) : TypedResults.Ok(new CommandAnswer(done.Revision, done.Position));
    }

    /// <summary>What came of a press is told once its incident is over, as every incident is: nobody reads how an answer is going.</summary>
    public static async Task<PanicShown> List(Guid venueId, Caller caller, Posts posts, Persons persons, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var (now, isOwn) = (clock.GetUtcNow(), (await posts.HeldBy(caller, Who.Owner | Who.Manager, venueId, ct)).Count > 0);
        var guards = (await views.Find(GuardingCard.View, venueId, ct))?.Guards ?? [];
        var presses = new List<PanicPress>();
        foreach (var row in await views.All(PanicRow.View, [venueId], ct))
        {
            var number = row.Zone ?? guards.FirstOrDefault(g => g.GuardId == row.By)?.Number;
            presses.Add(new(row.At, row.Way, isOwn && row.By is { } by ? persons.Find(by)?.Name : null, number, await IsOver(row, views, now, ct) ? row.Judgement : null));
        }

        var counted = presses.Where(p => now - p.At < TimeSpan.FromDays(CountedDays)).ToArray();
        return new(CountedDays, counted.Length, counted.Count(p => p.Judgement is { IsConfirmed: true }), counted.Count(p => p.IsFoundNone), [.. presses.OrderByDescending(p => p.At).Take(Shown)]);
    }

    static async Task<bool> IsOver(PanicRow row, IViewStore views, DateTimeOffset now, CancellationToken ct) =>
        row.IncidentId is { } incident && await views.Find(IncidentCard.View, incident, ct) is { IsOver: true } card && now - card.StageAt > Incident.UndoWithin;

    static async Task<bool> IsOnDuty(IEventLog log, Guid venueId, Guid guardId, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var night in (DateOnly[])[Night.Of(now), Night.Of(now).AddDays(-1), Night.Of(now).AddDays(1)])
            if ((await log.Load(ShiftSheet.Decider, new("shift", ShiftSheet.IdOf(venueId, night)), ct)).State.OpenOf(guardId, now) is not null) return true;
        return false;
    }
}
