using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Licences;

/// <summary>Facts about the one permit a venue has: its whole history, from the first draft on.</summary>
public abstract record LicenceEvent(Guid VenueId)
{
    [EventName("licence.drafted.v1")]
    public sealed record Drafted(Guid VenueId, Guid ApplicationId, IReadOnlyList<Paper> Papers) : LicenceEvent(VenueId);

    /// <param name="Due">By when it is to be looked through; <paramref name="OverallDue"/>: by when all is to be decided.</param>
    [EventName("licence.applied.v1")]
    public sealed record Applied(Guid VenueId, Guid ApplicationId, IReadOnlyList<Paper> Papers, DateTimeOffset At, DateTimeOffset Due, DateTimeOffset OverallDue) : LicenceEvent(VenueId);

    [EventName("licence.returned.v1")]
    public sealed record Returned(Guid VenueId, Ruling Ruling, DateTimeOffset At, DateTimeOffset Due) : LicenceEvent(VenueId);

    /// <summary>The time it lay with the applicant is not the authority's: the overall date moves by it.</summary>
    [EventName("licence.resubmitted.v1")]
    public sealed record Resubmitted(Guid VenueId, IReadOnlyList<Paper> Papers, DateTimeOffset At, DateTimeOffset Due, DateTimeOffset OverallDue) : LicenceEvent(VenueId);

    [EventName("licence.inspection-ordered.v1")]
    public sealed record InspectionOrdered(Guid VenueId, Ruling Ruling, DateTimeOffset At, DateTimeOffset Due) : LicenceEvent(VenueId);

    /// <summary>The inspection that was ordered has ended in an act.</summary>
    [EventName("licence.inspected.v1")]
    public sealed record Inspected(Guid VenueId, Guid InspectionId, DateTimeOffset At) : LicenceEvent(VenueId);

    /// <param name="ActOf">The inspection whose act it rests on; null where <paramref name="WithoutAct"/> says why there is none.</param>
    /// <param name="Despite">Grounds to grant it although the rules of <paramref name="HardStops"/> stood broken.</param>
    [EventName("licence.granted.v2")]
    public sealed record Granted(
        Guid VenueId, string Number, DateOnly From, DateOnly Until, IReadOnlyList<Condition> Conditions, Ruling Ruling, DateTimeOffset At,
        Guid? ActOf = null, string? WithoutAct = null, IReadOnlyList<string>? HardStops = null, string? Despite = null) : LicenceEvent(VenueId);

    [EventName("licence.refused.v1")]
    public sealed record Refused(Guid VenueId, Ruling Ruling, DateTimeOffset At) : LicenceEvent(VenueId);

    [EventName("licence.condition-attached.v1")]
    public sealed record ConditionAttached(Guid VenueId, Condition Condition, Ruling Ruling) : LicenceEvent(VenueId);

    [EventName("licence.condition-lifted.v1")]
    public sealed record ConditionLifted(Guid VenueId, Guid ConditionId, Ruling Ruling) : LicenceEvent(VenueId);

    /// <summary>By the system alone: the rules that stay broken, and the facts that say so.</summary>
    /// <param name="DutyId">The duty that overstayed; null in proposals of the first version, which did not name it.</param>
    [EventName("licence.suspension-proposed.v2")]
    public sealed record SuspensionProposed(
        Guid VenueId, Guid ProposalId, IReadOnlyList<string> Rules, IReadOnlyList<Guid> RestsOn, DateTimeOffset At, DateTimeOffset Due,
        Guid? DutyId = null) : LicenceEvent(VenueId);

    /// <summary>By the system that made it: the duty it rests on is met, or owed no more.</summary>
    [EventName("licence.proposal-withdrawn.v1")]
    public sealed record ProposalWithdrawn(Guid VenueId, Guid ProposalId, Guid DutyId, DateTimeOffset At) : LicenceEvent(VenueId);

    [EventName("licence.proposal-dismissed.v1")]
    public sealed record ProposalDismissed(Guid VenueId, Guid ProposalId, Ruling Ruling, DateTimeOffset At) : LicenceEvent(VenueId);

    /// <param name="Until">The last day of it; null until an officer ends it.</param>
    [EventName("licence.suspended.v1")]
    public sealed record Suspended(Guid VenueId, Guid? ProposalId, DateOnly? Until, Ruling Ruling, DateTimeOffset At, DateTimeOffset ReviewDue) : LicenceEvent(VenueId);

    [EventName("licence.reinstated.v1")]
    public sealed record Reinstated(Guid VenueId, Ruling Ruling, DateTimeOffset At) : LicenceEvent(VenueId);

    /// <summary>The last day that the officer named has passed.</summary>
    [EventName("licence.suspension-ended.v1")]
    public sealed record SuspensionEnded(Guid VenueId, DateOnly Until) : LicenceEvent(VenueId);

    [EventName("licence.renewal-applied.v1")]
    public sealed record RenewalApplied(Guid VenueId, Guid RenewalId, IReadOnlyList<Paper> Papers, DateTimeOffset At, DateTimeOffset Due) : LicenceEvent(VenueId);

    [EventName("licence.renewal-refused.v1")]
    public sealed record RenewalRefused(Guid VenueId, Guid RenewalId, Ruling Ruling, DateTimeOffset At) : LicenceEvent(VenueId);

    [EventName("licence.renewed.v1")]
    public sealed record Renewed(Guid VenueId, Guid RenewalId, DateOnly From, DateOnly Until, Ruling Ruling, DateTimeOffset At) : LicenceEvent(VenueId);

    /// <summary>Its end is near, and its holder is to hear of it.</summary>
    [EventName("licence.expiry-neared.v1")]
    public sealed record ExpiryNeared(Guid VenueId, DateOnly Until, int Days) : LicenceEvent(VenueId);

    [EventName("licence.expired.v1")]
    public sealed record Expired(Guid VenueId, DateOnly Until) : LicenceEvent(VenueId);

    [EventName("licence.revoked.v1")]
    public sealed record Revoked(Guid VenueId, Ruling Ruling, DateTimeOffset At) : LicenceEvent(VenueId);

    /// <summary>A deadline passed and nobody had done what was due.</summary>
    [EventName("licence.escalated.v1")]
    public sealed record Escalated(Guid VenueId, Deadline What, DateTimeOffset Due, Guid? About, DateTimeOffset At) : LicenceEvent(VenueId);

    [EventName("licence.reply-published.v1")]
    public sealed record ReplyPublished(Guid VenueId, string Sha256, DateTimeOffset At) : LicenceEvent(VenueId);

    [EventName("licence.reply-withdrawn.v1")]
    public sealed record ReplyWithdrawn(Guid VenueId) : LicenceEvent(VenueId);
}

/// <summary>What is asked of the permit of a venue.</summary>
/// <param name="By">The person who asks or decides; null for the system itself.</param>
public sealed record Licensing(Guid VenueId, LicenceCommand What, Guid? By, DateTimeOffset At);

public abstract record LicenceCommand
{
    /// <summary>What an officer decides: never without grounds.</summary>
    public abstract record Officers(string Grounds) : LicenceCommand;

    public sealed record Draft(Guid ApplicationId, IReadOnlyList<Paper> Papers) : LicenceCommand;
    /// <summary>Submits an application, or what was returned, corrected.</summary>
    public sealed record Submit(Guid ApplicationId, IReadOnlyList<Paper> Papers) : LicenceCommand;
    public sealed record ApplyForRenewal(Guid RenewalId, IReadOnlyList<Paper> Papers) : LicenceCommand;
    public sealed record PublishReply(string Sha256) : LicenceCommand;
    public sealed record WithdrawReply : LicenceCommand;

    public sealed record Return(string Grounds) : Officers(Grounds);
    public sealed record OrderInspection(string Grounds) : Officers(Grounds);

    /// <param name="WithoutAct">Grounds of their own, where no act of an inspection stands behind it.</param>
    /// <param name="HardStops">Rules that stand broken now and under which the venue must not trade.</param>
    /// <param name="Despite">Grounds of their own, where there are any of these.</param>
    public sealed record Grant(
        string Number, DateOnly From, DateOnly Until, IReadOnlyList<Condition> Conditions, string Grounds, string? WithoutAct = null,
        IReadOnlyList<string>? HardStops = null, string? Despite = null) : Officers(Grounds);
    public sealed record Refuse(string Grounds) : Officers(Grounds);
    public sealed record AttachCondition(Condition Condition, string Grounds) : Officers(Grounds);
    public sealed record LiftCondition(Guid ConditionId, string Grounds) : Officers(Grounds);
    public sealed record DismissProposal(Guid ProposalId, string Grounds) : Officers(Grounds);
    public sealed record Suspend(Guid? ProposalId, DateOnly? Until, string Grounds) : Officers(Grounds);
    public sealed record Reinstate(string Grounds) : Officers(Grounds);
    public sealed record Renew(DateOnly Until, string Grounds) : Officers(Grounds);
    public sealed record RefuseRenewal(string Grounds) : Officers(Grounds);
    public sealed record Revoke(string Grounds) : Officers(Grounds);

    public sealed record ProposeSuspension(Guid ProposalId, IReadOnlyList<string> Rules, IReadOnlyList<Guid> RestsOn, Guid? DutyId = null) : LicenceCommand;
    public sealed record WithdrawProposal(Guid DutyId) : LicenceCommand;
    public sealed record NoteAct(Guid InspectionId) : LicenceCommand;
    /// <summary>What the calendar alone brings about: escalations, reminders, the end of a suspension, expiry.</summary>
    public sealed record Assess : LicenceCommand;
}

/// <summary>How things stand with a venue's permit. Drafts and applications come before it, and may come again after its end.</summary>
/// <remarks>Deciding stands in <see cref="LicenceDecisions"/>.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "state")]
[JsonDerivedType(typeof(None), "none")]
[JsonDerivedType(typeof(Drafted), "drafted")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(UnderInspection), "under-inspection")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Granted), "granted")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Revoked), "revoked")]
public abstract record Licence
{
    public sealed record None : Licence;
    public sealed record Drafted(Guid ApplicationId, IReadOnlyList<Paper> Papers) : Licence;
    public sealed record Submitted(Guid ApplicationId, IReadOnlyList<Paper> Papers) : Licence;
    /// <param name="OverallDue">As it stood; it moves by the time the correction takes.</param>
    public sealed record Returned(Guid ApplicationId, IReadOnlyList<Paper> Papers, Ruling Why, DateTimeOffset At, DateTimeOffset OverallDue) : Licence;
    /// <param name="ActOf">The inspection that was ordered, once it has ended in an act; null before.</param>
    public sealed record UnderInspection(Guid ApplicationId, IReadOnlyList<Paper> Papers, Guid? ActOf = null) : Licence
    {
        /// <summary>The visit that the order planned: no other act is what the certificate waits for.</summary>
        [JsonIgnore] internal Guid Visit { get; init; }
    }

    public sealed record Refused(Guid ApplicationId, Ruling Why) : Licence;
    public sealed record Granted(Permit Permit, IReadOnlyList<Proposal> Proposals, Renewal? Renewal) : Licence
    {
        internal Granted Without(Guid proposal) => this with
        {
            Proposals = [.. Proposals.Where(p => p.ProposalId != proposal)], Terms = [.. Terms.Where(t => t.About != proposal)],
        };
    }

    public sealed record Suspended(Permit Permit, DateOnly? Until, Ruling Why, Renewal? Renewal) : Licence;
    public sealed record Expired(Permit Permit, Renewal? Renewal) : Licence;
    public sealed record Revoked(Permit Permit, Ruling Why) : Licence;

    /// <summary>What is due, to be done by somebody; passed ones stay until it is done.</summary>
    public IReadOnlyList<OpenTerm> Terms { get; init; } = [];

    /// <summary>What its owner says in public; null while nothing.</summary>
    public Reply? Reply { get; init; }

    /// <summary>The applications that have had their certificate.</summary>
    [JsonIgnore] internal ImmutableHashSet<Guid> Fulfilled { get; init; } = [];

    /// <summary>The applications that were refused.</summary>
    [JsonIgnore] internal ImmutableHashSet<Guid> TurnedDown { get; init; } = [];

    /// <summary>The visits that were ordered, the oldest first.</summary>
    [JsonIgnore] internal ImmutableList<OrderedVisit> Ordered { get; init; } = [];

    [JsonIgnore] public Permit? Held => this switch
    {
        Granted s => s.Permit,
        Suspended s => s.Permit,
        Expired s => s.Permit,
        Revoked s => s.Permit,
        _ => null,
    };

    public static readonly Decider<Licence, Licensing, LicenceEvent> Decider = new("licence", new None(), LicenceDecisions.Decide, Evolve);

    internal static Licence Evolve(Licence state, LicenceEvent fact) =>
        After(state, fact) with
        {
            Fulfilled = fact is LicenceEvent.Granted ? state.Fulfilled.Add(state.Asked) : state.Fulfilled,
            TurnedDown = fact is LicenceEvent.Refused ? state.TurnedDown.Add(state.Asked) : state.TurnedDown,
            Ordered = fact is LicenceEvent.InspectionOrdered order ? state.Ordered.Add(new(PlanVisitWhenInspectionIsOrdered.VisitOf(order), order.At)) : state.Ordered,
        };

    static Licence After(Licence state, LicenceEvent fact) => (state, fact) switch
    {
        (_, LicenceEvent.Drafted f) => new Drafted(f.ApplicationId, f.Papers) { Reply = state.Reply },
        (_, LicenceEvent.Applied f) => new Submitted(f.ApplicationId, f.Papers) { Reply = state.Reply, Terms = [new(Deadline.Review, f.Due), new(Deadline.Overall, f.OverallDue)] },
        (Submitted or UnderInspection, LicenceEvent.Returned f) => new Returned(state.Asked, state.PapersOf, f.Ruling, f.At, state.Terms.Single(t => t.What == Deadline.Overall).Due)
            { Reply = state.Reply, Terms = [new(Deadline.Correction, f.Due)] },
        (Returned s, LicenceEvent.Resubmitted f) => new Submitted(s.ApplicationId, f.Papers) { Reply = s.Reply, Terms = [new(Deadline.Review, f.Due), new(Deadline.Overall, f.OverallDue)] },
        (Submitted s, LicenceEvent.InspectionOrdered f) => new UnderInspection(s.ApplicationId, s.Papers) { Visit = PlanVisitWhenInspectionIsOrdered.VisitOf(f), Reply = s.Reply, Terms = [new(Deadline.Inspection, f.Due), .. s.Except(Deadline.Review)] },
        (UnderInspection s, LicenceEvent.Inspected f) => s with { ActOf = f.InspectionId },
        (_, LicenceEvent.Granted f) => new Granted(new(f.Number, f.From, f.Until, f.Conditions), [], null) { Reply = state.Reply },
        (_, LicenceEvent.Refused f) => new Refused(state.Asked, f.Ruling) { Reply = state.Reply },

        (_, LicenceEvent.ConditionAttached f) => state.With(p => p with { Conditions = [.. p.Conditions, f.Condition] }),
        (_, LicenceEvent.ConditionLifted f) => state.With(p => p with { Conditions = [.. p.Conditions.Where(c => c.ConditionId != f.ConditionId)] }),
        (_, LicenceEvent.ExpiryNeared f) => state.With(p => p with { RemindedDays = f.Days }),

        (Granted s, LicenceEvent.SuspensionProposed f) => s with
        {
            Proposals = [.. s.Proposals, new(f.ProposalId, f.Rules, f.RestsOn, f.At, f.DutyId)], Terms = [.. s.Terms, new(Deadline.Proposal, f.Due, f.ProposalId)],
        },
        (Granted s, LicenceEvent.ProposalDismissed f) => s.Without(f.ProposalId),
        (Granted s, LicenceEvent.ProposalWithdrawn f) => s.Without(f.ProposalId),
        (Granted s, LicenceEvent.Suspended f) => new Suspended(s.Permit, f.Until, f.Ruling, s.Renewal)
            { Reply = s.Reply, Terms = [new(Deadline.SuspensionReview, f.ReviewDue), .. s.Except(Deadline.Proposal)] },
        (Suspended s, LicenceEvent.Reinstated or LicenceEvent.SuspensionEnded) => new Granted(s.Permit, [], s.Renewal) { Reply = s.Reply, Terms = s.Except(Deadline.SuspensionReview) },

        (Granted s, LicenceEvent.RenewalApplied f) => s with { Renewal = new(f.RenewalId, f.Papers, f.At), Terms = [.. s.Terms, new(Deadline.Renewal, f.Due, f.RenewalId)] },
        (Suspended s, LicenceEvent.RenewalApplied f) => s with { Renewal = new(f.RenewalId, f.Papers, f.At), Terms = [.. s.Terms, new(Deadline.Renewal, f.Due, f.RenewalId)] },
        (Granted s, LicenceEvent.RenewalRefused) => s with { Renewal = null, Terms = s.Except(Deadline.Renewal) },
        (Suspended s, LicenceEvent.RenewalRefused) => s with { Renewal = null, Terms = s.Except(Deadline.Renewal) },
        (Expired s, LicenceEvent.RenewalRefused) => s with { Renewal = null, Terms = [] },
        (Granted s, LicenceEvent.Renewed f) => s with { Permit = s.Permit.Renewed(f), Renewal = null, Terms = s.Except(Deadline.Renewal) },
        (Expired s, LicenceEvent.Renewed f) => new Granted(s.Permit.Renewed(f), [], null) { Reply = s.Reply },

        (Granted s, LicenceEvent.Expired) => new Expired(s.Permit, s.Renewal) { Reply = s.Reply, Terms = s.Only(Deadline.Renewal) },
        (Suspended s, LicenceEvent.Expired) => new Expired(s.Permit, s.Renewal) { Reply = s.Reply, Terms = s.Only(Deadline.Renewal) },
        ({ Held: { } permit }, LicenceEvent.Revoked f) => new Revoked(permit, f.Ruling) { Reply = state.Reply },

        (_, LicenceEvent.Escalated f) => state with { Terms = [.. state.Terms.Select(t => (t.What, t.Due, t.About) == (f.What, f.Due, f.About) ? t with { EscalatedAt = f.At } : t)] },
        (_, LicenceEvent.ReplyPublished f) => state with { Reply = new(f.Sha256, f.At) },
        (_, LicenceEvent.ReplyWithdrawn) => state with { Reply = null },
        _ => state,
    };

    Guid Asked => this switch { Submitted s => s.ApplicationId, Returned s => s.ApplicationId, UnderInspection s => s.ApplicationId, _ => Guid.Empty };

    IReadOnlyList<Paper> PapersOf => this switch { Submitted s => s.Papers, UnderInspection s => s.Papers, _ => [] };

    IReadOnlyList<OpenTerm> Except(Deadline what) => [.. Terms.Where(t => t.What != what)];

    IReadOnlyList<OpenTerm> Only(Deadline what) => [.. Terms.Where(t => t.What == what)];

    Licence With(Func<Permit, Permit> change) => this switch
    {
        Granted s => s with { Permit = change(s.Permit) },
        Suspended s => s with { Permit = change(s.Permit) },
        _ => this,
    };
}
