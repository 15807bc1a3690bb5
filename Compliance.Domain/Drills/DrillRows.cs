using System.Globalization;
using System.Text.Json.Serialization;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Drills;

/// <summary>One drill: those that stand on a desk first, then the newest. No desk is shown this row; what it is shown is made of it.</summary>
/// <param name="StandsFor">The card of the incident it would be, made by the fold that makes theirs.</param>
/// <param name="SightEnded">That what was seen is over; null while it goes on.</param>
public sealed record DrillRow(DrillEvent.Raised Card, IncidentCard StandsFor, DrillSteps Steps, DrillEvent.SightEnded? SightEnded, DrillEvent.Decided? Decided, DrillEvent.Ended? Ended)
{
    public static readonly View<DrillRow> View = new(
        "drill-list", 1, fact => (fact as DrillEvent)?.DrillId, (row, fact, recorded) => fact is DrillEvent own ? Apply(row, own, recorded) : row, row => row.Card.VenueId,
        row => $"{(row.IsOver ? 1 : 0)}{ViewOrder.NewestFirst(row.Card.At)}");

    [JsonIgnore]
    public bool IsOver => EndedAt is not null;

    [JsonIgnore]
    public DateTimeOffset? EndedAt => Decided?.At ?? Ended?.At;

    /// <summary>The alert it would be. What is told of the clip as it was recorded is told of no file: a known clip is nowhere named to a desk.</summary>
    public AlertRow AsAlert() => new(
        Card.ShowingId, Card.VenueId, Card.DeviceId, Drill.KindOf(Card.Detector), Card.SeenFrom, SightEnded?.SeenUntil, Card.At - DrillSight.Placing(Card.Chance), SightEnded?.Seen ?? Card.Seen, null,
        Steps.HasClip ? new(DrillSight.ClipSha256(Card.Chance), Card.ClipSeconds) : null, Steps.HasClip, Card.DrillId, null, null, null)
    {
        Blurred = Steps.HasCopy ? new(Card.CopySha256, Card.ClipSeconds, ClipBlur.WholePicture, null) : null, HasBlurred = Steps.HasCopy,
    };

    /// <summary>The card as the desk would have it by now.</summary>
    public IncidentCard AsCard(DateTimeOffset now, AlertRules rules) => Drill.IsWithNeighbour(Card, Steps.TakenAt, now, rules)
        ? StandsFor with { Desks = [Card.District, DeskNeighbours.Of(Card.District)!], Revision = StandsFor.Revision + 1 } : StandsFor;

    static DrillRow? Apply(DrillRow? row, DrillEvent fact, Recorded recorded)
    {
        if (row is null) return fact is DrillEvent.Raised first ? new(first, IncidentCard.View.Apply(null, Drill.AsOfIncident(first, first)!, recorded)!, new(null, false, false, false, 0), null, null, null) : null;
        var next = row with { Steps = row.Steps.Then(row.Card, fact) };
        next = fact switch
        {
            DrillEvent.SightEnded f => next with { SightEnded = f },
            DrillEvent.Decided f => next with { Decided = f },
            DrillEvent.Ended f => next with { Ended = f },
            _ => next,
        };
        // What comes of its clip is written to this stream, and would not be to an incident's.
        return Drill.AsOfIncident(row.Card, fact) is { } own ? next with { StandsFor = IncidentCard.View.Apply(row.StandsFor, own, recorded with { Revision = row.StandsFor.Revision + 1 })! } : next;
    }
}

/// <summary>What the desk of one district made of its drills of one month, of those that are over. No officer is named.</summary>
/// <param name="Month">Its first day, by the venues' clocks.</param>
/// <param name="Shown">Decided, of clips that show a fight; of these <paramref name="Seen"/> were confirmed, or more was asked for.</param>
/// <param name="Others">Decided, of clips that show none; <paramref name="FalseAlarms"/> of these were confirmed.</param>
/// <param name="Undecided">Taken, and nobody said anything.</param>
/// <param name="Withdrawn">Because something real came, the clip was deleted, or somebody looks into the venue for another reason.</param>
/// <param name="Seconds">From raised to decided, of each that was, in order.</param>
public sealed record DrillMonth(string District, DateOnly Month, int Raised, int Taken, int Shown, int Seen, int Others, int FalseAlarms, int Untaken, int Undecided, int Withdrawn, IReadOnlyList<double> Seconds)
{
    public static readonly View<DrillMonth> View = new(
        "drill-months", 1, fact => fact switch
        {
            DrillEvent.Decided f => KeyOf(f.District, f.RaisedAt),
            DrillEvent.Ended f => KeyOf(f.District, f.RaisedAt),
            _ => null,
        }, Apply, _ => null, row => $"{ViewOrder.NewestFirst(VenueZone.Midnight(row.Month))}{row.District}");

    /// <summary>The middle one; null where none was decided.</summary>
    public double? MiddleSeconds => Seconds.Count == 0 ? null : Seconds[Seconds.Count / 2];

    static Guid KeyOf(string district, DateTimeOffset raisedAt) => EventIds.From(Guid.Empty, string.Create(CultureInfo.InvariantCulture, $"drills/{district}/{VenueZone.Month(raisedAt):yyyyMM}"));

    static DrillMonth? Apply(DrillMonth? row, object fact, Recorded recorded) => fact switch
    {
        DrillEvent.Decided f => (row ?? Empty(f.District, f.RaisedAt)).With(f),
        DrillEvent.Ended f => (row ?? Empty(f.District, f.RaisedAt)).With(f),
        _ => row,
    };

    static DrillMonth Empty(string district, DateTimeOffset raisedAt) => new(district, VenueZone.Month(raisedAt), 0, 0, 0, 0, 0, 0, 0, 0, 0, []);

    DrillMonth With(DrillEvent.Decided f) => this with
    {
        Raised = Raised + 1, Taken = Taken + (f.SecondsToTake is null ? 0 : 1), Shown = Shown + (f.Shows ? 1 : 0), Seen = Seen + (f is { Shows: true, Answer: not DrillAnswer.Rejected } ? 1 : 0),
        Others = Others + (f.Shows ? 0 : 1), FalseAlarms = FalseAlarms + (f is { Shows: false, Answer: DrillAnswer.Confirmed } ? 1 : 0), Seconds = [.. Seconds.Append(f.SecondsToDecide).Order()],
    };

    DrillMonth With(DrillEvent.Ended f) => this with
    {
        Raised = Raised + 1, Taken = Taken + (f.SecondsToTake is null ? 0 : 1), Untaken = Untaken + (f.Because == DrillEnd.Untaken ? 1 : 0), Undecided = Undecided + (f.Because == DrillEnd.Undecided ? 1 : 0),
        Withdrawn = Withdrawn + (f.Because is DrillEnd.RealWork or DrillEnd.ClipGone or DrillEnd.LookedInto ? 1 : 0),
    };
}

/// <summary>What the desk is told of a drill once it is over. That it was one, everybody; what it showed, what was answered, and whether that was right, whoever answered it and nobody else.</summary>
/// <param name="Shows">The clip showed a fight; null to who did not decide.</param>
/// <param name="Because">Why it ended undecided; null where somebody decided.</param>
/// <param name="Answer">The reader's own; null where it was another's, or nobody's.</param>
/// <param name="IsRight">Of the reader's own answer; null where it was neither right nor wrong.</param>
public sealed record DrillTold(bool? Shows, DrillEnd? Because, DrillAnswer? Answer, bool? IsRight, double? SecondsToTake, double? SecondsToDecide)
{
    public static DrillTold? Of(DrillRow row, Guid reader) => row switch
    {
        { Decided: { } d } => d.By == reader ? new(d.Shows, null, d.Answer, d.IsRight, d.SecondsToTake, d.SecondsToDecide) : new(null, null, null, null, null, null),
        { Ended: { } e } => new(null, e.Because, null, null, null, null),
        _ => null,
    };
}

/// <summary>The reader's own drills of this shift, and what was withdrawn from the desks just now.</summary>
/// <param name="Answered">Of which something was right or wrong; <paramref name="Right"/> of these were right.</param>
/// <param name="Withdrawn">The newest first.</param>
public sealed record DrillShift(int Answered, int Right, IReadOnlyList<WithdrawnDrill> Withdrawn);

/// <summary>A drill that gave way to something real.</summary>
/// <param name="Because">An incident came, or somebody looks into the venue for another reason.</param>
public sealed record WithdrawnDrill(Guid DrillId, string NameKk, string NameRu, DrillEnd Because, DateTimeOffset At);
