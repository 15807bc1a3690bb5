using System.Diagnostics;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Complaints;

/// <summary>How a complaint came in: the police line 102, an app, the QR code at a venue's door, or the form on the web.</summary>
public enum ComplaintChannel { Line102, App, DoorQr, Web }

/// <summary>What it is about: a closed list, so that districts can be compared.</summary>
public enum ComplaintCategory { Noise, Overcrowding, BlockedExit, FireSafety, Minors, Alcohol, Drugs, Violence, Guards, Surveillance, Other }

/// <summary>What came of it, as the complainant is told.</summary>
public enum ComplaintOutcome { Confirmed, NotConfirmed, MeasuresTaken, Forwarded, NotOurs }

/// <summary>Facts about one complaint. What was written, and by whom, stands in the vault under a key of its own and never here.</summary>
public abstract record ComplaintEvent(Guid ComplaintId)
{
    /// <param name="VenueId">Null where the place is no venue of the register.</param>
    /// <param name="HappenedAt">When it was so, as the complainant says.</param>
    /// <param name="HasLetter">Words or a contact stand in the vault.</param>
    [EventName("complaint.received.v1")]
    public sealed record Received(
        Guid ComplaintId, string Number, ComplaintChannel Channel, ComplaintCategory Category, Guid? VenueId, string District, DateTimeOffset HappenedAt, bool HasLetter)
        : ComplaintEvent(ComplaintId);

    /// <summary>What the venue's own record says of that time: the outages that ran then.</summary>
    [EventName("complaint.linked.v1")]
    public sealed record Linked(Guid ComplaintId, Guid VenueId, IReadOnlyList<Guid> OutageIds) : ComplaintEvent(ComplaintId);

    [EventName("complaint.answered.v1")]
    public sealed record Answered(Guid ComplaintId, ComplaintCategory Category, string District, ComplaintOutcome Outcome) : ComplaintEvent(ComplaintId);

    [EventName("complaint.closed.v1")]
    public sealed record Closed(Guid ComplaintId) : ComplaintEvent(ComplaintId);

    /// <summary>An officer read the words; told once a day and reader.</summary>
    [EventName("complaint.letter-read.v1")]
    public sealed record LetterRead(Guid ComplaintId, Guid ReaderId, DateOnly On) : ComplaintEvent(ComplaintId);

    /// <summary>Words and contact were destroyed with their key; that there was a complaint stays.</summary>
    [EventName("complaint.letter-destroyed.v1")]
    public sealed record LetterDestroyed(Guid ComplaintId) : ComplaintEvent(ComplaintId);
}

public abstract record ComplaintCommand
{
    /// <param name="OutageIds">Of the venue, running at that time, as the door found them.</param>
    /// <param name="At">The door's clock: nobody complains of what has not happened yet.</param>
    public sealed record Receive(
        Guid ComplaintId, ComplaintChannel Channel, ComplaintCategory Category, Guid? VenueId, string District, DateTimeOffset HappenedAt, bool HasLetter,
        IReadOnlyList<Guid> OutageIds, DateTimeOffset At) : ComplaintCommand;

    public sealed record Answer(ComplaintOutcome Outcome) : ComplaintCommand;
    public sealed record Close : ComplaintCommand;
    /// <param name="On">The door's day.</param>
    public sealed record ReadLetter(Guid ReaderId, DateOnly On) : ComplaintCommand;
    public sealed record DestroyLetter : ComplaintCommand;
}

/// <summary>A complaint is received once, answered once and closed when the answer has been given.</summary>
public abstract record Complaint
{
    /// <summary>How far back a complaint may reach.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(90);

    /// <summary>So long after the answer words and contact are kept; then the key is destroyed. This project's own number.</summary>
    public static readonly TimeSpan LetterKept = TimeSpan.FromDays(365);

    /// <summary>So long after it came they are kept when nobody ever answers.</summary>
    public static readonly TimeSpan UnansweredKept = 2 * LetterKept;

    public static bool MayHaveHappened(DateTimeOffset at, DateTimeOffset now) => at <= now && at >= now - Furthest;

    public sealed record Unknown : Complaint;

    /// <param name="Outcome">Null until it is answered.</param>
    /// <param name="Readings">Who read the letter, and on which days.</param>
    public sealed record Known(
        ComplaintEvent.Received Card, ComplaintOutcome? Outcome, bool Closed, bool HasLetter, IReadOnlyList<ComplaintEvent.LetterRead> Readings) : Complaint;

    public static readonly Decider<Complaint, ComplaintCommand, ComplaintEvent> Decider = new("complaint", new Unknown(), Decide, Evolve);

    static Decision<ComplaintEvent> Decide(Complaint state, ComplaintCommand command) => (state, command) switch
    {
        (Unknown, ComplaintCommand.Receive r) when string.IsNullOrWhiteSpace(r.District) =>
            new Refusal("complaint.place-missing", "Say where: a venue of the register, or the district.", "district"),
        (Unknown, ComplaintCommand.Receive r) when !MayHaveHappened(r.HappenedAt, r.At) =>
            new Refusal("complaint.time-impossible", $"It happened within the last {Furthest.TotalDays} days.", "happenedAt"),
        (Unknown, ComplaintCommand.Receive r) =>
        [
            CardOf(r), .. r.VenueId is { } venue && r.OutageIds.Count > 0 ? (ComplaintEvent[])[new ComplaintEvent.Linked(r.ComplaintId, venue, r.OutageIds)] : [],
        ],
        // The same call told again, perhaps with other words: those never reach us twice.
        (Known { Card: var card }, ComplaintCommand.Receive again) => card == CardOf(again)
            ? [] : new Refusal("complaint.already-received", "This id belongs to another complaint."),

        (Known { Outcome: null } known, ComplaintCommand.Answer(var outcome)) =>
            [new ComplaintEvent.Answered(known.Card.ComplaintId, known.Card.Category, known.Card.District, outcome)],
        (Known { Outcome: var said }, ComplaintCommand.Answer(var outcome)) => said == outcome
            ? [] : new Refusal("complaint.answered", "This complaint has been answered."),

        (Known { Closed: true }, ComplaintCommand.Close) => [],
        (Known { Outcome: null }, ComplaintCommand.Close) => new Refusal("complaint.unanswered", "A complaint is answered before it is closed."),
        (Known known, ComplaintCommand.Close) => [new ComplaintEvent.Closed(known.Card.ComplaintId)],

        (Known { HasLetter: false }, ComplaintCommand.ReadLetter) => new Refusal("complaint.no-letter", "Nothing was written, or it has been destroyed."),
        (Known known, ComplaintCommand.ReadLetter(var reader, var on)) => new ComplaintEvent.LetterRead(known.Card.ComplaintId, reader, on) is var reading && known.Readings.Contains(reading)
            ? [] : [reading],

        (Known { HasLetter: true } known, ComplaintCommand.DestroyLetter) => [new ComplaintEvent.LetterDestroyed(known.Card.ComplaintId)],
        (Known, ComplaintCommand.DestroyLetter) => [],
        (Unknown, _) => new Refusal("complaint.unknown", "No such complaint."),
        _ => throw new UnreachableException(),
    };

    static Complaint Evolve(Complaint state, ComplaintEvent fact) => (state, fact) switch
    {
        (_, ComplaintEvent.Received card) => new Known(card, null, false, card.HasLetter, []),
        (Known known, ComplaintEvent.Answered f) => known with { Outcome = f.Outcome },
        (Known known, ComplaintEvent.Closed) => known with { Closed = true },
        (Known known, ComplaintEvent.LetterRead f) => known with { Readings = [.. known.Readings, f] },
        (Known known, ComplaintEvent.LetterDestroyed) => known with { HasLetter = false },
        _ => state,
    };

    static ComplaintEvent.Received CardOf(ComplaintCommand.Receive r) =>
        new(r.ComplaintId, ComplaintNumber.Of(r.ComplaintId), r.Channel, r.Category, r.VenueId, r.District.Trim(), r.HappenedAt, r.HasLetter);
}

/// <summary>The number a complainant is given, to be read over the telephone: ten signs that follow from the id, without those that look alike.</summary>
public static class ComplaintNumber
{
    const string Signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string Of(Guid complaintId)
    {
        var bytes = EventIds.From(complaintId, "complaint-number").ToByteArray();
        return string.Concat(bytes.Take(10).Select((b, i) => i == 5 ? $"-{Signs[b % Signs.Length]}" : $"{Signs[b % Signs.Length]}"));
    }
}
