using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Detectors;

/// <summary>Facts about one authorisation under which a detector may run at a venue.</summary>
public abstract record DetectorBasisEvent(Guid BasisId, Guid VenueId)
{
    /// <param name="Article">The norm it rests on, as the authority cites it.</param>
    /// <param name="Cameras">The only ones it is for.</param>
    /// <param name="Until">The first instant at which it holds no more.</param>
    /// <param name="RegisterNumber">Under which the system stands in the register of AI systems.</param>
    [EventName("detectorbasis.granted.v1")]
    public sealed record Granted(
        Guid BasisId, Guid VenueId, Detector Detector, string Article, string Purpose, IReadOnlyList<Guid> Cameras, HoursOfDay Hours,
        DateTimeOffset From, DateTimeOffset Until, ImpactAssessment Assessment, string RegisterNumber, RiskDegree Risk) : DetectorBasisEvent(BasisId, VenueId);

    /// <param name="Grounds">The officer's official words.</param>
    [EventName("detectorbasis.withdrawn.v1")]
    public sealed record Withdrawn(Guid BasisId, Guid VenueId, string Grounds, DateTimeOffset At) : DetectorBasisEvent(BasisId, VenueId);

    [EventName("detectorbasis.expired.v1")]
    public sealed record Expired(Guid BasisId, Guid VenueId, DateTimeOffset At) : DetectorBasisEvent(BasisId, VenueId);
}

public abstract record DetectorBasisCommand
{
    /// <param name="At">The door's clock, as in every command here.</param>
    public sealed record Grant(
        Guid BasisId, Guid VenueId, Detector Detector, string Article, string Purpose, IReadOnlyList<Guid> Cameras, HoursOfDay Hours,
        DateTimeOffset From, DateTimeOffset Until, ImpactAssessment Assessment, string RegisterNumber, RiskDegree Risk,
        [property: JsonIgnore] DateTimeOffset At = default) : DetectorBasisCommand;

    public sealed record Withdraw(string Grounds, [property: JsonIgnore] DateTimeOffset At = default) : DetectorBasisCommand;

    public sealed record Expire(DateTimeOffset At) : DetectorBasisCommand;
}

/// <summary>Without a basis that holds no detector runs: it is granted once, for named cameras, hours and at most a year, and ends by withdrawal or by itself.</summary>
public abstract record DetectorBasis
{
    /// <summary>The longest: who wants it longer weighs the harm anew.</summary>
    public const int LongestDays = 366;

    public sealed record Unknown : DetectorBasis;
    public sealed record Standing(DetectorBasisEvent.Granted Card) : DetectorBasis;

    /// <param name="As">Withdrawn or expired.</param>
    public sealed record Over(DetectorBasisEvent.Granted Card, DetectorBasisEvent As) : DetectorBasis;

    public static readonly Decider<DetectorBasis, DetectorBasisCommand, DetectorBasisEvent> Decider = new("detectorbasis", new Unknown(), Decide, Evolve);

    static Decision<DetectorBasisEvent> Decide(DetectorBasis state, DetectorBasisCommand command) => (state, command) switch
    {
        (Unknown, DetectorBasisCommand.Grant g) => FaultOf(g) is { } fault ? fault : [CardOf(g)],
        (Standing { Card: var card }, DetectorBasisCommand.Grant again) => Again(card, again),
        (Over { Card: var card }, DetectorBasisCommand.Grant again) => Again(card, again),

        (Unknown, _) => new Refusal("detectorbasis.unknown", "There is no such basis."),

        (_, DetectorBasisCommand.Withdraw(var grounds, _)) when string.IsNullOrWhiteSpace(grounds) =>
            new Refusal("detectorbasis.grounds-missing", "A withdrawal names its grounds.", "grounds"),
        (Standing { Card: var card }, DetectorBasisCommand.Withdraw(var grounds, var at)) =>
            [new DetectorBasisEvent.Withdrawn(card.BasisId, card.VenueId, grounds.Trim(), at)],
        (Over { As: DetectorBasisEvent.Withdrawn }, DetectorBasisCommand.Withdraw) => [],
        (Over, DetectorBasisCommand.Withdraw) => new Refusal("detectorbasis.over", "This basis has ended by itself; there is nothing to withdraw."),

        (Standing { Card: var card }, DetectorBasisCommand.Expire(var at)) => at < card.Until ? [] : [new DetectorBasisEvent.Expired(card.BasisId, card.VenueId, card.Until)],
        (Over, DetectorBasisCommand.Expire) => [],
        _ => throw new UnreachableException(),
    };

    static DetectorBasis Evolve(DetectorBasis state, DetectorBasisEvent fact) => (state, fact) switch
    {
        (_, DetectorBasisEvent.Granted card) => new Standing(card),
        (Standing { Card: var card }, _) => new Over(card, fact),
        _ => state,
    };

    static Refusal? FaultOf(DetectorBasisCommand.Grant g) =>
        g.Cameras.Count == 0 ? new("detectorbasis.cameras-missing", "Name the cameras: a detector runs on no other.", "cameras")
        : string.IsNullOrWhiteSpace(g.Article) ? new("detectorbasis.article-missing", "Cite the article the basis rests on.", "article")
        : string.IsNullOrWhiteSpace(g.Purpose) ? new("detectorbasis.purpose-missing", "Say what the detector is for.", "purpose")
        : string.IsNullOrWhiteSpace(g.RegisterNumber) ? new("detectorbasis.register-missing", "Name the number under which the system is registered.", "registerNumber")
        : string.IsNullOrWhiteSpace(g.Assessment.Title) || string.IsNullOrWhiteSpace(g.Assessment.Version) || !ImpactAssessment.IsHash(g.Assessment.Sha256)
            ? new("detectorbasis.assessment-missing", "Name the impact assessment: its title, its version and the SHA-256 of its file.", "assessment")
        : g.Until <= g.From ? new("detectorbasis.dates-backward", "The end lies before the beginning.", "until")
        : g.Until <= g.At ? new("detectorbasis.past", "The time named has passed already.", "until")
        : g.Until - g.From > TimeSpan.FromDays(LongestDays) ? new("detectorbasis.too-long", "A basis holds a year at most; then the harm is weighed anew.", "until")
        : null;

    static DetectorBasisEvent.Granted CardOf(DetectorBasisCommand.Grant g) => new(
        g.BasisId, g.VenueId, g.Detector, g.Article.Trim(), g.Purpose.Trim(), [.. g.Cameras.Distinct().Order()], g.Hours, g.From, g.Until,
        new(g.Assessment.Title.Trim(), g.Assessment.Version.Trim(), g.Assessment.Sha256.ToLowerInvariant()), g.RegisterNumber.Trim(), g.Risk);

    static Decision<DetectorBasisEvent> Again(DetectorBasisEvent.Granted card, DetectorBasisCommand.Grant again) => IsSame(card, CardOf(again))
        ? [] : new Refusal("detectorbasis.already-granted", "This id belongs to another basis; withdraw that one and grant anew.");

    static bool IsSame(DetectorBasisEvent.Granted a, DetectorBasisEvent.Granted b) => a.Cameras.SequenceEqual(b.Cameras) && a with { Cameras = b.Cameras } == b;
}
