using System.Runtime.CompilerServices;
using System.Threading.RateLimiting;
using Compliance.Api.Entrance;
using Compliance.Api.Guards;
using Compliance.Api.Identity;
using Compliance.Api.Subjects;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.RateLimiting;

namespace Compliance.Api.Alerts;

/// <summary>
/// The panic button of a venue: pressed by those who answer for it, and by a guard who is on duty with what his check-in gave his telephone.
/// Each press is a fact with who; what a person found of it is counted beside it.
/// </summary>
static class Panics
{
    const int CountedDays = 90, Shown = 50, LargestPress = 4_096;

    static readonly Refusal NotOnDuty = new("panic.not-on-duty", "This telephone belongs to nobody who is on duty here: call 102.");

    public static async Task<Answer> Press(Guid venueId, PanicForm body, Knock knock, Posts posts, TimeProvider clock)
    {
        var held = await posts.HeldBy(knock.Caller, Who.Owner | Who.Manager, venueId, knock.Ct);
        var way = held.Any(a => a.Post == Post.Owner) ? PanicWay.Owner : PanicWay.Manager;
        return await knock.Send(PanicButton.Decider, venueId, new PanicCommand.Press(venueId, body.PressId, knock.Caller.SubjectId, way, body.Gesture, clock.GetUtcNow()));
    }

    /// <summary>Counted by <see cref="PanicLimit"/>, and not with all who are not signed in.</summary>
    [DisableRateLimiting, RequestSizeLimit(LargestPress)]
    public static async Task<IResult> PressByGuard(Guid venueId, GuardPanicForm body, HttpContext http, VenueCode codes, PanicLimit limit, IEventLog log, TimeProvider clock, CancellationToken ct)
    {
        var (now, isPass) = (clock.GetUtcNow(), codes.IsPanicPass(venueId, body.Pass, body.GuardId, body.Handset));
        if (!(isPass ? limit.Passes(body.Pass) : limit.PassesUnknown($"{http.Connection.RemoteIpAddress}"))) return Problems.TooMany("Too many calls at once; call 102.", PanicLimit.RetryAfterSeconds);
        if (!isPass || await CheckIn.OpenOf(log, venueId, body.GuardId, now, ct) is null) return Problems.Of(NotOnDuty);
        var press = new PanicCommand.Press(venueId, body.PressId, body.GuardId, PanicWay.Guard, body.Gesture, now);
        var done = await log.Execute(PanicButton.Decider, venueId, press, new(EventIds.From(body.PressId, $"press/{body.GuardId:N}"), $"guard:{body.GuardId}"), ct);
        return done.Refusal is { } no ? Problems.Of(no) : TypedResults.Ok(new CommandAnswer(done.Revision, done.Position));
    }

    /// <summary>
    /// What came of a press is told once its incident is over, as every incident is: nobody reads how an answer is going. Until then the venue reads of no press but the reader's own:
    /// a guard may call because of his own superior, and a code under duress is given beside whoever forces it.
    /// </summary>
    public static async Task<PanicShown> List(Guid venueId, Caller caller, Posts posts, Persons persons, IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var (now, isOwn) = (clock.GetUtcNow(), (await posts.HeldBy(caller, Who.Owner | Who.Manager, venueId, ct)).Count > 0);
        var guards = (await views.Find(GuardingCard.View, venueId, ct))?.Guards ?? [];
        var (since, presses, incidents) = (now - TimeSpan.FromDays(CountedDays), new List<(PanicRow Row, PanicPress Press)>(), new Dictionary<Guid, IncidentCard?>());
        await foreach (var row in Lately(venueId, since, views, ct))
        {
            var over = await EndOf(row, views, now, ct, incidents);
            if (isOwn && over is null && row.By != caller.Id) continue;
            var number = row.Zone ?? guards.FirstOrDefault(g => g.GuardId == row.By)?.Number;
            presses.Add((row, new(row.AlertId, row.At, row.Way, null, number, over is null ? null : row.Found(over))));
        }

        var counted = presses.Select(p => p.Press).Where(p => p.At > since).ToArray();
        return new(CountedDays, counted.Length, counted.Count(p => p.Judgement is { IsConfirmed: true }), counted.Count(p => p.IsFoundNone),
            [.. presses.Take(Shown).Select(p => isOwn && p.Row.By is { } by ? p.Press with { Name = persons.Find(by)?.Name } : p.Press)]);
    }

    /// <summary>The newest first: those that are listed, and those that are counted, and not all there ever were.</summary>
    static async IAsyncEnumerable<PanicRow> Lately(Guid venueId, DateTimeOffset since, IViewStore views, [EnumeratorCancellation] CancellationToken ct)
    {
        for (Page<PanicRow>? page = null; page is null || (page.Next is not null && page.Items[^1].At > since);)
        {
            page = await views.List(PanicRow.View, [venueId], Shown, page?.Next, ct);
            foreach (var row in page.Items) yield return row;
        }
    }

    /// <summary>The incident a press stands in, once that is over and nobody can take it back; null before. What was merged into another goes on there.</summary>
    /// <param name="known">Cards that were asked for already: presses in a row stand in one incident.</param>
    public static async Task<IncidentCard?> EndOf(PanicRow row, IViewStore views, DateTimeOffset now, CancellationToken ct, Dictionary<Guid, IncidentCard?>? known = null)
    {
        var cards = known ?? new Dictionary<Guid, IncidentCard?>();
        var (card, passed) = (await Card(row.IncidentId), new HashSet<Guid>());
        while (card is { Stage: IncidentStage.Merged } && passed.Add(card.IncidentId)) card = await Card(card.Into);
        return card is { IsOver: true, Stage: not IncidentStage.Merged } && now - card.StageAt > Incident.UndoWithin ? card : null;

        async Task<IncidentCard?> Card(Guid? id) => id is not { } incident ? null
            : cards.TryGetValue(incident, out var had) ? had : cards[incident] = await views.Find(IncidentCard.View, incident, ct);
    }
}

/// <summary>
/// Visitors reach the API through the portal and so by one address: no crowd of them uses up what lets a guard call. His calls are counted by the pass that his check-in gave him, which
/// nobody can make up; what bears no such pass is counted by address, apart from both.
/// </summary>
sealed class PanicLimit(RateLimits limits) : IDisposable
{
    public const int RetryAfterSeconds = 1;

    readonly PartitionedRateLimiter<string> _calls = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetTokenBucketLimiter(key, _ => limits.Bucket()));

    public bool Passes(string pass) => _calls.AttemptAcquire($"pass/{pass}").IsAcquired;

    public bool PassesUnknown(string address) => _calls.AttemptAcquire($"from/{address}").IsAcquired;

    public void Dispose() => _calls.Dispose();
}
