using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// What a venue's contract, roster, shift sheets and incident book let the rules know. What our own clock showed is measured; what the
/// venue wrote down is its word, and so is who checked in: whoever counts heads on the spot knows better.
/// </summary>
sealed class GuardFacts(Guid venueId, DateTimeOffset at)
{
    /// <summary>A late write-up counts as long as somebody may be liable for it.</summary>
    static readonly CalendarSpan LooksBack = new(2, 0, 0, TimeSpan.Zero);

    /// <summary>A day beyond it stands for it: so far no clock reaches.</summary>
    static readonly DateOnly Latest = new(9000, 1, 1);

    static readonly TimeOnly AllDay = TimeOnly.FromTimeSpan(Night.Morning);

    readonly Dictionary<DateOnly, ShiftSheet> _sheets = [];
    readonly Dictionary<Guid, Entry> _book = [];
    readonly HashSet<string> _kept = [];
    readonly Dictionary<Guid, Guid> _cameBy = [];
    Guarding _guarding = new Guarding.Unknown();
    (Guid? Contract, Guid? Shift, Guid? Heads) _by;
    (IReadOnlySet<string> Shifts, DateTimeOffset When)? _counted;

    /// <summary>Kinds this record lists by itself, once the venue keeps them here.</summary>
    public IReadOnlySet<string> Kept => _kept;

    public void Take(object fact, Recorded recorded)
    {
        switch (fact)
        {
            case GuardingEvent f:
                _guarding = Guarding.Evolve(_guarding, f);
                if (f is GuardingEvent.ContractSigned or GuardingEvent.LicenceRecorded or GuardingEvent.ContractEnded) _by.Contract = recorded.EventId;
                break;
            case ShiftEvent f:
                _sheets[f.Night] = ShiftSheet.Evolve(_sheets.GetValueOrDefault(f.Night) ?? ShiftSheet.Decider.Initial, f);
                if (f is ShiftEvent.HeadsCounted) _by.Heads = recorded.EventId;
                else _by.Shift = recorded.EventId;
                if (f is ShiftEvent.CheckedIn came) _cameBy[came.ShiftId] = recorded.EventId;
                if (f is ShiftEvent.Planned) _kept.Add("guardShift");
                break;
            // What the record noticed of a camera stands as an outage already.
            case BookEvent.Opened { OutageId: null } f:
                _book[f.EntryId] = new(f, recorded.EventId);
                _kept.Add("incident");
                break;
            case BookEvent.WrittenUp f when _book.TryGetValue(f.EntryId, out var entry): _book[f.EntryId] = entry with { WrittenUp = (recorded.RecordedAt, recorded.EventId) }; break;
            case BookEvent.FootageHeld f when _book.TryGetValue(f.EntryId, out var entry): _book[f.EntryId] = entry with { Held = (f.Until, recorded.EventId) }; break;
        }
    }

    /// <summary>An inspector stood there and named them all: whoever had checked in by then and is not among them was not there.</summary>
    public void Counted(IReadOnlySet<string> shifts, DateTimeOffset when) => _counted = (shifts, when);

    public void Tell(Hearsay told, OpeningWeeks hours)
    {
        if (_guarding is Guarding.Kept guarding) TellContract(guarding, told);
        if (_kept.Contains("guardShift")) TellShifts(told, hours);
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

    void TellShifts(Hearsay told, OpeningWeeks hours)
    {
        TellLog(told, hours);
        foreach (var sheet in _sheets.Values)
        {
            foreach (var shift in sheet.OnDuty(at).Where(WasSeen).DistinctBy(s => s.GuardId))
            {
                var guard = (_guarding as Guarding.Kept)?.Guard(shift.GuardId);
                told.Name("guardShift", shift.ShiftId.ToString(), guard is null ? "" : $"№ {guard.Number}", Provenance.Registered);
                told.Say("guardShift", shift.ShiftId.ToString(), "", "onDuty", new Known.Flag(true, _cameBy[shift.ShiftId]), Provenance.Registered);
                if (guard is not null)
                    told.Say("guardShift", shift.ShiftId.ToString(), "", "licensed", new Known.Flag(guard.CertificateUntil >= VenueZone.Day(at), _cameBy[shift.ShiftId]), Provenance.Registered);
            }
        }
    }

    bool WasSeen(Shift shift) => _counted is not var (seen, when) || shift.In > when || seen.Contains(shift.ShiftId.ToString());

    /// <summary>
    /// The log begins with its first sheet, and is whole when somebody came to each opening since, and each end was written down. What was
    /// before it, or on a night without a sheet, may stand on paper: that is an inspector's to say.
    /// </summary>
    void TellLog(Hearsay told, OpeningWeeks hours)
    {
        var today = VenueZone.Day(at);
        var asked = _sheets.Values.Where(s => s.Shifts.Count > 0 && s.Night <= today).ToArray();
        var first = asked.Length > 0 ? asked.Min(s => s.Night) : today;
        var days = today.DayNumber - first.DayNumber;
        var since = today.AddDays(-ShiftSheet.AskedDays) is var earliest && earliest > first ? earliest : first;
        var shifts = asked.Where(s => s.Night >= since).SelectMany(s => s.Shifts).ToArray();
        var isGapless = Openings(hours, since).Where(o => o.Closes + ShiftSheet.Linger <= at).All(HasGuards);
        var isByCode = isGapless && !shifts.Any(s => s.OutBy == Witness.Venue);
        Venue(told, "guardLogComplete", new Known.Flag(isGapless && !shifts.Any(s => s.StateAt(at) == ShiftState.LeftOpen), _by.Shift), isByCode ? Provenance.Measured : Provenance.Registered);
        Venue(told, "guardLogDays", new Known.Number(days, _by.Shift), days >= ShiftSheet.AskedDays ? Provenance.Measured : Provenance.Registered);
    }

    /// <summary>A venue that names no hours is open at all hours.</summary>
    IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Openings(OpeningWeeks hours, DateOnly since) =>
        hours.Spelled([.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, AllDay, AllDay))]).Openings(VenueZone.At(since, AllDay) - TimeSpan.FromTicks(1), at);

    bool HasGuards((DateTimeOffset Opens, DateTimeOffset Closes) opening) =>
        ((DateOnly[])[Night.Of(opening.Opens).AddDays(-1), Night.Of(opening.Opens)]).Select(_sheets.GetValueOrDefault).OfType<ShiftSheet>()
            .SelectMany(s => s.Shifts).Any(s => s.In < opening.Closes && s.Until > opening.Opens);

    void Venue(Hearsay told, string name, Known known, Provenance from = Provenance.Registered) =>
        told.Say(Vocabulary.Venue, venueId.ToString(), "", name, known, from);

    /// <summary>A day is good until it ends.</summary>
    static DateTimeOffset EndOf(DateOnly day) => VenueZone.Midnight(day < Latest ? day.AddDays(1) : Latest);

    sealed record Entry(BookEvent.Opened Card, Guid By)
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
