using System.Diagnostics;
using System.Text.Json.Serialization;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.WatchLists;

/// <summary>Why a person may be looked for by face: a closed list, from the law; no other reason exists here.</summary>
public enum WatchCategory { Wanted, Missing, CourtBan, Escaped }

/// <summary>Why an entry ended before its day.</summary>
public enum WatchRemoval { PersonFound, GroundsGone, EnteredByMistake, CaseClosed }

/// <summary>Why a second officer did not approve an entry or its renewal.</summary>
public enum WatchDecline { GroundsTooWeak, WrongCategory, PictureUnfit, Duplicate }

/// <summary>
/// Facts about one entry of the watch list. Who it is, the grounds in words and the pictures lie in the vault under a key of the entry's own; the log holds a
/// commitment to them, from which nothing can be learnt.
/// </summary>
public abstract record WatchEntryEvent(Guid EntryId)
{
    /// <param name="Authority">The body that looks for the person, by its official name.</param>
    /// <param name="IsMinor">Under age: only as a missing person.</param>
    /// <param name="Until">The first instant at which it holds no more.</param>
    /// <param name="AuthorId">The officer; opaque.</param>
    /// <param name="Commitment">SHA-256 of a salt from the vault, the name and the grounds.</param>
    [EventName("watchentry.proposed.v1")]
    public sealed record Proposed(Guid EntryId, WatchCategory Category, string Authority, string CaseNumber, bool IsMinor, DateTimeOffset Until, Guid AuthorId, string Commitment) : WatchEntryEvent(EntryId);

    /// <param name="ModelSha256">By which its template was made.</param>
    [EventName("watchentry.picture-added.v1")]
    public sealed record PictureAdded(Guid EntryId, Guid PictureId, string ModelSha256) : WatchEntryEvent(EntryId);

    [EventName("watchentry.approved.v1")]
    public sealed record Approved(Guid EntryId, Guid ApproverId, DateTimeOffset At) : WatchEntryEvent(EntryId);

    [EventName("watchentry.declined.v1")]
    public sealed record Declined(Guid EntryId, Guid ApproverId, WatchDecline Because, DateTimeOffset At) : WatchEntryEvent(EntryId);

    /// <param name="Commitment">To the new grounds, with the name as before.</param>
    [EventName("watchentry.renewal-asked.v1")]
    public sealed record RenewalAsked(Guid EntryId, DateTimeOffset Until, Guid AuthorId, string Commitment) : WatchEntryEvent(EntryId);

    [EventName("watchentry.renewed.v1")]
    public sealed record Renewed(Guid EntryId, DateTimeOffset Until, Guid ApproverId) : WatchEntryEvent(EntryId);

    [EventName("watchentry.renewal-declined.v1")]
    public sealed record RenewalDeclined(Guid EntryId, Guid ApproverId, WatchDecline Because) : WatchEntryEvent(EntryId);

    /// <summary>An officer read who it is: once a day and officer, and anew when there is something new to read.</summary>
    [EventName("watchentry.read.v1")]
    public sealed record Read(Guid EntryId, Guid OfficerId, DateOnly On) : WatchEntryEvent(EntryId);

    [EventName("watchentry.removed.v1")]
    public sealed record Removed(Guid EntryId, WatchRemoval Because, Guid By, DateTimeOffset At) : WatchEntryEvent(EntryId);

    [EventName("watchentry.expired.v1")]
    public sealed record Expired(Guid EntryId, DateTimeOffset At) : WatchEntryEvent(EntryId);
}

public abstract record WatchEntryCommand
{
    /// <param name="Commitment">The door's own, like author and clock.</param>
    public sealed record Propose(
        Guid EntryId, WatchCategory Category, string Authority, string CaseNumber, bool IsMinor, DateTimeOffset Until,
        [property: JsonIgnore] Guid AuthorId = default, [property: JsonIgnore] string Commitment = "", [property: JsonIgnore] DateTimeOffset At = default) : WatchEntryCommand;

    public sealed record AddPicture(Guid PictureId, string ModelSha256, Guid By) : WatchEntryCommand;
    public sealed record Approve([property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : WatchEntryCommand;
    public sealed record Decline(WatchDecline Because, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : WatchEntryCommand;
    public sealed record AskRenewal(DateTimeOffset Until, Guid By, string Commitment, DateTimeOffset At) : WatchEntryCommand;
    public sealed record Read(Guid By, DateOnly On) : WatchEntryCommand;
    public sealed record Remove(WatchRemoval Because, [property: JsonIgnore] Guid By = default, [property: JsonIgnore] DateTimeOffset At = default) : WatchEntryCommand;
    public sealed record Expire(DateTimeOffset At) : WatchEntryCommand;
}

/// <summary>Proposed by one officer, approved by another, for ninety days at most; renewed by two again; over by removal or by itself.</summary>
public abstract record WatchEntry
{
    public const int LongestDays = 90, MostPictures = 5;

    /// <summary>An expiry that is due within so many days may be renewed.</summary>
    public const int RenewableDays = 14;

    public sealed record Unknown : WatchEntry;

    /// <param name="Until">As it stands now.</param>
    /// <param name="Commitment">To the words that hold now.</param>
    /// <param name="Renewal">That waits for a second officer.</param>
    /// <param name="Seen">Officers who have read all there is to read now.</param>
    public sealed record Known(
        WatchEntryEvent.Proposed Card, DateTimeOffset Until, string Commitment, IReadOnlyList<WatchEntryEvent.PictureAdded> Pictures, WatchEntryEvent.Approved? Approval, WatchEntryEvent.RenewalAsked? Renewal,
        IReadOnlyList<(Guid Officer, DateOnly On)> Reads, IReadOnlyList<Guid> Seen, WatchEntryEvent? Over) : WatchEntry
    {
        /// <summary>Whether anybody may be looked for by it at this instant.</summary>
        public bool HoldsAt(DateTimeOffset at) => Over is null && Approval is not null && at < Until;
    }

    public static readonly Decider<WatchEntry, WatchEntryCommand, WatchEntryEvent> Decider = new("watchentry", new Unknown(), Decide, Evolve);

    static Decision<WatchEntryEvent> Decide(WatchEntry state, WatchEntryCommand command) => (state, command) switch
    {
        (Unknown, WatchEntryCommand.Propose p) => FaultOf(p) is { } fault ? fault : [CardOf(p)],
        (Known k, WatchEntryCommand.Propose p) => CardOf(p) == k.Card ? [] : new Refusal("watchentry.already-proposed", "This id belongs to another entry."),
        (Unknown, WatchEntryCommand.Expire) => [],
        (Unknown, _) => new Refusal("watchentry.unknown", "There is no such entry."),

        (Known { Over: not null }, WatchEntryCommand.Expire) => [],
        (Known { Over: WatchEntryEvent.Removed }, WatchEntryCommand.Remove) => [],
        (Known { Over: WatchEntryEvent.Declined }, WatchEntryCommand.Decline) => [],
        (Known { Over: not null }, _) => new Refusal("watchentry.over", "This entry is over; what was kept of the person is gone."),
        (Known k, WatchEntryCommand.Expire(var at)) => at < k.Until ? [] : [new WatchEntryEvent.Expired(k.Card.EntryId, k.Until)],

        (Known k, WatchEntryCommand.AddPicture a) => k.Card.AuthorId != a.By ? NotYours
            : k.Pictures.Any(p => p.PictureId == a.PictureId) ? []
            : k.Approval is not null ? new Refusal("watchentry.approved", "What was approved is not changed; propose another entry.")
            : k.Pictures.Count >= MostPictures ? new Refusal("watchentry.pictures-many", $"An entry has {MostPictures} pictures at most.")
            : k.Pictures.Any(p => p.ModelSha256 != a.ModelSha256) ? new Refusal("watchentry.model-changed", "The network was exchanged since: propose the entry anew, with all its pictures.")
            : [new WatchEntryEvent.PictureAdded(k.Card.EntryId, a.PictureId, a.ModelSha256)],

        (Known { Approval: { } given, Renewal: null }, WatchEntryCommand.Approve a) when given.ApproverId == a.By => [],
        (Known { Approval: not null, Renewal: null }, WatchEntryCommand.Approve or WatchEntryCommand.Decline) => new Refusal("watchentry.decided", "A second officer has decided on this entry."),
        (Known { Approval: null } k, WatchEntryCommand.Approve or WatchEntryCommand.Decline) when ByOf(command) == k.Card.AuthorId => Another,
        (Known { Renewal: { } asked }, WatchEntryCommand.Approve or WatchEntryCommand.Decline) when ByOf(command) == asked.AuthorId => Another,
        (Known { Pictures.Count: 0 }, WatchEntryCommand.Approve) => new Refusal("watchentry.no-picture", "Without a picture nobody can be found: add one first."),
        (Known k, WatchEntryCommand.Approve a) when !k.Seen.Contains(a.By) => new Refusal("watchentry.unread", "Read who it is and on which grounds, with all pictures, before you approve."),
        (Known k, WatchEntryCommand.Approve a) when a.At >= k.Until => new Refusal("watchentry.past", "The time it was to hold has passed.", "until"),
        (Known { Approval: null } k, WatchEntryCommand.Approve a) => [new WatchEntryEvent.Approved(k.Card.EntryId, a.By, a.At)],
        (Known { Renewal: { } asked }, WatchEntryCommand.Approve a) => [new WatchEntryEvent.Renewed(asked.EntryId, asked.Until, a.By)],
        (Known { Approval: null } k, WatchEntryCommand.Decline d) => [new WatchEntryEvent.Declined(k.Card.EntryId, d.By, d.Because, d.At)],
        (Known { Renewal: { } asked }, WatchEntryCommand.Decline d) => [new WatchEntryEvent.RenewalDeclined(asked.EntryId, d.By, d.Because)],

        (Known { Approval: null }, WatchEntryCommand.AskRenewal) => new Refusal("watchentry.not-approved", "Only what holds is renewed."),
        (Known k, WatchEntryCommand.AskRenewal r) => (k.Renewal?.Until, k.Renewal?.Commitment) == (r.Until, r.Commitment) ? []
            : r.At < k.Until.AddDays(-RenewableDays) ? new Refusal("watchentry.renewal-early", $"A renewal is asked for in the last {RenewableDays} days: the grounds have to be those of that time.")
            : r.Until <= k.Until ? new Refusal("watchentry.dates-backward", "The new end lies before the old one.", "until")
            : r.Until > r.At.AddDays(LongestDays) ? TooLong
            : [new WatchEntryEvent.RenewalAsked(k.Card.EntryId, r.Until, r.By, r.Commitment)],

        (Known k, WatchEntryCommand.Read r) => k.Reads.Contains((r.By, r.On)) && k.Seen.Contains(r.By) ? [] : [new WatchEntryEvent.Read(k.Card.EntryId, r.By, r.On)],
        (Known k, WatchEntryCommand.Remove r) => [new WatchEntryEvent.Removed(k.Card.EntryId, r.Because, r.By, r.At)],
        _ => throw new UnreachableException(),
    };

    static WatchEntry Evolve(WatchEntry state, WatchEntryEvent fact) => (state, fact) switch
    {
        (_, WatchEntryEvent.Proposed card) => new Known(card, card.Until, card.Commitment, [], null, null, [], [], null),
        (Known k, WatchEntryEvent.PictureAdded f) => k with { Pictures = [.. k.Pictures, f], Seen = [] },
        (Known k, WatchEntryEvent.Approved f) => k with { Approval = f },
        (Known k, WatchEntryEvent.RenewalAsked f) => k with { Renewal = f, Seen = [] },
        (Known k, WatchEntryEvent.Renewed f) => k with { Until = f.Until, Commitment = k.Renewal?.Commitment ?? k.Commitment, Renewal = null },
        (Known k, WatchEntryEvent.RenewalDeclined) => k with { Renewal = null },
        (Known k, WatchEntryEvent.Read f) => k with { Reads = [.. k.Reads, (f.OfficerId, f.On)], Seen = [.. k.Seen.Union([f.OfficerId])] },
        (Known k, WatchEntryEvent.Declined or WatchEntryEvent.Removed or WatchEntryEvent.Expired) => k with { Over = fact },
        _ => state,
    };

    static readonly Refusal NotYours = new("watchentry.not-yours", "Only its author adds pictures to an entry.");
    static readonly Refusal Another = new("watchentry.own", "Another officer decides on what you proposed.");
    static readonly Refusal TooLong = new("watchentry.too-long", $"An entry holds {LongestDays} days at most; then its grounds are looked at anew.", "until");

    static Guid ByOf(WatchEntryCommand command) => command is WatchEntryCommand.Approve a ? a.By : ((WatchEntryCommand.Decline)command).By;

    static Refusal? FaultOf(WatchEntryCommand.Propose p) =>
        !Enum.IsDefined(p.Category) ? new("watchentry.category-unknown", "Wanted, missing, barred by a court, escaped: nobody is looked for by face for another reason.", "category")
        : string.IsNullOrWhiteSpace(p.Authority) || p.Authority.Length > 120 ? new("watchentry.authority-missing", "Name the authority that looks for the person.", "authority")
        : !CaseNumbers.Is(p.CaseNumber) ? new("watchentry.case-malformed", "A number of a case has digits, letters, dashes and strokes only: no names, no sentences.", "caseNumber")
        : p.IsMinor && p.Category != WatchCategory.Missing ? new("watchentry.minor", "A child is looked for by face only when it is missing.", "category")
        : p.Until <= p.At ? new("watchentry.past", "The time it was to hold has passed.", "until")
        : p.Until > p.At.AddDays(LongestDays) ? TooLong
        : null;

    static WatchEntryEvent.Proposed CardOf(WatchEntryCommand.Propose p) => new(p.EntryId, p.Category, p.Authority.Trim(), p.CaseNumber.Trim(), p.IsMinor, p.Until, p.AuthorId, p.Commitment);
}
