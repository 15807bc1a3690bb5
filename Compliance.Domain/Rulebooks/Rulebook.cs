namespace Compliance.Domain.Rulebooks;

/// <summary>How grave a breach is: the three grades of a Kazakh checklist (грубое, значительное, незначительное), and what is only said.</summary>
public enum Severity { Info, Minor, Major, Critical }

/// <summary>
/// Why a rule is asked at all. Only <see cref="Law"/> and <see cref="LawUto"/> can be broken; the rest can only be recommended.
/// <see cref="LawUto"/> binds venues classed as vulnerable to terrorism; <see cref="Consent"/> binds by the owner's own signature.
/// </summary>
public enum Basis { Law, LawUto, Proposed, Consent, Standard, Analogue, Default }

/// <summary>How well the source is known: its text was read, it was told by a second source, it is general knowledge yet to be checked, or it is this project's own number.</summary>
public enum Confidence { Read, Secondary, General, Project }

/// <summary>Who has to act when a rule fails.</summary>
public enum Answerable { Owner, FireSafety, Security, Police, Operator }

/// <summary>What a report may call a failed rule.</summary>
public enum Wording { Violation, ToBeConfirmed, Recommended }

/// <summary>A sentence in the three languages of the product.</summary>
public sealed record Sentence(string Kk, string Ru, string En);

/// <summary>On what, and how surely, a rule stands; <paramref name="Scope"/> narrows it to some venues (null: all).</summary>
public sealed record Standing(Basis Basis, Confidence Confidence, Check? Scope = null)
{
    /// <summary>Only law that somebody has read, or a second source confirms, may be printed as a violation.</summary>
    public Wording Wording => (Basis, Confidence) switch
    {
        (Basis.Law or Basis.LawUto, Confidence.Read or Confidence.Secondary) => Wording.Violation,
        (Basis.Law or Basis.LawUto, _) => Wording.ToBeConfirmed,
        _ => Wording.Recommended,
    };
}

/// <summary>One requirement. <paramref name="Check"/> says how it is found to be met; parameters have been put in its place already.</summary>
/// <param name="Standings">The first whose scope fits the venue counts.</param>
/// <param name="Scope">Venues outside it are not asked; null: all are.</param>
/// <param name="Sanction">Row of the sanction table; null where none is known.</param>
/// <param name="HardStop">The venue must not trade while it fails. The system proposes, a named officer decides.</param>
/// <param name="Monotone">More of what it asks for never turns a pass into a fail.</param>
/// <param name="From">First day it binds, when later than the rulebook's; <paramref name="Until"/> the last.</param>
public sealed record Rule(
    string Id, string Subject, Sentence Requirement, Check Check, Severity Severity, IReadOnlyList<Standing> Standings,
    IReadOnlyList<string> Sources, Answerable Answerable, string? Sanction = null, Check? Scope = null,
    bool HardStop = false, bool Monotone = false, DateOnly? From = null, DateOnly? Until = null)
{
    public bool BindsOn(DateOnly day) => (From is not { } from || from <= day) && (Until is not { } until || day <= until);
}

/// <summary>Where a rule was read. <paramref name="Read"/> says how much of it.</summary>
public sealed record Source(string Act, string Url, string Read);

/// <summary>A mandated standard in one version: it never changes; a change is a new version.</summary>
/// <param name="Holidays">Days of the year (<c>MM-dd</c>) that are no working days.</param>
public sealed record Rulebook(
    string Id, string Version, Sentence Title, string Jurisdiction, DateOnly ValidFrom, DateOnly? ValidUntil,
    IReadOnlyList<string> Holidays, IReadOnlyDictionary<string, Source> Sources, IReadOnlyList<Rule> Rules);
