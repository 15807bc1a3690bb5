namespace Compliance.Probe.Eyes.Bodies;

/// <summary>Where a mover was at an instant. Places in cells, speeds in body heights a second.</summary>
/// <param name="Wide">Of its patch, in body heights: two who touch are one that is wide.</param>
internal readonly record struct Step(TimeSpan At, double X, double Y, double SpeedX, double SpeedY, double Wide)
{
    public double Speed => Math.Sqrt(SpeedX * SpeedX + SpeedY * SpeedY);
}

/// <summary>A patch that was followed from instant to instant: about a body, known by nothing but where it is. One that stands still stays where it was last.</summary>
internal sealed class Mover(Step first, double body)
{
    const int Remembered = 3 * Frame.Rate;

    /// <summary>In body heights: no body is wider when it runs, or goes farther in a tenth of a second.</summary>
    public const double OneBody = 1.3, OneStep = 0.5;

    /// <summary>Of the speed by place the flow shows at least so much: it loses most of what runs.</summary>
    public const double FlowShare = 0.2;

    readonly List<Step> _steps = [first];

    public TimeSpan Known { get; } = first.At;

    public Step Last => _steps[^1];

    /// <summary>How tall it looks there, in cells.</summary>
    public double Body { get; private set; } = body;

    public void Go(Step step, double body)
    {
        Body = body;
        _steps.Add(step);
        if (_steps.Count > Remembered) _steps.RemoveAt(0);
    }

    /// <summary>How fast it went over a stretch of time, in body heights a second, by where it was: flow loses what runs.</summary>
    public (double X, double Y) Way(TimeSpan from, TimeSpan until)
    {
        var (a, b, seconds) = (Then(from), Then(until), (until - from).TotalSeconds);
        return ((b.X - a.X) / Body / seconds, (b.Y - a.Y) / Body / seconds);
    }

    /// <summary>Whether over a stretch of time it was one body that went on: patches that part or become one jump, or are wide.</summary>
    public bool IsOne(TimeSpan from, TimeSpan until)
    {
        for (var i = 1; i < _steps.Count; i++)
            if (_steps[i].At > from && _steps[i].At <= until && (_steps[i].Wide > OneBody || Apart(_steps[i - 1], _steps[i]) > OneStep * Math.Max(1, (_steps[i].At - _steps[i - 1].At).TotalSeconds * Frame.Rate))) return false;
        return true;
    }

    /// <summary>Whether what moved in the patch went that way too: of two patches that part the middle jumps, and nothing in them goes there.</summary>
    public bool Flows(TimeSpan from, TimeSpan until, double x, double y)
    {
        var (along, count, speed) = (0.0, 0, Math.Sqrt(x * x + y * y));
        foreach (var step in _steps)
            if (step.At > from && step.At <= until) (along, count) = (along + (step.SpeedX * x + step.SpeedY * y) / (speed + 1e-9), count + 1);
        return count > 0 && along / count >= FlowShare * speed;
    }

    /// <summary>In how many instants of a stretch of time it went on in this direction.</summary>
    public int Advances(TimeSpan from, TimeSpan until, double x, double y)
    {
        var count = 0;
        for (var i = 1; i < _steps.Count; i++)
            if (_steps[i].At > from && _steps[i].At <= until && (_steps[i].X - _steps[i - 1].X) * x + (_steps[i].Y - _steps[i - 1].Y) * y > 0.05 * Body * Math.Sqrt(x * x + y * y)) count++;
        return count;
    }

    /// <summary>Where it was at an instant.</summary>
    public Step Then(TimeSpan at) => _steps.FindLast(step => step.At <= at) is { At.Ticks: > 0 } step ? step : _steps[0];

    /// <summary>How far apart, in body heights of this one.</summary>
    public double Apart(Step own, Step other) => Math.Sqrt((own.X - other.X) * (own.X - other.X) + (own.Y - other.Y) * (own.Y - other.Y)) / Body;
}

/// <summary>Follows the patches that move in one camera's picture for as long as they are in it.</summary>
internal sealed class Movers(BodyScale scale)
{
    /// <summary>Share of a person's area from which on a patch is a body; reach, in body heights, within which it is the same one, and how much farther it may be for each body height a second.</summary>
    const double Least = 0.15, Reach = 0.5, Ahead = 0.15;

    /// <summary>One that stands is remembered for so long, one that went out of the picture not at all.</summary>
    static readonly TimeSpan Stands = TimeSpan.FromSeconds(30), Leaves = TimeSpan.FromSeconds(0.5);
    const int Edge = 2;

    public static string Configuration => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"bodies from {Least} of an area, the same within {Reach} and {Ahead} a speed, standing {Stands.TotalSeconds} s, one up to {Mover.OneBody} wide and {Mover.OneStep} a step, flow {Mover.FlowShare}; {BodyScale.Configuration}");

    readonly List<Mover> _all = [];

    public IReadOnlyList<Mover> All => _all;

    public void See(TimeSpan at, MotionField field)
    {
        var blobs = Blob.Of(field);
        scale.Note(blobs);
        var free = _all.ToHashSet();
        foreach (var blob in blobs)
        {
            var body = scale.At(blob.Y, field.Rows);
            if (blob.Cells < Least * Crowds.Occupancy.Area(body)) continue;
            var step = new Step(at, blob.X, blob.Y, blob.SpeedX * Frame.Rate / body, blob.SpeedY * Frame.Rate / body, blob.Width / body);
            var same = free.Where(mover => Off(mover, step) <= Reach + Ahead * mover.Last.Speed).MinBy(mover => Off(mover, step));
            if (same is null) _all.Add(new(step, body));
            else
            {
                free.Remove(same);
                same.Go(step, body);
            }
        }

        _all.RemoveAll(mover => at - mover.Last.At > (IsAtEdge(mover.Last, field) ? Leaves : Stands));
    }

    /// <summary>From where it would be by now, had it gone on.</summary>
    static double Off(Mover mover, Step step)
    {
        var seconds = Math.Min(0.5, (step.At - mover.Last.At).TotalSeconds);
        return mover.Apart(mover.Last with { X = mover.Last.X + mover.Last.SpeedX * mover.Body * seconds, Y = mover.Last.Y + mover.Last.SpeedY * mover.Body * seconds }, step);
    }

    static bool IsAtEdge(Step step, MotionField field) => step.X < Edge || step.Y < Edge || step.X >= field.Columns - Edge || step.Y >= field.Rows - Edge;
}
