using System.Diagnostics;
using Compliance.Domain.Alerts;
using Compliance.Domain.Detectors;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Drills;

/// <summary>Section <c>Drills</c> of the settings.</summary>
/// <param name="On">Whether a known clip that a detector found goes on to a desk at all.</param>
/// <param name="HoursBetween">No desk is given another one sooner: one a shift.</param>
/// <param name="UntakenSeconds">So long untaken it ends; it goes to no neighbour and no shift lead.</param>
/// <param name="UndecidedSeconds">So long after it was taken it ends.</param>
/// <param name="FreshSeconds">What a detector found longer ago makes no drill: a box tells at once, or was cut off.</param>
public sealed record DrillRules(bool On = true, int HoursBetween = 8, int UntakenSeconds = 90, int UndecidedSeconds = 180, int FreshSeconds = 120);

/// <summary>What the officer did: called it an incident, called it none, or asked for more than is told of a drill (a live picture, the clip without its blur, telephones, a case).</summary>
public enum DrillAnswer { Confirmed, Rejected, AskedForMore }

/// <summary>Why a drill ended undecided: nobody took it, whoever took it said nothing, something real came, the clip was deleted, or somebody looks into that venue for another reason.</summary>
public enum DrillEnd { Untaken, Undecided, RealWork, ClipGone, LookedInto }

/// <summary>
/// Facts about one drill: a known clip that a detector found, put before the people of a desk as an alert would be, and marked as a test as soon as they decided. It is no alert and no incident; nobody's words are in it.
/// </summary>
public abstract record DrillEvent(Guid DrillId, Guid VenueId)
{
    /// <param name="ShowingId">In which the clip was found; the desk reads it as the id of an alert until it decides.</param>
    /// <param name="District">Whose desk.</param>
    /// <param name="Shows">The clip shows what the detector looks for; else the right answer is to reject it.</param>
    /// <param name="ClipSeconds">Of the blurred copy that the desk is given.</param>
    /// <param name="CopySha256">Of that copy, hexadecimal in small letters.</param>
    /// <param name="LastsSeconds">From <paramref name="SeenFrom"/>, so long what it looks for is seen.</param>
    /// <param name="Chance">Drawn for this drill and told to nobody: what a box measures or draws follows from it (<see cref="DrillSight"/>).</param>
    [EventName("drill.raised.v1")]
    public sealed record Raised(
        Guid DrillId, Guid VenueId, Guid ShowingId, Guid ClipId, Guid DeviceId, string District, Detector Detector, bool Shows, Sighting Seen, DateTimeOffset SeenFrom, int ClipSeconds, string CopySha256, int LastsSeconds, Guid Chance,
        DateTimeOffset At)
        : DrillEvent(DrillId, VenueId);

    /// <summary>From now on the desk is told of a clip, or of its blurred copy: as late as a box would have cut and blurred one.</summary>
    [EventName("drill.clip-came.v1")]
    public sealed record ClipCame(Guid DrillId, Guid VenueId, bool IsBlurred, DateTimeOffset At) : DrillEvent(DrillId, VenueId);

    /// <summary>From now on the desk is told that what was seen is over, as late as a box would tell it.</summary>
    /// <param name="Seen">As it was in the end.</param>
    [EventName("drill.sight-ended.v1")]
    public sealed record SightEnded(Guid DrillId, Guid VenueId, DateTimeOffset SeenUntil, Sighting Seen, DateTimeOffset At) : DrillEvent(DrillId, VenueId);

    [EventName("drill.taken.v1")]
    public sealed record Taken(Guid DrillId, Guid VenueId, Guid By, DateTimeOffset At) : DrillEvent(DrillId, VenueId);

    /// <summary>Whoever took it took that back at once.</summary>
    [EventName("drill.let-go.v1")]
    public sealed record LetGo(Guid DrillId, Guid VenueId, Guid By, DateTimeOffset At) : DrillEvent(DrillId, VenueId);

    /// <summary>An officer saw the blurred copy; told once a day and officer.</summary>
    [EventName("drill.clip-viewed.v1")]
    public sealed record ClipViewed(Guid DrillId, Guid VenueId, Guid By, DateOnly On) : DrillEvent(DrillId, VenueId);

    /// <summary>Somebody decided, and was told at once that it was a test.</summary>
    /// <param name="Reason">Of the closed list, where it was rejected.</param>
    /// <param name="IsRight">Null where somebody asked for more of a clip that shows nothing: that is neither.</param>
    /// <param name="SecondsToTake">From raised to taken; null where nobody took it first.</param>
    /// <param name="SecondsToDecide">From raised.</param>
    [EventName("drill.decided.v1")]
    public sealed record Decided(
        Guid DrillId, Guid VenueId, string District, bool Shows, DrillAnswer Answer, RejectReason? Reason, Guid By, bool? IsRight, double? SecondsToTake, double SecondsToDecide, DateTimeOffset RaisedAt, DateTimeOffset At)
        : DrillEvent(DrillId, VenueId);

    [EventName("drill.ended.v1")]
    public sealed record Ended(Guid DrillId, Guid VenueId, string District, bool Shows, DrillEnd Because, double? SecondsToTake, DateTimeOffset RaisedAt, DateTimeOffset At) : DrillEvent(DrillId, VenueId);
}

public abstract record DrillCommand
{
    public sealed record Raise(DrillEvent.Raised Card) : DrillCommand;

    /// <summary>What an officer does with it as with an incident, through the same doors.</summary>
    public sealed record Handle(IncidentCommand What, DateTimeOffset At) : DrillCommand;

    /// <summary>An officer asks for a live picture, or sends for the message about it.</summary>
    public sealed record AskForMore(Guid By, DateTimeOffset At) : DrillCommand;

    /// <summary>What the metronome asks: is its clip due, has nobody decided for too long?</summary>
    public sealed record Assess(DateTimeOffset Now, DrillRules Rules) : DrillCommand;

    public sealed record Withdraw(DrillEnd Because, DateTimeOffset At) : DrillCommand;
}

/// <summary>
/// A drill answers as the incident would that it stands for: it holds one, asks it, and refuses what it refuses. What the incident would let pass is turned into a fact of the drill, and the first that decides or asks for more
/// ends it. So it can be told from none before it is decided, and it never comes so far that anybody could be sent.
/// </summary>
public abstract record Drill
{
    /// <summary>After so long a box would have cut its clip (twenty seconds from the beginning), and after so long have blurred it.</summary>
    public static readonly TimeSpan ClipAfter = TimeSpan.FromSeconds(22), CopyAfter = TimeSpan.FromSeconds(30);

    public static readonly Refusal WasATest = new("drill.was-a-test", "This was a test, and it is over: nobody is sent, and no camera is looked at.");

    public sealed record Unknown : Drill;

    public abstract record Known(DrillEvent.Raised Card, DrillSteps Steps) : Drill
    {
        /// <summary>Where the stream of the incident would stand that it stands for.</summary>
        public long RevisionAt(DateTimeOffset now, AlertRules rules) => Steps.OfIncident + (IsWithNeighbour(Card, Steps.TakenAt, now, rules) ? 1 : 0);
    }

    /// <param name="StandsFor">The incident it would be, in no stream.</param>
    public sealed record Open(DrillEvent.Raised Card, Incident StandsFor, DrillSteps Steps) : Known(Card, Steps);

    /// <param name="Answer">Null where nobody decided.</param>
    public sealed record Over(DrillEvent.Raised Card, DrillEvent.Decided? Answer, DrillSteps Steps) : Known(Card, Steps);

    public static readonly Decider<Drill, DrillCommand, DrillEvent> Decider = new("drill", new Unknown(), Decide, Evolve);

    /// <summary>The same for one showing, so that one that is told twice is one drill; made as an incident's id is made of its alert's.</summary>
    public static Guid IdOf(Guid showing) => EventIds.From(showing, "incident");

    static Decision<DrillEvent> Decide(Drill state, DrillCommand command) => (state, command) switch
    {
        (Unknown, DrillCommand.Raise r) => [r.Card],
        (Known, DrillCommand.Raise) => [],
        (Unknown, _) => new Refusal("policeincident.unknown", "No such incident."),
        (Open o, DrillCommand.Assess a) => [.. Assess(o, a)],
        (Open o, DrillCommand.Withdraw w) => [Ended(o, w.Because, w.At)],
        (Open o, DrillCommand.AskForMore a) => [Decided(o, DrillAnswer.AskedForMore, null, a.By, a.At)],
        (Open o, DrillCommand.Handle h) => Handle(o, h),
        (Over, DrillCommand.Assess or DrillCommand.Withdraw) => [],
        // A second press of the key that decided it says nothing new.
        (Over { Answer: { Answer: DrillAnswer.Confirmed } told }, DrillCommand.Handle { What: IncidentCommand.Confirm c }) when c.By.Id == told.By => [],
        (Over { Answer: { Answer: DrillAnswer.Rejected } told }, DrillCommand.Handle { What: IncidentCommand.Reject r }) when r.By.Id == told.By => [],
        (Over, _) => WasATest,
        _ => throw new UnreachableException(),
    };

    static Decision<DrillEvent> Handle(Open o, DrillCommand.Handle h)
    {
        var asked = Incident.Decider.Decide(o.StandsFor, h.What switch
        {
            IncidentCommand.Preserve p => p with { HasClip = o.Steps.HasClip },
            IncidentCommand.Unblur u => u with { HasClip = o.Steps.HasClip },
            var other => other,
        });
        return asked.Refusal is { } no ? no : [.. asked.Events.Select(fact => Instead(o, fact, h.At))];
    }

    static DrillEvent Instead(Open o, IncidentEvent fact, DateTimeOffset at) => fact switch
    {
        IncidentEvent.Taken f => new DrillEvent.Taken(f.IncidentId, f.VenueId, f.By, at),
        IncidentEvent.Undone f => new DrillEvent.LetGo(f.IncidentId, f.VenueId, f.By, at),
        IncidentEvent.ClipViewed f => new DrillEvent.ClipViewed(f.IncidentId, f.VenueId, f.By, f.On),
        IncidentEvent.Confirmed f => Decided(o, DrillAnswer.Confirmed, null, f.By, at),
        IncidentEvent.Rejected f => Decided(o, DrillAnswer.Rejected, f.Reason, f.By, at),
        IncidentEvent.Merged f => Decided(o, DrillAnswer.AskedForMore, null, f.By, at),
        IncidentEvent.ClipPreserved f => Decided(o, DrillAnswer.AskedForMore, null, f.By, at),
        IncidentEvent.ClipUnblurred f => Decided(o, DrillAnswer.AskedForMore, null, f.By, at),
        IncidentEvent.ContactsSeen f => Decided(o, DrillAnswer.AskedForMore, null, f.By, at),
        _ => throw new UnreachableException(), // from untaken and taken there is no other way
    };

    static List<DrillEvent> Assess(Open o, DrillCommand.Assess a)
    {
        var waited = a.Now - o.Card.At;
        if (o.Steps.TakenAt is null && waited >= TimeSpan.FromSeconds(a.Rules.UntakenSeconds)) return [Ended(o, DrillEnd.Untaken, a.Now)];
        if (a.Now - o.Steps.TakenAt >= TimeSpan.FromSeconds(a.Rules.UndecidedSeconds)) return [Ended(o, DrillEnd.Undecided, a.Now)];
        var due = new List<DrillEvent>();
        if (!o.Steps.HasSightEnded && DrillSight.EndOf(o.Card) is var end && a.Now >= end.ToldAt) due.Add(new DrillEvent.SightEnded(o.Card.DrillId, o.Card.VenueId, end.SeenUntil, end.Seen, a.Now));
        foreach (var (isBlurred, isThere, after) in ((bool, bool, TimeSpan)[])[(false, o.Steps.HasClip, ClipAfter), (true, o.Steps.HasCopy, CopyAfter)])
            if (!isThere && waited >= after) due.Add(new DrillEvent.ClipCame(o.Card.DrillId, o.Card.VenueId, isBlurred, a.Now));
        return due;
    }

    static DrillEvent.Decided Decided(Open o, DrillAnswer answer, RejectReason? reason, Guid by, DateTimeOffset at) => new(
        o.Card.DrillId, o.Card.VenueId, o.Card.District, o.Card.Shows, answer, reason, by, answer == DrillAnswer.AskedForMore && !o.Card.Shows ? null : answer != DrillAnswer.Rejected == o.Card.Shows,
        SecondsToTake(o), (at - o.Card.At).TotalSeconds, o.Card.At, at);

    static DrillEvent.Ended Ended(Open o, DrillEnd because, DateTimeOffset at) => new(o.Card.DrillId, o.Card.VenueId, o.Card.District, o.Card.Shows, because, SecondsToTake(o), o.Card.At, at);

    /// <summary>To whoever was first: what a shift lead takes over was taken by then.</summary>
    static double? SecondsToTake(Open o) => (o.Steps.TakenAt - o.Card.At)?.TotalSeconds;

    static Drill Evolve(Drill state, DrillEvent fact) => (state, fact) switch
    {
        (_, DrillEvent.Raised f) => new Open(f, Incident.Decider.Evolve(new Incident.Unknown(), AsOfIncident(f, f)!), new(null, false, false, false, 0)),
        (Known k, DrillEvent.Decided f) => new Over(k.Card, f, k.Steps),
        (Known k, DrillEvent.Ended) => new Over(k.Card, null, k.Steps),
        (Open o, _) => o with { Steps = o.Steps.Then(o.Card, fact), StandsFor = AsOfIncident(o.Card, fact) is { } own ? Incident.Decider.Evolve(o.StandsFor, own) : o.StandsFor },
        _ => state,
    };

    /// <summary>An incident that nobody took by then stands with the neighbour too, who is shown no drill.</summary>
    internal static bool IsWithNeighbour(DrillEvent.Raised card, DateTimeOffset? takenAt, DateTimeOffset now, AlertRules rules) => (takenAt ?? now) - card.At >= rules.NeighbourAfter && DeskNeighbours.Of(card.District) is not null;

    /// <summary>What would have been written of an incident; null where the desk would not be told of it as such, or the drill is over.</summary>
    internal static IncidentEvent? AsOfIncident(DrillEvent.Raised card, DrillEvent fact) => fact switch
    {
        DrillEvent.Raised f => new IncidentEvent.Opened(f.DrillId, f.VenueId, f.District, new(f.ShowingId, KindOf(f.Detector), f.DeviceId, f.SeenFrom), f.At),
        DrillEvent.Taken f => new IncidentEvent.Taken(f.DrillId, f.VenueId, f.By, f.At),
        DrillEvent.LetGo f => new IncidentEvent.Undone(f.DrillId, f.VenueId, f.By, IncidentStep.Taken, [card.ShowingId], f.At),
        DrillEvent.ClipViewed f => new IncidentEvent.ClipViewed(f.DrillId, f.VenueId, card.ShowingId, f.By, f.On),
        _ => null,
    };

    /// <summary>As which alert it is shown.</summary>
    internal static AlertKind KindOf(Detector detector) => Enum.GetValues<AlertKind>().First(kind => kind.SeenBy() == detector);
}

/// <summary>How far a drill has come.</summary>
/// <param name="TakenAt">By whoever was first; null while nobody has it.</param>
/// <param name="HasClip">The desk is told that there is a clip.</param>
/// <param name="HasSightEnded">The desk is told that what was seen is over.</param>
/// <param name="OfIncident">Facts that the stream of the incident would have gained after its first, but for that the neighbour has it.</param>
public sealed record DrillSteps(DateTimeOffset? TakenAt, bool HasClip, bool HasCopy, bool HasSightEnded, long OfIncident)
{
    /// <summary>Where the stream of the alert would stand that it stands for: raised and placed; of each copy told and kept; ended.</summary>
    public long RevisionOfAlert => 1 + (HasClip ? 2 : 0) + (HasCopy ? 2 : 0) + (HasSightEnded ? 1 : 0);

    internal DrillSteps Then(DrillEvent.Raised card, DrillEvent fact)
    {
        var next = fact switch
        {
            DrillEvent.ClipCame f => f.IsBlurred ? this with { HasCopy = true } : this with { HasClip = true },
            DrillEvent.SightEnded => this with { HasSightEnded = true },
            DrillEvent.Taken f => this with { TakenAt = TakenAt ?? f.At },
            DrillEvent.LetGo => this with { TakenAt = null },
            _ => this,
        };
        return Drill.AsOfIncident(card, fact) is null ? next : next with { OfIncident = OfIncident + 1 };
    }
}
