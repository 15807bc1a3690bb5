using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.KnownClips;

/// <summary>Why a clip may be used to try detectors: it was played by people who were asked to, those shown agreed in writing, its licence allows it, or a statute does.</summary>
public enum ClipRight { Staged, Consent, OpenLicence, Statute }

/// <summary>Facts about one clip whose content is known; the file lies sealed with the authority, the log holds its hash.</summary>
public abstract record KnownClipEvent(Guid ClipId)
{
    /// <param name="Shows">It shows what the detector looks for; else it shows something else, and an alert would be a false one.</param>
    /// <param name="Sha256">Of the file, hexadecimal in small letters.</param>
    /// <param name="Seconds">As it was decoded.</param>
    /// <param name="Paper">The consent, licence or article by which it may be used, as the authority cites it.</param>
    [EventName("knownclip.added.v1")]
    public sealed record Added(Guid ClipId, Detector Detector, bool Shows, string Sha256, long Bytes, double Seconds, int Width, int Height, ClipRight Right, string Paper) : KnownClipEvent(ClipId);

    /// <param name="Boxes">That may play it; null: every box.</param>
    [EventName("knownclip.assigned.v1")]
    public sealed record Assigned(Guid ClipId, IReadOnlyList<Guid>? Boxes, DateTimeOffset At) : KnownClipEvent(ClipId);

    /// <summary>Its file was erased; what came of its showings stays.</summary>
    /// <param name="Grounds">The officer's official words.</param>
    [EventName("knownclip.deleted.v1")]
    public sealed record Deleted(Guid ClipId, string Grounds, DateTimeOffset At) : KnownClipEvent(ClipId);
}

public abstract record KnownClipCommand
{
    /// <param name="Sha256">The door's own, like all that follows: read from the file.</param>
    public sealed record Add(
        Guid ClipId, Detector Detector, bool Shows, ClipRight Right, string Paper,
        [property: JsonIgnore] string Sha256 = "", [property: JsonIgnore] long Bytes = 0, [property: JsonIgnore] double Seconds = 0, [property: JsonIgnore] int Width = 0, [property: JsonIgnore] int Height = 0) : KnownClipCommand;

    public sealed record Assign(IReadOnlyList<Guid>? Boxes, [property: JsonIgnore] DateTimeOffset At = default) : KnownClipCommand;
    public sealed record Delete(string Grounds, [property: JsonIgnore] DateTimeOffset At = default) : KnownClipCommand;
}

/// <summary>A short clip of which somebody knows what it shows: boxes play it into the way of a camera's frames, and whether the detector finds it is counted.</summary>
public abstract record KnownClip
{
    /// <summary>Bytes of a file; seconds of a clip; pixels of its picture; letters.</summary>
    public const int Largest = 12 << 20, Longest = 60, Shortest = 6, Widest = 3840, Highest = 2160, LongestPaper = 120, LongestGrounds = 500, MostBoxes = 1000;

    public sealed record Unknown : KnownClip;

    /// <param name="IsAssigned">To <paramref name="Boxes"/>, or where that is null to every box.</param>
    public sealed record Known(KnownClipEvent.Added Card, bool IsAssigned, IReadOnlyList<Guid>? Boxes, bool IsDeleted) : KnownClip
    {
        public bool IsFor(Guid box) => IsAssigned && !IsDeleted && Boxes?.Contains(box) != false;
    }

    public static readonly Decider<KnownClip, KnownClipCommand, KnownClipEvent> Decider = new("knownclip", new Unknown(), Decide, Evolve);

    static Decision<KnownClipEvent> Decide(KnownClip state, KnownClipCommand command) => (state, command) switch
    {
        (Unknown, KnownClipCommand.Add a) => FaultOf(a) is { } fault ? fault : [CardOf(a)],
        (Known k, KnownClipCommand.Add a) => CardOf(a) == k.Card ? [] : new Refusal("knownclip.already-added", "This id belongs to another clip."),
        (Unknown, _) => new Refusal("knownclip.unknown", "There is no such clip."),

        (_, KnownClipCommand.Delete d) when string.IsNullOrWhiteSpace(d.Grounds) || d.Grounds.Length > LongestGrounds =>
            new Refusal("knownclip.grounds-missing", $"Say why, in at most {LongestGrounds} letters.", "grounds"),
        (Known { IsDeleted: true }, KnownClipCommand.Delete) => [],
        (Known { IsDeleted: true }, _) => new Refusal("knownclip.deleted", "This clip was deleted."),
        (Known k, KnownClipCommand.Delete d) => [new KnownClipEvent.Deleted(k.Card.ClipId, d.Grounds.Trim(), d.At)],
        (Known, KnownClipCommand.Assign { Boxes.Count: > MostBoxes }) => new Refusal("knownclip.boxes-many", $"Name at most {MostBoxes} boxes, or let every box play it.", "boxes"),
        (Known k, KnownClipCommand.Assign a) => k.IsAssigned && IsSame(k.Boxes, a.Boxes) ? [] : [new KnownClipEvent.Assigned(k.Card.ClipId, a.Boxes is null ? null : [.. a.Boxes.Distinct().Order()], a.At)],
        _ => throw new UnreachableException(),
    };

    static KnownClip Evolve(KnownClip state, KnownClipEvent fact) => (state, fact) switch
    {
        (_, KnownClipEvent.Added card) => new Known(card, false, null, false),
        (Known k, KnownClipEvent.Assigned f) => k with { IsAssigned = true, Boxes = f.Boxes },
        (Known k, KnownClipEvent.Deleted) => k with { IsDeleted = true },
        _ => state,
    };

    static bool IsSame(IReadOnlyList<Guid>? a, IReadOnlyList<Guid>? b) => (a, b) is (null, null) || a is not null && b is not null && a.ToHashSet().SetEquals(b);

    /// <summary>What the file is was found out by decoding it; here only the bounds are asked.</summary>
    static Refusal? FaultOf(KnownClipCommand.Add a) =>
        a.Detector != Detector.Fight ? new("knownclip.detector-untried", "Only the detector of fights is tried by clips.", "detector")
        : string.IsNullOrWhiteSpace(a.Paper) || a.Paper.Length > LongestPaper ? new("knownclip.paper-missing", $"Cite the consent, licence or article by which it may be used, in at most {LongestPaper} letters.", "paper")
        // A consent bears the name of who gave it, and a fact is never erased.
        : a.Right == ClipRight.Consent && !CaseNumbers.Is(a.Paper.Replace(" ", "", StringComparison.Ordinal)) ? new("knownclip.paper-number", "Cite a consent by its number and date alone, in at most 40 signs: names stand in no fact.", "paper")
        : a.Bytes is < 1 or > Largest ? new("knownclip.file-size", $"A clip has from 1 byte to {Largest >> 20} MiB.", "file")
        : a.Width > Widest || a.Height > Highest || a.Width < 1 || a.Height < 1 ? new("knownclip.picture-size", $"A clip's picture has at most {Widest} by {Highest} pixels.", "file")
        : a.Seconds is not (>= Shortest and <= Longest) ? new("knownclip.length", $"A clip lasts from {Shortest} to {Longest} seconds.", "file")
        : null;

    static KnownClipEvent.Added CardOf(KnownClipCommand.Add a) => new(a.ClipId, a.Detector, a.Shows, a.Sha256, a.Bytes, a.Seconds, a.Width, a.Height, a.Right, a.Paper.Trim());
}
