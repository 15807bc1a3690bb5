using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// What a venue's contract, roster, shift sheets and incident book let the rules know. What the code at the venue or our own clock
/// showed is measured; what the venue wrote down is its word.
/// </summary>
sealed class GuardFacts(Guid venueId, DateTimeOffset at)
{
    /// <summary>A late write-up counts as long as somebody may be liable for it.</summary>
    static readonly CalendarSpan LooksBack = new(2, 0, 0, TimeSpan.Zero);

    readonly Dictionary<DateOnly, ShiftSheet> _sheets = [];
    readonly Dictionary<Guid, Entry> _book = [];
    readonly HashSet<string> _kept = [];
    readonly Dictionary<Guid, Guid> _cameBy = [];
    Guarding _guarding = new Guarding.Unknown();
    (Guid? Contract, Guid? Shift, Guid? Heads) _by;

    /// <summary>Kinds this record lists by itself, once the venue keeps them here.</summary>
    public IReadOnlySet<string> Kept => _kept;

    public void Take(object fact, Recorded recorded)
    {
        switch (fact)
        {
            case GuardingEvent f:
                _guarding = Guarding.Evolve(_guarding, f);
                if (f is GuardingEvent.ContractSigned or GuardingEvent.LicenceRecorded or GuardingEvent.ContractEnded) _by.Contract = recorded.EventId;
                _kept.Add("incident");
                break;
            case ShiftEvent f:
                _sheets[f.Night] = ShiftSheet.Evolve(_sheets.GetValueOrDefault(f.Night) ?? ShiftSheet.Decider.Initial, f);
                if (f is ShiftEvent.HeadsCounted) _by.Heads = recorded.EventId;
                else _by.Shift = recorded.EventId;
                if (f is ShiftEvent.CheckedIn came) _cameBy[came.ShiftId] = recorded.EventId;
                if (f is ShiftEvent.Planned) _kept.Add("guardShift");
                break;
            // What the record noticed of a camera stands as an outage already.
            case IncidentEvent.Opened { OutageId: null } f:
                _book[f.EntryId] = new(f, recorded.EventId);
                _kept.Add("incident");
                break;
            case IncidentEvent.WrittenUp f when _book.TryGetValue(f.EntryId, out var entry): _book[f.EntryId] = entry with { WrittenUp = (recorded.RecordedAt, recorded.EventId) }; break;
            case IncidentEvent.FootageHeld f when _book.TryGetValue(f.EntryId, out var entry): _book[f.EntryId] = entry with { Held = (f.Until, recorded.EventId) }; break;
        }
    }

    public void Tell(Hearsay told)
    {
        if (_guarding is Guarding.Kept guarding) TellContract(guarding, told);
        if (_kept.Contains("guardShift")) TellShifts(told);
        if (_sheets.Values.Select(s => s.HeadsAt(at)).OfType<HeadCount>().MaxBy(h => h.At) is { } heads)
            Venue(told, "headcount", new Known.Number(heads.Persons, _by.Heads));
        foreach (var entry in _book.Values.Where(e => e.Card.HappenedAt >= LooksBack.Before(at))) entry.Tell(told);
    }

    /// <summary>Guards who stand there without a contract come from no firm: its end counts as the licence's.</summary>
    void TellContract(Guarding.Kept guarding, Hearsay told)
    {
        var holds = guarding.ContractOn(VenueZone.Day(at));
        var last = holds ?? (guarding.Contracts is [.., var latest] ? latest : null);
        if (last is null) return;
        var someStand = _sheets.Values.Any(s => s.OnDuty(at).Any());
        Venue(told, "guardsHired", new Known.Flag(holds is not null || someStand, _by.Contract));
        Venue(told, "guardLicenceUntil", new Known.Instant(EndOf(holds is null && last.Until < last.Licence.Until ? last.Until : last.Licence.Until), _by.Contract));
        Venue(told, "guardLicenceSubtype", new Known.Text(last.Licence.Subtype, _by.Contract));
    }

    void TellShifts(Hearsay told)
    {
        Venue(told, "guardLogComplete", new Known.Flag(!_sheets.Values.Where(s => s.Night > VenueZone.Day(at).AddDays(-ShiftSheet.AskedDays)).SelectMany(s => s.Shifts).Any(s => s.StateAt(at) == ShiftState.LeftOpen), _by.Shift), Provenance.Measured);
        Venue(told, "guardLogDays", new Known.Number(ShiftSheet.KeptDays, _by.Shift), Provenance.Measured);
        foreach (var sheet in _sheets.Values)
        {
            foreach (var shift in sheet.OnDuty(at).DistinctBy(s => s.GuardId))
            {
                var from = sheet.SharesHandset(shift) ? Provenance.Registered : Provenance.Measured;
                var guard = (_guarding as Guarding.Kept)?.Guard(shift.GuardId);
                told.Name("guardShift", shift.ShiftId.ToString(), guard is null ? "" : $"№ {guard.Number}", from);
                told.Say("guardShift", shift.ShiftId.ToString(), "", "onDuty", new Known.Flag(true, _cameBy[shift.ShiftId]), from);
                if (guard is not null)
                    told.Say("guardShift", shift.ShiftId.ToString(), "", "licensed", new Known.Flag(guard.CertificateUntil >= VenueZone.Day(at), _cameBy[shift.ShiftId]), Provenance.Registered);
            }
        }
    }

    void Venue(Hearsay told, string name, Known known, Provenance from = Provenance.Registered) =>
        told.Say(Vocabulary.Venue, venueId.ToString(), "", name, known, from);

    /// <summary>A day is good until it ends.</summary>
    static DateTimeOffset EndOf(DateOnly day) => VenueZone.Midnight(day.AddDays(1));

    sealed record Entry(IncidentEvent.Opened Card, Guid By)
    {
        public (DateTimeOffset At, Guid By)? WrittenUp { get; init; }

        public (DateOnly Until, Guid By)? Held { get; init; }

        public void Tell(Hearsay told)
        {
            Say("at", new Known.Instant(Card.HappenedAt, By), Provenance.Registered);
            if (WrittenUp is var (at, by)) Say("recordedAt", new Known.Instant(at, by), Provenance.Measured);
            if (Held is not var (until, held)) return;
            Say("footageHeld", new Known.Flag(true, held), Provenance.Registered);
            Say("holdDays", new Known.Number(until.DayNumber - VenueZone.Day(Card.HappenedAt).DayNumber, held), Provenance.Registered);

            void Say(string name, Known known, Provenance from) => told.Say("incident", Card.EntryId.ToString(), "", name, known, from);
        }
    }
}
