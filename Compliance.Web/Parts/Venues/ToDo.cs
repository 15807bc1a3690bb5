using Compliance.Domain.Cases;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Venues;

namespace Compliance.Web.Parts.Venues;

/// <summary>One thing that waits for whoever answers for a venue: what, until when, and on which page it is done.</summary>
/// <param name="Until">By when; of what may happen any day, the last day it can.</param>
public abstract record ToDo(Guid VenueId, DateTimeOffset Until, string Page)
{
    /// <summary>The venue must not trade: only what endangers people, or is due within a day, is more urgent.</summary>
    public sealed record Suspended(Guid VenueId, DateTimeOffset Until, DateOnly? LastDay) : ToDo(VenueId, Until, $"/venues/{VenueId}/licence");

    /// <summary>The same, because the certificate has run out.</summary>
    public sealed record Ended(Guid VenueId, DateTimeOffset Until, DateOnly LastDay) : ToDo(VenueId, Until, $"/venues/{VenueId}/licence");

    public sealed record Ends(Guid VenueId, DateTimeOffset Until, DateOnly LastDay, int Days) : ToDo(VenueId, Until, $"/venues/{VenueId}/licence");

    /// <summary>An application that came back.</summary>
    public sealed record Correct(Guid VenueId, DateTimeOffset Until) : ToDo(VenueId, Until, $"/venues/{VenueId}/licence");

    /// <summary>A proposal to suspend that an officer has still to decide.</summary>
    public sealed record Proposed(Guid VenueId, DateTimeOffset Until) : ToDo(VenueId, Until, $"/venues/{VenueId}/licence");

    /// <summary>A duty; one that came from a finding of an inspection is an order.</summary>
    public sealed record Mend(DutyShown Shown) : ToDo(Shown.Duty.VenueId, Shown.Duty.Clock.Due ?? DateTimeOffset.MaxValue, $"/duties/{Shown.Duty.DutyId}")
    {
        /// <summary>A way out that is shut, or a fire alarm that does not work.</summary>
        public bool EndangersPeople => Shown.Duty.Source is DutySource.OfOutage { Kind: DeviceKind.Exit or DeviceKind.FireAlarm };
    }

    /// <summary>A case nobody has said a word in yet.</summary>
    public sealed record Explain(CaseRow Case) : ToDo(Case.VenueId, Case.BarredAt, $"/cases/{Case.CaseId}");

    /// <summary>So many days before its last one a certificate is asked after.</summary>
    const int EndsSoon = 30;

    /// <summary>What must not wait, however far its own end lies: first what endangers people or runs out in hours, then a certificate that does not hold; a case may be decided any day.</summary>
    (int, DateTimeOffset) Urgency(DateTimeOffset now) => this switch
    {
        Mend mend when mend.EndangersPeople || Until <= now.AddDays(1) => (0, Until),
        Suspended or Ended => (1, now),
        Explain => (2, Until < now.AddDays(1) ? Until : now.AddDays(1)),
        _ => (2, Until),
    };

    public bool IsPressing(DateTimeOffset now) => Urgency(now) is ( < 2, _) || Until <= now.AddDays(3);

    /// <summary>All that waits, the most urgent first. A duty said to be mended, or whose term stands still, waits for somebody else.</summary>
    public static IReadOnlyList<ToDo> Of(
        IEnumerable<DutyShown> duties, IEnumerable<CaseRow> cases, IEnumerable<LicenceCard> licences, DateTimeOffset now) =>
    [
        .. duties.Where(shown => shown.Duty is { State: DutyState.Owed, Still: null } && !(shown.Duty.StayedUntil > now)).Select(ToDo (shown) => new Mend(shown))
            .Concat(cases.Where(row => row is { State: CaseState.Open, Pleadings.Count: 0, ExcusedAt: null }).Select(row => new Explain(row)))
            .Concat(licences.SelectMany(card => Of(card, now)))
            .OrderBy(one => one.Urgency(now)),
    ];

    /// <summary>Reads all of it, of venues that are open.</summary>
    public static async Task<IReadOnlyList<ToDo>> Read(ApiClient api, Known known, IReadOnlyCollection<VenueCard> venues, DateTimeOffset now, CancellationToken ct)
    {
        var open = venues.Where(venue => venue.ClosedBecause is null).Select(venue => venue.VenueId).ToHashSet();
        var (duties, cases) = (
            ApiClient.All((cursor, limit) => api.Duties(open: true, cursor, limit, ct)), ApiClient.All((cursor, limit) => api.Cases(CaseState.Open, cursor, limit, ct)));
        var licences = await Task.WhenAll(open.Select(venue => api.Licence(venue, ct)));
        var all = Of(
            ((await duties).Value ?? []).Where(shown => open.Contains(shown.Duty.VenueId)), ((await cases).Value ?? []).Where(row => open.Contains(row.VenueId)),
            licences.Select(answer => answer.Value).OfType<LicenceCard>(), now);
        await known.Meet(all.OfType<Mend>().Select(one => (one.VenueId, (one.Shown.Duty.Source as DutySource.OfOutage)?.DeviceId)), ct);
        return all;
    }

    /// <summary>A change of any of it.</summary>
    public static bool Is(string view) => view is "duty-list" or "case-list" or "licence-card";

    static IEnumerable<ToDo> Of(LicenceCard card, DateTimeOffset now)
    {
        var (venue, today) = (card.VenueId, VenueZone.Day(now));
        ToDo? state = card.State switch
        {
            Licence.Suspended s => new Suspended(venue, s.Until is { } last ? EndOf(last) : DateTimeOffset.MaxValue, s.Until),
            Licence.Expired { Renewal: null } s => new Ended(venue, EndOf(s.Permit.Until), s.Permit.Until),
            Licence.Granted { Renewal: null } s when s.Permit.Until.DayNumber - today.DayNumber is >= 0 and <= EndsSoon and var days =>
                new Ends(venue, EndOf(s.Permit.Until), s.Permit.Until, days),
            _ => null,
        };
        if (state is not null) yield return state;
        foreach (var term in card.State.Terms)
        {
            if (term.What == Deadline.Correction) yield return new Correct(venue, term.Due);
            if (term.What == Deadline.Proposal) yield return new Proposed(venue, term.Due);
        }
    }

    static DateTimeOffset EndOf(DateOnly day) => VenueZone.At(day.AddDays(1), TimeOnly.MinValue);
}
