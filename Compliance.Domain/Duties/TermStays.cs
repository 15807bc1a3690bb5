using Compliance.Domain.Kernel;

namespace Compliance.Domain.Duties;

/// <summary>A term that stands still: while a device may rest, its owner's time to mend it does not run.</summary>
static class TermStays
{
    extension(Duty.Owed o)
    {
        /// <summary>The clock as it will be when everything that stands still is over.</summary>
        public DutyClock WithStays() => o.Clock.Due is { } due ? o.Clock.SetDue(due + Length(o.Stays.Select(Of))) : o.Clock;

        /// <summary>The term runs again: what has stood still until now is added to it. Null where nothing has.</summary>
        public DutyEvent.TermResumed? Resume(DateTimeOffset now) => o.Clock.Due is { } due && o.Stays.Any(s => s.From < now)
            ? new(o.Card.DutyId, o.Card.VenueId, due + Length(o.Stays.Select(Of), now), now) : null;

        /// <summary>What is left to stand still after that.</summary>
        public IReadOnlyList<DutyEvent.TermStayed> StaysAfter(DateTimeOffset at) => [.. o.Stays.Where(s => s.Until > at).Select(s => s with { From = s.From > at ? s.From : at })];

        /// <summary>Windows that were added whole: a later word on one of them changes nothing any more.</summary>
        public IReadOnlyList<Guid> CountedAfter(DateTimeOffset at) => [.. o.Counted, .. o.Stays.Where(s => s.Until <= at).Select(s => s.MaintenanceId)];

        /// <summary>Only what lies after the duty was known and before its term is over can stop it.</summary>
        public Decision<DutyEvent> Stay(DutyCommand.StayTerm c)
        {
            var known = o.Stays.FirstOrDefault(s => s.MaintenanceId == c.MaintenanceId);
            var from = Later(c.From, o.Clock.Detected);
            var until = Later(c.Until, known?.From ?? from);
            if (o.Overstayed || known?.Until <= until) return [];
            if (known is null && (o.Clock.Fixed is not null || o.Counted.Contains(c.MaintenanceId) || from >= o.WithStays().Due || until <= from)) return [];
            return [new DutyEvent.TermStayed(o.Card.DutyId, o.Card.VenueId, c.MaintenanceId, known?.From ?? from, until)];
        }
    }

    static TermStay Of(DutyEvent.TermStayed fact) => new(fact.MaintenanceId, fact.From, fact.Until);

    extension(DutyRow row)
    {
        public IReadOnlyList<TermStay> With(DutyEvent.TermStayed fact) => [.. row.Stays.Where(s => s.MaintenanceId != fact.MaintenanceId), Of(fact)];

        public IReadOnlyList<TermStay> After(DateTimeOffset at) => [.. row.Stays.Where(s => s.Until > at).Select(s => s with { From = Later(s.From, at) })];

        /// <summary>Null while the term runs, or is over.</summary>
        public TermStill? StillAt(DateTimeOffset now)
        {
            if (row is { State: DutyState.Lapsed, Lapsed: { } because, LapsedAt: { } at, OverstayedBy: null, Clock.Due: { } end } && because.IsForNow())
                return new(at, null, now - at, Left(end, at));
            var stays = row.Stays.Where(s => s.From <= now && now < s.Until).ToArray();
            return stays.Length == 0 || row.State != DutyState.Owed || row.OverstayedBy is not null || row.Clock.Due is not { } due ? null
                : new(stays.Min(s => s.From), stays.Max(s => s.Until), Length(row.Stays, now), due + Length(row.Stays, now) - now);
        }
    }

    extension(Duty.Over over)
    {
        public DutyEvent.WentOn GoesOn(DutyCommand.Arise a) => new(a.DutyId, a.VenueId, a.Source, a.DetectedAt + Left(over.Clock.Due ?? over.At, over.At), a.DetectedAt);

        public Duty.Owed After(Duty.Owed o, DutyEvent.WentOn f) =>
            o with { Card = o.Card with { Source = f.Source }, Clock = over.Clock.After(f), Photo = null, Asked = o.Asked is { } asked ? asked with { At = f.At } : null, Stays = o.StaysAfter(f.At) };

        /// <summary>Nothing was asked, so nobody is late.</summary>
        public Decision<DutyEvent> FoundMet(VerifiedBy by, DateTimeOffset at) =>
            [new DutyEvent.Fixed(over.Card.DutyId, over.Card.VenueId, at), new DutyEvent.Verified(over.Card.DutyId, over.Card.VenueId, by, "", at)];
    }

    static TimeSpan Left(DateTimeOffset due, DateTimeOffset at) => due > at ? due - at : TimeSpan.Zero;

    static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    /// <summary>Windows may overlap: a minute stands still once.</summary>
    static TimeSpan Length(IEnumerable<TermStay> stays, DateTimeOffset? now = null)
    {
        var (sum, reached) = (TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var stay in stays.OrderBy(s => s.From))
        {
            var from = stay.From > reached ? stay.From : reached;
            var until = now is { } at ? Earlier(stay.Until, at) : stay.Until;
            if (until <= from) continue;
            (sum, reached) = (sum + (until - from), until);
        }

        return sum;
    }
}
