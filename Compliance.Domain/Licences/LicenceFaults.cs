using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Licences;

/// <summary>What is wrong with a request or a ruling in itself, before anybody asks how things stand.</summary>
static class LicenceFaults
{
    /// <summary>A page of text is enough for any ground; a condition hangs at the door.</summary>
    const int LongestGrounds = 1_000, LongestCondition = 300, LongestReference = 200, MostPapers = 30, MostConditions = 20, HashDigits = 64;

    public static Refusal? Of(Licensing asked) => Standing(asked) ?? asked.What switch
    {
        LicenceCommand.Draft c => In(c.Papers, mayBeNone: true),
        LicenceCommand.Submit c => In(c.Papers, mayBeNone: false),
        LicenceCommand.ApplyForRenewal c => In(c.Papers, mayBeNone: true),
        LicenceCommand.PublishReply { Sha256: var hash } => IsHash(hash) ? null : new("licence.hash-malformed", "A SHA-256 hash has 64 hexadecimal digits.", "sha256"),
        LicenceCommand.Grant c => In(c.Grounds) ?? Said(c.WithoutAct, "withoutAct") ?? Said(c.Despite, "despite") ?? Span(c.From, c.Until, asked) ?? In(c.Conditions),
        LicenceCommand.AttachCondition c => In(c.Grounds) ?? In([c.Condition]),
        LicenceCommand.Suspend c => In(c.Grounds) ?? (c.Until < VenueZone.Day(asked.At) ? Past("until") : null),
        LicenceCommand.Officers c => In(c.Grounds),
        _ => null,
    };

    /// <summary>The system proposes and keeps time; people ask and decide. Neither does the other's part.</summary>
    static Refusal? Standing(Licensing asked) => (asked.What, asked.By) switch
    {
        (LicenceCommand.ProposeSuspension, not null) => new("licence.person-proposes", "A suspension is proposed by the system alone; an officer decides."),
        (LicenceCommand.ProposeSuspension or LicenceCommand.WithdrawProposal or LicenceCommand.NoteAct or LicenceCommand.Assess, _) => null,
        (_, null) => new("licence.nobody-decides", "A decision names the person who took it."),
        _ => null,
    };

    static Refusal? In(string grounds) => Said(grounds, "grounds");

    /// <summary>Null where nothing is said: whether something must be, the state of things tells.</summary>
    static Refusal? Said(string? grounds, string field) => grounds is null ? null
        : string.IsNullOrWhiteSpace(grounds) ? new("licence.grounds-missing", "A decision gives its grounds.", field)
        : grounds.Length > LongestGrounds ? new("licence.text-long", "Grounds have at most 1 000 characters.", field) : null;

    static Refusal? In(IReadOnlyList<Paper> papers, bool mayBeNone) =>
        (papers.Count == 0 && !mayBeNone) || papers.Count > MostPapers ? new("licence.papers-missing", "An application declares between 1 and 30 papers.", "papers")
        : papers.Any(p => string.IsNullOrWhiteSpace(p.Reference) || p.Reference.Length > LongestReference)
            ? new("licence.paper-unnamed", "Each paper has a number and a date, 200 characters at most.", "papers")
        : papers.Any(p => p.Sha256 is { } hash && !IsHash(hash)) ? new("licence.hash-malformed", "A SHA-256 hash has 64 hexadecimal digits.", "papers") : null;

    static Refusal? In(IReadOnlyList<Condition> conditions) =>
        conditions.Count > MostConditions || conditions.Any(c => string.IsNullOrWhiteSpace(c.Kk) || string.IsNullOrWhiteSpace(c.Ru) || Math.Max(c.Kk.Length, c.Ru.Length) > LongestCondition)
            ? new("licence.condition-unsaid", "A condition is written in Kazakh and in Russian, 300 characters at most; a certificate has at most 20.", "conditions")
        : conditions.DistinctBy(c => c.ConditionId).Count() < conditions.Count ? new("licence.condition-twice", "Two conditions have the same id.", "conditions") : null;

    static Refusal? Span(DateOnly from, DateOnly until, Licensing asked) =>
        from < VenueZone.Day(asked.At) ? Past("from") : until <= from ? new("licence.dates-backward", "The last day lies after the first.", "until") : Long(from, until);

    public static Refusal? Long(DateOnly from, DateOnly until) =>
        until > LicenceTerms.LastDay(from) ? new("licence.too-long", $"A certificate runs for {LicenceTerms.LongestMonths} months at most.", "until") : null;

    static Refusal Past(string field) => new("licence.day-past", "This day has passed.", field);

    static bool IsHash(string text) => text.Length == HashDigits && text.All(char.IsAsciiHexDigit);
}
