using System.Collections.Immutable;
using Compliance.Domain.Devices;

namespace Compliance.Probe.Judge;

/// <summary>
/// The gaps of a camera that always comes back in time. Each is too short for an outage; together they leave it dark for a good
/// part of the time, and that is one.
/// </summary>
/// <param name="Gaps">Those that are over, as far back as they count.</param>
/// <param name="Open">The one that lasts.</param>
internal sealed record Darkness(ImmutableArray<(DateTimeOffset From, DateTimeOffset To)> Gaps, (DateTimeOffset From, DateTimeOffset To)? Open, Held? Fault)
{
    public static readonly Darkness None = new([], null, null);

    /// <summary>When we were blind last: what was dark until then may have been ours.</summary>
    DateTimeOffset Blind { get; init; }

    /// <param name="last">The newest picture.</param>
    /// <param name="blind">We could not see: what was dark then says nothing.</param>
    public Darkness Hear(DateTimeOffset at, DateTimeOffset last, bool blind, JudgeSettings settings)
    {
        if (blind) return this with { Open = null, Blind = at };
        if (at - last >= settings.DarkAfter) return (this with { Open = (Open?.From ?? (last > Blind ? last : Blind), at) }).Weigh(at, settings);
        if (Open is null && Gaps.IsEmpty) return this;
        return (Open is { } over ? this with { Gaps = Gaps.Add(over), Open = null } : this).Weigh(at, settings);
    }

    Darkness Weigh(DateTimeOffset at, JudgeSettings settings)
    {
        var begin = at - settings.DarkWithin;
        var gaps = Gaps.IsEmpty || Gaps[0].To > begin ? Gaps : Gaps.RemoveAll(gap => gap.To <= begin);
        var dark = TimeSpan.Zero;
        foreach (var (from, to) in Open is { } open ? gaps.Add(open) : gaps) dark += to - (from > begin ? from : begin);
        var share = dark / settings.DarkWithin;
        return this with { Gaps = gaps, Fault = share > settings.DarkShare ? Told(share) : share > settings.DarkNoMore ? Fault : null };

        Held Told(double now) => new(
            Verdict.Stalled, Fault?.Since ?? (gaps.IsEmpty ? Open!.Value.From : gaps[0].From), Detail.Of(Reason.OftenDark, Math.Round(now * 100), Math.Round(settings.DarkWithin.TotalMinutes)));
    }
}
