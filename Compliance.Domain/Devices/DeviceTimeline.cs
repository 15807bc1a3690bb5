using Compliance.Domain.Kernel;

namespace Compliance.Domain.Devices;

/// <summary>A stretch of one verdict; <paramref name="Until"/> is null for the one that holds now.</summary>
/// <param name="Detail">Why it was held, as the fact says it.</param>
public sealed record Stretch(Verdict Verdict, DateTimeOffset From, DateTimeOffset? Until, Guid EventId, string Detail = "")
{
    /// <summary>The blurred picture it rests on; null where there is none.</summary>
    public Still? Still { get; init; }

    /// <summary>The fact that holds what the device itself answered; null where there is none.</summary>
    public Guid? AnswerEventId { get; init; }
}

/// <summary>The picture a verdict rests on, as the log knows it.</summary>
/// <param name="KeptAt">When it came in.</param>
/// <param name="Sha256">Of the JPEG, hexadecimal.</param>
public sealed record Still(DateTimeOffset KeptAt, string Sha256);

/// <summary>
/// What was held true of one device over the last ninety days, without gaps: before its first verdict it is unknown.
/// Older stretches are dropped as new ones come (the log keeps them). A verdict that reaches back (an outage begins at the
/// last good access unit) shortens the stretch before it.
/// </summary>
public sealed record DeviceTimeline(Guid DeviceId, Guid VenueId, DeviceKind Kind, IReadOnlyList<Stretch> Stretches)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    public static readonly View<DeviceTimeline> View = new(
        "device-timeline", 4, fact => (fact as DeviceEvent)?.DeviceId, Apply, line => line.VenueId, line => line.DeviceId.ToString("N"));

    static DeviceTimeline? Apply(DeviceTimeline? line, object fact, Recorded recorded)
    {
        var next = Extend(line, fact, recorded);
        return fact is DeviceEvent.VerdictChanged ? next?.Trim(recorded.RecordedAt - Kept) : next;
    }

    /// <summary>The line after one more fact, with nothing dropped: an audit looks back further than a page.</summary>
    internal static DeviceTimeline? Extend(DeviceTimeline? line, object fact, Recorded recorded) => (line, fact) switch
    {
        (null, DeviceEvent.Registered f) => new(
            f.DeviceId, f.VenueId, f.Spec.Kind, [new(Verdict.Unknown, recorded.RecordedAt, null, recorded.EventId)]),
        ({ }, DeviceEvent.VerdictChanged f) => line.With(new(f.To, f.Since, null, recorded.EventId, f.Detail)),
        ({ Stretches: [.., var last] }, DeviceEvent.StillKept f) => line with
        {
            Stretches = [.. line.Stretches.SkipLast(1), last with { Still = new(f.KeptAt, f.Sha256) }],
        },
        ({ Stretches: [.., var last] }, DeviceEvent.AnswerKept) => line with
        {
            Stretches = [.. line.Stretches.SkipLast(1), last with { AnswerEventId = recorded.EventId }],
        },
        ({ }, DeviceEvent.Retired f) => line with { Stretches = Cut(line.Stretches, f.At) },
        _ => line,
    };

    DeviceTimeline With(Stretch next) => this with { Stretches = Cut(Stretches, next.From, next) };

    /// <summary>What lies before an instant, and what follows it. Stretches have no gaps, so only the last one can reach over.</summary>
    static Stretch[] Cut(IReadOnlyList<Stretch> stretches, DateTimeOffset at, params ReadOnlySpan<Stretch> next)
    {
        var kept = stretches.Count;
        while (kept > 0 && stretches[kept - 1].From >= at) kept--;
        var line = new Stretch[kept + next.Length];
        for (var i = 0; i < kept; i++) line[i] = stretches[i];
        if (kept > 0 && !(line[kept - 1].Until <= at)) line[kept - 1] = line[kept - 1] with { Until = at };
        next.CopyTo(line.AsSpan(kept));
        return line;
    }

    DeviceTimeline Trim(DateTimeOffset horizon) => Stretches[0].Until is { } until && until < horizon
        ? this with { Stretches = [.. Stretches.SkipWhile(s => s.Until < horizon)] } : this;

    /// <summary>Time spent in each of the three availabilities between two instants, and time not owed; before the first stretch it is unknown.</summary>
    public AvailabilitySum Sum(DateTimeOffset from, DateTimeOffset to) => AvailabilitySum.Of(Stretches, from, to);
}

/// <summary>Duration-weighted availability of one device: up, down and unknown always make up the whole that was owed.</summary>
/// <param name="NotOwed">Beside the three: the venue was closed, or no legal basis held.</param>
public sealed record AvailabilitySum(TimeSpan Up, TimeSpan Down, TimeSpan Unknown, TimeSpan NotOwed = default)
{
    /// <summary>Of stretches without gaps; what they do not cover is unknown.</summary>
    public static AvailabilitySum Of(IReadOnlyList<Stretch> stretches, DateTimeOffset from, DateTimeOffset to)
    {
        var (up, down, notOwed) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
        foreach (var stretch in stretches)
        {
            var (begin, end) = (Max(stretch.From, from), Min(stretch.Until ?? to, to));
            if (end <= begin) continue;
            switch (stretch.Verdict.Availability())
            {
                case Availability.Up: up += end - begin; break;
                case Availability.Down: down += end - begin; break;
                case Availability.Unknown when !stretch.Verdict.IsOwed(): notOwed += end - begin; break;
            }
        }

        return new(up, down, (to > from ? to - from : TimeSpan.Zero) - up - down - notOwed, notOwed);
    }

    public static AvailabilitySum operator +(AvailabilitySum a, AvailabilitySum b) =>
        new(a.Up + b.Up, a.Down + b.Down, a.Unknown + b.Unknown, a.NotOwed + b.NotOwed);

    /// <summary>Up / (up + down), 0 to 1; null where nothing is known. Unknown time counts for nobody and is shown beside it.</summary>
    public double? Share => Up + Down > TimeSpan.Zero ? Up / (Up + Down) : null;

    static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
    static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
