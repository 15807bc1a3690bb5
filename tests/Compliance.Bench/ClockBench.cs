using System.Text.Json;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using OpenCvSharp;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Bench;

/// <summary>
/// How often a clock burnt into the picture is found, learned and read rightly, in so many fonts; and what is said of it when it runs, stands, jumps or
/// runs slow. A line of JSON a font.
/// </summary>
static class ClockBench
{
    const int Lesson = 24, Glances = 8;

    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);

    public static async Task Run(Decoder decoder, int first, int rooms)
    {
        foreach (var font in (string[])["dots", "DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif", "Nimbus Sans Narrow"])
            foreach (var (tall, boxed) in font == "dots" ? [(21, true)] : ((int, bool)[])[(14, true), (20, true), (28, true), (14, false), (20, false), (28, false)])
            {
                var count = new Counts();
                for (var room = first; room < first + rooms; room++) await Camera(decoder, new(room, room % 2 == 1, font, tall, boxed), count);
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    clock = font, height_of_540 = tall, boxed, cameras = rooms, count.found, count.learned, glances = count.Glances, read = count.Right, unreadable = count.Unread, read_wrongly = count.Wrong,
                    runs_called = count.Said("runs"), stands_called = count.Said("stands"), jumps_back_called = count.Said("jumps"), slow_called = count.Said("slow"),
                }));
            }
    }

    static async Task Camera(Decoder decoder, RunningClock clock, Counts count)
    {
        var units = (await clock.Film(ClipCache.Shared)).Select((coded, i) => new AccessUnit(VideoCodec.H264, true, 0, Evening.AddSeconds((double)i / RunningClock.PicturesASecond), coded)).ToArray();
        if (await Place(decoder, units) is not { } place) return;
        count.found++;
        if (await decoder.Strips(units, place, 1, default) is not { } strips) throw new InvalidOperationException("pictures that do not decode");
        double At(int picture) => 1000.3 + ((double)picture / RunningClock.PicturesASecond);
        TimedStrip[] lesson = [.. strips.Take(Lesson * RunningClock.PicturesASecond).Select((strip, i) => new TimedStrip(strip, At(i)))];
        if (ClockLesson.Learn(lesson, place) is not { } font) return;
        count.learned++;
        var said = strips.Select(font.Read).ToArray();
        for (var picture = lesson.Length; picture < strips.Count; picture++)
        {
            count.Glances++;
            var truth = (clock.Begins + (picture / RunningClock.PicturesASecond)) % 3600;
            if (said[picture] is not { } reading) count.Unread++;
            else if (reading.Second == truth % 60 && (reading.Minute ?? (truth / 60)) == truth / 60) count.Right++;
            else count.Wrong++;
        }

        // Pictures of the film, shown at other times than they were taken at.
        int Picture(double second) => lesson.Length + (int)(second * RunningClock.PicturesASecond);
        void Judge(string night, Func<int, double> shown) => count.Add(night,
            ClockPace.Of([.. Enumerable.Range(0, Glances).Select(i => At(Picture(2 * i)))], [.. Enumerable.Range(0, Glances).Select(i => said[Picture(shown(i))])]).Pace);
        Judge("runs", i => 2 * i);
        Judge("stands", i => 3 + (i % 4 * 0.25));
        Judge("jumps", i => i < 4 ? 20 + (2 * i) : 2 * (i - 4));
        Judge("slow", i => 1.5 * i);
    }

    /// <summary>As the looks of every seven seconds find it.</summary>
    static async Task<Rect?> Place(Decoder decoder, AccessUnit[] units)
    {
        var history = new PictureHistory(new());
        var looks = units.Where((_, i) => i % (7 * RunningClock.PicturesASecond) == 0).ToArray();
        foreach (var (unit, picture) in looks.Zip(await decoder.Gray(looks, default)))
            if (picture is not null) history.Look(picture, unit.At);
        return history.ClockPlace;
    }

    sealed class Counts
    {
        public int found, learned;
        readonly SortedDictionary<string, SortedDictionary<string, int>> _said = [];

        public int Glances { get; set; }
        public int Right { get; set; }
        public int Unread { get; set; }
        public int Wrong { get; set; }

        public void Add(string night, Pace pace)
        {
            if (!_said.TryGetValue(night, out var counts)) _said[night] = counts = new(StringComparer.Ordinal);
            counts[$"{pace}"] = counts.GetValueOrDefault($"{pace}") + 1;
        }

        public SortedDictionary<string, int> Said(string night) => _said.GetValueOrDefault(night) ?? [];
    }
}
