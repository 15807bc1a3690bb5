using System.Globalization;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;

namespace Compliance.Domain.Duties;

/// <summary>One line of what is owed: those unmet stand on top, the most urgent first.</summary>
/// <param name="Extension">More time that was asked for last, and what became of it.</param>
/// <param name="Photo">SHA-256 of the picture that shows the repair.</param>
/// <param name="OverstayedBy">The fact that says that its term passed unmet.</param>
/// <param name="StayedUntil">The term stands still until then, because its device rests in a maintenance window.</param>
/// <param name="EventIds">The facts this line rests on, oldest first.</param>
/// <param name="Revision">Of the duty's own stream: the ETag a change must name.</param>
public sealed record DutyRow(
    Guid DutyId, Guid VenueId, DutySource Source, DutyMatter Matter, DutyClock Clock, DutyTerm? Term, DutyState State,
    Extension? Extension, string? Photo, string? Grounds, VerifiedBy? VerifiedBy, LapsedBecause? Lapsed, DateTimeOffset? LapsedAt, Guid? OverstayedBy,
    IReadOnlyList<Guid> EventIds, long Revision, DateTimeOffset? StayedUntil = null)
{
    /// <summary>Times in which its term stands still and that have not been added to it yet.</summary>
    public IReadOnlyList<TermStay> Stays { get; init; } = [];

    /// <summary>What was put before the authority because no official had acted in time.</summary>
    public IReadOnlyList<DutyEvent.WaitEscalated> Escalated { get; init; } = [];

    /// <summary>Said to whoever asks, never stored: the term stands still, and there is no day on which it ends.</summary>
    public TermStill? Still { get; init; }

    public static readonly View<DutyRow> View = new(
        "duty-list", 5, fact => (fact as DutyEvent)?.DutyId, Apply, row => row.VenueId, row => row.Sort);

    /// <summary>Somebody has to act: it is owed, or mended and not found to be so yet.</summary>
    public bool IsOpen => State is DutyState.Owed or DutyState.Mended;

    /// <summary>When time alone changes something about it: its term runs again, or is over.</summary>
    public DateTimeOffset? TurnsAt => StayedUntil < Clock.Due ? StayedUntil : Clock.Due;

    /// <summary>What is owed and by when, without what was asked, shown and said of it.</summary>
    public DutyRow WithoutWords() => this with { Extension = null, Photo = null, Grounds = null };

    /// <summary>As it is told at an instant: while its term stands still the clock names no end, for the old one does not count and the later one is not known.</summary>
    public DutyRow AsOf(DateTimeOffset now) => this.StillAt(now) is { } still ? this with { Still = still, Clock = Clock with { Due = null } } : this;

    string Sort => State switch
    {
        DutyState.Owed => $"0{Ticks(TurnsAt)}",
        DutyState.Mended => $"1{Ticks(Clock.Due)}",
        _ => $"2{ViewOrder.NewestFirst(Clock.Verified ?? LapsedAt ?? Clock.Detected)}",
    };

    static string Ticks(DateTimeOffset? at) => (at ?? DateTimeOffset.MaxValue).UtcTicks.ToString("D20", CultureInfo.InvariantCulture);

    static DutyRow? Apply(DutyRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (_, DutyEvent.Arose f) => new(
            f.DutyId, f.VenueId, f.Source, f.Matter, DutyClock.Begin(f.HappenedAt, f.DetectedAt), null, DutyState.Owed,
            null, null, null, null, null, null, null, [recorded.EventId], recorded.Revision),
        ({ }, DutyEvent f) => Apply(row, f, recorded.EventId) with
        {
            Clock = row.Clock.After(f), EventIds = [.. row.EventIds, recorded.EventId], Revision = recorded.Revision,
        },
        _ => row,
    };

    static DutyRow Apply(DutyRow row, DutyEvent fact, Guid eventId) => fact switch
    {
        DutyEvent.DueSet f => row with { Term = f.Term },
        DutyEvent.ExtensionAsked f => row with { Extension = new(f.Until, f.Why, f.At, null, null) },
        DutyEvent.ExtensionGranted f => row with { Extension = row.Extension! with { Granted = true, Grounds = f.Grounds } },
        DutyEvent.ExtensionRefused f => row with { Extension = row.Extension! with { Granted = false, Grounds = f.Grounds } },
        DutyEvent.TermStayed f => Standing(row, row.With(f)),
        DutyEvent.TermResumed f => Standing(row, row.After(f.At)),
        DutyEvent.WaitEscalated f => row with { Escalated = [.. row.Escalated, f] },
        DutyEvent.RepairShown f => row with { Photo = f.PhotoHash },
        DutyEvent.Fixed => row with { State = DutyState.Mended, Lapsed = null, LapsedAt = null },
        DutyEvent.Reopened f => row with { State = DutyState.Owed, Photo = null, Grounds = f.Grounds },
        DutyEvent.Verified f => row with { State = DutyState.Met, VerifiedBy = f.By, Grounds = f.Grounds, Lapsed = null, LapsedAt = null },
        DutyEvent.Lapsed f => row with { State = DutyState.Lapsed, Lapsed = f.Because, LapsedAt = f.At },
        DutyEvent.WentOn f => row with { State = DutyState.Owed, Source = f.Source, Photo = null, Lapsed = null, LapsedAt = null, Stays = row.After(f.At) },
        DutyEvent.Overstayed => row with { OverstayedBy = eventId },
        _ => row,
    };

    static DutyRow Standing(DutyRow row, IReadOnlyList<TermStay> stays) => row with { Stays = stays, StayedUntil = stays.Count > 0 ? stays.Min(s => s.Until) : null };
}

/// <summary>More time: until when, why, and the decision (null while there is none).</summary>
public sealed record Extension(DateTimeOffset Until, Writing Why, DateTimeOffset AskedAt, bool? Granted, string? Grounds);
