using System.Globalization;
using System.Text.Json;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Bench;

/// <summary>
/// How often what a camera has to prove is decided rightly: archives with so much missing, texts in so many fonts, nights that are loops and nights that
/// are not. A line of JSON for each. <c>proofs 100</c> takes other rooms than those that thresholds were chosen by; <c>proofs 100 clocks</c> the clocks alone.
/// </summary>
static class ProofBench
{
    /// <summary>Looks a camera, and after how many a loop begins anew.</summary>
    const int Looks = 100, Period = 30, Cameras = 3;

    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);

    public static async Task Run(string[] args)
    {
        var first = args is [var number, ..] && int.TryParse(number, CultureInfo.InvariantCulture, out var n) ? n : 0;
        using var decoder = new Decoder(new(), TimeProvider.System);
        if (args.Contains("clocks"))
        {
            await ClockBench.Run(decoder, first, rooms: 4);
            return;
        }

        Archives();
        await ClockBench.Run(decoder, first, rooms: 4);
        await Texts(decoder, first);
        await Nights(decoder, first);
    }

    static void Archives()
    {
        const int archives = 20_000, longest = 5_000;
        var (settings, chance) = (new ArchiveSettings(), new Random(1));
        foreach (var missing in (double[])[0, 0.002, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 0.77])
        {
            var (asked, isShort, inDay) = (new List<int>(), 0, 0);
            for (var archive = 0; archive < archives; archive++)
            {
                var tally = ArchiveTally.None;
                while (tally.Last == ProofState.Unasked && tally.Asked < longest) tally = tally.Weigh(chance.NextDouble() >= missing, Evening, settings);
                asked.Add(tally.Asked);
                if (tally.Last != ProofState.Broken) continue;
                isShort++;
                if (tally.Asked <= 24) inDay++;
            }

            asked.Sort();
            Print(new { archive = $"{missing:P1} missing", archives, called_short = isShort, of_them_within_24_seconds_asked = inDay, asked_p50 = asked[archives / 2], asked_p95 = asked[archives * 95 / 100] });
        }
    }

    static async Task Texts(Decoder decoder, int first)
    {
        var chance = new Random(first + 1);
        string Drawn() => new(Shuffled("0123456789", chance));
        foreach (var font in (string[])["dots", "DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif"])
            foreach (var (height, boxed) in font == "dots" ? [(21, true)] : ((int, bool)[])[(14, true), (20, true), (28, true), (14, false), (20, false), (28, false)])
            {
                var (read, unreadable, unseen, wrong, looks) = (0, 0, 0, 0, 0);
                for (var room = first; room < first + 8; room++)
                {
                    var written = new WrittenText(room, room % 2 == 1, font, height, boxed, Drawn(), Drawn());
                    var pictures = new List<ReadablePicture>();
                    foreach (var coded in await written.Film(ClipCache.Shared))
                        if (await decoder.Gray(new(VideoCodec.H264, true, 0, Evening, coded), ReadablePicture.Width, ReadablePicture.Height, default) is { } luma) pictures.Add(new(luma));
                    looks++;
                    var (before, then, last) = (pictures[..2], pictures[2..4], pictures[4..6]);
                    if (WrittenDigits.Appear(before, then) is not { } line) unseen++;
                    else if (WrittenDigits.Learn(then, line, written.First) is not { } learnt) unreadable++;
                    else if (last.Select(picture => WrittenDigits.Read([picture], learnt, 10)).ToArray() is var said && said.Contains(written.Second)) read++;
                    else if (said.All(s => s is null)) unreadable++;
                    else wrong++;
                }

                Print(new { text = font, height_of_540 = height, boxed, challenges = looks, read, unreadable, unseen, read_wrongly = wrong });
            }
    }

    static async Task Nights(Decoder decoder, int first)
    {
        (string Name, Func<int, Night> Make)[] kinds =
        [
            ("lives: empty", room => new(room, Looks, 0, 0)), ("lives: guests", room => new(room, Looks, 0, 5)), ("lives: guests who sit still", room => new(room, Looks, 0, 4, Rest: 20)),
            ("lives: program of lights, empty", room => new(room, Looks, 0, 0, Cue: 9)), ("lives: program of lights, guests", room => new(room, Looks, 0, 5, Cue: 9)),
            ("loop of 3.5 min: guests", room => new(room, Looks, Period, 5)), ("loop of 3.5 min: empty", room => new(room, Looks, Period, 0)), ("loop of 3.5 min, coded anew", room => new(room, Looks, Period, 5) { CodedAnew = true }),
            ("loop of 3.5 min, coded anew, clock put over it", room => new(room, Looks, Period, 5) { CodedAnew = true, Clock = true }), ("loop of 3.5 min, coded anew: empty", room => new(room, Looks, Period, 0) { CodedAnew = true }),
        ];
        foreach (var (name, make) in kinds)
        {
            var found = new List<int>();
            for (var room = first + 20; room < first + 20 + Cameras; room++)
                if (await Found(decoder, make(room)) is { } at) found.Add(at);
            found.Sort();
            Print(new { night = name, cameras = Cameras, looks_each = Looks, told = found.Count, told_after_looks = found.Count > 0 ? $"{found[0]} to {found[^1]}" : "-" });
        }
    }

    static async Task<int?> Found(Decoder decoder, Night night)
    {
        var film = await new NightClip(ClipCache.Shared).Film(night);
        var repetition = new Repetition(new(), new(new Random(1)));
        var keyframes = film.Select((coded, look) => new AccessUnit(VideoCodec.H264, true, 0, Evening + (LabelledSet.Every * look), coded)).ToArray();
        foreach (var some in keyframes.Chunk(50))
            foreach (var (keyframe, picture) in some.Zip(await decoder.Gray(some, default)))
                if (picture is not null && repetition.Look(keyframe, picture, PictureFacts.Of(picture), keyframe.At).Fault is not null)
                    return (int)((keyframe.At - Evening) / LabelledSet.Every) + 1;
        return null;
    }

    static char[] Shuffled(string text, Random chance)
    {
        var letters = text.ToCharArray();
        chance.Shuffle(letters);
        return letters;
    }

    static void Print(object line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
