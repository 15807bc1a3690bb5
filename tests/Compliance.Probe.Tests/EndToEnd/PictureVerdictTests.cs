using Compliance.Domain.Devices;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Tests.Judge;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>The contract "verdict X under fault Y" for what a picture shows, against the fault injector and against GStreamer's server.</summary>
public sealed class PictureVerdictTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Served, Verdict, Faults, string> OfPictures() => StruckCamera.Each(
        (Verdict.Black, new() { Clip = "black" }, "PictureDark"),
        (Verdict.Covered, new() { Clip = "covered" }, "OutlinesLost"),
        (Verdict.Defocused, new() { Clip = "defocused" }, "EdgesSoft"),
        (Verdict.Moved, new() { Clip = "moved" }, "ViewShifted"),
        (Verdict.Moved, new() { Clip = "turned-away" }, "ViewGone"),
        (Verdict.Glare, new() { Clip = "glare" }, "Overexposed"),
        (Verdict.FrozenPicture, new() { Frozen = true }, "PicturesIdentical"));

    [Theory, MemberData(nameof(OfPictures))]
    public async Task Three_looks_tell(Served by, Verdict verdict, Faults faults, string evidence)
    {
        await using var camera = await Room(by, faults.Clip);
        using var decoder = new Decoder(new(), TimeProvider.System);
        var (outlet, pictures, judged) = (Cameras.Outlet(), new PictureHistory(new()), new JudgedPictures());
        await using var feed = await camera.Open(camera.Target, outlet, null, Ct);
        pictures.Approve();
        await Look(8);
        Assert.Empty(judged.Verdicts);
        await camera.Suffer(faults);
        await Until(told: 1);
        Assert.Equal([verdict], judged.Verdicts);
        var found = Detail.Read(judged.Detail)!;
        Assert.Equal((Enum.Parse<Reason>(evidence), Reason.PicturesAgree), (found[0].Reason, found[^1].Reason));
        Assert.Equal(verdict == Verdict.FrozenPicture, found[0].Figures.Count == 0);
        await camera.Suffer(Faults.None);
        await Until(told: 2);
        Assert.Equal([verdict, Verdict.Online], judged.Verdicts);

        async Task Look(int times)
        {
            // One after the other: looks that fell on the same place of the loop each time would find it frozen.
            var keyframes = new List<Compliance.Probe.Watch.Rtp.AccessUnit>();
            await foreach (var unit in outlet.Fanout.Subscribe(Ct).WithCancellation(Ct))
            {
                keyframes.Add(unit);
                if (keyframes.Count == times) break;
            }

            foreach (var picture in await decoder.Gray(keyframes, Ct)) judged.Look(pictures, picture!);
        }

        // Pictures of before may still be on the way; three have to agree.
        async Task Until(int told)
        {
            for (var looks = 0; looks < 30 && judged.Verdicts.Count() < told; looks += 3) await Look(3);
        }
    }

    static async Task<StruckCamera> Room(Served by, string? clip)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        var clips = new Dictionary<string, string> { ["main"] = await RoomClip.Make(ClipCache.Shared, "room", Ct) };
        if (clip is not null) clips[clip] = await RoomClip.Make(ClipCache.Shared, clip, Ct);
        return await StruckCamera.Serve(by, fps: 15, clips);
    }

    /// <summary>Looks that came fast, before the judge as if seven seconds lay between them.</summary>
    sealed class JudgedPictures : JudgedCamera
    {
        public JudgedPictures() => Online();

        public new IEnumerable<Verdict> Verdicts => base.Verdicts;

        public string Detail => Told[^1].Detail;

        public void Look(PictureHistory pictures, GrayPicture picture)
        {
            Pictures(7);
            var finding = pictures.Look(picture, Now);
            Hear(new Sign.Looked(Now, finding.Fault, finding.Evidence));
        }
    }
}
