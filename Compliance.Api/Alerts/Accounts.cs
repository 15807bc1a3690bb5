using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Alerts;

/// <summary>What is told of alerts to those who do not answer them: how often each model was right, and to a venue that there was an incident and what came of it.</summary>
static class Accounts
{
    const int MostWeeks = 500;

    static readonly TimeSpan AnswersKept = TimeSpan.FromDays(14);

    /// <summary>Per model version and threshold, venue and week. That somebody on a list was seen is told to police and to those who look on, and to nobody else.</summary>
    public static async Task<IReadOnlyList<AlertWeek>> Weeks(Guid? venue, Caller caller, IViewStore views, CancellationToken ct) =>
        [.. (await views.List(AlertWeek.View, venue is { } one ? [one] : null, MostWeeks, null, ct)).Items.Where(week => week.Kind.IsForOthers() || caller.Is(Who.Operator | Who.Supervisor | Who.Oversight))];

    /// <summary>How each desk answered, of the last two weeks. What is not over stands first in the list; behind it the newest.</summary>
    public static async Task<IReadOnlyList<AnswerDay>> Answers(IViewStore views, TimeProvider clock, CancellationToken ct)
    {
        var (since, cards) = (clock.GetUtcNow() - AnswersKept, new List<IncidentCard>());
        await foreach (var card in views.From(IncidentCard.View, ct))
        {
            if (card.OpenedAt >= since) cards.Add(card);
            else if (card.IsOver) break;
        }

        return AnswerDay.Of(cards);
    }

    /// <summary>Who saw a clip without its blur, when and what for.</summary>
    public static async Task<Page<UnblurredClip>> Unblurred([AsParameters] Paging paging, IViewStore views, CancellationToken ct)
    {
        var page = await views.List(UnblurredClip.View, null, paging.Size, paging.After, ct);
        return new(page.Items, page.Next);
    }

    /// <summary>Nothing of an incident that is not over, or may still be taken up again by who just rejected it, nor of who took it, when, or where anybody was sent.</summary>
    /// <param name="unblurred">Only those of which somebody saw a clip without its blur.</param>
    public static Task<Page<EndedIncident>> OfVenue(Guid venueId, [AsParameters] Paging paging, bool? unblurred, IViewStore views, TimeProvider clock, CancellationToken ct) => paging.Where(
        (limit, after) => views.List(IncidentCard.View, [venueId], limit, after, ct),
        card => Task.FromResult(card.IsOver && (unblurred != true || card.Unblurred.Count > 0) && card.Stage != IncidentStage.Merged && clock.GetUtcNow() - card.StageAt > Incident.UndoWithin && card.Alerts.Any(IsTold) ? Told(card) : null));

    /// <summary>A venue never learns that somebody on a list was found in it.</summary>
    static bool IsTold(GatheredAlert alert) => alert.Kind.IsForOthers();

    static EndedIncident Told(IncidentCard card) => new(
        card.IncidentId, [.. card.Alerts.Where(IsTold).Select(a => a.Kind).Distinct()], card.OpenedAt, card.StageAt, card.Stage == IncidentStage.Closed, card.Outcome) { Unblurred = card.Unblurred };
}
