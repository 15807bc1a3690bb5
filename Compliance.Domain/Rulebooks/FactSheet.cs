using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>
/// Folds stored facts into what was known of a venue at an instant. What was recorded later is not known yet, so an answer as
/// of a past day never changes, whatever is learned afterwards.
/// </summary>
public static class FactSheet
{
    /// <param name="facts">The streams of the venue, its devices (retired ones too) and their outages, each whole and in order.</param>
    /// <returns>Null when the venue was not registered yet.</returns>
    public static VenueFacts? Of(Guid venueId, DateTimeOffset at, IReadOnlyList<Recorded> facts)
    {
        var sheet = new Sheet(venueId, at);
        foreach (var recorded in facts)
            if (recorded.RecordedAt <= at && EventCatalog.Decode(recorded) is { } fact) sheet.Take(fact, recorded);
        return sheet.Facts;
    }

    sealed class Sheet(Guid venueId, DateTimeOffset at)
    {
        readonly Dictionary<(string Kind, string Id), (string Label, Dictionary<string, Known> Known)> _things = [];
        readonly Dictionary<Guid, DeviceTimeline?> _lines = [];
        IReadOnlyList<OpeningHours>? _hours;
        IReadOnlyList<Appointment> _people = [];

        public VenueFacts? Facts => _hours is null ? null : new(
            venueId, at, Thing(Vocabulary.Venue, venueId.ToString()),
            _things.Where(t => t.Key.Kind != Vocabulary.Venue && Holds(t.Value.Known)).Select(t => Thing(t.Key.Kind, t.Key.Id))
                .Concat(_people.Where(p => p.HoldsOn(VenueZone.Day(at))).Select(Person))
                .GroupBy(t => t.Kind).ToDictionary(kind => kind.Key, kind => (IReadOnlyList<Thing>)[.. kind]),
            Vocabulary.Registered, _hours);

        public void Take(object fact, Recorded recorded)
        {
            switch (fact)
            {
                case VenueEvent ofVenue: Take(ofVenue, recorded); break;
                case DeviceEvent ofDevice: Take(ofDevice, recorded); break;
                case OutageEvent ofOutage: Take(ofOutage, recorded); break;
            }
        }

        void Take(VenueEvent fact, Recorded recorded)
        {
            var by = recorded.EventId;
            switch (fact)
            {
                case VenueEvent.Registered f:
                    _hours = f.OpeningHours;
                    Venue("uto", new Known.Flag(f.Details.Uto, by));
                    Venue("capacity", new Known.Number(f.Capacity, by));
                    break;
                case VenueEvent.DetailsCorrected f: Venue("uto", new Known.Flag(f.Details.Uto, by)); break;
                case VenueEvent.CapacitySet f: Venue("capacity", new Known.Number(f.Capacity, by)); break;
                case VenueEvent.OpeningHoursSet f: _hours = f.OpeningHours; break;
                case VenueEvent.PersonAppointed f: _people = _people.Appoint(f.Appointment); break;
                case VenueEvent.PersonRelieved f: _people = _people.Relieve(f); break;
                case VenueEvent.LegalBasisGranted { Basis: var basis }:
                    var id = basis.BasisId.ToString();
                    Put("legalBasis", id, basis.Document, "kind", new Known.Text($"{basis.Kind}", by));
                    Put("legalBasis", id, basis.Document, "document", new Known.Text(basis.Document, by));
                    Put("legalBasis", id, basis.Document, "from", new Known.Instant(VenueZone.Midnight(basis.From), by));
                    if (basis.Until is { } until) Put("legalBasis", id, basis.Document, "until", new Known.Instant(VenueZone.Midnight(until.AddDays(1)), by));
                    break;
                case VenueEvent.LegalBasisWithdrawn f: _things.Remove(("legalBasis", f.BasisId.ToString())); break;
            }
        }

        void Take(DeviceEvent fact, Recorded recorded)
        {
            var line = _lines[fact.DeviceId] = DeviceTimeline.Extend(_lines.GetValueOrDefault(fact.DeviceId), fact, recorded);
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
                    Device(f, "", "camera", "online", new Known.Line(line!.Stretches, by));
                    Device(f, "", "camera", "onlineNow", f.To.Availability() is Availability.Unknown ? null : new Known.Flag(f.To == Verdict.Online, by));
                    break;
                case DeviceEvent.VerdictChanged { Kind: DeviceKind.FireAlarm } f:
                    Device(f, "", "fireAlarm", "state", f.To.Availability() == Availability.Unknown ? null : new Known.Text(f.To == Verdict.Ready ? "normal" : $"{f.To}", by));
                    break;
                case DeviceEvent.VerdictChanged { Kind: DeviceKind.Exit } f:
                    Device(f, "", "exit", "free", f.To.Availability() == Availability.Unknown ? null : new Known.Flag(f.To == Verdict.Clear, by));
                    break;
                case DeviceEvent.Retired f:
                    foreach (var kind in (string[])["camera", "fireAlarm", "exit"]) _things.Remove((kind, f.DeviceId.ToString()));
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

            void Put(string name, Known known) => this.Put("outage", fact.OutageId.ToString(), "", name, known);
        }

        /// <summary>Read from the media itself, so it proves an open protocol too.</summary>
        void Measured(DeviceEvent fact, Measured? measured, Guid by)
        {
            if (measured is null) return;
            void Set(string name, Known? known) { if (known is not null) Device(fact, "", "camera", name, known); }
            Set("protocols", new Known.Texts(["RTSP"], by));
            Set("codec", measured.Codec is { } codec ? new Known.Text(codec, by) : null);
            Set("width", measured.Width is { } width ? new Known.Number(width, by) : null);
            Set("height", measured.Height is { } height ? new Known.Number(height, by) : null);
            Set("fps", measured.Fps is { } fps ? new Known.Number((decimal)fps, by) : null);
            Set("bitrate", measured.BitrateKbps is { } kbps ? new Known.Number((decimal)kbps / 1000, by) : null);
            Set("clockOffset", measured.ClockOffsetMs is { } ms ? new Known.Number(Math.Abs((decimal)ms) / 1000, by) : null);
        }

        void Venue(string name, Known known) => Put(Vocabulary.Venue, venueId.ToString(), "", name, known);

        void Device(DeviceEvent fact, string label, string kind, string name, Known? known) => Put(kind, fact.DeviceId.ToString(), label, name, known);

        void Put(string kind, string id, string label, string name, Known? known)
        {
            if (!_things.TryGetValue((kind, id), out var thing)) _things[(kind, id)] = thing = (label, []);
            if (known is null) thing.Known.Remove(name);
            else thing.Known[name] = known;
        }

        Thing Thing(string kind, string id) => new(kind, id, _things[(kind, id)].Label, _things[(kind, id)].Known);

        static Thing Person(Appointment person) =>
            new("person", $"{person.SubjectId}/{person.Post}", "", new Dictionary<string, Known> { ["post"] = new Known.Text($"{person.Post}") });

        /// <summary>A paper that has not begun or has ended is no paper.</summary>
        bool Holds(Dictionary<string, Known> known) =>
            !(known.GetValueOrDefault("from") is Known.Instant(var from, _) && from > at)
            && !(known.GetValueOrDefault("until") is Known.Instant(var until, _) && until <= at);

        static Known.Instant? Midnight(DateOnly? day, Guid by) => day is { } d ? new(VenueZone.Midnight(d), by) : null;
    }
}
