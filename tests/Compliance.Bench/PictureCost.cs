using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Bench;

/// <summary>
/// Where the processor time of a picture goes: keyframes of a 1080p25 stream at 4 Mbit/s decoded many and few at a time, and each test by itself on pictures of
/// an invented room.
/// </summary>
static class PictureCost
{
    const int Rounds = 5, Pictures = 128, Turns = 400;

    static readonly DateTimeOffset Evening = new(2026, 6, 1, 18, 0, 0, TimeSpan.Zero);

    public static async Task Run()
    {
        using var decoder = new Decoder(new(), TimeProvider.System);
        var keyframes = Keyframes(await File.ReadAllBytesAsync(await ClipCache.Shared.Make(ClipRecipe.FullHd)));
        AccessUnit[] wanted = [.. Enumerable.Range(0, Pictures).Select(i => keyframes[i % keyframes.Count])];
        foreach (var together in (int[])[64, 16, 1])
        {
            await Decode(decoder, wanted, together);
            var rounds = new List<double>();
            for (var round = 0; round < Rounds; round++) rounds.Add(await Milliseconds(() => Decode(decoder, wanted, together)) / Pictures);
            Figure.Print($"picture: decoded, {together} of 1080p at a time, keyframes of {wanted.Average(unit => unit.AnnexB.Length) / 1000:0} kB", "ms of processor time", [.. rounds.Select(ms => (ms, (double?)null))]);
        }

        var camera = await new LabelledSet(ClipCache.Shared).Camera(2);
        AccessUnit[] room = [.. camera.Pictures.Where(p => p.Label.StartsWith("healthy", StringComparison.Ordinal)).Select(p => new AccessUnit(VideoCodec.H264, true, 0, Evening, p.AnnexB))];
        GrayPicture[] seen = [.. (await decoder.Gray(room, default)).OfType<GrayPicture>()];
        var facts = seen.Select(PictureFacts.Of).ToArray();
        var (view, now) = (ReferenceView.Of(seen[0], facts[0]), Evening);
        var (lively, still) = (new PictureHistory(new()), new PictureHistory(new()));
        var repetition = new Repetition(new(), new(new Random(1)));
        await Test("what it shows (brightness, outlines, crispness, print)", i => PictureFacts.Of(seen[i]));
        await Test("what changed", i => Change.Between(seen[i], seen[(i + 1) % seen.Length], facts[i].Print));
        await Test("all tests but whether it was shown before, a living picture", i => lively.Look(seen[i], now += LabelledSet.Every));
        await Test("all tests but whether it was shown before, hardly a stir", i => still.Look(seen[i % 2], now += LabelledSet.Every));
        await Test("whether it was shown before", i => repetition.Look(room[i], seen[i], facts[i], now += LabelledSet.Every));
        await Test("marks held against an approved view, only where outlines differ", i => view.Compare(seen[i], facts[i]));

        async Task Test(string name, Action<int> look)
        {
            var rounds = new List<double>();
            for (var round = -1; round < Rounds; round++)
            {
                var spent = await Milliseconds(() =>
                {
                    for (var turn = 0; turn < Turns; turn++) look(turn % seen.Length);
                    return Task.CompletedTask;
                });
                if (round >= 0) rounds.Add(spent / Turns);
            }

            Figure.Print($"picture: {name}", "ms of processor time", [.. rounds.Select(ms => (ms, (double?)null))]);
        }
    }

    static async Task Decode(Decoder decoder, AccessUnit[] units, int together)
    {
        foreach (var some in units.Chunk(together))
            if ((await decoder.Gray(some, default)).Any(picture => picture is null)) throw new InvalidOperationException("pictures that do not decode");
    }

    /// <summary>Of this process and of its decoders.</summary>
    static async Task<double> Milliseconds(Func<Task> work)
    {
        GC.Collect();
        var (all, own) = (ProbeBench.CpuSeconds(Environment.ProcessId), Environment.CpuUsage.TotalTime);
        await work();
        // With children the kernel counts in hundredths of a second, of ourselves finer.
        return Math.Max((ProbeBench.CpuSeconds(Environment.ProcessId) - all) * 1000, (Environment.CpuUsage.TotalTime - own).TotalMilliseconds);
    }

    /// <summary>Each with the parameter sets before it; the clip has an access unit delimiter before each picture.</summary>
    static List<AccessUnit> Keyframes(byte[] clip)
    {
        var (units, begins) = (new List<AccessUnit>(), new List<int>());
        for (var at = 0; at + 4 < clip.Length; at++)
            if (clip.AsSpan(at, 4).SequenceEqual<byte>([0, 0, 0, 1]) && (clip[at + 4] & 0x1F) == 9) begins.Add(at);
        begins.Add(clip.Length);
        for (var i = 0; i + 1 < begins.Count; i++)
        {
            var unit = clip.AsMemory(begins[i]..begins[i + 1]);
            if (unit.Span.IndexOf((ReadOnlySpan<byte>)[0, 0, 1, 0x65]) >= 0) units.Add(new(VideoCodec.H264, true, 0, Evening, unit));
        }

        return units;
    }
}
