using System.Globalization;
using Compliance.Probe.Eyes.Live;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Somebody who may be on the list was seen: the best of the pictures it was judged by, and of how many.</summary>
/// <param name="Picture">The surroundings of the face, as JPEG; all other faces are outside of it or blurred.</param>
/// <param name="Analysed">Frames since the face came into the picture; <paramref name="Skipped"/>: those that came and nobody looked at.</param>
internal sealed record Candidate(Likeness Likeness, TimeSpan At, int Pictures, FaceQuality Best, byte[] Picture, int Analysed, int Skipped);

/// <summary>
/// Follows the faces of one camera from frame to frame and judges each by several pictures together: three that are good enough to compare, or five smaller ones most of which agree. A face that stays is judged anew
/// after a while, each time after twice as long. Who looks like nobody on the list is forgotten in that instant; who was not seen well enough is forgotten when he is gone. Of whoever was told nothing is
/// kept but whom on the list he looked like, how much and when: for some minutes the same is not told again.
/// </summary>
internal sealed class FaceTracks(FaceFinder finder, FaceRecogniser recogniser, WatchedFaces watched) : IDisposable
{
    public const int Good = 3, Small = 5, Agree = 4;

    /// <summary>Somebody not seen for so long has gone.</summary>
    static readonly TimeSpan Gone = TimeSpan.FromSeconds(2);

    /// <summary>Whoever still stands there so long after is judged anew: it may be the next in a queue. After each time it is twice as long, as long as the face is seen without a break in its place.</summary>
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(10), MostSettled = TimeSpan.FromMinutes(10);

    /// <summary>Not seen for so long, or overlapping its place before by less: it may be another.</summary>
    static readonly TimeSpan Break = TimeSpan.FromSeconds(0.7);
    const double InPlace = 0.5;

    /// <summary>Somebody on a list who was told is told again after so long at the soonest, unless a face looks more like him by so much.</summary>
    static readonly TimeSpan HeldBack = TimeSpan.FromMinutes(10);
    const double MoreAlike = 0.05;

    /// <summary>Who was judged from afar is judged once more when seen so much larger.</summary>
    const double Nearer = 1.5;

    /// <summary>All that its judgement depends on, beside the networks.</summary>
    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"faces from {FaceFinder.Sure} on, hidden from {FaceTrails.Least}; {Good} good pictures or {Small} small ones of which {Agree} agree, their mean likeness; gone after {Gone.TotalSeconds} s, judged anew after {Settled.TotalSeconds} s, twice as long each time up to {MostSettled.TotalSeconds} s while seen every {Break.TotalSeconds} s within {InPlace} of its place, or {Nearer} times as large; the same told once in {HeldBack.TotalMinutes} min or {MoreAlike} more alike; {FaceQuality.Configuration}");

    readonly List<Track> _tracks = [];
    readonly Dictionary<(Guid Operation, Guid Entry), (TimeSpan At, double Score)> _told = [];
    TimeSpan _last;

    /// <summary>Judgements so far, and those after which a face looked like nobody.</summary>
    public long Judged { get; private set; }

    public long Forgotten { get; private set; }

    public int Followed => _tracks.Count;

    /// <summary>One frame (BGR).</summary>
    /// <param name="skipped">Frames between the last one and this that nobody looked at.</param>
    public IReadOnlyList<Candidate> See(Mat bgr, TimeSpan at, int skipped = 0)
    {
        if (at < _last - LiveFrame.Jitter)
        {
            Dispose();
            _told.Clear();
        }

        _last = at;
        foreach (var track in _tracks) track.Pass(skipped);
        foreach (var gone in _tracks.Where(one => at - one.At > Gone).ToList())
        {
            gone.Dispose();
            _tracks.Remove(gone);
        }

        // Whoever is surely a face is followed; whatever may be one is hidden in the picture of another.
        var (found, news) = (finder.Find(bgr, FaceTrails.Least), new List<Candidate>());
        foreach (var stale in _tracks.Where(one => one.IsJudged && at - one.JudgedSince > one.Settles)) stale.Renew();
        foreach (var face in found.Where(face => face.Score >= FaceFinder.Sure))
        {
            var track = _tracks.Where(one => one.At < at).Select(one => (one, near: one.Near(face))).Where(one => one.near > 0).OrderByDescending(one => one.near).Select(one => one.one).FirstOrDefault();
            if (track is null) _tracks.Add(track = new() { Analysed = 1, Settles = Settled });
            track.Follow(face, at);
            if (track.IsJudged && face.InterEye < track.JudgedAt * Nearer) continue;
            if (Sample(bgr, face, track, found)) Judge(track, at, news);
        }

        return news;
    }

    public void Dispose()
    {
        foreach (var track in _tracks) track.Dispose();
        _tracks.Clear();
    }

    bool Sample(Mat bgr, Face face, Track track, IReadOnlyList<Face> all)
    {
        using var crop = FaceCrop.Of(bgr, face);
        var quality = FaceQuality.Of(face, crop);
        var use = quality.Use;
        if (use != FaceUse.None) track.Add(recogniser.Template(crop), quality, () => FacePicture.Of(bgr, face, all));
        crop.SetTo(Scalar.All(0));
        return use != FaceUse.None && (track.Count(FaceUse.Match) >= Good || track.Count(FaceUse.Evidence) >= Small);
    }

    void Judge(Track track, TimeSpan at, List<Candidate> news)
    {
        var good = track.Samples.Where(sample => sample.Quality.Use == FaceUse.Match).ToList();
        var used = good.Count >= Good ? good : track.Samples;
        using (var mean = FaceTemplate.Average([.. used.Select(sample => sample.Template)]))
        {
            Judged++;
            var alike = watched.Find(mean).Where(likeness => good.Count >= Good || used.Count(sample => watched.Nearest(sample.Template, likeness.OperationId) == likeness.EntryId) >= Agree).ToList();
            if (alike.Count == 0) Forgotten++;
            // Each has a picture of its own: whoever tells it wipes it.
            news.AddRange(alike.Where(likeness => IsNews(likeness, at)).Select(likeness => new Candidate(likeness, at, used.Count, track.Best!.Value, [.. track.Picture!], track.Analysed, track.Skipped)));
        }

        track.Forget(at);
    }

    bool IsNews(Likeness likeness, TimeSpan at)
    {
        var who = (likeness.OperationId, likeness.EntryId);
        if (_told.TryGetValue(who, out var told) && at - told.At < HeldBack && likeness.Score < told.Score + MoreAlike) return false;
        _told[who] = (at, likeness.Score);
        return true;
    }

    sealed class Track : IDisposable
    {
        readonly List<(FaceTemplate Template, FaceQuality Quality)> _samples = [];
        Rect2f _box;

        public TimeSpan At { get; private set; } = TimeSpan.MinValue;
        public IReadOnlyList<(FaceTemplate Template, FaceQuality Quality)> Samples => _samples;
        public FaceQuality? Best { get; private set; }
        public byte[]? Picture { get; private set; }
        public bool IsJudged => JudgedAt > 0;
        public double JudgedAt { get; private set; }
        public int Analysed { get; set; }
        public int Skipped { get; private set; }

        /// <summary>How likely it is the same person, by place: 0 is not.</summary>
        public double Near(Face face)
        {
            var overlap = Face.Overlap(_box, face.Box);
            if (overlap > 0.2) return 1 + overlap;
            if (IsJudged) return 0; // somebody else who steps into the place
            var (x, y) = (_box.X + (_box.Width / 2) - face.Box.X - (face.Box.Width / 2), _box.Y + (_box.Height / 2) - face.Box.Y - (face.Box.Height / 2));
            var away = Math.Sqrt((x * x) + (y * y)) / Math.Max(_box.Width, face.Box.Width);
            return away < 1 && face.Box.Width / _box.Width is > 0.6f and < 1.7f ? 1 - away : 0;
        }

        /// <summary>Another frame comes, after so many that nobody looked at.</summary>
        public void Pass(int skipped) => (Analysed, Skipped) = (Analysed + 1, Skipped + skipped);

        public void Follow(Face face, TimeSpan at)
        {
            if (At == TimeSpan.MinValue || at - At > Break || Face.Overlap(_box, face.Box) < InPlace) Settles = Settled;
            (_box, At) = (face.Box, at);
        }

        public int Count(FaceUse least) => _samples.Count(sample => sample.Quality.Use >= least);

        public void Add(FaceTemplate template, FaceQuality quality, Func<byte[]> picture)
        {
            _samples.Add((template, quality));
            if (Best is { } best && best.InterEye >= quality.InterEye) return;
            Wipe();
            (Best, Picture) = (quality, picture());
        }

        public TimeSpan JudgedSince { get; private set; }

        /// <summary>So long after it was judged it is judged anew.</summary>
        public TimeSpan Settles { get; set; }

        public void Renew()
        {
            Forget(At);
            (JudgedAt, Analysed, Skipped) = (0, 1, 0);
            Settles = Settles * 2 < MostSettled ? Settles * 2 : MostSettled;
        }

        /// <summary>All it was judged by.</summary>
        public void Forget(TimeSpan at)
        {
            Wipe();
            (JudgedAt, JudgedSince) = (Best?.InterEye ?? JudgedAt, at);
            foreach (var (template, _) in _samples) template.Dispose();
            _samples.Clear();
            (Best, Picture) = (null, null);
        }

        public void Dispose() => Forget(At);

        void Wipe()
        {
            if (Picture is { } picture) Array.Clear(picture);
        }
    }
}
