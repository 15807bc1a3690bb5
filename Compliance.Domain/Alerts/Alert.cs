using System.Diagnostics;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

public abstract record AlertCommand
{
    /// <summary>What a box told, as the door received it.</summary>
    public sealed record Tell(AlertTold Told, Guid VenueId, Receipt Receipt) : AlertCommand;

    /// <summary>What follows from a stored fact.</summary>
    /// <param name="Seen">Where that fact rests on what a model saw.</param>
    public sealed record Raise(Guid AlertId, Guid VenueId, Guid? DeviceId, AlertKind Kind, DateTimeOffset SeenFrom, AlertCause Cause, Sighting? Seen = null) : AlertCommand;

    /// <summary>What it followed from is over.</summary>
    public sealed record End(DateTimeOffset SeenUntil) : AlertCommand;

    /// <summary>Which desk is called, if any.</summary>
    /// <param name="IncidentId">Of the incident that it opens, if it opens one.</param>
    public sealed record Place(DeskScene Scene, Guid IncidentId) : AlertCommand;

    /// <summary>Somebody takes it from what was held back.</summary>
    public sealed record Show(Guid IncidentId, Guid By, DateTimeOffset At) : AlertCommand;

    /// <param name="Judgement">Null: what was said of it is taken back.</param>
    public sealed record Judge(AlertJudgement? Judgement) : AlertCommand;

    public sealed record KeepClip(string Sha256, long Bytes) : AlertCommand;
    public sealed record KeepBlurred(string Sha256, long Bytes) : AlertCommand;

    /// <summary>What lies sealed of it, as it was recorded and blurred.</summary>
    public sealed record EraseClip : AlertCommand;
}

/// <summary>One detector's claim that somebody should look. It is raised once, placed or suppressed once, and ends; what it claimed never changes.</summary>
public abstract record Alert
{
    public sealed record Unknown : Alert;

    /// <param name="SeenUntil">Null while it goes on.</param>
    /// <param name="Clip">What was told of its clip.</param>
    /// <param name="HasClip">The clip lies sealed.</param>
    public sealed record Known(
        AlertEvent.Raised Card, DateTimeOffset? SeenUntil, AlertClip? Clip, bool HasClip, bool IsClipErased, AlertEvent.Placed? Placed, AlertEvent.Suppressed? Suppressed, AlertJudgement? Judgement) : Alert
    {
        /// <summary>What was told of the blurred copy.</summary>
        public BlurredClip? Blurred { get; init; }

        /// <summary>The blurred copy lies sealed.</summary>
        public bool HasBlurred { get; init; }
    }

    public static readonly Decider<Alert, AlertCommand, AlertEvent> Decider = new("alert", new Unknown(), Decide, Evolve);

    static Decision<AlertEvent> Decide(Alert state, AlertCommand command) => (state, command) switch
    {
        (_, AlertCommand.Tell tell) when AlertFaults.Of(tell) is { } fault => fault,
        (Unknown, AlertCommand.Tell tell) => Begin(CardOf(tell), tell),
        (Known { Card: var card }, AlertCommand.Tell { Told: var told }) when (card.DeviceId, card.Kind, card.Seen?.Model) != (told.DeviceId, told.Kind, told.Model) =>
            new Refusal("alert.already-raised", "This id belongs to another alert."),
        (Known { Clip: { } clip }, AlertCommand.Tell { Told.Clip: { } other }) when clip != other => new Refusal("alert.already-raised", "The clip of this alert was told with another hash."),
        (Known { Blurred: { } blurred }, AlertCommand.Tell { Told.Blurred: { } other }) when blurred != other => new Refusal("alert.already-raised", "The blurred clip of this alert was told with another hash."),
        (Known known, AlertCommand.Tell tell) => [.. Later(known, tell)],

        (Unknown, AlertCommand.Raise r) => [new AlertEvent.Raised(r.AlertId, r.VenueId, r.DeviceId, r.Kind, r.SeenFrom, r.Seen, r.Cause)],
        (Known, AlertCommand.Raise) => [],
        (Unknown, AlertCommand.End) => [], // what follows from most facts raises none
        (Known { SeenUntil: null, Card: var card }, AlertCommand.End(var until)) => [new AlertEvent.Ended(card.AlertId, card.VenueId, until > card.SeenFrom ? until : card.SeenFrom, null)],
        (Known, AlertCommand.End) => [],
        (Unknown, _) => new Refusal("alert.unknown", "No such alert."),

        (Known { Placed: null, Suppressed: null, Card: var card }, AlertCommand.Place(var scene, var incident)) => [scene.Place(card, incident)],
        (Known, AlertCommand.Place) => [],
        (Known { Placed: not null }, AlertCommand.Show) => [],
        (Known { Suppressed: { } held, Card: var card }, AlertCommand.Show s) =>
            [new AlertEvent.Placed(card.AlertId, card.VenueId, card.DeviceId, card.Kind, card.SeenFrom, held.District, s.IncidentId, true, s.By, s.At)],
        (Known, AlertCommand.Show) => new Refusal("alert.not-held-back", "This alert is on its way to a desk."),

        (Known known, AlertCommand.Judge(var judgement)) => known.Judgement == judgement ? [] :
            [new AlertEvent.Judged(known.Card.AlertId, known.Card.VenueId, known.Card.Kind, known.Card.SeenFrom, known.Card.Seen?.Model.Sha256, known.Card.Seen?.Model.Threshold, known.Judgement, judgement)],

        (Known { Clip: null }, AlertCommand.KeepClip) => new Refusal("alert.clip-unnamed", "Tell the alert with the hash of its clip first."),
        (Known { Clip: { } clip }, AlertCommand.KeepClip k) when clip.Sha256 != k.Sha256 => new Refusal("alert.clip-changed", "What arrived is not what was told: the hashes differ.", "body"),
        (Known { IsClipErased: true }, AlertCommand.KeepClip) => new Refusal("alert.clip-erased", "This clip was kept as long as it may be."),
        (Known { HasClip: true }, AlertCommand.KeepClip) => [],
        (Known { Card: var card, Judgement: var said }, AlertCommand.KeepClip k) => [new AlertEvent.ClipKept(card.AlertId, card.VenueId, k.Sha256, k.Bytes, said is { IsConfirmed: true })],
        (Known { Blurred: null }, AlertCommand.KeepBlurred) => new Refusal("alert.clip-unnamed", "Tell the alert with the hash of its clip first."),
        (Known { Blurred: { } clip }, AlertCommand.KeepBlurred k) when clip.Sha256 != k.Sha256 => new Refusal("alert.clip-changed", "What arrived is not what was told: the hashes differ.", "body"),
        (Known { IsClipErased: true }, AlertCommand.KeepBlurred) => new Refusal("alert.clip-erased", "This clip was kept as long as it may be."),
        (Known { HasBlurred: true }, AlertCommand.KeepBlurred) => [],
        (Known { Card: var card, Judgement: var said }, AlertCommand.KeepBlurred k) => [new AlertEvent.BlurredClipKept(card.AlertId, card.VenueId, k.Sha256, k.Bytes, said is { IsConfirmed: true })],
        (Known known, AlertCommand.EraseClip) => [.. Erased(known)],
        _ => throw new UnreachableException(),
    };

    static Decision<AlertEvent> Begin(AlertEvent.Raised card, AlertCommand.Tell tell) => [card, .. Later(New(card), tell)];

    static Known New(AlertEvent.Raised card) => new(card, null, null, false, false, null, null, null);

    /// <summary>What was told for the first time of an alert that stands.</summary>
    static IEnumerable<AlertEvent> Later(Known known, AlertCommand.Tell tell)
    {
        var ((id, venue), told) = ((known.Card.AlertId, known.Card.VenueId), tell.Told);
        if (known.Clip is null && told.Clip is { } clip) yield return new AlertEvent.ClipTold(id, venue, clip);
        if (known.SeenUntil is null && told.SeenUntil is { } until)
            yield return new AlertEvent.Ended(id, venue, known.Card.SeenFrom + (until - told.SeenFrom), SightingOf(told));
        if (known.Blurred is null && told.Blurred is { } blurred) yield return new AlertEvent.BlurredClipTold(id, venue, blurred);
    }

    /// <summary>Both copies go together: neither outlives the other.</summary>
    static IEnumerable<AlertEvent> Erased(Known known)
    {
        var (id, venue) = (known.Card.AlertId, known.Card.VenueId);
        if (known is { HasClip: true, Clip: { } clip }) yield return new AlertEvent.ClipErased(id, venue, clip.Sha256);
        if (known is { HasBlurred: true, Blurred: { } blurred }) yield return new AlertEvent.BlurredClipErased(id, venue, blurred.Sha256);
    }

    /// <summary>From a doubtful clock it began so long before it came in as it says.</summary>
    static AlertEvent.Raised CardOf(AlertCommand.Tell tell)
    {
        var (told, receipt) = (tell.Told, tell.Receipt);
        var from = receipt.Doubts(told.ObservedAt) ? receipt.At - (told.ObservedAt - told.SeenFrom) : told.SeenFrom;
        return new(told.AlertId, tell.VenueId, told.DeviceId, told.Kind, from, SightingOf(told), null);
    }

    static Sighting SightingOf(AlertTold told) => new(told.Score, told.Model, told.FramesAnalysed, told.FramesSkipped, told.Clock);

    static Alert Evolve(Alert state, AlertEvent fact) => (state, fact) switch
    {
        (_, AlertEvent.Raised card) => New(card),
        (Known known, AlertEvent.ClipTold f) => known with { Clip = f.Clip },
        (Known known, AlertEvent.Ended f) => known with { SeenUntil = f.SeenUntil },
        (Known known, AlertEvent.Placed f) => known with { Placed = f },
        (Known known, AlertEvent.Suppressed f) => known with { Suppressed = f },
        (Known known, AlertEvent.Judged f) => known with { Judgement = f.Now },
        (Known known, AlertEvent.ClipKept) => known with { HasClip = true },
        (Known known, AlertEvent.ClipErased) => known with { HasClip = false, IsClipErased = true },
        (Known known, AlertEvent.BlurredClipTold f) => known with { Blurred = f.Clip },
        (Known known, AlertEvent.BlurredClipKept) => known with { HasBlurred = true },
        (Known known, AlertEvent.BlurredClipErased) => known with { HasBlurred = false, IsClipErased = true },
        _ => state,
    };
}
