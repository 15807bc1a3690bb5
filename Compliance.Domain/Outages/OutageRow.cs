using System.Text.Json.Serialization;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>One line of the outage list: those that run stand on top, each part newest first. <paramref name="EndedAt"/> is null while it runs.</summary>
/// <param name="DetectedAt">When the log learned of it.</param>
/// <param name="DutyEndedBecause">Why nothing was owed any more, where that ended it; null where the duty was met again.</param>
/// <param name="EventIds">The facts this line rests on, oldest first.</param>
public sealed record OutageRow(
    Guid OutageId, Guid DeviceId, Guid VenueId, DeviceKind Kind, Verdict Verdict, string Detail,
    DateTimeOffset StartedAt, DateTimeOffset DetectedAt, DateTimeOffset? EndedAt, IReadOnlyList<Guid> EventIds,
    Verdict? DutyEndedBecause = null)
{
    /// <summary>What was said of its cause, in order: about a minute the last word holds. An accepted contest is such a word.</summary>
    public IReadOnlyList<CauseSaid> Causes { get; init; } = [];

    public IReadOnlyList<ContestLine> Contests { get; init; } = [];

    /// <summary>The reasons it went on for after the first, the oldest first.</summary>
    public IReadOnlyList<ReasonSaid> Reasons { get; init; } = [];

    /// <summary>Minutes that lie in an approved maintenance window.</summary>
    public IReadOnlyList<ExcusedTime> Excused { get; init; } = [];

    /// <summary>Since when nothing came from the device; null while something is seen of it.</summary>
    public DateTimeOffset? DarkSince { get; init; }

    /// <summary>What a second place said; null while nobody has looked from there.</summary>
    public SecondLook? Look { get; init; }

    /// <summary>How a person confirmed it; null where none did.</summary>
    public PersonConfirmation? ConfirmedBy { get; init; }

    /// <summary>A picture seen after the outage had ended contradicts nothing.</summary>
    [JsonIgnore]
    public bool IsContradicted => Look is { Vantage: Vantage.Contradicted, At: var at } && !(EndedAt <= at);

    /// <summary>That it was contested and what came of it, without what was brought forward.</summary>
    public OutageRow WithoutPleas() => this with { Contests = [.. Contests.Select(c => c with { Proof = new(""), Grounds = null })] };

    public static readonly View<OutageRow> View = new(
        "outage-list", 7, fact => (fact as OutageEvent)?.OutageId, Apply, row => row.VenueId,
        row => $"{(row.EndedAt is null ? 0 : 1)}{ViewOrder.NewestFirst(row.StartedAt)}");

    static OutageRow? Apply(OutageRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, OutageEvent.Opened f) => new(
            f.OutageId, f.DeviceId, f.VenueId, f.Kind, f.Verdict, f.Detail, f.StartedAt, recorded.RecordedAt, null, [recorded.EventId]) { DarkSince = f.Verdict.IsDark() ? f.StartedAt : null },
        ({ }, OutageEvent.VerdictChanged f) => row with
        {
            Verdict = f.Verdict, DarkSince = f.Verdict.IsDark() ? row.DarkSince ?? f.At : null, Detail = f.Detail, EventIds = [.. row.EventIds, recorded.EventId],
        },
        ({ }, OutageEvent.ReasonChanged f) => row with { Detail = f.Detail, Reasons = [.. row.Reasons, new(f.Detail, f.At)], EventIds = [.. row.EventIds, recorded.EventId] },
        ({ }, OutageEvent.Closed f) => row with { EndedAt = f.EndedAt, EventIds = [.. row.EventIds, recorded.EventId] },
        ({ }, OutageEvent.DutyEnded f) => row with
        {
            EndedAt = f.EndedAt, DutyEndedBecause = f.Because, EventIds = [.. row.EventIds, recorded.EventId],
        },
        ({ }, OutageEvent.CauseAttributed f) => row with
        {
            Causes = [.. row.Causes, new(f.Cause, f.From, f.Until)], EventIds = [.. row.EventIds, recorded.EventId],
        },
        ({ }, OutageEvent.Contested f) => row with
        {
            Contests = [.. row.Contests, new(f.ContestId, f.From, f.Until, f.Cause, f.Proof, recorded.RecordedAt, null, null)], EventIds = [.. row.EventIds, recorded.EventId],
        },
        ({ }, OutageEvent.ContestDecided f) => row with
        {
            Contests = [.. row.Contests.Select(c => c.ContestId == f.ContestId ? c with { Accepted = f.Accepted, Grounds = f.Grounds } : c)],
            Causes = f.Accepted ? [.. row.Causes, new(f.Cause, f.From, f.Until)] : row.Causes, EventIds = [.. row.EventIds, recorded.EventId],
        },
        ({ }, OutageEvent.Excused f) => row with
        {
            Excused = [.. row.Excused.Where(e => e.MaintenanceId != f.MaintenanceId), new(f.MaintenanceId, f.From, f.Until)], EventIds = [.. row.EventIds, recorded.EventId],
        },
        ({ }, OutageEvent.LookedAgain f) => row with { Look = new(f.Vantage, f.ProbeId, f.Seen, f.At), EventIds = [.. row.EventIds, recorded.EventId] },
        ({ }, OutageEvent.ConfirmedByPerson f) => row with { ConfirmedBy = f.How, EventIds = [.. row.EventIds, recorded.EventId] },
        _ => row,
    };
}

/// <param name="ProbeId">Who looked; null where there was nobody to ask.</param>
/// <param name="Seen">What it held true then.</param>
public sealed record SecondLook(Vantage Vantage, Guid? ProbeId, Verdict? Seen, DateTimeOffset At);

/// <param name="At">When it was found first.</param>
public sealed record ReasonSaid(string Detail, DateTimeOffset At);

/// <param name="Until">Null for the end of the outage.</param>
public sealed record CauseSaid(Cause Cause, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>Minutes of an outage that somebody contested, and what came of it.</summary>
/// <param name="Accepted">Null until it is decided.</param>
public sealed record ContestLine(
    Guid ContestId, DateTimeOffset From, DateTimeOffset Until, Cause Cause, Proof Proof, DateTimeOffset ContestedAt, bool? Accepted, string? Grounds);

public sealed record ExcusedTime(Guid MaintenanceId, DateTimeOffset From, DateTimeOffset Until);
