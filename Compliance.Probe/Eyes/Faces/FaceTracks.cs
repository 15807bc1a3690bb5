using System.Globalization;
using OpenCvSharp;

namespace Compliance.Probe.Eyes.Faces;

/// <summary>Somebody who may be on the list was seen: the best of the pictures it was judged by, and of how many.</summary>
/// <param name="Picture">The surroundings of the face, as JPEG; all other faces are outside of it or blurred.</param>
/// <param name="Analysed">Frames since the face came into the picture; <paramref name="Skipped"/>: those that came and nobody looked at.</param>
internal sealed record Candidate(Likeness Likeness, TimeSpan At, int Pictures, FaceQuality Best, byte[] Picture, int Analysed, int Skipped);

/// <summary>
/// Follows the faces of one camera from frame to frame and judges each person once, by several pictures together: three that are good enough to compare, or five smaller
/// ones most of which agree. Who looks like nobody on the list is forgotten in that instant; who was not seen well enough is forgotten when he is gone.
/// </summary>
internal sealed class FaceTracks(FaceFinder finder, FaceRecogniser recogniser, WatchedFaces watched) : IDisposable
{
    public const int Good = 3, Small = 5, Agree = 4;

    /// <summary>Somebody not seen for so long has gone.</summary>
    static readonly TimeSpan Gone = TimeSpan.FromSeconds(2);

    /// <summary>Whoever still stands there so long after is judged anew: it may be the next in a queue.</summary>
    static readonly TimeSpan Settled = TimeSpan.FromSeconds(10);

    /// <summary>Who was judged from afar is judged once more when seen so much larger.</summary>
    const double Nearer = 1.5;

    /// <summary>All that its judgement depends on, beside the networks.</summary>
    public static string Configuration => string.Create(CultureInfo.InvariantCulture,
        $"faces from {FaceFinder.Sure} on, hidden from {FaceTrails.Least}; {Good} good pictures or {Small} small ones of which {Agree} agree, their mean likeness; gone after {Gone.TotalSeconds} s, judged anew after {Settled.TotalSeconds} s or {Nearer} times as large; {FaceQuality.Configuration}");

    readonly List<Track> _tracks = [];

    /// <summary>Persons judged so far, and those who looked like nobody.</summary>
    public long Judged { get; private set; }

    public long Forgotten { get; private set; }

    public int Followed => _tracks.Count;

    /// <summary>One frame (BGR).</summary>
    /// <param name="skipped">Frames between the last one and this that nobody looked at.</param>
    public IReadOnlyList<Candidate> See(Mat bgr, TimeSpan at, int skipped = 0)
    {
        foreach (var track in _tracks) track.Pass(skipped);
        foreach (var gone in _tracks.Where(one => at - one.At > Gone).ToList())
        {
            gone.Dispose();
            _tracks.Remove(gone);
        }

        // Whoever is surely a face is followed; whatever may be one is hidden in the picture of another.
        var (found, news) = (finder.Find(bgr, FaceTrails.Least), new List<Candidate>());
        foreach (var face in found.Where(face => face.Score >= FaceFinder.Sure))
        {
            foreach (var stale in _tracks.Where(one => one.IsJudged && at - one.JudgedSince > Settled).ToList())
            {
                stale.Dispose();
                _tracks.Remove(stale);
            }

            var track = _tracks.Where(one => one.At < at).Select(one => (one, near: one.Near(face))).Where(one => one.near > 0).OrderByDescending(one => one.near).Select(one => one.one).FirstOrDefault();
            if (track is null) _tracks.Add(track = new() { Analysed = 1 });
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
        var isCandidate = false;
        using (var mean = FaceTemplate.Average([.. used.Select(sample => sample.Template)]))
        {
            Judged++;
            if (watched.Find(mean) is { } likeness && (isCandidate = good.Count >= Good || used.Count(sample => watched.Nearest(sample.Template).EntryId == likeness.EntryId) >= Agree))
                news.Add(new(likeness, at, used.Count, track.Best!.Value, track.Picture!, track.Analysed, track.Skipped));
            else Forgotten++;
        }

        track.Forget(at, isCandidate);
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

        public void Follow(Face face, TimeSpan at) => (_box, At) = (face.Box, at);

        public int Count(FaceUse least) => _samples.Count(sample => sample.Quality.Use >= least);

        public void Add(FaceTemplate template, FaceQuality quality, Func<byte[]> picture)
        {
            _samples.Add((template, quality));
            if (Best is { } best && best.InterEye >= quality.InterEye) return;
            Wipe();
            (Best, Picture) = (quality, picture());
        }

        public TimeSpan JudgedSince { get; private set; }

        /// <summary>All it was judged by; the picture too, unless a candidate has it now.</summary>
        public void Forget(TimeSpan at, bool keepsPicture)
        {
            if (!keepsPicture) Wipe();
            (JudgedAt, JudgedSince) = (Best?.InterEye ?? JudgedAt, at);
            foreach (var (template, _) in _samples) template.Dispose();
            _samples.Clear();
            (Best, Picture) = (null, null);
        }

        public void Dispose()
        {
            Forget(At, keepsPicture: false);
        }

        void Wipe()
        {
            if (Picture is { } picture) Array.Clear(picture);
        }
    }
}
