using System.Collections.Immutable;
using System.Diagnostics;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Reports;

/// <summary>Facts about a batch: the audits of many venues for one period, printed one after another.</summary>
public abstract record AuditBatchEvent(Guid BatchId)
{
    /// <param name="From">First day; <paramref name="To"/>: the last one.</param>
    /// <param name="Venues">In the order they are printed.</param>
    [EventName("auditbatch.started.v1")]
    public sealed record Started(Guid BatchId, DateOnly From, DateOnly To, string Language, IReadOnlyList<Guid> Venues, DateTimeOffset At) : AuditBatchEvent(BatchId);

    /// <param name="Sha256">Of the file, hexadecimal.</param>
    [EventName("auditbatch.printed.v1")]
    public sealed record Printed(Guid BatchId, Guid VenueId, Guid DocumentId, string Sha256) : AuditBatchEvent(BatchId);

    /// <param name="Because">A stable code: why there is no audit of it.</param>
    [EventName("auditbatch.left-out.v1")]
    public sealed record LeftOut(Guid BatchId, Guid VenueId, string Because) : AuditBatchEvent(BatchId);

    [EventName("auditbatch.stopped.v1")]
    public sealed record Stopped(Guid BatchId) : AuditBatchEvent(BatchId);

    [EventName("auditbatch.resumed.v1")]
    public sealed record Resumed(Guid BatchId) : AuditBatchEvent(BatchId);

    /// <summary>The last venue has been printed or left out.</summary>
    [EventName("auditbatch.finished.v1")]
    public sealed record Finished(Guid BatchId) : AuditBatchEvent(BatchId);
}

public abstract record AuditBatchCommand
{
    /// <param name="Today">Nothing is printed of days to come.</param>
    public sealed record Start(Guid BatchId, DateOnly From, DateOnly To, string Language, IReadOnlyList<Guid> Venues, DateTimeOffset At, DateOnly Today) : AuditBatchCommand;
    public sealed record NotePrinted(Guid VenueId, Guid DocumentId, string Sha256) : AuditBatchCommand;
    public sealed record LeaveOut(Guid VenueId, string Because) : AuditBatchCommand;
    public sealed record Stop : AuditBatchCommand;
    public sealed record Resume : AuditBatchCommand;
}

/// <summary>A batch is started once and prints each of its venues once. It may be stopped, and goes on where it was; what was in the press when it was stopped still counts.</summary>
public abstract record AuditBatch
{
    /// <summary>Venues of one batch at most: what one fact can name.</summary>
    public const int MostVenues = 5000;

    public sealed record Unknown : AuditBatch;

    /// <param name="Left">Venues still to be printed, in order.</param>
    public sealed record Begun(AuditBatchEvent.Started Card, ImmutableList<Guid> Left, bool IsStopped) : AuditBatch;
    public sealed record Over(AuditBatchEvent.Started Card) : AuditBatch;

    public static readonly Decider<AuditBatch, AuditBatchCommand, AuditBatchEvent> Decider = new("auditbatch", new Unknown(), Decide, Evolve);

    static Decision<AuditBatchEvent> Decide(AuditBatch state, AuditBatchCommand command) => (state, command) switch
    {
        (Unknown, AuditBatchCommand.Start s) => FaultOf(s) is { } fault ? fault : [CardOf(s)],
        (Begun { Card: var card }, AuditBatchCommand.Start again) => Again(card, again),
        (Over(var card), AuditBatchCommand.Start again) => Again(card, again),
        (Begun begun, AuditBatchCommand.NotePrinted p) => Next(begun, p.VenueId, new AuditBatchEvent.Printed(begun.Card.BatchId, p.VenueId, p.DocumentId, p.Sha256)),
        (Begun begun, AuditBatchCommand.LeaveOut l) => Next(begun, l.VenueId, new AuditBatchEvent.LeftOut(begun.Card.BatchId, l.VenueId, l.Because)),
        (Begun { IsStopped: false, Card.BatchId: var id }, AuditBatchCommand.Stop) => [new AuditBatchEvent.Stopped(id)],
        (Begun { IsStopped: true, Card.BatchId: var id }, AuditBatchCommand.Resume) => [new AuditBatchEvent.Resumed(id)],
        (Begun or Over, _) => [],
        (Unknown, _) => new Refusal("auditbatch.unknown", "No such batch."),
        _ => throw new UnreachableException(),
    };

    /// <summary>What was printed is not printed again.</summary>
    static Decision<AuditBatchEvent> Next(Begun begun, Guid venue, AuditBatchEvent done) => !begun.Left.Contains(venue) ? []
        : begun.Left.Count == 1 ? [done, new AuditBatchEvent.Finished(begun.Card.BatchId)] : [done];

    static AuditBatch Evolve(AuditBatch state, AuditBatchEvent fact) => (state, fact) switch
    {
        (_, AuditBatchEvent.Started card) => new Begun(card, [.. card.Venues], false),
        (Begun begun, AuditBatchEvent.Printed f) => begun with { Left = begun.Left.Remove(f.VenueId) },
        (Begun begun, AuditBatchEvent.LeftOut f) => begun with { Left = begun.Left.Remove(f.VenueId) },
        (Begun begun, AuditBatchEvent.Stopped) => begun with { IsStopped = true },
        (Begun begun, AuditBatchEvent.Resumed) => begun with { IsStopped = false },
        (Begun begun, AuditBatchEvent.Finished) => new Over(begun.Card),
        _ => state,
    };

    static Refusal? FaultOf(AuditBatchCommand.Start s) =>
        s.Language is not ("kk" or "ru" or "en") ? new("auditbatch.language-unknown", "The language of a report is kk, ru or en.", "language")
        : s.To < s.From ? new("auditbatch.period-backward", "The last day of a period is not before its first.", "to")
        : s.From > s.Today ? new("auditbatch.period-future", "A period begins today at the latest.", "from")
        : s.To.DayNumber - s.From.DayNumber >= Period.MaxDays ? new("auditbatch.period-long", $"A period has at most {Period.MaxDays} days.", "to")
        : s.Venues.Count == 0 ? new("auditbatch.nobody", "There is no venue to print.", "district")
        : s.Venues.Count > MostVenues ? new("auditbatch.too-many", $"One batch prints at most {MostVenues} venues.", "district") : null;

    static AuditBatchEvent.Started CardOf(AuditBatchCommand.Start s) => new(s.BatchId, s.From, s.To, s.Language, [.. s.Venues.Distinct()], s.At);

    static Decision<AuditBatchEvent> Again(AuditBatchEvent.Started card, AuditBatchCommand.Start again) =>
        (card.From, card.To, card.Language) == (again.From, again.To, again.Language) ? [] : new Refusal("auditbatch.already-started", "This id belongs to another batch.");
}

/// <summary>What is asked for: a period, a language, and the venues of one district or of all.</summary>
/// <param name="District">By its name in the register; null for all.</param>
public sealed record BatchOrder(DateOnly From, DateOnly To, string Language, string? District);

/// <summary>Whether a batch goes on, was stopped, or is over.</summary>
public enum BatchStage { Running, Stopped, Over }

/// <summary>One line of the list of batches, the newest first.</summary>
/// <param name="LeftOut">Venues that have no audit of that period, by the code that says why.</param>
public sealed record AuditBatchRow(
    Guid BatchId, DateOnly From, DateOnly To, string Language, DateTimeOffset At, BatchStage Stage, int Venues, int Printed, IReadOnlyDictionary<Guid, string> LeftOut)
{
    public static readonly View<AuditBatchRow> View = new(
        "audit-batch-list", 1, fact => (fact as AuditBatchEvent)?.BatchId, Apply, _ => null, row => ViewOrder.NewestFirst(row.At));

    static AuditBatchRow? Apply(AuditBatchRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, AuditBatchEvent.Started f) => new(f.BatchId, f.From, f.To, f.Language, f.At, BatchStage.Running, f.Venues.Count, 0, new Dictionary<Guid, string>()),
        ({ }, AuditBatchEvent.Printed) => row with { Printed = row.Printed + 1 },
        ({ }, AuditBatchEvent.LeftOut f) => row with { LeftOut = new Dictionary<Guid, string>(row.LeftOut) { [f.VenueId] = f.Because } },
        ({ }, AuditBatchEvent.Stopped) => row with { Stage = BatchStage.Stopped },
        ({ }, AuditBatchEvent.Resumed) => row with { Stage = BatchStage.Running },
        ({ }, AuditBatchEvent.Finished) => row with { Stage = BatchStage.Over },
        _ => row,
    };
}
