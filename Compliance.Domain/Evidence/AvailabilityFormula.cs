using Compliance.Domain.Devices;
using Compliance.Domain.Maintenance;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Evidence;

/// <summary>One device as the formula takes it: its stretches without gaps, all within the time it stood in the register.</summary>
/// <param name="Hours">In which hours it owes its duty, since when; before the first of them at all hours.</param>
public sealed record DeviceLine(Guid DeviceId, Period Counted, IReadOnlyList<Stretch> Stretches, IReadOnlyList<Held<MandatedHours>> Hours);

/// <summary>What else the formula asks of a venue.</summary>
public sealed record VenueLine(
    IReadOnlyList<DeviceLine> Devices, IReadOnlyList<OutageRow> Outages, IReadOnlyList<MaintenanceRow> Maintenance,
    OpeningWeeks OpeningHours);

/// <summary>
/// The formula of attributed availability, published word for word in <c>docs/availability.md</c>. Pure: the same lines always give
/// the same pieces. A change of what it says is a new version, and the old one stays.
/// </summary>
public static class AvailabilityFormula
{
    /// <summary>Three values, nothing attributed: <see cref="AvailabilitySum"/>. Audits printed under it can be computed again.</summary>
    public const string First = "venue-audit.v1";

    /// <summary>In whose hands it lay, by one vantage point.</summary>
    public const string Attributed = "availability.v2";

    /// <summary>
    /// As <see cref="Attributed"/>; where another probe saw the picture, the outage lay on the first one's way. What the probe itself broke is nobody else's, whoever
    /// is named, and a camera it did not call has not answered.
    /// </summary>
    public const string Current = "availability.v3";

    public static readonly IReadOnlyList<string> Versions = [First, Attributed, Current];

    /// <summary>The device's time from the beginning of <see cref="DeviceLine.Counted"/> to its end, in pieces without gaps.</summary>
    /// <param name="silences">Of the same venue: <see cref="Silence.Of"/>.</param>
    /// <param name="version"><see cref="Attributed"/> or <see cref="Current"/>.</param>
    public static IReadOnlyList<Piece> Pieces(DeviceLine device, VenueLine venue, IReadOnlyList<Period> silences, string version = Current)
    {
        var (from, to) = device.Counted;
        var outages = venue.Outages.Where(o => o.DeviceId == device.DeviceId).ToArray();
        var said = outages.SelectMany(o => o.Causes.Select(c => (c.Cause, Time: new Period(c.From, c.Until ?? o.EndedAt ?? to)))).ToArray();
        var contests = outages.SelectMany(o => o.Contests.Where(c => c.Accepted is null)).Select(c => new Period(c.From, c.Until)).ToArray();
        var seenElsewhere = version == Attributed ? [] : outages.Where(o => o.IsContradicted).Select(o => new Period(o.StartedAt, o.EndedAt ?? to)).ToArray();
        var windows = venue.Maintenance.Where(m => m.DeviceIds.Contains(device.DeviceId)).Select(m => m.Excused).OfType<Period>().ToArray();
        var closed = device.Hours.Where(h => h.Value == MandatedHours.OpeningHours)
            .Select(h => device.Counted.Clip(h.From, h.Until)).SelectMany(held => Closed(venue.OpeningHours, held, version)).OrderBy(p => p.From).ToArray();
        IEnumerable<Period> others = [.. said.Select(s => s.Time), .. contests, .. seenElsewhere, .. windows, .. closed, .. silences];
        DateTimeOffset[] cuts =
        [
            .. device.Stretches.Select(s => s.From).Concat(others.SelectMany(p => new[] { p.From, p.To }))
                .Where(at => at > from && at < to).Append(to).Distinct().Order(),
        ];

        var (pieces, stretch, shut, silent) = (new List<Piece>(), 0, new Along(closed), new Along(silences));
        foreach (var end in cuts)
        {
            var begin = pieces.Count == 0 ? from : pieces[^1].Until;
            while (stretch + 1 < device.Stretches.Count && device.Stretches[stretch + 1].From <= begin) stretch++;
            var held = device.Stretches[stretch];
            var owed = !held.Verdict.IsOwed() ? Owed.NoDuty : windows.Any(w => Holds(w, begin)) ? Owed.Maintenance : shut.Holds(begin) ? Owed.OutsideHours : Owed.Yes;
            var isDown = held.Verdict.Availability() == Availability.Down;
            Cause? word = isDown && said.LastOrDefault(s => Holds(s.Time, begin)) is { Time: not null } last ? last.Cause : null;
            if (isDown && version != Attributed && word is null or Cause.Owner && (Detail.IsOfProbe(held.Detail) || (held.Verdict.BringsNoPicture() && seenElsewhere.Any(s => Holds(s, begin)))))
                word = Cause.ProbeFault;
            var next = new Piece(begin, end, held.Verdict, owed, word ?? Unsaid(held, silent.Holds(begin)), isDown && contests.Any(c => Holds(c, begin)));
            if (pieces is [.., var before] && before with { From = begin, Until = end } == next) pieces[^1] = before with { Until = end };
            else pieces.Add(next);
        }

        return pieces;
    }

    /// <summary>The same pieces, without the hours in which the venue was closed.</summary>
    public static IEnumerable<Piece> WhileOpen(IReadOnlyList<Piece> pieces, VenueLine venue, string version = Current)
    {
        var (closed, first) = (Closed(venue.OpeningHours, new(pieces[0].From, pieces[^1].Until), version).ToArray(), 0);
        foreach (var piece in pieces)
        {
            var at = piece.From;
            while (first < closed.Length && closed[first].To <= at) first++;
            for (var i = first; i < closed.Length && closed[i].From < piece.Until; i++)
            {
                if (closed[i].From > at) yield return piece with { From = at, Until = closed[i].From };
                if (closed[i].To > at) at = closed[i].To;
            }

            if (at < piece.Until) yield return piece with { From = at };
        }
    }

    /// <summary>The cause while nobody has named one: the owner's only where the verdict itself proves it.</summary>
    static Cause? Unsaid(Stretch held, bool isVenueSilent) => held.Verdict.Availability() switch
    {
        Availability.Up => null,
        _ when held.Verdict == Verdict.ProbeBlind || Detail.IsOfProbe(held.Detail) => Cause.ProbeFault,
        Availability.Unknown => Cause.Unknown,
        _ => held.Verdict.IsSilence() && isVenueSilent ? Cause.Unknown : Cause.Owner,
    };

    /// <summary>When the venue is closed; hours that nobody named are all hours.</summary>
    static IEnumerable<Period> Closed(OpeningWeeks weeks, Period within, string version) =>
        version == Attributed ? ClosedByWeek(weeks, within) : ClosedBetween(weeks, within);

    static IEnumerable<Period> ClosedBetween(OpeningWeeks weeks, Period within)
    {
        var at = within.From;
        foreach (var (opens, closes) in weeks.OpenTimes(within.From, within.To))
        {
            if (opens > at) yield return new(at, opens < within.To ? opens : within.To);
            if (closes > at) at = closes;
            if (at >= within.To) yield break;
        }

        yield return new(at, within.To);
    }

    /// <summary>As <see cref="Attributed"/> had it: another week ends what was open by the one before.</summary>
    static IEnumerable<Period> ClosedByWeek(OpeningWeeks weeks, Period within)
    {
        for (var i = 0; i < weeks.Weeks.Count; i++)
        {
            if (weeks.Weeks[i].Hours.Count == 0) continue;
            var (at, to) = within.Clip(weeks.Weeks[i].From, i + 1 < weeks.Weeks.Count ? weeks.Weeks[i + 1].From : null);
            foreach (var (opens, closes) in weeks.Weeks[i].Hours.Openings(at.AddDays(-2), to))
            {
                if (opens > at) yield return new(at, opens);
                if (closes > at) at = closes;
            }

            if (at < to) yield return new(at, to);
        }
    }

    static bool Holds(Period period, DateTimeOffset at) => period.From <= at && at < period.To;

    /// <summary>Periods in order that do not overlap, asked of one instant after another.</summary>
    struct Along(IReadOnlyList<Period> periods)
    {
        int _at;

        public bool Holds(DateTimeOffset at)
        {
            while (_at < periods.Count && periods[_at].To <= at) _at++;
            return _at < periods.Count && AvailabilityFormula.Holds(periods[_at], at);
        }
    }
}
