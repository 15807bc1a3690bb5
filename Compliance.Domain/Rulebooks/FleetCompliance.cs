using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>How many venues of a group stand how under one rule.</summary>
/// <param name="FailedAs">What the failures may be called: the same rule is law for one venue and advice for another.</param>
public sealed record RuleTally(string RuleId, int Pass, int Fail, int Unknown, int NotApplicable, IReadOnlyDictionary<Wording, int> FailedAs)
{
    /// <summary>Of those where somebody knows; null where nobody does.</summary>
    public double? FailShare => Pass + Fail > 0 ? (double)Fail / (Pass + Fail) : null;

    public static RuleTally operator +(RuleTally a, RuleTally b) =>
        new(a.RuleId, a.Pass + b.Pass, a.Fail + b.Fail, a.Unknown + b.Unknown, a.NotApplicable + b.NotApplicable,
            a.FailedAs.Concat(b.FailedAs).GroupBy(failed => failed.Key).ToDictionary(same => same.Key, same => same.Sum(failed => failed.Value)));

    public static RuleTally None(string ruleId) => new(ruleId, 0, 0, 0, 0, new Dictionary<Wording, int>());
}

/// <summary>Venues that may be compared with each other: of one district, and of one size.</summary>
/// <param name="FromCapacity">The least capacity of the size; <see cref="FleetCompliance.Sizes"/> names them all.</param>
public sealed record FleetGroup(string District, int FromCapacity, int Venues, IReadOnlyList<RuleTally> Rules);

/// <summary>A rule as statistics head a line.</summary>
public sealed record RuleHead(string RuleId, string Subject, Sentence Requirement, bool HardStop);

/// <summary>How the venues of a city stand under the rules, by district and size, from what was asked last.</summary>
public sealed record FleetCompliance(string Rulebook, string Version, IReadOnlyList<RuleHead> Rules, IReadOnlyList<FleetGroup> Groups)
{
    /// <summary>Where a size begins, in persons: at a hundred the law asks more.</summary>
    public static readonly IReadOnlyList<int> Sizes = [0, 100, 300, 500];

    public static FleetCompliance Of(Rulebook book, IEnumerable<ComplianceCard> cards, IReadOnlyDictionary<Guid, VenueCard> venues) => new(
        book.Id, book.Version,
        [
            .. book.Rules.GroupBy(rule => rule.Id).Select(same => same.Last())
                .Select(rule => new RuleHead(rule.Id, rule.Subject, rule.Requirement, rule.HardStop)),
        ],
        [
            .. from card in cards
               where venues.ContainsKey(card.VenueId) && venues[card.VenueId].ClosedBecause is null
               let venue = venues[card.VenueId]
               group card by (venue.Details.District, Size: Sizes.Last(size => size <= venue.Capacity)) into same
               orderby same.Key.District, same.Key.Size
               select new FleetGroup(same.Key.District, same.Key.Size, same.Count(), Tally(same)),
        ]);

    static IReadOnlyList<RuleTally> Tally(IEnumerable<ComplianceCard> cards) =>
    [
        .. from rule in cards.SelectMany(card => card.Rules)
           group rule by rule.RuleId into said
           orderby said.Key
           select new RuleTally(
               said.Key, said.Count(r => r.Outcome == Outcome.Pass), said.Count(r => r.Outcome == Outcome.Fail), said.Count(r => r.Outcome == Outcome.Unknown), said.Count(r => r.Outcome == Outcome.NotApplicable),
               said.Where(r => r.Outcome == Outcome.Fail).Select(r => r.Wording).OfType<Wording>().CountBy(wording => wording).ToDictionary()),
    ];
}
