namespace Compliance.Probe.Look;

/// <summary>How a clock in the picture runs beside another clock.</summary>
internal enum Pace { Unread, Runs, Stands, Jumps, Off }

/// <summary>What some readings of one clock come to. A reading or two that are wrong accuse nobody.</summary>
/// <param name="Ahead">Seconds the clock in the picture is ahead of the other, within one <paramref name="Round"/>; of one that runs.</param>
/// <param name="Round">Seconds after which the same reading comes again.</param>
/// <param name="Figure">Seconds it stood or jumped by, or how many seconds it makes of one.</param>
internal readonly record struct ClockPace(Pace Pace, double Ahead, int Round, double Figure)
{
    /// <summary>A reading is of a whole second.</summary>
    const double Same = 1.2;

    const int Fewest = 4;
    const double MostAgree = 0.8, MostRead = 0.6, StandsFor = 5, JumpsBy = 3, PaceOver = 8, PaceBy = 0.15;

    static readonly ClockPace Unread = new(Pace.Unread, 0, 60, 0);

    /// <param name="seconds">When each was read, by the other clock, seconds.</param>
    public static ClockPace Of(IReadOnlyList<double> seconds, IReadOnlyList<ClockReading?> readings)
    {
        var read = seconds.Zip(readings).Where(x => x.Second is not null).Select(x => (At: x.First, Said: x.Second!.Value)).ToArray();
        if (read.Length < Fewest || read.Length < MostRead * readings.Count) return Unread;
        var round = read.Count(r => r.Said.Minute is not null) >= MostRead * read.Length ? 3600 : 60;
        if (round == 3600) read = [.. read.Where(r => r.Said.Minute is not null)];
        var first = read[0].Said.Seconds - read[0].At;
        var off = read.Select(r => Wrap(r.Said.Seconds - r.At - first, round)).ToArray();
        var middle = off.Order().ElementAt(off.Length / 2);
        if (off.Count(o => Math.Abs(o - middle) <= Same) >= MostAgree * off.Length) return new(Pace.Runs, Wrap(first + middle, round), round, 0);
        var span = read[^1].At - read[0].At;
        if (span >= StandsFor && read.All(r => r.Said == read[0].Said)) return new(Pace.Stands, 0, round, Math.Round(span));
        if (Jump(off, round) is { } jump) return new(Pace.Jumps, 0, round, jump);
        return span >= PaceOver && Slope([.. read.Select(r => r.At - read[0].At)], off) is { } slope ? new(Pace.Off, 0, round, Math.Round(1 + slope, 2)) : Unread;
    }

    /// <summary>The nearest way round.</summary>
    public static double Wrap(double seconds, double round) => seconds - (round * Math.Round(seconds / round));

    /// <summary>Both sides of a jump run as they should.</summary>
    static double? Jump(double[] off, int round)
    {
        for (var at = 2; at <= off.Length - 2; at++)
        {
            var (before, after) = (off[..at], off[at..]);
            var by = Wrap(after.Average() - before.Average(), round);
            if (Spread(before) <= Same && Spread(after) <= Same && Math.Abs(by) >= JumpsBy) return Math.Round(by);
        }

        return null;
    }

    static double Spread(double[] values) => values.Max() - values.Min();

    static double? Slope(double[] at, double[] off)
    {
        var (x, y) = (at.Average(), off.Average());
        var slope = at.Zip(off, (a, o) => (a - x) * (o - y)).Sum() / at.Sum(a => (a - x) * (a - x));
        return Math.Abs(slope) >= PaceBy && at.Zip(off, (a, o) => Math.Abs(o - y - (slope * (a - x)))).All(rest => rest <= Same) ? slope : null;
    }
}
