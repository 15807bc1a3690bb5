using Compliance.Api.Entrance;
using Compliance.Api.Feeds;
using Compliance.Api.Identity;
using Compliance.Api.TransparentLog;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.TransparentLog;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints on what ground police could see a venue's cameras within a period, who decided it and, for those who are told it, who looked.</summary>
sealed class AccessLedgers(VenueStreams streams, IViewStore views, TreeStore tree, NameOf nameOf, TimeProvider clock)
{
    /// <param name="from">First day, <c>yyyy-mm-dd</c>.</param>
    /// <param name="to">Last day; of today only what has passed.</param>
    public static async Task<IResult> Print(Guid venueId, string? from, string? to, [AsParameters] Wish wish, Caller caller, Posts posts, AccessLedgers ledgers, Papers papers, TimeProvider clock, CancellationToken ct) =>
        // As at the page: those who were watched, and oversight; not the authority.
        await Answer(venueId, from, to, wish, caller.Is(Who.Oversight) || await posts.Hold(caller, Who.Owner | Who.Manager, new(venueId), ct), ledgers, papers, clock, ct);

    /// <param name="withLooks">Its reader is told who looked.</param>
    internal static Task<IResult> Answer(Guid venueId, string? from, string? to, Wish wish, bool withLooks, AccessLedgers ledgers, Papers papers, TimeProvider clock, CancellationToken ct)
    {
        var (period, fault) = Audit.PeriodOf(from, to, wish.Words ?? Words.All["en"], VenueZone.Day(clock.GetUtcNow()));
        return wish.Fault is null && fault is not null ? Task.FromResult(Problems.Of(fault)) : papers.Answer(
            wish, async words => await ledgers.Compose(venueId, period!, words, withLooks, ct), words => new("report.before-registration", words["Problem_BeforeRegistration"], "to"), ct);
    }

    /// <summary>Null when the venue was not registered before the period ended. A period that has not ended yet ends now.</summary>
    async Task<LedgerSheet?> Compose(Guid venueId, Period asked, Words words, bool withLooks, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var sessions = withLooks ? (await views.All(AccessRow.View, [venueId], ct)).Select(row => new StreamId(AccessSession.Decider.Category, row.SessionId)) : [];
        Recorded[] facts = [.. (await streams.Of(venueId, ct, also: sessions)).Where(f => f.Stream.Category is "venue" or "device" or "access").Select(f => Addresses.AreIn(f.Stream) ? Addresses.Without(f) : f)];
        var period = asked.To > now ? asked with { To = now } : asked;
        if (AccessLedger.Of(venueId, period, facts) is not { } ledger) return null;
        var looks = withLooks ? LedgerLooks.Of(venueId, period, now, facts) : null;
        var leaves = new Dictionary<Guid, LedgerLeaf>();
        foreach (var look in looks?.Lines ?? [])
            if (tree.LeafAt(look.OpenedAtPosition) is var (number, entry)) leaves[look.OpenedBy] = new(number, TreeHash.Leaf(entry));
        return new(ledger, now, new(nameOf, words)) { Looks = looks, Leaves = leaves };
    }
}
