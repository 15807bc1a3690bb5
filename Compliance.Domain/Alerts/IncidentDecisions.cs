using System.Diagnostics;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Alerts.Incident;

namespace Compliance.Domain.Alerts;

/// <summary>How an incident answers: one switch, and what each step asks before it is made.</summary>
static class IncidentDecisions
{
    const int LongestPreservedYears = 10;

    internal static Decision<IncidentEvent> Decide(Incident state, IncidentCommand command) => (state, command) switch
    {
        (Unknown, IncidentCommand.Gather g) => [new IncidentEvent.Opened(g.IncidentId, g.VenueId, g.District, g.Alert, g.At)],
        (Known { Matter: var m }, IncidentCommand.Gather g) when Has(m, g.Alert.AlertId) => [],
        // It was over before this alert reached it: somebody has to look again.
        (Known { Matter: var m } and (Rejected or Closed or Merged or Lapsed), IncidentCommand.Gather g) => [new IncidentEvent.Reopened(m.Id, m.Venue, g.At), new IncidentEvent.AlertGathered(m.Id, m.Venue, g.Alert, g.At)],
        (Known { Matter: var m }, IncidentCommand.Gather g) => [new IncidentEvent.AlertGathered(m.Id, m.Venue, g.Alert, g.At)],
        (Unknown, _) => new Refusal("policeincident.unknown", "No such incident."),

        (Untaken { Matter: var m }, IncidentCommand.Assess a) => [.. Escalate(m, a)],
        (Known, IncidentCommand.Assess) => [],

        (Untaken { Matter: var m }, IncidentCommand.Take(var by, var at)) => [new IncidentEvent.Taken(m.Id, m.Venue, by.Id, at)],
        (Known known, IncidentCommand.Take(var by, var at)) => Holder(known) switch
        {
            null => Over,
            { } holder when holder == by.Id => [],
            _ when !by.IsLead => TakenByAnother,
            _ => [new IncidentEvent.Taken(known.Matter.Id, known.Matter.Venue, by.Id, at)],
        },

        (Confirmed or Dispatched or Arrived, IncidentCommand.Confirm) => [],
        (Taken taken, IncidentCommand.Confirm(var by, var at)) => ByHolder(taken, by, new IncidentEvent.Confirmed(taken.Matter.Id, taken.Matter.Venue, by.Id, taken.Matter.AlertIds, at)),

        (_, IncidentCommand.Reject { Reason: RejectReason.Other, Said: null }) => GroundsMissing,
        (Rejected { Said: var said }, IncidentCommand.Reject r) when (said.Reason, said.Said) == (r.Reason, r.Said) => [],
        (Taken taken, IncidentCommand.Reject r) => ByHolder(
            taken, r.By, new IncidentEvent.Rejected(taken.Matter.Id, taken.Matter.Venue, r.By.Id, r.Reason, r.Said, taken.Matter.AlertIds, r.At)),
        (Confirmed, IncidentCommand.Reject) => new Refusal("policeincident.confirmed", "It has been confirmed: close it with what came of it."),

        (Taken t, IncidentCommand.Undo { Step: IncidentStep.Taken } u) => Undo(t, t.By, t.At, u),
        (Confirmed c, IncidentCommand.Undo { Step: IncidentStep.Confirmed } u) => Undo(c, c.By, c.At, u),
        (Rejected r, IncidentCommand.Undo { Step: IncidentStep.Rejected } u) => Undo(r, r.Said.By, r.Said.At, u),
        (Arrived a, IncidentCommand.Undo { Step: IncidentStep.Arrived } u) => Undo(a, a.There, a.At, u),
        (Closed c, IncidentCommand.Undo { Step: IncidentStep.Closed } u) => Undo(c, c.Said.By, c.Said.At, u),
        (Dispatched or Arrived or Closed, IncidentCommand.Undo { Step: < IncidentStep.Arrived }) => new Refusal("policeincident.dispatched", "Somebody was sent: that is not taken back."),
        (Closed, IncidentCommand.Undo) => Over,
        (Untaken, IncidentCommand.Undo { Step: IncidentStep.Closed }) => TakeFirst, // what came in since reopened it
        (Known, IncidentCommand.Undo) => [], // taken back already

        (Dispatched or Arrived, IncidentCommand.Dispatch) => [],
        (Confirmed c, IncidentCommand.Dispatch(var by, var at)) => ByHolder(c, by, new IncidentEvent.Dispatched(c.Matter.Id, c.Matter.Venue, by.Id, at)),
        (Untaken or Taken, IncidentCommand.Dispatch) => Unconfirmed,

        (Arrived, IncidentCommand.Arrive) => [],
        (Dispatched { Matter: var m }, IncidentCommand.Arrive(var by, var at)) => [new IncidentEvent.Arrived(m.Id, m.Venue, by.Id, at)],
        (Untaken or Taken or Confirmed, IncidentCommand.Arrive) => new Refusal("policeincident.not-dispatched", "Nobody was sent yet."),

        (_, IncidentCommand.Close { Outcome: IncidentOutcome.Other, Said: null }) => GroundsMissing,
        (Closed { Said: var said }, IncidentCommand.Close c) when (said.Outcome, said.Said) == (c.Outcome, c.Said) => [],
        // Whoever is there knows what came of it.
        (Arrived { Matter: var m, There: var there }, IncidentCommand.Close c) when c.By.Id == there => [new IncidentEvent.Closed(m.Id, m.Venue, c.By.Id, c.Outcome, c.Said, m.AlertIds, c.At)],
        (Known { Matter: var m } known and (Confirmed or Dispatched or Arrived), IncidentCommand.Close c) => ByHolder(
            known, c.By, new IncidentEvent.Closed(m.Id, m.Venue, c.By.Id, c.Outcome, c.Said, m.AlertIds, c.At)),
        (Untaken or Taken, IncidentCommand.Close) => new Refusal("policeincident.unjudged", "Say first whether it is one: confirm it or reject it."),

        (Merged { Into: var into }, IncidentCommand.Merge again) when into == again.Into => [],
        (Known known and (Untaken or Taken or Confirmed), IncidentCommand.Merge merge) => Merge(known, merge),
        (Dispatched or Arrived, IncidentCommand.Merge) => new Refusal("policeincident.dispatched", "Somebody was sent to this one: merge the other into it."),

        (Known { Matter: var m }, IncidentCommand.Absorb a) => a.Alerts.Where(alert => !Has(m, alert.AlertId)).ToArray() is { Length: > 0 } news
            ? [.. Reopened((Known)state, a.At), new IncidentEvent.Absorbed(m.Id, m.Venue, a.From, news, a.At)] : [],

        (Known { Matter: var m }, IncidentCommand.Preserve p) => Preserve(m, p),
        (Known { Matter: var m }, IncidentCommand.ViewClip v) => !Has(m, v.AlertId) ? NotItsAlert
            : new IncidentEvent.ClipViewed(m.Id, m.Venue, v.AlertId, v.By, v.On) is var viewed && m.Viewed.Contains(viewed) ? [] : [viewed],
        (Known known, IncidentCommand.Unblur u) => Unblur(known, u),
        (Known { Matter: var m } known and (Taken or Confirmed or Dispatched or Arrived), IncidentCommand.SeeContacts s) =>
            new IncidentEvent.ContactsSeen(m.Id, m.Venue, s.By.Id, s.On) is var told && ByHolder(known, s.By, told) is { Refusal: null } first ? m.Told.Contains(told) ? [] : first : TakenByAnother,
        (Untaken, IncidentCommand.SeeContacts or IncidentCommand.Confirm or IncidentCommand.Reject) => TakeFirst,
        (Dispatched or Arrived, IncidentCommand.Reject) => new Refusal("policeincident.dispatched", "Somebody was sent: close it with what came of it."),
        (Known, _) => Over,
        _ => throw new UnreachableException(),
    };

    internal static readonly Refusal GroundsLong = new("policeincident.grounds-long", "Grounds have at most 1 000 characters.", "grounds");

    static readonly Refusal
        TakeFirst = new("policeincident.untaken", "Take it first: whoever judges it answers for it."),
        Over = new("policeincident.over", "This incident is over."),
        TakenByAnother = new("policeincident.taken", "Somebody else has taken it; a shift lead can take it over."),
        Unconfirmed = new("policeincident.unconfirmed", "A person confirms what it is before anybody is sent."),
        ClipMissing = new("policeincident.clip-missing", "The clip of this alert has not come, or was erased."),
        NotItsAlert = new("policeincident.alert-foreign", "This alert is not one of this incident's.", "alertId"),
        GroundsMissing = new("policeincident.grounds-missing", "Say in words what it was.", "grounds");

    /// <summary>What is merged into one that ended meanwhile calls the desk anew: no alert is lost between two.</summary>
    static IEnumerable<IncidentEvent> Reopened(Known known, DateTimeOffset at) =>
        known is Rejected or Closed or Merged or Lapsed ? [new IncidentEvent.Reopened(known.Matter.Id, known.Matter.Venue, at)] : [];

    static IEnumerable<IncidentEvent> Escalate(IncidentMatter m, IncidentCommand.Assess a)
    {
        var waited = a.Now - m.Since;
        if (waited >= a.Rules.NeighbourAfter && a.Neighbour is { } desk && !m.Escalated.Contains(EscalatedTo.Neighbour))
            yield return new IncidentEvent.Escalated(m.Id, m.Venue, EscalatedTo.Neighbour, desk, a.Now);
        if (waited >= a.Rules.LeadAfter && !m.Escalated.Contains(EscalatedTo.ShiftLead))
            yield return new IncidentEvent.Escalated(m.Id, m.Venue, EscalatedTo.ShiftLead, null, a.Now);
        if (waited >= a.Rules.LapseAfter) yield return new IncidentEvent.Lapsed(m.Id, m.Venue, a.Now);
    }

    /// <summary>Who has it in hand; null when it is over, or nobody took it.</summary>
    static Guid? Holder(Known known) => known switch
    {
        Taken t => t.By,
        Confirmed c => c.By,
        Dispatched d => d.By,
        Arrived a => a.By,
        _ => null,
    };

    static Decision<IncidentEvent> ByHolder(Known known, Officer by, IncidentEvent fact) => by.IsLead || Holder(known) == by.Id ? [fact] : TakenByAnother;

    static Decision<IncidentEvent> Undo(Known known, Guid by, DateTimeOffset at, IncidentCommand.Undo u) =>
        by != u.By.Id ? TakenByAnother
        : u.At - at > UndoWithin ? new Refusal("policeincident.undo-late", $"What was done is taken back within {UndoWithin.TotalSeconds} seconds.")
        : [new IncidentEvent.Undone(known.Matter.Id, known.Matter.Venue, by, u.Step, known.Matter.AlertIds, u.At)];

    static Decision<IncidentEvent> Merge(Known known, IncidentCommand.Merge c) =>
        c.Into == known.Matter.Id || c.VenueOfTarget is not { } venue ? new Refusal("policeincident.target-missing", "The other incident is over, or is this very one.", "into")
        : venue != known.Matter.Venue ? new Refusal("policeincident.target-elsewhere", "Incidents of one venue are merged.", "into")
        : Holder(known) is { } holder && holder != c.By.Id && !c.By.IsLead ? TakenByAnother
        : [new IncidentEvent.Merged(known.Matter.Id, known.Matter.Venue, c.By.Id, c.Into, known.Matter.Alerts, c.At)];

    /// <summary>A hold names its case and its end, and is not let go earlier.</summary>
    static Decision<IncidentEvent> Preserve(IncidentMatter m, IncidentCommand.Preserve p)
    {
        if (!Has(m, p.AlertId)) return NotItsAlert;
        if (string.IsNullOrWhiteSpace(p.CaseNumber)) return new Refusal("policeincident.case-number-missing", "A clip is preserved for a case: give its number.", "caseNumber");
        if (!CaseNumbers.Is(p.CaseNumber)) return new Refusal("policeincident.case-number-malformed", "A number of a case has digits, letters, dashes and strokes only: no names, no sentences.", "caseNumber");
        if (!p.HasClip) return ClipMissing;
        if (VenueZone.Day(p.At) is var today && (p.Until < today || p.Until > today.AddYears(LongestPreservedYears)))
            return new Refusal("policeincident.hold-impossible", $"A clip is preserved until a day to come, for {LongestPreservedYears} years at most.", "until");
        var held = m.Preserved.LastOrDefault(k => k.AlertId == p.AlertId);
        if (held is { } && (held.CaseNumber, held.Until) == (p.CaseNumber.Trim(), p.Until)) return [];
        return p.Until < held?.Until ? new Refusal("policeincident.hold-shorter", "What is preserved is not let go earlier.", "until")
            : [new IncidentEvent.ClipPreserved(m.Id, m.Venue, p.AlertId, p.CaseNumber.Trim(), p.Until, p.By.Id, p.At)];
    }

    /// <summary>A reason of the list for each clip; the same said twice is one.</summary>
    static Decision<IncidentEvent> Unblur(Known known, IncidentCommand.Unblur u)
    {
        var (m, number) = (known.Matter, Trimmed(u.CaseNumber));
        if (!Has(m, u.AlertId)) return NotItsAlert;
        if (NotInHand(known, u.By) is { } no) return no;
        if (!Enum.IsDefined(u.Reason)) return new Refusal("policeincident.unblur-reason", "Say by the list what it is needed for.", "reason");
        if (u.Reason == UnblurReason.Other && number is null) return new Refusal("policeincident.unblur-case", "What is none of the list is for a case: give its number.", "caseNumber");
        if (number is not null && !CaseNumbers.Is(number)) return new Refusal("policeincident.unblur-case", "A number of a case has digits, letters, dashes and strokes only: no names, no sentences.", "caseNumber");
        if (!u.HasClip) return ClipMissing;
        return Unblurred(m, u.AlertId, u.By.Id, u.At) is { } said && (said.Reason, said.CaseNumber) == (u.Reason, number) ? []
            : [new IncidentEvent.ClipUnblurred(m.Id, m.Venue, u.AlertId, u.By.Id, u.Reason, number, u.At)];
    }

    internal static Refusal? HandRefused(Incident state, Guid alert, Officer by) =>
        state is not Known known ? new("policeincident.unknown", "No such incident.") : !Has(known.Matter, alert) ? NotItsAlert : NotInHand(known, by);

    internal static Refusal? OriginalRefused(Incident state, Guid alert, Officer by, DateTimeOffset at) =>
        HandRefused(state, alert, by) ?? (Unblurred(((Known)state).Matter, alert, by.Id, at) is null ? new("policeincident.clip-blurred", "Say first what the clip is needed for without its blur.") : null);

    /// <summary>The newest reason that still holds.</summary>
    static IncidentEvent.ClipUnblurred? Unblurred(IncidentMatter m, Guid alert, Guid by, DateTimeOffset at) =>
        m.Unblurred.LastOrDefault(f => f.AlertId == alert && f.By == by && at - f.At < UnblurFor);

    /// <summary>Once it is over nobody has it in hand: then the shift lead alone.</summary>
    static Refusal? NotInHand(Known known, Officer by) => known is Untaken ? TakeFirst : by.IsLead ? null : Holder(known) switch { null => Over, { } holder => holder == by.Id ? null : TakenByAnother };

    static bool Has(IncidentMatter m, Guid alert) => m.Alerts.Any(a => a.AlertId == alert);

    static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
