using System.Globalization;

namespace Compliance.Probe.Eyes.Crowds;

/// <summary>How much a second looks like a surge and like two opposed streams, 0 to 1 each.</summary>
internal readonly record struct StreamScores(double Surge, double Opposed);

/// <summary>
/// Movement of many. A surge: many move fast, one way, and did not seconds before. Opposed streams: in one place many go one way and many the other, each keeping its way, for ten seconds;
/// who dances goes to and fro and keeps none. Lengths are body heights.
/// </summary>
internal sealed class Streams
{
    /// <summary>Slower than so many body heights a second nobody goes anywhere.</summary>
    const double Standing = 0.25;

    /// <summary>From the value that scores nothing to the one that scores all: persons, body heights a second (walking is 0.75, running 1.7), how much of all movement goes one way, how many times as much as before.</summary>
    static readonly Rise Many = new(2, 8), Fast = new(0.7, 1.5), OneWay = new(0.5, 0.9), More = new(1.5, 3.5);

    /// <summary>Of each stream persons who go or have just gone; the share of its movement that leads its way.</summary>
    static readonly Rise Stream = new(0.5, 3.5);
    const double Keeps = 0.45;

    /// <summary>Seconds that count as before; opposed streams have to stand in most of the last so many.</summary>
    const int Before = 10, Least = 4, Lasting = 10, Mostly = 8;

    /// <summary>What a frame saw fades by this much with each further one: two seconds. Side of a place, in body heights.</summary>
    const float Fades = 0.95f;
    const double Place = 4;

    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"surge: persons {Many}, speed {Fast}, one way {OneWay}, more {More} than the median of {Before} s; opposed: persons {Stream}, keeping {Keeps}, {Mostly} of {Lasting} s in {Place} heights, fading {Fades}; slower than {Standing} stands; {BodyScale.Configuration}");

    readonly Queue<double> _before = new(), _opposed = new();
    float[] _x = [], _y = [], _way = [], _seen = [];
    double[] _bodies = [];

    /// <summary>One second.</summary>
    /// <param name="fields">What moved in it.</param>
    public StreamScores See(IReadOnlyList<MotionField> fields, BodyScale scale)
    {
        var (columns, rows) = (fields[0].Columns, fields[0].Rows);
        if (_x.Length != columns * rows) (_x, _y, _way, _seen) = (new float[columns * rows], new float[columns * rows], new float[columns * rows], new float[columns * rows]);
        _bodies = [.. Enumerable.Range(0, rows).Select(row => scale.At(row, rows))];
        var speeds = new List<(double Speed, double Persons)>();
        double vx = 0, vy = 0, way = 0;
        foreach (var field in fields)
        {
            for (var i = 0; i < _x.Length; i++)
            {
                (_x[i], _y[i], _way[i], _seen[i]) = (_x[i] * Fades, _y[i] * Fades, _way[i] * Fades, _seen[i] * Fades);
                if (field.Energy[i] <= Blob.Moving) continue;
                var body = _bodies[i / columns];
                var (dx, dy) = (field.X[i] * Frame.Rate / body, field.Y[i] * Frame.Rate / body);
                var speed = Math.Sqrt(dx * dx + dy * dy);
                (_x[i], _y[i], _way[i], _seen[i]) = (_x[i] + (float)dx, _y[i] + (float)dy, _way[i] + (float)speed, _seen[i] + 1);
                if (speed < Standing) continue;
                var persons = 1 / Occupancy.Area(body) / fields.Count;
                speeds.Add((speed, persons));
                (vx, vy, way) = (vx + dx * persons, vy + dy * persons, way + speed * persons);
            }
        }

        var many = speeds.Sum(one => one.Persons);
        var usual = _before.Count < Least ? double.PositiveInfinity : _before.Order().ElementAt(_before.Count / 2);
        _before.Enqueue(way);
        if (_before.Count > Before) _before.Dequeue();
        var surge = Math.Min(
            Math.Min(Many.Of(many), Fast.Of(PairFacts.At(speeds, 0.5))),
            Math.Min(OneWay.Of(Math.Sqrt(vx * vx + vy * vy) / (way + 1e-6)), More.Of(way / (usual + 0.5))));
        _opposed.Enqueue(Stream.Of(Opposed(columns, rows)));
        if (_opposed.Count > Lasting) _opposed.Dequeue();
        return new(surge, _opposed.Count < Lasting ? 0 : _opposed.Order().ElementAt(Lasting - Mostly));
    }

    /// <summary>Persons of the weaker of two opposed streams, at the place where they are most.</summary>
    double Opposed(int columns, int rows)
    {
        var streams = new List<(double X, double Y, double Vx, double Vy, double Persons)>();
        for (var i = 0; i < _x.Length; i++)
        {
            if (_seen[i] < 2) continue;
            var body = _bodies[i / columns];
            var kept = Math.Sqrt(_x[i] * _x[i] + _y[i] * _y[i]);
            if (kept / _seen[i] >= Standing && kept >= Keeps * _way[i]) streams.Add((i % columns, i / columns, _x[i] / kept, _y[i] / kept, 1 / Occupancy.Area(body)));
        }

        var most = 0.0;
        if (streams.Count == 0) return most;
        for (var row = 0; row < rows; row += 4)
            for (var column = 0; column < columns; column += 4)
            {
                var reach = Place / 2 * _bodies[row];
                double cos = 0, sin = 0, plus = 0, minus = 0;
                List<(double Vx, double Vy, double Persons)> here = [.. streams.Where(one => Math.Abs(one.X - column) <= reach && Math.Abs(one.Y - row) <= reach).Select(one => (one.Vx, one.Vy, one.Persons))];
                foreach (var (x, y, persons) in here) (cos, sin) = (cos + persons * (x * x - y * y), sin + persons * 2 * x * y);
                var axis = Math.Atan2(sin, cos) / 2;
                foreach (var (x, y, persons) in here)
                {
                    var along = x * Math.Cos(axis) + y * Math.Sin(axis);
                    if (along > 0.7) plus += persons;
                    else if (along < -0.7) minus += persons;
                }

                most = Math.Max(most, Math.Min(plus, minus));
            }

        return most;
    }
}
