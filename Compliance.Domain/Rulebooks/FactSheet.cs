using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Duties;
using Compliance.Domain.Evidence;
using Compliance.Domain.Guards;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Panels;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// Folds stored facts into what was known of a venue at an instant. What was recorded later is not known yet, so an answer as
/// of a past day never changes, whatever is learned afterwards.
/// </summary>
public static class FactSheet
{
    /// <param name="facts">The streams of the venue, its devices (retired ones too), their outages, the venue's inspections, maintenance windows and orders, what its panels and contacts said, and what it keeps of its guards, each whole.</param>
    /// <param name="draft">An inspection that is not over: what was said in it counts as if it were. Of others only what stands in an act counts.</param>
    /// <returns>Null when the venue was not registered yet.</returns>
    public static VenueFacts? Of(Guid venueId, DateTimeOffset at, IReadOnlyList<Recorded> facts, Guid? draft = null)
    {
        var sheet = new Sheet(venueId, at);
        foreach (var recorded in facts.OrderBy(f => f.Position))
            if (recorded.RecordedAt <= at && EventCatalog.Decode(recorded) is { } fact) sheet.Take(fact, recorded);
        if (draft is { } running) sheet.Believe(running);
        return sheet.Facts;
    }

    sealed class Sheet(Guid venueId, DateTimeOffset at)
    {
        readonly Hearsay _told = new();
        readonly Dictionary<Guid, Visit> _visits = [];
        readonly HashSet<string> _complete = [.. Vocabulary.Registered];
        readonly Dictionary<Guid, DeviceTimeline?> _lines = [];
        readonly Dictionary<Guid, Guid> _seenBy = [];
        readonly AttributedLines _attributed = new();
        readonly Orders _orders = new();
        readonly GuardFacts _guards = new(venueId, at);
        readonly SupervisionFacts _supervision = new();
        OpeningWeeks? _hours;
        IReadOnlyList<Appointment> _people = [];

        public VenueFacts? Facts
        {
            get
            {
                if (_hours is null) return null;
                TellLines();
                _guards.Tell(_told, _hours);
                _complete.UnionWith(_guards.Kept);
                var things = _told.Things.ToArray();
                return new(
                    venueId, at, things.Single(t => t.Kind == Vocabulary.Venue),
                    things.Where(t => t.Kind != Vocabulary.Venue && Holds(t)).Concat(_people.Where(p => p.HoldsOn(VenueZone.Day(at))).Select(Person))
                        .GroupBy(t => t.Kind).ToDictionary(kind => kind.Key, kind => (IReadOnlyList<Thing>)[.. kind]),
                    _complete, _hours) { Kept = _guards.Kept };
            }
        }

        public void Take(object fact, Recorded recorded)
        {
            _attributed.Take(fact, recorded);
            switch (fact)
            {
                case DutyEvent ofDuty: _orders.Take(ofDuty, recorded, _told); break;
                case VenueEvent ofVenue: Take(ofVenue, recorded); break;
                case DeviceEvent ofDevice: Take(ofDevice, recorded); break;
                case OutageEvent ofOutage: Take(ofOutage, recorded); break;
                case InspectionEvent ofVisit: Take(ofVisit, recorded); break;
                case PanelEvent or ContactEvent: _supervision.Take(fact, recorded, _told); break;
                case GuardingEvent or ShiftEvent or BookEvent: _guards.Take(fact, recorded); break;
            }
        }

        /// <summary>What was held true of each camera over time, and in whose hands it lay.</summary>
        void TellLines()
        {
            var pieces = _attributed.At(at, _lines.Values.OfType<DeviceTimeline>());
            foreach (var (device, by) in _seenBy.Where(seen => _told.Has("camera", seen.Key.ToString())))
                _told.Say("camera", device.ToString(), "", "online", new Known.Line(_lines[device]!.Stretches, by) { Attributed = pieces.GetValueOrDefault(device) }, Provenance.Measured);
        }

        void Take(VenueEvent fact, Recorded recorded)
        {
            var by = recorded.EventId;
            switch (fact)
            {
                case VenueEvent.Registered f:
                    _hours = OpeningWeeks.Always(f.OpeningHours);
                    Venue("uto", new Known.Flag(f.Details.Uto, by));
                    Venue("capacity", new Known.Number(f.Capacity, by));
                    break;
                case VenueEvent.DetailsCorrected f: Venue("uto", new Known.Flag(f.Details.Uto, by)); break;
                case VenueEvent.CapacitySet f: Venue("capacity", new Known.Number(f.Capacity, by)); break;
                case VenueEvent.OpeningHoursSet f: _hours = _hours?.Set(f.From ?? recorded.RecordedAt, f.OpeningHours); break;
                case VenueEvent.PersonAppointed f: _people = _people.Appoint(f.Appointment); break;
                case VenueEvent.PersonRelieved f: _people = _people.Relieve(f); break;
                case VenueEvent.LegalBasisGranted { Basis: var basis }:
                    var id = basis.BasisId.ToString();
                    Put("legalBasis", id, basis.Document, "kind", new Known.Text($"{basis.Kind}", by));
                    Put("legalBasis", id, basis.Document, "document", new Known.Text(basis.Document, by));
                    Put("legalBasis", id, basis.Document, "from", new Known.Instant(VenueZone.Midnight(basis.From), by));
                    if (basis.Until is { } until) Put("legalBasis", id, basis.Document, "until", new Known.Instant(VenueZone.Midnight(until.AddDays(1)), by));
                    break;
                case VenueEvent.LegalBasisWithdrawn f: _told.Forget("legalBasis", f.BasisId.ToString()); break;
            }
        }

        void Take(DeviceEvent fact, Recorded recorded)
        {
            _lines[fact.DeviceId] = DeviceTimeline.Extend(_lines.GetValueOrDefault(fact.DeviceId), fact, recorded);
            var by = recorded.EventId;
            switch (fact)
            {
                case DeviceEvent.Registered { Spec: CameraSpec camera } f:
                    Device(f, camera.PlaceRu, "camera", "purpose", new Known.Text($"{camera.Purpose}", by));
                    Device(f, camera.PlaceRu, "camera", "entrance", new Known.Flag(camera.Purpose == CameraPurpose.Entrance, by));
                    Device(f, camera.PlaceRu, "camera", "outside", new Known.Flag(camera.Purpose == CameraPurpose.Outside, by));
                    break;
                case DeviceEvent.Registered { Spec: FireAlarmSpec alarm } f:
                    Device(f, alarm.PlaceRu, "fireAlarm", "testedAt", Midnight(alarm.LastTest, by));
                    Device(f, alarm.PlaceRu, "fireAlarm", "servicedAt", Midnight(alarm.LastService, by));
                    break;
                case DeviceEvent.Registered { Spec: ExitSpec exit } f:
                    Device(f, exit.PlaceRu, "exit", "clearWidth", new Known.Number(exit.ClearWidthMm / 1000m, by));
                    Device(f, exit.PlaceRu, "exit", "clearHeight", new Known.Number(exit.ClearHeightMm / 1000m, by));
                    Device(f, exit.PlaceRu, "exit", "opens", new Known.Text($"{exit.Opening}", by));
                    Device(f, exit.PlaceRu, "exit", "lock", new Known.Text($"{exit.Lock}", by));
                    break;
                case DeviceEvent.Admitted f: Measured(f, f.Measured, by); break;
                case DeviceEvent.PanelTested { Passed: true } f: Device(f, "", "fireAlarm", "testedAt", Midnight(f.Day, by)); break;
                case DeviceEvent.Serviced f: Device(f, "", "fireAlarm", "servicedAt", Midnight(f.Day, by)); break;
                case DeviceEvent.VerdictChanged { Kind: DeviceKind.Camera } f:
                    Measured(f, f.Measured, by);
                    _seenBy[f.DeviceId] = by;
                    Device(f, "", "camera", "onlineNow", f.To.Availability() is Availability.Unknown ? null : new Known.Flag(f.To == Verdict.Online, by), Provenance.Measured);
                    break;
                case DeviceEvent.VerdictChanged { Kind: DeviceKind.FireAlarm } f:
                    Reported(f, "fireAlarm", "state", new Known.Text(f.To == Verdict.Ready ? "normal" : $"{f.To}", by));
                    break;
                case DeviceEvent.VerdictChanged { Kind: DeviceKind.Exit } f:
                    Reported(f, "exit", "free", new Known.Flag(f.To == Verdict.Clear, by));
                    break;
                case DeviceEvent.Retired f:
                    foreach (var kind in (string[])["camera", "fireAlarm", "exit"]) _told.Forget(kind, f.DeviceId.ToString());
                    break;
            }
        }

        /// <summary>One that runs has lasted until now; one whose duty ended needs no repair from then on.</summary>
        void Take(OutageEvent fact, Recorded recorded)
        {
            var by = recorded.EventId;
            switch (fact)
            {
                case OutageEvent.Opened f:
                    Put("device", new Known.Text($"{f.Kind}", by));
                    Put("detectedAt", new Known.Instant(recorded.RecordedAt, by));
                    Put("lastedUntil", new Known.Instant(at));
                    break;
                case OutageEvent.Closed { EndedAt: var ended }: End(ended); break;
                case OutageEvent.DutyEnded { EndedAt: var ended }: End(ended); break;
            }

            void End(DateTimeOffset ended)
            {
                Put("repairedAt", new Known.Instant(ended, by));
                Put("lastedUntil", new Known.Instant(ended, by));
            }

            void Put(string name, Known known) => _told.Say("outage", fact.OutageId.ToString(), "", name, known, Provenance.Measured);
        }

        /// <summary>Read from the media itself, so it proves an open protocol too.</summary>
        void Measured(DeviceEvent fact, Measured? measured, Guid by)
        {
            if (measured is null) return;
            void Set(string name, Known? known) { if (known is not null) Device(fact, "", "camera", name, known, Provenance.Measured); }
            Set("protocols", new Known.Texts(["RTSP"], by));
            Set("codec", measured.Codec is { } codec ? new Known.Text(codec, by) : null);
            Set("width", measured.Width is { } width ? new Known.Number(width, by) : null);
            Set("height", measured.Height is { } height ? new Known.Number(height, by) : null);
            Set("fps", measured.Fps is { } fps ? new Known.Number((decimal)fps, by) : null);
            Set("bitrate", measured.BitrateKbps is { } kbps ? new Known.Number((decimal)kbps / 1000, by) : null);
            Set("clockOffset", measured.ClockOffsetMs is { } ms ? new Known.Number(Math.Abs((decimal)ms) / 1000, by) : null);
        }

        /// <summary>A person's word on a device, unless it speaks for itself. That it fails outlives what an inspector saw before; that it is well again does not.</summary>
        void Reported(DeviceEvent.VerdictChanged fact, string kind, string name, Known known)
        {
            if (_supervision.Take(fact, kind, name, known, known.By!.Value, _told)) return;
            var holds = fact.To.Availability();
            Device(fact, "", kind, name, holds == Availability.Unknown ? null : known);
            if (holds == Availability.Down) Device(fact, "", kind, name, null, Provenance.Inspector);
        }

        void Take(InspectionEvent fact, Recorded recorded)
        {
            switch (fact)
            {
                case InspectionEvent.Scheduled f: _visits[f.InspectionId] = new(f.Kind == InspectionKind.SelfCheck ? Provenance.Owner : Provenance.Inspector, []); break;
                case InspectionEvent.ItemRecorded f:
                    _visits[f.InspectionId].Items.RemoveAll(item => item.Said.RuleId == f.RuleId);
                    _visits[f.InspectionId].Items.Add((f, recorded.EventId, recorded.RecordedAt));
                    break;
                case InspectionEvent.ActIssued or InspectionEvent.SelfCheckCompleted: Believe(fact.InspectionId); break;
            }
        }

        /// <summary>What was said in a visit is known from now on. Of a device that is gone nothing is known.</summary>
        public void Believe(Guid visit)
        {
            if (!_visits.Remove(visit, out var said)) return;
            foreach (var (item, by, when) in said.Items)
            {
                foreach (var list in item.Listings.Where(l => Counts(l.Kind, "")))
                {
                    foreach (var thing in list.Things) _told.Name(list.Kind, thing.ThingId, thing.Label, said.From);
                    if (!list.All) continue;
                    var all = list.Things.Select(t => t.ThingId).ToHashSet();
                    _told.Only(list.Kind, all, said.From);
                    if (list.Kind == "guardShift") _guards.Counted(all, when);
                    _complete.Add(list.Kind);
                }

                foreach (var s in item.Statements.Where(s => Counts(s.Kind, s.Attribute)))
                {
                    var id = s.Kind == Vocabulary.Venue ? venueId.ToString() : s.ThingId;
                    if (!Vocabulary.Registered.Contains(s.Kind) || _told.Has(s.Kind, id)) _told.Say(s.Kind, id, s.Label, s.Attribute, s.Value with { By = by }, said.From);
                }

                // Who stood there another night says nothing of this one; and who keeps a sheet of his guards says it there and nowhere else.
                bool Counts(string kind, string attribute) => (kind != "guardShift" && attribute != "headcount")
                    || (Night.Of(when) == Night.Of(at) && (said.From == Provenance.Inspector || !_guards.Kept.Contains(kind)));
            }
        }

        void Venue(string name, Known known) => Put(Vocabulary.Venue, venueId.ToString(), "", name, known);

        void Device(DeviceEvent fact, string label, string kind, string name, Known? known, Provenance from = Provenance.Registered) =>
            _told.Say(kind, fact.DeviceId.ToString(), label, name, known, from);

        void Put(string kind, string id, string label, string name, Known? known) => _told.Say(kind, id, label, name, known, Provenance.Registered);

        static Thing Person(Appointment person) =>
            new("person", $"{person.SubjectId}/{person.Post}", "", new Dictionary<string, Known> { ["post"] = new Known.Text($"{person.Post}") });

        /// <param name="From">Whose word it is.</param>
        sealed record Visit(Provenance From, List<(InspectionEvent.ItemRecorded Said, Guid By, DateTimeOffset At)> Items);

        /// <summary>A paper that has not begun or has ended is no paper.</summary>
        bool Holds(Thing thing) => !(thing["from"] is Known.Instant(var from, _) && from > at) && !(thing["until"] is Known.Instant(var until, _) && until <= at);

        static Known.Instant? Midnight(DateOnly? day, Guid by) => day is { } d ? new(VenueZone.Midnight(d), by) : null;
    }
}
