namespace Compliance.Domain.Alerts;

/// <summary>Section <c>Alerts</c> of the settings.</summary>
/// <param name="Budget">So many incidents a district's desk is given in an hour; critical ones come beyond it.</param>
/// <param name="Reserve">Of these, so many are kept for what is more than minor.</param>
/// <param name="CoolDownSeconds">So long after an alert the same camera does not call a desk again for the same.</param>
/// <param name="TogetherSeconds">So long after its last alert an open incident of the venue takes another in.</param>
/// <param name="LateSeconds">What began longer ago is of no use to a desk.</param>
/// <param name="NeighbourAfterSeconds">So long untaken, an incident goes to the neighbouring district's desk too.</param>
/// <param name="LeadAfterSeconds">So long untaken, to the shift lead.</param>
/// <param name="LapseAfterHours">So long untaken, it leaves the desk and is counted as never taken.</param>
/// <param name="DeskLeftAfterSeconds">So long without an officer who listens, the desk counts as left.</param>
/// <param name="Anonymous">Of the budget, at most so many go to complaints that anybody handed in without signing in.</param>
/// <param name="PerIncident">So many alerts an incident takes in: whoever answers it learns nothing from one more, and a venue that floods it slows down no desk.</param>
public sealed record AlertRules(
    int Budget = 12, int Reserve = 3, int CoolDownSeconds = 120, int TogetherSeconds = 600, int LateSeconds = 900, int NeighbourAfterSeconds = 30, int LeadAfterSeconds = 90,
    int LapseAfterHours = 12, int Anonymous = 4, int DeskLeftAfterSeconds = 300, int PerIncident = 200)
{
    public TimeSpan DeskLeftAfter => TimeSpan.FromSeconds(DeskLeftAfterSeconds);

    public TimeSpan CoolDown => TimeSpan.FromSeconds(CoolDownSeconds);
    public TimeSpan Together => TimeSpan.FromSeconds(TogetherSeconds);
    public TimeSpan Late => TimeSpan.FromSeconds(LateSeconds);
    public TimeSpan NeighbourAfter => TimeSpan.FromSeconds(NeighbourAfterSeconds);
    public TimeSpan LeadAfter => TimeSpan.FromSeconds(LeadAfterSeconds);
    public TimeSpan LapseAfter => TimeSpan.FromHours(LapseAfterHours);

    /// <summary>Up to how many incidents of the hour one of that urgency is shown; null: always.</summary>
    public int? BudgetOf(Urgency urgency) => urgency switch { Urgency.Critical => null, Urgency.Minor => Math.Max(0, Budget - Reserve), _ => Budget };
}

/// <summary>What is known of a desk when an alert comes: enough to say whether, and as what, it is shown.</summary>
/// <param name="Last">The last alert of the same device and kind that was shown; null for none.</param>
/// <param name="Open">Incidents of the venue that are not over.</param>
/// <param name="ShownThisHour">Incidents the desk was given since the hour began.</param>
/// <param name="AnonymousThisHour">Of these, those that anonymous complaints opened, where the alert is one itself; null where it is not.</param>
/// <param name="RaisedAt">When the alert came into the log; null where that is when it began.</param>
public sealed record DeskScene(
    string District, DateTimeOffset Now, LastAlert? Last, IReadOnlyList<OpenIncident> Open, int ShownThisHour, AlertRules Rules, int? AnonymousThisHour = null, DateTimeOffset? RaisedAt = null)
{
    /// <summary>
    /// It joins an open incident of the venue that is at least as urgent, was not long ago and is not full; else, unless it is critical, it may belong to
    /// a full one, be too late, too soon after its like, or beyond the hour's budget or its share of it; else it opens an incident of its own.
    /// </summary>
    public AlertEvent Place(AlertEvent.Raised card, Guid incidentId)
    {
        var urgency = card.Kind.Urgency();
        var together = Open.Where(o => urgency <= o.Urgency && card.SeenFrom <= o.LastSeen + Rules.Together && card.SeenFrom >= o.LastSeen - Rules.Late).OrderByDescending(o => o.LastSeen).ToArray();
        if (together.FirstOrDefault(o => o.Alerts < Rules.PerIncident) is { } open) return Placed(open.IncidentId, opens: false);
        if (urgency == Urgency.Critical) return Placed(incidentId, opens: true);
        if (together is [var full, ..]) return Suppressed(Suppression.Full, shown: full.Alerts, budget: Rules.PerIncident);
        // Of a face two persons speak, and they take their time: the desk is called for what they say now, and for each person anew.
        var (isMatch, since) = (card.Kind == AlertKind.WatchListMatch, card.Kind == AlertKind.WatchListMatch && RaisedAt is { } raised ? raised : card.SeenFrom);
        if (Now - since > Rules.Late) return Suppressed(Suppression.Late);
        if (!isMatch && Last is { } last && card.SeenFrom < last.SeenFrom + Rules.CoolDown) return Suppressed(Suppression.CoolDown, after: last.AlertId);
        if (AnonymousThisHour is { } anonymous && anonymous >= Rules.Anonymous) return Suppressed(Suppression.Budget, shown: anonymous, budget: Rules.Anonymous);
        if (Rules.BudgetOf(urgency) is { } budget && ShownThisHour >= budget) return Suppressed(Suppression.Budget, shown: ShownThisHour, budget: budget);
        return Placed(incidentId, opens: true);

        AlertEvent Placed(Guid incident, bool opens) =>
            new AlertEvent.Placed(card.AlertId, card.VenueId, card.DeviceId, card.Kind, card.SeenFrom, District, incident, opens, null, Now);

        AlertEvent Suppressed(Suppression because, Guid? after = null, int? shown = null, int? budget = null) =>
            new AlertEvent.Suppressed(card.AlertId, card.VenueId, card.Kind, card.SeenFrom, District, because, after, shown, budget, Now);
    }
}

/// <summary>An incident that is not over.</summary>
/// <param name="LastSeen">When its newest alert began.</param>
/// <param name="Alerts">How many it holds.</param>
public sealed record OpenIncident(Guid IncidentId, Urgency Urgency, DateTimeOffset LastSeen, int Alerts = 1);
