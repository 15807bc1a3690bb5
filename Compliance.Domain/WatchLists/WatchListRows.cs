using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.WatchLists;

/// <summary>Where an entry stands.</summary>
public enum WatchStage { Proposed, Holds, RenewalAsked, Declined, Removed, Expired }

/// <summary>An entry as lists show it: no name, no picture. What waits for a second officer stands on top, then what holds, what ends soonest first.</summary>
public sealed record WatchEntryRow(
    Guid EntryId, WatchCategory Category, string Authority, string CaseNumber, bool IsMinor, DateTimeOffset Until, Guid AuthorId, DateTimeOffset ProposedAt, WatchStage Stage,
    IReadOnlyList<Guid> Pictures, string? ModelSha256, Guid? ApproverId, DateTimeOffset? RenewUntil, Guid? RenewedBy, IReadOnlyList<EntryRead> Reads, string Commitment = "")
{
    [JsonIgnore]
    public bool IsOver => Stage >= WatchStage.Declined;

    [JsonIgnore]
    public bool Waits => Stage is WatchStage.Proposed or WatchStage.RenewalAsked;

    public bool HoldsAt(DateTimeOffset at) => Stage is WatchStage.Holds or WatchStage.RenewalAsked && at < Until;

    public static readonly View<WatchEntryRow> View = new(
        "watch-entry-list", 1, fact => (fact as WatchEntryEvent)?.EntryId, Apply, _ => null,
        row => row.IsOver ? $"2{ViewOrder.NewestFirst(row.ProposedAt)}" : $"{(row.Waits ? 0 : 1)}{row.Until.UtcTicks:D20}");

    static WatchEntryRow? Apply(WatchEntryRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, WatchEntryEvent.Proposed f) => new(
            f.EntryId, f.Category, f.Authority, f.CaseNumber, f.IsMinor, f.Until, f.AuthorId, recorded.RecordedAt, WatchStage.Proposed, [], null, null, null, null, [], f.Commitment),
        ({ }, WatchEntryEvent.PictureAdded f) => row with { Pictures = [.. row.Pictures, f.PictureId], ModelSha256 = f.ModelSha256 },
        ({ }, WatchEntryEvent.Approved f) => row with { Stage = WatchStage.Holds, ApproverId = f.ApproverId },
        ({ }, WatchEntryEvent.RenewalAsked f) => row with { Stage = WatchStage.RenewalAsked, RenewUntil = f.Until, RenewedBy = f.AuthorId },
        ({ }, WatchEntryEvent.Renewed f) => row with { Stage = WatchStage.Holds, Until = f.Until, RenewUntil = null },
        ({ }, WatchEntryEvent.RenewalDeclined) => row with { Stage = WatchStage.Holds, RenewUntil = null },
        ({ }, WatchEntryEvent.Read f) => row with { Reads = [.. row.Reads, new(f.OfficerId, f.On)] },
        ({ }, WatchEntryEvent.Declined) => row with { Stage = WatchStage.Declined },
        ({ }, WatchEntryEvent.Removed) => row with { Stage = WatchStage.Removed },
        ({ }, WatchEntryEvent.Expired) => row with { Stage = WatchStage.Expired },
        _ => row,
    };
}

/// <summary>An officer read who it is on that day.</summary>
public sealed record EntryRead(Guid OfficerId, DateOnly On);

/// <summary>Where an operation stands.</summary>
public enum OperationStage { Planned, Approved, Over }

/// <summary>An operation as lists show it: what is not over stands on top, what ends soonest first.</summary>
/// <param name="Copies">Boxes that hold the list; <paramref name="Overdue"/>: those that should have wiped it.</param>
public sealed record WatchOperationRow(
    WatchOperationEvent.Planned Card, OperationStage Stage, WatchOperationEvent.Approved? Approval, string? Authorisation, WatchOperationEvent.Ended? End, IReadOnlyList<Guid> Copies, IReadOnlyList<Guid> Overdue, bool IsVoid = false)
{
    public bool RunsAt(DateTimeOffset at) => Stage == OperationStage.Approved && Card.From <= at && at < Card.Until;

    public static readonly View<WatchOperationRow> View = new(
        "watch-operation-list", 1, fact => (fact as WatchOperationEvent)?.OperationId, Apply, row => row.Card.VenueId,
        row => row.End is { } end ? row.Copies.Count > 0 ? $"1{end.At.UtcTicks:D20}" : $"2{ViewOrder.NewestFirst(end.At)}" : $"0{row.Card.Until.UtcTicks:D20}");

    static WatchOperationRow? Apply(WatchOperationRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, WatchOperationEvent.Planned f) => new(f, OperationStage.Planned, null, f.Authorisation, null, [], []),
        ({ }, WatchOperationEvent.Approved f) => row with { Stage = OperationStage.Approved, Approval = f },
        ({ }, WatchOperationEvent.Authorised f) => row with { Authorisation = f.Authorisation },
        ({ }, WatchOperationEvent.Ended f) => row with { Stage = OperationStage.Over, End = f },
        ({ }, WatchOperationEvent.Voided) => row with { IsVoid = true },
        ({ }, WatchOperationEvent.CopyGiven f) => row with { Copies = [.. row.Copies.Union([f.ProbeId])] },
        ({ }, WatchOperationEvent.CopyDeleted f) => row with { Copies = [.. row.Copies.Where(probe => probe != f.ProbeId)], Overdue = [.. row.Overdue.Where(probe => probe != f.ProbeId)] },
        ({ }, WatchOperationEvent.CopyOverdue f) => row with { Overdue = [.. row.Overdue.Union([f.ProbeId])] },
        _ => row,
    };
}

/// <summary>Where a candidate stands.</summary>
public enum CandidateStage { Waiting, SeenOnce, Confirmed, Dismissed, Expired }

/// <summary>A candidate as the desk shows it: what waits stands on top, the newest first.</summary>
/// <param name="First">Who said first that it is the same; another person decides.</param>
public sealed record FaceCandidateRow(FaceCandidateEvent.Raised Card, CandidateStage Stage, Guid? First, DateTimeOffset? DecidedAt, bool HasPicture)
{
    [JsonIgnore]
    public bool IsOver => Stage >= CandidateStage.Confirmed;

    public static readonly View<FaceCandidateRow> View = new(
        "face-candidate-list", 1, fact => (fact as FaceCandidateEvent)?.CandidateId, Apply, row => row.Card.VenueId,
        row => $"{(row.IsOver ? row.HasPicture ? 1 : 2 : 0)}{ViewOrder.NewestFirst(row.Card.SeenAt)}");

    static FaceCandidateRow? Apply(FaceCandidateRow? row, object fact, Recorded recorded) => (row, fact) switch
    {
        (null, FaceCandidateEvent.Raised f) => new(f, CandidateStage.Waiting, null, null, true),
        ({ }, FaceCandidateEvent.LookedAt { IsSame: true } f) when row.First is null => row with { Stage = CandidateStage.SeenOnce, First = f.OfficerId },
        ({ }, FaceCandidateEvent.Confirmed f) => row with { Stage = CandidateStage.Confirmed, DecidedAt = f.At },
        ({ }, FaceCandidateEvent.Dismissed f) => row with { Stage = CandidateStage.Dismissed, DecidedAt = f.At },
        ({ }, FaceCandidateEvent.Expired f) => row with { Stage = CandidateStage.Expired, DecidedAt = f.At },
        ({ }, FaceCandidateEvent.PictureErased) => row with { HasPicture = false },
        _ => row,
    };
}
