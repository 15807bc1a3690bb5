using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Models;

public abstract record ModelCommand
{
    /// <param name="Sha256">Of the file as the caller has it; the door compares, and the id follows from it.</param>
    /// <param name="Bytes">The door's own, like id, threshold, author and clock: read from the file.</param>
    public sealed record Register(
        Detector Detector, string Name, string Sha256, ModelFigures Figures, string Licence,
        [property: JsonIgnore] Guid ModelId = default, [property: JsonIgnore] int Bytes = 0, [property: JsonIgnore] double Threshold = 0, [property: JsonIgnore] Guid AuthorId = default) : ModelCommand;

    public sealed record Approve(string Grounds, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : ModelCommand;
    public sealed record RollOut(int Share, string Grounds, [property: JsonIgnore] DateTimeOffset At = default) : ModelCommand;
    public sealed record RollBack(string Grounds, [property: JsonIgnore] DateTimeOffset At = default) : ModelCommand;
    public sealed record Withdraw(string Grounds, [property: JsonIgnore] DateTimeOffset At = default) : ModelCommand;
}

/// <summary>Registered by one person, approved by another, rolled out to a share of the boxes that may grow; rolled back at once, and withdrawn for good.</summary>
public abstract record ModelVersion
{
    /// <summary>Letters.</summary>
    public const int LongestName = 60, LongestGrounds = 500, LongestLicence = 60;

    public sealed record Unknown : ModelVersion;

    /// <param name="Share">Of all boxes, in per cent; 0 where none is to run it.</param>
    public sealed record Known(ModelEvent.Registered Card, ModelEvent.Approved? Approval, int Share, ModelEvent.Withdrawn? Over) : ModelVersion;

    public static readonly Decider<ModelVersion, ModelCommand, ModelEvent> Decider = new("model", new Unknown(), Decide, Evolve);

    /// <summary>The same file is the same version, whoever registers it.</summary>
    public static Guid IdOf(string sha256) => EventIds.From(Guid.Empty, $"model/{sha256}");

    /// <summary>Where a box stands among all for this version, 0 to 99: those below the share run it, so that a growing share keeps those who have it.</summary>
    public static int SlotOf(string sha256, Guid box) =>
        (int)(BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.ASCII.GetBytes($"{sha256}/{box:N}"))) % 100);

    static Decision<ModelEvent> Decide(ModelVersion state, ModelCommand command) => (state, command) switch
    {
        (Unknown, ModelCommand.Register r) => FaultOf(r) is { } fault ? fault : [CardOf(r)],
        (Known { Over: null } k, ModelCommand.Register r) => CardOf(r) == k.Card ? [] : new Refusal("model.already-registered", "This file is registered already."),
        (Unknown, _) => new Refusal("model.unknown", "There is no such version."),

        (Known { Over: not null }, ModelCommand.Withdraw) => [],
        (Known { Over: not null }, _) => new Refusal("model.withdrawn", "This version was withdrawn: register another."),
        (_, ModelCommand.Approve { Grounds: var grounds }) when Bad(grounds) => GroundsMissing,
        (_, ModelCommand.RollOut { Grounds: var grounds }) when Bad(grounds) => GroundsMissing,
        (_, ModelCommand.RollBack { Grounds: var grounds }) when Bad(grounds) => GroundsMissing,
        (_, ModelCommand.Withdraw { Grounds: var grounds }) when Bad(grounds) => GroundsMissing,

        (Known k, ModelCommand.Approve a) => k.Card.AuthorId == a.By ? new Refusal("model.same-person", "Whoever registered a version does not approve it.")
            : k.Approval is not null ? [] : [new ModelEvent.Approved(k.Card.ModelId, a.By, a.Grounds.Trim(), a.At)],
        (Known k, ModelCommand.RollOut o) => o.Share is < 1 or > 100 ? new Refusal("model.share-impossible", "A share is from 1 to 100 per cent.", "share")
            : k.Approval is null ? new Refusal("model.unapproved", "Another person approves a version before any box runs it.")
            : k.Share == o.Share ? [] : [new ModelEvent.RolledOut(k.Card.ModelId, o.Share, o.Grounds.Trim(), o.At)],
        (Known k, ModelCommand.RollBack b) => k.Share == 0 ? [] : [new ModelEvent.RolledBack(k.Card.ModelId, b.Grounds.Trim(), b.At)],
        (Known k, ModelCommand.Withdraw w) => [new ModelEvent.Withdrawn(k.Card.ModelId, w.Grounds.Trim(), w.At)],
        _ => throw new UnreachableException(),
    };

    static ModelVersion Evolve(ModelVersion state, ModelEvent fact) => (state, fact) switch
    {
        (_, ModelEvent.Registered card) => new Known(card, null, 0, null),
        (Known k, ModelEvent.Approved f) => k with { Approval = f },
        (Known k, ModelEvent.RolledOut f) => k with { Share = f.Share },
        (Known k, ModelEvent.RolledBack) => k with { Share = 0 },
        (Known k, ModelEvent.Withdrawn f) => k with { Share = 0, Over = f },
        _ => state,
    };

    static readonly Refusal GroundsMissing = new("model.grounds-missing", $"Say why, in at most {LongestGrounds} letters.", "grounds");

    static bool Bad(string? grounds) => string.IsNullOrWhiteSpace(grounds) || grounds.Length > LongestGrounds;

    static Refusal? FaultOf(ModelCommand.Register r) =>
        r.Detector != Detector.Fight ? new("model.not-distributed", "Only the trees that tell a fight are distributed; networks are brought to the box.", "detector")
        : r.Name is not { Length: > 0 and <= LongestName } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? new("model.name-malformed", $"A name has letters, digits, dots and dashes, at most {LongestName}.", "name")
        : string.IsNullOrWhiteSpace(r.Licence) || r.Licence.Length > LongestLicence ? new("model.licence-missing", "Name the licence under which it may be used and handed on.", "licence")
        : r.Figures is not { Found: >= 0 and <= 1, FalseAlarms: >= 0 and <= 1, Clips: > 0, Sources: > 0 } || r.Figures.Sources > r.Figures.Clips
            ? new("model.figures-impossible", "The card says what share of fights it finds, what share of others it takes for one, and on how many clips of how many recordings that was measured.", "figures")
        : null;

    static ModelEvent.Registered CardOf(ModelCommand.Register r) =>
        new(r.ModelId, r.Detector, r.Name, r.Sha256.ToLowerInvariant(), r.Bytes, r.Threshold, r.Figures, r.Licence.Trim(), r.AuthorId);
}
