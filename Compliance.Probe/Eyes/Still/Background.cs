using OpenCvSharp;

namespace Compliance.Probe.Eyes.Still;

/// <summary>
/// What one camera shows when nobody is there, and what differs from it now: twice a second. Two pictures are kept in memory, one that takes up what stays for some seconds and one that takes up next
/// to nothing of what differs from it; a cell where the two differ holds something that is new and stays. Pixels are taken as shares of their neighbourhood's brightness and patches are compared by
/// their structure alone, so lamps that swell, flash or fade change little; what is overexposed tells nothing.
/// </summary>
/// <param name="absorbs">For how long something that stays counts as new.</param>
internal sealed class Background(TimeSpan absorbs)
{
    /// <summary>Between two samples; and samples from which the first picture is made.</summary>
    static readonly TimeSpan Between = TimeSpan.FromMilliseconds(450);
    const int First = 10;

    /// <summary>Pixels of a patch's side; a patch differs when what is left of it after the best fit (offset and a gain up to twice) is above so many times the noise, above a step, and above a share of all its structure.</summary>
    const int Patch = 7;
    const double Noises = 2.5, Step = 3.5, Unlike = 0.45, MostGain = 2;

    /// <summary>The last two for what only shifts a little on its spot.</summary>
    const double LittleStep = 2.5, LittleUnlike = 0.15;

    /// <summary>Share of a cell's pixels that differ from which on it differs; overexposed from this luma on.</summary>
    const double OfCell = 0.5;
    const byte Blind = 248;

    /// <summary>The short picture follows by so much a sample (of 256 steps); the long one by this share of what differs, where nothing does.</summary>
    const float Follows = 6, Learns = 0.03f;

    /// <summary>A second in which something else is seen undoes so many of stillness; share of a patch that makes it all of it.</summary>
    const double Disturbs = 4, InPart = 0.1;

    /// <summary>Seconds after which something still is asked whether it is there, or something else is gone; edges of what is gone are so much stronger in the long picture.</summary>
    const double Asked = 6, Gone = 1.2;

    /// <summary>Share of all cells beyond which, for so many samples, it is another view.</summary>
    const double Another = 0.85;
    const int AnotherFor = 20;

    /// <summary>So many views that were left are kept, those that were seen longest. One is gone back to when another view has been seen for so many samples and no more than this share of cells differs from that one;</summary>
    const int MostLeft = 3, BackAfter = 4;
    const double Back = 0.6;

    /// <summary>or when, asked each so many samples, no more than this share differs from one that was seen for longer than what is taken for the view: what covers a lens may be plain and be mixed with what is behind it. Counted with so much noise at most.</summary>
    const int AskedEach = 10;
    const double Again = 0.3, MostNoise = 3;

    /// <summary>What is a larger share of all cells is no thing that is gone, but the lens that was covered or uncovered.</summary>
    const double MostGone = 0.5;

    /// <summary>In words, for the hash of a detector's settings.</summary>
    public static string Configuration => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"background every {Between.TotalSeconds} s, patches of {Patch}, {Noises} noises, {Step} steps, {Unlike} unlike, a little {LittleStep} and {LittleUnlike}, gain {MostGain}, follows {Follows}, learns {Learns}, disturbed {Disturbs}, {InPart}, asked {Asked} s, gone {Gone}, another view {Another} for {AnotherFor}, back to one of {MostLeft} after {BackAfter} within {Back} or each {AskedEach} within {Again}, noise {MostNoise}, no more gone than {MostGone}");

    /// <summary>A view that was left for another one, and from how many samples it was learnt.</summary>
    readonly List<(float[] Long, int Samples)> _left = [];
    float[] _short = [], _long = [];
    double[] _differed = [];
    (int Width, int Height) _size;
    TimeSpan? _last;
    int _samples, _another;
    bool[] _moved = [];

    public int Columns { get; private set; }

    public int Rows { get; private set; }

    /// <summary>Whether it knows the view by now.</summary>
    public bool Knows => _samples >= First;

    /// <summary>Cells that differ from the view now, what they enclose filled.</summary>
    public bool[] Now { get; private set; } = [];

    /// <summary>Cells in which something moved since the sample before.</summary>
    public bool[] Moved { get; private set; } = [];

    /// <summary>For how many seconds each cell has held something new that stays; 0 where nothing does.</summary>
    public double[] Calm { get; private set; } = [];

    /// <summary>Whether a sample was taken of this instant.</summary>
    public bool See(Glance glance)
    {
        if (glance.Frame is not { } frame) return false;
        if (_size != (frame.Width, frame.Height))
        {
            _left.Clear();
            Begin(frame);
        }

        if (glance.Motion is { } motion)
            for (var i = 0; i < _moved.Length; i++) _moved[i] |= motion.Energy[i] > Blob.Moving;
        if (glance.At - _last < Between) return false;
        var seconds = Math.Min((glance.At - _last)?.TotalSeconds ?? 0, 2);
        _last = glance.At;
        (Moved, _moved) = (_moved, new bool[Calm.Length]);
        Take(frame, seconds);
        return true;
    }

    /// <summary>The pictures broke off. The view is known on: what stands before it then is no part of it because nobody looked for a while. Another view is noticed as ever.</summary>
    public void Rest() => _last = null;

    void Begin(Frame frame)
    {
        (_size, Columns, Rows, _samples, _another, _last) = ((frame.Width, frame.Height), frame.Width / MotionField.Cell, frame.Height / MotionField.Cell, 0, 0, null);
        (Calm, Now, _moved, _differed) = (new double[Columns * Rows], new bool[Columns * Rows], new bool[Columns * Rows], new double[Columns * Rows]);
    }

    void Take(Frame frame, double seconds)
    {
        using var even = MotionField.Even(frame);
        even.GetArray(out byte[] pixels);
        var now = Array.ConvertAll(pixels, one => (float)one);
        if (_samples == 0) (_short, _long) = ([.. now], [.. now]);
        var noise = Follow(now);
        if (++_samples <= First)
        {
            for (var i = 0; i < now.Length; i++) _long[i] += (now[i] - _long[i]) / _samples;
            return;
        }

        Now = Filled(Unlikeness(now, _long, noise, frame.Luma));
        var stays = Filled(Unlikeness(_short, _long, noise, frame.Luma));
        Learn(now, stays, seconds);
        Wait(stays, Unlikeness(now, _short, noise, frame.Luma, LittleStep, LittleUnlike), seconds);
        Forget(stays);
        _another = Now.Count(one => one) > Another * Now.Length ? _another + 1 : 0;
        var back = _another >= BackAfter ? Nearest(_left, now, noise, Back) : _samples % AskedEach == 0 ? Nearest(_left.Where(view => view.Samples > _samples), _short, Math.Min(noise, MostNoise), Again) : default;
        if (back.Long is null && _another <= AnotherFor) return;
        _left.Remove(back);
        Leave();
        Begin(frame);
        if (back.Long is null) return;
        // What stands before a view that is there again is as new as it would have been, however the lens was covered meanwhile.
        (_short, _long, _samples) = ([.. now], back.Long, back.Samples);

        (float[] Long, int Samples) Nearest(IEnumerable<(float[] Long, int Samples)> views, float[] picture, double around, double most) => views
            .Select(view => (View: view, Off: Unlikeness(picture, view.Long, around, frame.Luma).Count(one => one))).Where(view => view.Off <= most * Now.Length).OrderBy(view => view.Off).Select(view => view.View).FirstOrDefault();
    }

    /// <summary>What was seen so far is kept, should it be there again.</summary>
    void Leave()
    {
        _left.Add((_long, _samples));
        if (_left.Count > MostLeft) _left.Remove(_left.MinBy(view => view.Samples));
    }

    /// <summary>The short picture goes towards what is seen; how noisy it is around it.</summary>
    double Follow(float[] now)
    {
        var counts = new int[256];
        for (var i = 0; i < now.Length; i++)
        {
            var off = now[i] - _short[i];
            counts[Math.Min(255, (int)(Math.Abs(off) * 4))]++;
            _short[i] += Math.Clamp(off, -Follows, Follows);
        }

        var (seen, at) = (0, 0);
        while ((seen += counts[at]) * 2 < now.Length) at++;
        return 1.48 * (at + 0.5) / 4;
    }

    /// <summary>Where nothing differs the long picture follows; what differs for too long is taken up, whether it stays (at once) or moves on its spot (a screen; bit by bit).</summary>
    void Learn(float[] now, bool[] stays, double seconds)
    {
        for (var cell = 0; cell < Calm.Length; cell++)
        {
            var differs = Now[cell] || stays[cell];
            _differed[cell] = differs ? _differed[cell] + seconds : 0;
            var share = Calm[cell] > absorbs.TotalSeconds ? 1 : !differs || _differed[cell] > 2 * absorbs.TotalSeconds ? Learns : 0;
            if (share == 0) continue;
            var from = share == 1 ? _short : now;
            foreach (var i in Pixels(cell)) _long[i] += share * (from[i] - _long[i]);
        }
    }

    /// <summary>Something that is gone leaves the view behind it, which is new too; where edges are stronger in the long picture, that was the thing, and the view is taken as it is.</summary>
    void Forget(bool[] stays)
    {
        if (!Calm.Any(calm => calm >= Asked)) return;
        var (here, then) = (Edges(_short), Edges(_long));
        foreach (var patch in CellPatch.Of(Columns, Rows, i => stays[i] && Calm[i] >= Asked))
        {
            if (patch.Cells.Count > MostGone * Calm.Length) continue;
            var (now, before) = (0.0, 0.0);
            foreach (var i in patch.Rim(Columns, Rows)) (now, before) = (now + here[i], before + then[i]);
            if (before <= Gone * now) continue;
            foreach (var cell in patch.Around(2, Columns, Rows))
            {
                Calm[cell] = 0;
                foreach (var i in Pixels(cell)) _long[i] = _short[i];
            }
        }
    }

    /// <summary>How long each cell is still. Who stands about shifts a little now and then: of a patch that is disturbed in part no cell is still.</summary>
    void Wait(bool[] stays, bool[] disturbed, double seconds)
    {
        for (var i = 0; i < Calm.Length; i++)
            if (!stays[i]) Calm[i] = 0;
        foreach (var patch in CellPatch.Of(Columns, Rows, i => stays[i]))
        {
            var all = patch.Cells.Count(i => disturbed[i]) > InPart * patch.Cells.Count;
            foreach (var i in patch.Cells) Calm[i] = Math.Max(0, Calm[i] + (all || disturbed[i] ? -Disturbs * seconds : seconds));
        }
    }

    IEnumerable<int> Pixels(int cell)
    {
        var first = cell / Columns * MotionField.Cell * _size.Width + cell % Columns * MotionField.Cell;
        for (var y = 0; y < MotionField.Cell; y++)
            for (var x = 0; x < MotionField.Cell; x++) yield return first + y * _size.Width + x;
    }

    float[] Edges(float[] picture)
    {
        using var mat = Mat.FromPixelData(_size.Height, _size.Width, MatType.CV_32F, picture);
        using Mat across = new(), down = new(), size = new(), cells = new();
        Cv2.Sobel(mat, across, MatType.CV_32F, 1, 0);
        Cv2.Sobel(mat, down, MatType.CV_32F, 0, 1);
        Cv2.Magnitude(across, down, size);
        Cv2.Resize(size, cells, new(Columns, Rows), 0, 0, InterpolationFlags.Area);
        cells.GetArray(out float[] all);
        return all;
    }

    /// <summary>Cells in which one picture is structured otherwise than the other.</summary>
    bool[] Unlikeness(float[] one, float[] other, double noise, byte[] luma, double step = Step, double unlike = Unlike)
    {
        using var a = Mat.FromPixelData(_size.Height, _size.Width, MatType.CV_32F, one);
        using var b = Mat.FromPixelData(_size.Height, _size.Width, MatType.CV_32F, other);
        using Mat aa = a.Mul(a), bb = b.Mul(b), ab = a.Mul(b);
        float[] ma = Means(a), mb = Means(b), maa = Means(aa), mbb = Means(bb), mab = Means(ab);
        var least = Math.Max(step * step, Noises * Noises * noise * noise);
        var marks = new byte[one.Length];
        for (var i = 0; i < marks.Length; i++)
        {
            if (luma[i] >= Blind) continue;
            var (va, vb, both) = (Math.Max(0, maa[i] - ma[i] * ma[i]), Math.Max(0, mbb[i] - mb[i] * mb[i]), mab[i] - ma[i] * mb[i]);
            var gain = vb < 1e-3 ? 1 : Math.Clamp(both / vb, 1 / MostGain, MostGain);
            var left = va - 2 * gain * both + gain * gain * vb;
            if (left > least && left > unlike * (va + gain * gain * vb)) marks[i] = 255;
        }

        using var all = Mat.FromPixelData(_size.Height, _size.Width, MatType.CV_8UC1, marks);
        using var cells = new Mat();
        Cv2.Resize(all, cells, new(Columns, Rows), 0, 0, InterpolationFlags.Area);
        cells.GetArray(out byte[] shares);
        return Array.ConvertAll(shares, share => share >= 255 * OfCell);

        static float[] Means(Mat of)
        {
            using var means = new Mat();
            Cv2.BoxFilter(of, means, MatType.CV_32F, new(Patch, Patch));
            means.GetArray(out float[] values);
            return values;
        }
    }

    /// <summary>A body of one colour differs along its outline only: what outlines enclose belongs to it.</summary>
    bool[] Filled(bool[] cells)
    {
        using var mask = Mat.FromPixelData(Rows, Columns, MatType.CV_8UC1, Array.ConvertAll(cells, one => one ? (byte)1 : (byte)0));
        using var three = Cv2.GetStructuringElement(MorphShapes.Rect, new(3, 3));
        using var closed = new Mat();
        Cv2.CopyMakeBorder(mask, closed, 1, 1, 1, 1, BorderTypes.Constant, new Scalar(0));
        Cv2.MorphologyEx(closed, closed, MorphTypes.Close, three);
        Cv2.FindContours(closed.Clone(), out Point[][] outlines, out _, RetrievalModes.External, ContourApproximationModes.ApproxNone);
        Cv2.DrawContours(closed, outlines, -1, new Scalar(1), -1);
        using var inner = closed[new Rect(1, 1, Columns, Rows)].Clone();
        inner.GetArray(out byte[] filled);
        return Array.ConvertAll(filled, one => one != 0);
    }
}
