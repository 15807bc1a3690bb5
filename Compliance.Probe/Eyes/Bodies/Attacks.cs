using System.Globalization;

namespace Compliance.Probe.Eyes.Bodies;

/// <summary>How much the way bodies move just now looks like a lunge or a chase, 0 to 1. Lengths in body heights; a person walks at 0.75 of them a second and runs at 1.7 and more.</summary>
internal static class Attacks
{
    /// <summary>A lunge: within half a second from standing (at most so fast) to fast, by so much a second and second, straight at another who is so near, over at least such a way, until they all but meet.</summary>
    const double Stood = 0.5, Near = 3.5, Way = 0.6, Meets = 1.1;
    const int Steps = 3;
    static readonly Rise Starts = new(1.5, 5), Straight = new(0.6, 1);

    /// <summary>A chase: two fast ones for a second, one behind the other on one way, neither far nor near nor much nearer than before; with more than three who run that way it is no chase.</summary>
    const double Nearest = 0.4, Farthest = 4.5, Kept = 0.6;
    const int MostRun = 3;
    static readonly Rise Fast = new(0.8, 1.5), OneWay = new(0.6, 1);

    static readonly TimeSpan Half = TimeSpan.FromSeconds(0.5), Second = TimeSpan.FromSeconds(1);

    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"lunge: stood {Stood}, starts {Starts}, straight {Straight}, near {Near}, way {Way} in {Steps} steps, meets {Meets}; chase: fast {Fast}, one way {OneWay}, {Nearest} to {Farthest} apart, kept {Kept}, {MostRun} at most; {Movers.Configuration}");

    public static double Lunge(Movers movers, TimeSpan now) => movers.All.Where(mover => mover.Last.At == now && now - mover.Known >= Second).Max(mover => (double?)Lunge(mover, movers, now)) ?? 0;

    static double Lunge(Mover mover, Movers movers, TimeSpan now)
    {
        var (before, (x, y)) = (mover.Way(now - Second - Half, now - Half - TimeSpan.FromSeconds(0.2)), mover.Way(now - TimeSpan.FromSeconds(0.3), now));
        var speed = Math.Sqrt(x * x + y * y);
        var (slow, then) = (Math.Sqrt(before.X * before.X + before.Y * before.Y), mover.Then(now - Half - TimeSpan.FromSeconds(0.1)));
        var starts = Starts.Of((speed - slow) / Half.TotalSeconds);
        if (slow > Stood || starts == 0 || mover.Apart(then, mover.Last) < Way || mover.Advances(then.At, now, x, y) < Steps || !mover.IsOne(then.At, now) || !mover.Flows(then.At, now, x, y)) return 0;
        var most = 0.0;
        foreach (var other in movers.All)
        {
            if (other == mover || now - other.Known < Second) continue;
            var (was, stands) = (other.Then(now - Half), other.Last);
            if (mover.Apart(then, was) > Near || mover.Apart(mover.Last, stands) > Meets || mover.Apart(mover.Last, stands) >= mover.Apart(then, was)) continue;
            most = Math.Max(most, Math.Min(starts, Straight.Of(Along(x, y, was.X - then.X, was.Y - then.Y))));
        }

        return most;
    }

    public static double Chase(Movers movers, TimeSpan now)
    {
        var fast = new List<(Mover Mover, double X, double Y, double Speed)>();
        foreach (var mover in movers.All.Where(mover => mover.Last.At == now && now - mover.Known >= Second && mover.IsOne(now - Second, now)))
            if (mover.Way(now - Second, now) is var (x, y) && Math.Sqrt(x * x + y * y) is var speed && speed > Fast.From && mover.Flows(now - Second, now, x, y)) fast.Add((mover, x, y, speed));
        var most = 0.0;
        foreach (var front in fast)
            foreach (var rear in fast)
            {
                if (front.Mover == rear.Mover || fast.Count(one => Along(one.X, one.Y, front.X, front.Y) > 0.7) > MostRun) continue;
                var (apart, before) = (rear.Mover.Apart(rear.Mover.Last, front.Mover.Last), rear.Mover.Apart(rear.Mover.Then(now - Second), front.Mover.Then(now - Second)));
                if (Math.Min(apart, before) < Nearest || Math.Max(apart, before) > Farthest || Math.Abs(apart - before) > Kept * before) continue;
                var line = Math.Min(Along(front.X, front.Y, rear.X, rear.Y), Along(rear.X, rear.Y, front.Mover.Last.X - rear.Mover.Last.X, front.Mover.Last.Y - rear.Mover.Last.Y));
                most = Math.Max(most, Math.Min(Fast.Of(Math.Min(front.Speed, rear.Speed)), OneWay.Of(line)));
            }

        return most;
    }

    /// <summary>1: the same direction; -1: the opposite one.</summary>
    static double Along(double ax, double ay, double bx, double by) => (ax * bx + ay * by) / (Math.Sqrt((ax * ax + ay * ay) * (bx * bx + by * by)) + 1e-9);
}
