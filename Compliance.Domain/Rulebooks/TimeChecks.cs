using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Rulebooks;

/// <summary>Checks about when: how old, how long, how much of the time, and in which hours.</summary>
static class TimeChecks
{
    extension(Scene scene)
    {
        DateTimeOffset Now => scene.Facts.At;

        public Judged InForce(string name) => scene.Of(name, Need.InForce, null, true, known =>
            (known is Known.Instant(var until, _) && until >= scene.Now, When(known)));

        public Judged Age(string name, CalendarSpan? max) => scene.Of(name, Need.NotOlderThan, max?.ToString(), max is not null, known =>
            (known is Known.Instant(var at, _) && at <= scene.Now && max is { } span && span.After(at, scene.Holidays) >= scene.Now, When(known)));

        public Judged Lapse(Check.Lapse lapse)
        {
            var (of, name, from) = scene.Find(lapse.From);
            var to = scene.Find(lapse.To).Known as Known.Instant;
            if (from is not Known.Instant(var began, _) || lapse.Max is not { } max)
                return Scene.Ground(Outcome.Unknown, of, name, null, Need.Within, lapse.Max?.ToString(), from);
            var due = max.After(began, scene.Holidays);
            var met = (to?.Value ?? scene.Now) <= due;
            var warned = met && to is null && lapse.Warn is { } warn && scene.Now >= warn.After(began, scene.Holidays);
            return Scene.Ground(
                met ? Outcome.Pass : Outcome.Fail, of, lapse.To, to is null ? null : When(to), Need.Within, When(new Known.Instant(due)), (Known?)to ?? from, warned);
        }

        public Judged Share(Check.Share share)
        {
            var (of, name, known) = scene.Find(share.Attribute);
            if (known is not Known.Line line || share.Min is not { } min)
                return Scene.Ground(Outcome.Unknown, of, name, null, Need.ShareAtLeast, Scene.Say(share.Min), known);
            var (up, against, told, unknown) = Sum(line, share.Over.Before(scene.Now), scene.Now);
            if (up + against <= TimeSpan.Zero || (decimal)(told / (told + unknown)) < share.Known)
                return Scene.Ground(Outcome.Unknown, of, name, null, Need.ShareAtLeast, Scene.Say(min), known);
            var ratio = (decimal)(up / (up + against));
            return Scene.Ground(ratio >= min ? Outcome.Pass : Outcome.Fail, of, name, Scene.Say(ratio), Need.ShareAtLeast, Scene.Say(min), known);
        }

        public Judged Gaps(Check.Gaps gaps)
        {
            var (of, name, known) = scene.Find(gaps.Attribute);
            if (known is not Known.Line(var line, _) || gaps.MaxSeconds is not { } max || scene.Facts.OpeningHours.At(scene.Now).Count == 0)
                return Scene.Ground(Outcome.Unknown, of, name, null, Need.DownAtMost, Scene.Say(gaps.MaxSeconds), known);
            var lost = new List<(decimal Surely, decimal Perhaps)>();
            foreach (var (opens, closes) in scene.Openings(gaps.Over.Before(scene.Now)))
            {
                var to = gaps.After is { } after ? after.After(closes, scene.Holidays) : closes;
                if ((gaps.From is { } late ? OpeningTimes.LateIn(opens, to, late) : opens) is not { } from || from >= scene.Now) continue;
                var (_, down, unknown, _) = AvailabilitySum.Of(line, from, to < scene.Now ? to : scene.Now);
                lost.Add(((decimal)down.TotalSeconds, (decimal)(down + unknown).TotalSeconds));
            }

            if (lost.Count == 0) return new(Outcome.NotApplicable, []);
            var worst = lost.Max(x => x.Surely);
            var outcome = worst > max ? Outcome.Fail : lost.Max(x => x.Perhaps) > max ? Outcome.Unknown : Outcome.Pass;
            return Scene.Ground(outcome, of, name, Scene.Say(Math.Round(worst)), Need.DownAtMost, Scene.Say(max), known);
        }

        public Judged NoneDuring(Check.NoneDuring none)
        {
            var since = none.Over.Before(scene.Now);
            var things = scene.Chosen(none.Of, none.Where).Select(x => (x.Thing, x.Sure, At: x.Thing["at"] as Known.Instant))
                .Where(x => x.At is not { Value: var at }
                    || (at >= since && at <= scene.Now && scene.InWindow(VenueZone.Local(at), none.Weekday, none.Weekend))).ToArray();
            if (things.Length == 0 && scene.Complete(none.Of))
                return new(Outcome.Pass, [new(Outcome.Pass, none.Of, "", "", "", "0", Need.None, null, false, [])]);
            return Judged.AllOf(
            [
                .. things.Select(x => Scene.Ground(
                    x.Sure && x.At is not null ? Outcome.Fail : Outcome.Unknown, x.Thing, "at", x.At is null ? null : When(x.At), Need.None, null, x.At)),
                .. scene.Complete(none.Of) ? (Judged[])[] : [Scene.Lacking(none.Of, Need.None, null)],
            ]);
        }

        public Judged CheckedBeforeOpening(Check.CheckedBeforeOpening check)
        {
            var openings = scene.Openings(scene.Now.AddDays(-8));
            if (openings.Count == 0 || (check.Within is null && check.By is null)) return Scene.Lacking(check.Of, Need.CheckedBy, null);
            var (opens, due) = openings.Select(o => (o.Opens, Due: check.By is { } by ? OpeningTimes.LateIn(o.Opens, o.Closes, by) ?? o.Closes : o.Opens))
                .LastOrDefault(o => o.Due <= scene.Now);
            if (opens == default) return new(Outcome.NotApplicable, []);
            var begins = check.Within is { } within ? within.Before(opens) : opens.AddDays(-1);
            var done = scene.Facts.Of(check.Of).FirstOrDefault(t => t["at"] is Known.Instant(var at, _) && at >= begins && at <= due);
            if (done is not null) return Scene.Ground(Outcome.Pass, done, "at", When(done["at"]!), Need.CheckedBy, When(new Known.Instant(due)), done["at"]);
            return scene.Complete(check.Of)
                ? new(Outcome.Fail, [new(Outcome.Fail, check.Of, "", "", "at", null, Need.CheckedBy, When(new Known.Instant(due)), false, [])])
                : Scene.Lacking(check.Of, Need.CheckedBy, When(new Known.Instant(due)));
        }

        public Judged Trading(TimeOnly? from)
        {
            if (scene.Facts.OpeningHours.At(scene.Now).Count == 0) return Scene.Lacking(Vocabulary.Venue, Need.Trading, null);
            var trades = scene.Openings(scene.Now.AddDays(-2)).Any(o =>
                scene.Now < o.Closes && (from is not { } late || scene.Now >= OpeningTimes.LateIn(o.Opens, o.Closes, late)));
            return Scene.Ground(trades ? Outcome.Pass : Outcome.Fail, scene.Facts.Venue, "openingHours", null, Need.Trading, from?.ToString("HH:mm", CultureInfo.InvariantCulture), null);
        }

        bool InWindow(DateTimeOffset local, DailyWindow? weekday, DailyWindow? weekend)
        {
            if (weekday is null && weekend is null) return true;
            var free = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
                || scene.Holidays.Contains(local.ToString("MM-dd", CultureInfo.InvariantCulture));
            return ((free ? weekend : weekday) ?? weekend ?? weekday)!.Holds(TimeOnly.FromDateTime(local.DateTime));
        }
    }

    /// <summary>By the formula of availability where the line was attributed (docs/availability.md): what lay in other hands, is contested or was not owed counts for nobody.</summary>
    static (TimeSpan Up, TimeSpan Against, TimeSpan Told, TimeSpan Unknown) Sum(Known.Line line, DateTimeOffset from, DateTimeOffset to)
    {
        if (line.Attributed is not { } pieces)
        {
            var (wasUp, wasDown, notKnown, _) = AvailabilitySum.Of(line.Value, from, to);
            return (wasUp, wasDown, wasUp + wasDown, notKnown);
        }

        var (up, against, others) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        var unknown = pieces[0].From > from ? pieces[0].From - from : TimeSpan.Zero;
        foreach (var piece in pieces)
        {
            var length = (piece.Until < to ? piece.Until : to) - (piece.From > from ? piece.From : from);
            if (length <= TimeSpan.Zero || piece.Owed != Owed.Yes) continue;
            if (piece.Availability == Availability.Up) up += length;
            else if (piece.Availability == Availability.Unknown) unknown += length;
            else if (piece is { Contested: false, Cause: { } cause } && cause.CountsAgainstOwner()) against += length;
            else others += length;
        }

        return (up, against, up + against + others, unknown);
    }

    static string When(Known known) => known is Known.Instant(var at, _) ? at.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture) : "?";
}
