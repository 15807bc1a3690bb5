using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>One thing that was done about the right of police to see a venue's cameras.</summary>
/// <param name="Post">What whoever did it held at the venue on that day; null for an official.</param>
public sealed record AccessAct(DateTimeOffset At, string Actor, Post? Post, LegalBasis Basis, string? Withdrawn, Guid EventId);

/// <summary>On what ground police could see a venue's cameras within a period, and what was done about it. Computed from stored facts and from nothing else.</summary>
/// <param name="Cameras">That stood in the register at some time of the period.</param>
/// <param name="Days">Of the period that began, and <paramref name="DaysCovered"/>: on which some basis was in force.</param>
/// <param name="Facts">All facts it rests on; their place here is their number in the ledger.</param>
public sealed record AccessLedger(
    Guid VenueId, Period Period, VenuePapers Papers, IReadOnlyList<DeviceAudit> Cameras, IReadOnlyList<AccessAct> Acts, int Days, int DaysCovered, IReadOnlyList<Recorded> Facts)
{
    /// <summary>How the ledger follows from the facts; a new name when the rule changes.</summary>
    public const string Formula = "access-ledger.v1";

    /// <param name="facts">The streams of the venue and its devices, each whole.</param>
    /// <returns>Null when the venue was not registered before the period ended.</returns>
    public static AccessLedger? Of(Guid venueId, Period period, IReadOnlyList<Recorded> facts)
    {
        if (VenueAudit.Of(venueId, period, [.. facts.Where(f => f.Stream.Category is "venue" or "device")]) is not { } audit) return null;
        var (acts, bases, people) = (new List<AccessAct>(), new Dictionary<Guid, LegalBasis>(), new List<Appointment>());
        foreach (var recorded in facts.Where(f => f.Stream == new StreamId("venue", venueId) && f.RecordedAt < period.To).OrderBy(f => f.Revision))
        {
            switch (EventCatalog.Decode(recorded))
            {
                case VenueEvent.PersonAppointed f: people.Add(f.Appointment); break;
                case VenueEvent.PersonRelieved f: people = [.. people.Select(a => a.Is(f.SubjectId, f.Post) && !(a.Until < f.Until) ? a with { Until = f.Until } : a)]; break;
                case VenueEvent.LegalBasisGranted { Basis: var basis }: Note(recorded, bases[basis.BasisId] = basis, null); break;
                case VenueEvent.LegalBasisWithdrawn f when bases.TryGetValue(f.BasisId, out var basis): Note(recorded, basis, f.Reason); break;
            }
        }

        DeviceAudit[] cameras = [.. audit.Devices.Where(d => d.Spec.Kind == DeviceKind.Camera)];
        var days = DaysOf(period).ToArray();
        HashSet<Guid> cited = [.. audit.Papers.RestsOn, .. cameras.SelectMany(c => c.RestsOn), .. acts.Select(a => a.EventId)];
        return new(venueId, period, audit.Papers, cameras, acts, days.Length, days.Count(day => audit.Papers.Bases.Any(held => IsCovered(day, held))), [.. facts.Where(f => cited.Contains(f.EventId)).OrderBy(f => f.Position)]);

        void Note(Recorded recorded, LegalBasis basis, string? withdrawn)
        {
            if (recorded.RecordedAt < period.From) return;
            var day = VenueZone.Day(recorded.RecordedAt);
            var post = people.Where(a => recorded.Origin.Actor == $"user:{a.SubjectId}" && a.HoldsOn(day)).Select(a => (Post?)a.Post).FirstOrDefault();
            acts.Add(new(recorded.RecordedAt, recorded.Origin.Actor, post, basis, withdrawn, recorded.EventId));
        }
    }

    /// <summary>A basis covers a day on which it was in force to the end; one that is withdrawn covers its last day no more.</summary>
    static bool IsCovered(DateOnly day, BasisHeld held) => held.Basis.HoldsOn(day) && !(held.WithdrawnAt < VenueZone.Midnight(day.AddDays(1)));

    static IEnumerable<DateOnly> DaysOf(Period period)
    {
        for (var day = VenueZone.Day(period.From); VenueZone.Midnight(day) < period.To; day = day.AddDays(1)) yield return day;
    }
}
