using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>Facts about the versions of one rulebook that the authority wrote; those the house was delivered with are not among them.</summary>
/// <param name="Rulebook">Its id as rules and answers name it.</param>
public abstract record RulebookEvent(Guid RulebookId, string Rulebook, string Version)
{
    /// <param name="Hash">SHA-256 of <paramref name="Text"/>, hexadecimal: answers name the very text they were given by.</param>
    [EventName("rulebook.drafted.v1")]
    public sealed record Drafted(Guid RulebookId, string Rulebook, string Version, string Hash, string Text) : RulebookEvent(RulebookId, Rulebook, Version);

    /// <summary>The draft reads otherwise now.</summary>
    [EventName("rulebook.amended.v1")]
    public sealed record Amended(Guid RulebookId, string Rulebook, string Version, string Hash, string Text) : RulebookEvent(RulebookId, Rulebook, Version);

    /// <summary>The draft is a version: it never changes again.</summary>
    /// <param name="From">The first day it is asked.</param>
    /// <param name="At">When it became known: no answer as of an earlier instant is given by it.</param>
    [EventName("rulebook.published.v1")]
    public sealed record Published(Guid RulebookId, string Rulebook, string Version, string Hash, DateOnly From, DateOnly? Until, DateTimeOffset At)
        : RulebookEvent(RulebookId, Rulebook, Version);

    /// <param name="Until">The last day it is asked.</param>
    [EventName("rulebook.retired.v1")]
    public sealed record Retired(Guid RulebookId, string Rulebook, string Version, DateOnly Until, string Reason, DateTimeOffset At)
        : RulebookEvent(RulebookId, Rulebook, Version);
}

public abstract record RulebookCommand
{
    /// <summary>Write a draft, or write it anew.</summary>
    public sealed record Draft(string Rulebook, string Text) : RulebookCommand;

    /// <param name="Hash">Of the text that was read: another one may stand there by now.</param>
    public sealed record Publish(string Version, string Hash, DateTimeOffset At) : RulebookCommand;

    public sealed record Retire(string Version, DateOnly Until, string Reason, DateTimeOffset At) : RulebookCommand;
}

/// <summary>A version that was published.</summary>
/// <param name="Text">As it was drafted, or delivered.</param>
/// <param name="KnownAt">Null for the one the house was first delivered with: it was always known.</param>
/// <param name="RetiredAt">When it was decided that <paramref name="RetiredUntil"/> is its last day.</param>
public sealed record PublishedVersion(
    string Version, string Hash, DateOnly From, DateOnly? Until, string Text, DateTimeOffset? KnownAt = null,
    DateOnly? RetiredUntil = null, DateTimeOffset? RetiredAt = null)
{
    /// <summary>Asked on that day, as far as was known then. The one the house was first delivered with has no first day: something has to be asked.</summary>
    public bool HoldsAt(DateTimeOffset at) => VenueZone.Day(at) is var day
        && (KnownAt is not { } known || (known <= at && From <= day))
        && !(Until < day) && !(RetiredAt <= at && RetiredUntil < day);
}

/// <summary>The versions of one rulebook: at most one draft, and published ones that never change and never overlap.</summary>
public sealed record RulebookVersions(string? Rulebook, RulebookEvent.Drafted? Draft, IReadOnlyList<PublishedVersion> Published)
{
    /// <summary>What a fact can hold; the longest of the delivered ones is a fifth of it.</summary>
    public const int LongestText = 400_000;

    public static readonly Decider<RulebookVersions, RulebookCommand, RulebookEvent> Decider = new("rulebook", new(null, null, []), Decide, Evolve);

    /// <summary>The stream of a rulebook follows from its id.</summary>
    public static Guid IdOf(string rulebook) => EventIds.From(Guid.Empty, $"rulebook/{rulebook}");

    public static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>All versions, delivered ones first; their end is written here where they were retired.</summary>
    public static IReadOnlyList<PublishedVersion> All(string rulebook, IReadOnlyList<PublishedVersion> published) =>
        [.. RulebookShelf.Deliveries(rulebook).Where(delivered => published.All(v => v.Version != delivered.Book.Version))
            .Select(d => new PublishedVersion(d.Book.Version, d.Hash, d.Book.ValidFrom, d.Book.ValidUntil, d.Text, d.Since)), .. published];

    /// <summary>The version an answer as of that instant is given by, the later one of two of the same day; null when none was in force.</summary>
    public static PublishedVersion? InForce(IReadOnlyList<PublishedVersion> versions, DateTimeOffset at) =>
        versions.Where(version => version.HoldsAt(at)).OrderBy(version => (version.From, version.KnownAt ?? DateTimeOffset.MinValue)).LastOrDefault();

    static Decision<RulebookEvent> Decide(RulebookVersions state, RulebookCommand command) => command switch
    {
        RulebookCommand.Draft draft => Drafted(state, draft),
        RulebookCommand.Publish publish => Publish(state, publish),
        RulebookCommand.Retire retire => Retire(state, retire),
        _ => throw new UnreachableException(),
    };

    static Decision<RulebookEvent> Drafted(RulebookVersions state, RulebookCommand.Draft draft)
    {
        if (draft.Text.Length > LongestText) return new Refusal("rulebook.too-long", $"A rulebook has at most {LongestText} characters.", "text");
        var (book, faults) = RulebookFile.Read($"{draft.Rulebook}.json", draft.Text);
        if (book is null) return Faulty(faults);
        if (book.Id != draft.Rulebook) return new Refusal("rulebook.another-id", $"The text is of '{book.Id}'.", "text");
        if (Overlap(All(draft.Rulebook, state.Published), book) is { } overlap) return overlap;
        var (id, hash) = (IdOf(draft.Rulebook), HashOf(draft.Text));
        return state.Draft switch
        {
            null when state.Published.Any(v => v.Hash == hash) => [],
            null => [new RulebookEvent.Drafted(id, book.Id, book.Version, hash, draft.Text)],
            { Hash: var same } when same == hash => [],
            _ => [new RulebookEvent.Amended(id, book.Id, book.Version, hash, draft.Text)],
        };
    }

    static Decision<RulebookEvent> Publish(RulebookVersions state, RulebookCommand.Publish publish)
    {
        if (state.Published.Any(v => (v.Version, v.Hash) == (publish.Version, publish.Hash))) return [];
        if (state.Draft is not { } draft) return new Refusal("rulebook.no-draft", "There is no draft.");
        if ((draft.Version, draft.Hash) != (publish.Version, publish.Hash)) return new Refusal("rulebook.draft-changed", "The draft reads otherwise by now; read it again.");
        var book = RulebookFile.Read("", draft.Text).Rulebook!;
        if (Overlap(All(draft.Rulebook, state.Published), book) is { } overlap) return overlap with { Field = null };
        if (book.ValidFrom < VenueZone.Day(publish.At)) return new Refusal("rulebook.from-passed", "A version is published for a day that has not passed: what was asked before stays as it was.");
        return [new RulebookEvent.Published(draft.RulebookId, draft.Rulebook, draft.Version, draft.Hash, book.ValidFrom, book.ValidUntil, publish.At)];
    }

    static Decision<RulebookEvent> Retire(RulebookVersions state, RulebookCommand.Retire retire)
    {
        var versions = state.Rulebook is { } id ? All(id, state.Published) : [];
        return versions.FirstOrDefault(v => v.Version == retire.Version) switch
        {
            null => new Refusal("rulebook.unknown", "There is no such version."),
            { RetiredUntil: { } until } when until == retire.Until => [],
            { RetiredUntil: not null } => new Refusal("rulebook.retired", "The version is retired already."),
            _ when string.IsNullOrWhiteSpace(retire.Reason) => new Refusal("rulebook.reason-missing", "Say why.", "reason"),
            _ when retire.Until < VenueZone.Day(retire.At) => new Refusal("rulebook.until-passed", "A version is retired for a day that has not passed.", "until"),
            _ => [new RulebookEvent.Retired(IdOf(state.Rulebook!), state.Rulebook!, retire.Version, retire.Until, retire.Reason.Trim(), retire.At)],
        };
    }

    static RulebookVersions Evolve(RulebookVersions state, RulebookEvent fact) => fact switch
    {
        RulebookEvent.Drafted f => state with { Rulebook = f.Rulebook, Draft = f },
        RulebookEvent.Amended f => state with { Draft = new(f.RulebookId, f.Rulebook, f.Version, f.Hash, f.Text) },
        RulebookEvent.Published f => state with
        {
            Draft = null, Published = [.. All(f.Rulebook, state.Published), new(f.Version, f.Hash, f.From, f.Until, state.Draft!.Text, f.At)],
        },
        RulebookEvent.Retired f => state with
        {
            Published = [.. state.Published.Select(v => v.Version == f.Version ? v with { RetiredUntil = f.Until, RetiredAt = f.At } : v)],
        },
        _ => state,
    };

    static Refusal Faulty(IReadOnlyList<Fault> faults)
    {
        Refusal[] all = [.. faults.Select(fault => new Refusal("rulebook.faulty", fault.ToString(), "text"))];
        return all[0] with { Others = all[1..] };
    }

    /// <summary>A version begins after every other has begun, and those that say their own end have ended by then.</summary>
    static Refusal? Overlap(IReadOnlyList<PublishedVersion> versions, Rulebook book) =>
        versions.Any(v => v.Version == book.Version) ? new Refusal("rulebook.version-exists", $"Version {book.Version} was published; a change is a new version.", "text")
        : versions.FirstOrDefault(v => v.From >= book.ValidFrom || v.Until >= book.ValidFrom) is { } other
            ? new Refusal("rulebook.overlap", $"Version {other.Version} holds from {other.From:yyyy-MM-dd}{(other.Until is { } until ? $" until {until:yyyy-MM-dd}" : "")}; this one would begin on {book.ValidFrom:yyyy-MM-dd}.", "text")
        : null;
}
