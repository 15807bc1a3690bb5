using Compliance.Domain.Duties;
using Compliance.Domain.Outages;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Cases;

/// <summary>What the doors of cases answer and ask.</summary>
/// <param name="Requirement">What the rule asks that was broken; null where none is named or known here.</param>
/// <param name="Texts">What was said, by writing; one whose author was forgotten is missing.</param>
/// <param name="EvidenceHolds">Whether the facts frozen at the appeal are still the ones of the log; null while nobody appealed.</param>
public sealed record CaseShown(CaseRow Case, Sentence? Requirement, IReadOnlyDictionary<Guid, string> Texts, bool? EvidenceHolds)
{
    /// <summary>The outage it came from, with how that was confirmed; null where it came from something else.</summary>
    public OutageRow? Outage { get; init; }

    /// <summary>What its prescription or warning left to be done, with the term of its own; null where nothing was.</summary>
    public DutyRow? Follows { get; init; }
}

public sealed record CaseSize(SizeClass Size);

public sealed record CasePlea(Plea Plea, string Said);

public sealed record CaseRuling(CaseOutcome Outcome, string Grounds);

/// <param name="Mci">In monthly calculation indices.</param>
/// <param name="Document">The ruling that set it.</param>
/// <param name="Source">The document that gives the amount, where the article's own was never read here.</param>
public sealed record CasePenalty(decimal Mci, string Document, string? Source = null);

public sealed record CaseAppeal(string Why);

public sealed record AppealRuling(AppealOutcome Outcome, string Grounds);

/// <param name="Document">What shows that it was paid or executed.</param>
public sealed record CaseSettlement(string Document);
