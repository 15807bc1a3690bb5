using Compliance.Api.Feeds;
using Compliance.Api.Venues;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Reports;

/// <summary>Prints on what ground police could see a venue's cameras within a period, and who decided it.</summary>
sealed class AccessLedgers(VenueStreams streams, NameOf nameOf, TimeProvider clock)
{
    /// <param name="from">First day, <c>yyyy-mm-dd</c>.</param>
    /// <param name="to">Last day; of today only what has passed.</param>
    public static Task<IResult> Print(Guid venueId, string? from, string? to, [AsParameters] Wish wish, AccessLedgers ledgers, Papers papers, TimeProvider clock, CancellationToken ct)
    {
        var (period, fault) = Audit.PeriodOf(from, to, wish.Words ?? Words.All["en"], VenueZone.Day(clock.GetUtcNow()));
        return wish.Fault is null && fault is not null ? Task.FromResult(Problems.Of(fault)) : papers.Answer(
            wish, async words => await ledgers.Compose(venueId, period!, words, ct), words => new("report.before-registration", words["Problem_BeforeRegistration"], "to"), ct);
    }

    /// <summary>Null when the venue was not registered before the period ended. A period that has not ended yet ends now.</summary>
    public async Task<LedgerSheet?> Compose(Guid venueId, Period asked, Words words, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        Recorded[] facts = [.. (await streams.Of(venueId, ct)).Where(f => f.Stream.Category is "venue" or "device").Select(f => Addresses.AreIn(f.Stream) ? Addresses.Without(f) : f)];
        return AccessLedger.Of(venueId, asked.To > now ? asked with { To = now } : asked, facts) is { } ledger
            ? new(ledger, now, new(nameOf, words)) : null;
    }
}
