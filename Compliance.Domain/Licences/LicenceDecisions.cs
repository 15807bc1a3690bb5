using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Venues;
using static Compliance.Domain.Licences.Licence;

namespace Compliance.Domain.Licences;

/// <summary>Who may do what with a permit as it stands. Officers decide; the system proposes, reminds and counts days.</summary>
static class LicenceDecisions
{
    public static Decision<LicenceEvent> Decide(Licence state, Licensing asked)
    {
        if (LicenceFaults.Of(asked) is { } fault) return fault;
        var (venue, what, at) = (asked.VenueId, asked.What, asked.At);
        var ruling = new Ruling(asked.By ?? Guid.Empty, (what as LicenceCommand.Officers)?.Grounds ?? "");
        DateTimeOffset Due(Deadline deadline) => LicenceTerms.Due(deadline, at);

        return (state, what) switch
        {
            (Licence.None or Drafted or Refused or Revoked or Expired { Renewal: null }, LicenceCommand.Draft(var id, _)) when OverFor(state, id) is { } over => over,
            (Licence.None or Drafted or Refused or Revoked or Expired { Renewal: null }, LicenceCommand.Submit(var id, _)) when OverFor(state, id) is { } over => over,
            (Drafted s, LicenceCommand.Draft c) when s.ApplicationId == c.ApplicationId && s.Papers.SequenceEqual(c.Papers) => [],
            (Licence.None or Drafted or Refused or Revoked or Expired { Renewal: null }, LicenceCommand.Draft c) => [new LicenceEvent.Drafted(venue, c.ApplicationId, c.Papers)],
            (Submitted s, LicenceCommand.Submit c) when s.ApplicationId == c.ApplicationId && s.Papers.SequenceEqual(c.Papers) => [],
            (Licence.None or Drafted or Refused or Revoked or Expired { Renewal: null }, LicenceCommand.Submit c) =>
                [new LicenceEvent.Applied(venue, c.ApplicationId, c.Papers, at, Due(Deadline.Review), Due(Deadline.Overall))],
            (Returned s, LicenceCommand.Submit c) when s.ApplicationId == c.ApplicationId =>
                [new LicenceEvent.Resubmitted(venue, c.Papers, at, Due(Deadline.Review), s.OverallDue + (at - s.At))],
            (Submitted or Returned or UnderInspection, LicenceCommand.Draft or LicenceCommand.Submit) => AlreadyApplied,
            (Granted or Suspended or Expired, LicenceCommand.Draft or LicenceCommand.Submit) => new Refusal("licence.in-force", "There is a certificate; ask for its renewal instead."),

            (Returned s, LicenceCommand.Return) when s.Why == ruling => [],
            (Submitted or UnderInspection, LicenceCommand.Return) => [new LicenceEvent.Returned(venue, ruling, at, Due(Deadline.Correction))],
            (UnderInspection, LicenceCommand.OrderInspection) => [],
            (Submitted, LicenceCommand.OrderInspection) => [new LicenceEvent.InspectionOrdered(venue, ruling, at, Due(Deadline.Inspection))],
            (UnderInspection s, LicenceCommand.NoteAct(var visit)) => visit != s.Visit || s.ActOf == visit ? [] : [new LicenceEvent.Inspected(venue, visit, at)],
            (_, LicenceCommand.NoteAct) => [],
            (Granted s, LicenceCommand.Grant c) when s.Permit.Number == c.Number => [],
            (UnderInspection { ActOf: null }, LicenceCommand.Grant { WithoutAct: null }) =>
                new Refusal("licence.no-act", "The inspection that was ordered has not ended in an act: wait for it, or give grounds of their own to grant without one."),
            (UnderInspection, LicenceCommand.Grant { HardStops: { Count: > 0 } broken, Despite: null }) =>
                new Refusal("licence.hard-stops-open", $"The venue must not trade while these stand broken: {string.Join(", ", broken)}. Give grounds of their own to grant all the same."),
            (UnderInspection { ActOf: var act }, LicenceCommand.Grant c) =>
                [new LicenceEvent.Granted(venue, c.Number, c.From, c.Until, c.Conditions, ruling, at, act, act is null ? c.WithoutAct : null, c.HardStops, c.HardStops is { Count: > 0 } ? c.Despite : null)],
            (Submitted or Returned, LicenceCommand.Grant) => new Refusal("licence.not-inspected", "Nothing is granted before the venue has been inspected: order an inspection first."),
            (Refused s, LicenceCommand.Refuse) when s.Why == ruling => [],
            (Submitted or Returned or UnderInspection, LicenceCommand.Refuse) => [new LicenceEvent.Refused(venue, ruling, at)],
            (_, LicenceCommand.Return or LicenceCommand.OrderInspection or LicenceCommand.Grant or LicenceCommand.Refuse) =>
                new Refusal("licence.nothing-to-decide", "No application waits for this decision."),

            (Granted or Suspended, LicenceCommand.AttachCondition(var condition, _)) => Attach(venue, state.Held!, condition, ruling),
            (Granted or Suspended, LicenceCommand.LiftCondition(var id, _)) =>
                state.Held!.Conditions.Any(c => c.ConditionId == id) ? [new LicenceEvent.ConditionLifted(venue, id, ruling)] : [],

            (Granted s, LicenceCommand.ProposeSuspension c) => s.Proposals.Any(p => p.ProposalId == c.ProposalId || IsSame(p, c))
                ? [] : [new LicenceEvent.SuspensionProposed(venue, c.ProposalId, c.Rules, c.RestsOn, at, Due(Deadline.Proposal), c.DutyId)],
            (Granted s, LicenceCommand.WithdrawProposal(var duty)) =>
                new([.. s.Proposals.Where(p => p.DutyId == duty).Select(p => new LicenceEvent.ProposalWithdrawn(venue, p.ProposalId, duty, at))], null),
            (_, LicenceCommand.WithdrawProposal) => [],
            (_, LicenceCommand.ProposeSuspension) => [],
            (Granted s, LicenceCommand.DismissProposal(var id, _)) => s.Proposals.Any(p => p.ProposalId == id)
                ? [new LicenceEvent.ProposalDismissed(venue, id, ruling, at)] : NoProposal,
            (Granted s, LicenceCommand.Suspend { ProposalId: { } id }) when s.Proposals.All(p => p.ProposalId != id) => NoProposal,
            (Granted, LicenceCommand.Suspend c) => [new LicenceEvent.Suspended(venue, c.ProposalId, c.Until, ruling, at, Due(Deadline.SuspensionReview))],
            (Suspended s, LicenceCommand.Suspend c) when (s.Until, s.Why) == (c.Until, ruling) => [],
            (Suspended, LicenceCommand.Suspend) => new Refusal("licence.suspended-already", "The certificate is suspended already; reinstate it before you suspend it otherwise."),
            (Suspended, LicenceCommand.Reinstate) => [new LicenceEvent.Reinstated(venue, ruling, at)],
            (Granted, LicenceCommand.Reinstate) => [],

            (Granted { Renewal: { } r }, LicenceCommand.ApplyForRenewal c) => r.RenewalId == c.RenewalId ? [] : RenewalPending,
            (Suspended { Renewal: { } r }, LicenceCommand.ApplyForRenewal c) => r.RenewalId == c.RenewalId ? [] : RenewalPending,
            (Granted or Suspended, LicenceCommand.ApplyForRenewal c) => LicenceTerms.RenewalIsOpen(VenueZone.Day(at), state.Held!.Until)
                ? [new LicenceEvent.RenewalApplied(venue, c.RenewalId, c.Papers, at, Due(Deadline.Renewal))]
                : new Refusal("licence.renewal-early", $"Renewal may be asked for from {LicenceTerms.RenewalOpensDays} days before the last day."),
            (Suspended, LicenceCommand.Renew) => new Refusal("licence.suspended", "While it is suspended a certificate is not renewed: decide on the suspension first."),
            (Granted { Permit: var p, Renewal: { } r }, LicenceCommand.Renew c) => Renew(venue, p, r, p.Until.AddDays(1), c.Until, ruling, at),
            (Expired { Permit: var p, Renewal: { } r }, LicenceCommand.Renew c) => Renew(venue, p, r, VenueZone.Day(at), c.Until, ruling, at),
            (Granted { Renewal: { } r }, LicenceCommand.RefuseRenewal) => [new LicenceEvent.RenewalRefused(venue, r.RenewalId, ruling, at)],
            (Suspended { Renewal: { } r }, LicenceCommand.RefuseRenewal) => [new LicenceEvent.RenewalRefused(venue, r.RenewalId, ruling, at)],
            (Expired { Renewal: { } r }, LicenceCommand.RefuseRenewal) => [new LicenceEvent.RenewalRefused(venue, r.RenewalId, ruling, at)],
            (Granted or Suspended or Expired, LicenceCommand.Renew or LicenceCommand.RefuseRenewal) => new Refusal("licence.no-renewal", "Nobody has asked for renewal."),

            (Granted or Suspended, LicenceCommand.Revoke) => [new LicenceEvent.Revoked(venue, ruling, at)],
            (Revoked s, LicenceCommand.Revoke) when s.Why == ruling => [],

            ({ Reply: var held }, LicenceCommand.PublishReply(var hash)) => held?.Sha256 == hash ? [] : [new LicenceEvent.ReplyPublished(venue, hash, at)],
            ({ Reply: var held }, LicenceCommand.WithdrawReply) => held is null ? [] : [new LicenceEvent.ReplyWithdrawn(venue)],
            (_, LicenceCommand.Assess) => Assess(venue, state, at),
            _ => new Refusal("licence.not-in-force", "There is no certificate in force here."),
        };
    }

    /// <summary>Of one duty once; of none that is named, the same rules once.</summary>
    static bool IsSame(Proposal known, LicenceCommand.ProposeSuspension asked) =>
        asked.DutyId is { } duty ? known.DutyId == duty : !asked.Rules.Except(known.Rules).Any();

    static Decision<LicenceEvent> Attach(Guid venue, Permit permit, Condition condition, Ruling ruling) =>
        permit.Conditions.FirstOrDefault(c => c.ConditionId == condition.ConditionId) switch
        {
            null => [new LicenceEvent.ConditionAttached(venue, condition, ruling)],
            var held when held == condition => [],
            _ => new Refusal("licence.condition-taken", "This id belongs to another condition; lift that one first."),
        };

    /// <summary>From the day after the last; after a gap from the day it is decided.</summary>
    static Decision<LicenceEvent> Renew(Guid venue, Permit permit, Renewal renewal, DateOnly from, DateOnly until, Ruling ruling, DateTimeOffset at) =>
        until <= permit.Until || until < from ? new Refusal("licence.dates-backward", "The last day lies after the first.", "until")
        : LicenceFaults.Long(from, until) is { } tooLong ? tooLong
        : [new LicenceEvent.Renewed(venue, renewal.RenewalId, from, until, ruling, at)];

    /// <summary>Everything the calendar has brought about by then, however long nobody asked.</summary>
    static Decision<LicenceEvent> Assess(Guid venue, Licence state, DateTimeOffset at)
    {
        var facts = new List<LicenceEvent>();
        while (Next(venue, state, at) is { } fact)
        {
            facts.Add(fact);
            state = Evolve(state, fact);
        }

        return new(facts, null);
    }

    static LicenceEvent? Next(Guid venue, Licence state, DateTimeOffset at)
    {
        var day = VenueZone.Day(at);
        return state switch
        {
            Suspended { Until: { } until } when until < day => new LicenceEvent.SuspensionEnded(venue, until),
            Granted or Suspended when state.Held!.Until < day => new LicenceEvent.Expired(venue, state.Held.Until),
            { Terms: var terms } when terms.FirstOrDefault(t => t.EscalatedAt is null && t.Due < at) is { } term =>
                new LicenceEvent.Escalated(venue, term.What, term.Due, term.About, at),
            Granted or Suspended when Reminders.NearestOn(day, state.Held!.Until) is { } days && !(state.Held.RemindedDays <= days) =>
                new LicenceEvent.ExpiryNeared(venue, state.Held.Until, days),
            _ => null,
        };
    }

    static readonly Refusal AlreadyApplied = new("licence.already-applied", "There is an application already, and it is being decided.");

    /// <summary>The number follows from the application: the same one again would be the same number again.</summary>
    static readonly Refusal AlreadyGranted = new("licence.granted-already", "This application has had its certificate; apply under a new id.", "applicationId");

    static Refusal? OverFor(Licence state, Guid application) => state.Fulfilled.Contains(application) ? AlreadyGranted
        : state.TurnedDown.Contains(application) ? new("licence.refused-already", "This application was refused; apply under a new id.", "applicationId") : null;

    static readonly Refusal NoProposal = new("licence.no-proposal", "No such proposal waits for a decision.");

    static readonly Refusal RenewalPending = new("licence.renewal-pending", "Renewal has been asked for already.");
}
