namespace Compliance.Domain.Licences;

/// <summary>What a paper of an application is.</summary>
public enum PaperKind { TitleToPremises, FireConclusion, SecurityContract, AlarmServiceContract, EvacuationPlan, CameraPlan, AlcoholLicence, Other }

/// <summary>One paper an applicant declares: its number and date, and the hash of its file. The file itself, and whoever is named in it, stay outside.</summary>
/// <param name="Sha256">Of the file, hexadecimal; null for a paper shown on the spot.</param>
public sealed record Paper(PaperKind Kind, string Reference, string? Sha256);

/// <summary>What a certificate binds its holder to beside the law, in both state languages: the public reads it at the door.</summary>
public sealed record Condition(Guid ConditionId, string Kk, string Ru);

/// <summary>Who decided, and why. An officer is an opaque subject; grounds are official text.</summary>
public sealed record Ruling(Guid Officer, string Grounds);

/// <summary>The certificate itself: both days included.</summary>
/// <param name="RemindedDays">How near the end was when its holder was reminded last; null: not yet.</param>
public sealed record Permit(string Number, DateOnly From, DateOnly Until, IReadOnlyList<Condition> Conditions, int? RemindedDays = null)
{
    /// <summary>It runs on to a new last day, or begins anew after a gap; so do its reminders.</summary>
    internal Permit Renewed(LicenceEvent.Renewed fact) => this with { From = fact.From > Until.AddDays(1) ? fact.From : From, Until = fact.Until, RemindedDays = null };
}

/// <summary>The system's own proposal to suspend: the rules that stay broken and the facts it rests on. Only an officer decides.</summary>
/// <param name="DutyId">The duty that overstayed: where it is met, the proposal is withdrawn.</param>
public sealed record Proposal(Guid ProposalId, IReadOnlyList<string> Rules, IReadOnlyList<Guid> RestsOn, DateTimeOffset At, Guid? DutyId = null);

public sealed record Renewal(Guid RenewalId, IReadOnlyList<Paper> Papers, DateTimeOffset At);

/// <summary>What its holder says in public: the hash of the words. The words stand outside the log and are erased with a withdrawal.</summary>
public sealed record Reply(string Sha256, DateTimeOffset At);

/// <summary>Something that must be done by a date. The applicant's is <see cref="Correction"/>; the others are the authority's.</summary>
public enum Deadline { Review, Correction, Inspection, Overall, Proposal, SuspensionReview, Renewal }

/// <param name="About">The proposal or renewal it belongs to; null for the application or the suspension.</param>
/// <param name="EscalatedAt">When it was found to have passed; null while it has not.</param>
public sealed record OpenTerm(Deadline What, DateTimeOffset Due, Guid? About = null, DateTimeOffset? EscalatedAt = null);

/// <summary>A visit that an officer ordered, and when.</summary>
sealed record OrderedVisit(Guid Visit, DateTimeOffset At);
