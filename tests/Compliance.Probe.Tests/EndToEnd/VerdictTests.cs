using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Tests.Judge;
using Compliance.Probe.Watch;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>The contract "verdict X under fault Y" against the fault injector: each fault gives its verdict and no other, and healing it ends it.</summary>
public sealed class VerdictTests
{
    static readonly WatchSettings Hasty = new() { Patience = TimeSpan.FromSeconds(2), FirstPictureWithin = TimeSpan.FromSeconds(4), BetweenAttemptsPerHost = TimeSpan.Zero };

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Verdict, Faults> AtOneLook() => new()
    {
        { Verdict.Online, Faults.None },
        { Verdict.Unreachable, new() { Cut = true } },
        { Verdict.AuthFailed, new() { Password = "another" } },
        { Verdict.SessionLimit, new() { SessionLimit = 0, SessionLimitStatus = 453 } },
        { Verdict.SessionLimit, new() { SessionLimit = 0, SessionLimitStatus = 503 } },
        { Verdict.NoStream, new() { Starved = true } },
        { Verdict.Stalled, new() { Stalled = true } },
        { Verdict.ParameterViolation, new() { Clip = "h265" } },
        { Verdict.ClockSkew, new() { ClockSkew = TimeSpan.FromSeconds(7) } },
        { Verdict.ClockSkew, new() { ClockSkew = TimeSpan.FromSeconds(-7) } },
    };

    [Theory, MemberData(nameof(AtOneLook))]
    public async Task One_look_tells(Verdict verdict, Faults faults)
    {
        using var cameras = await Cameras.Serve();
        await cameras.Server.Inject("h264/1", faults);
        var check = new QuickCheck(cameras.Open, new(Hasty, TimeProvider.System), Hasty, new(), TimeProvider.System);
        var found = await check.Run(cameras.Target("h264/1"), new(0, 640, 360, VideoCodec.H264), Ct);
        Assert.True(found.Verdict == verdict, $"{found}");
        Assert.NotNull(Detail.Read(found.Detail));
        await Cameras.Until(async () => await cameras.Server.Viewers("h264/1") == 0);
    }

    [Fact]
    public async Task A_stream_that_is_not_there_and_another_picture_size_are_told()
    {
        using var cameras = await Cameras.Serve();
        var check = new QuickCheck(cameras.Open, new(Hasty, TimeProvider.System), Hasty, new(), TimeProvider.System);
        Assert.Equal(Verdict.NoStream, (await check.Run(cameras.Target("nothing-here"), new(0, 0, 0, null), Ct)).Verdict);
        Assert.Equal("FormatDiffers H264/640×360 /1920×1080", (await check.Run(cameras.Target("h264/1"), new(0, 1920, 1080, null), Ct)).Detail);
    }

    [Theory]
    [InlineData(Verdict.Black, "black")]
    [InlineData(Verdict.Covered, "covered")]
    [InlineData(Verdict.Defocused, "defocused")]
    [InlineData(Verdict.Moved, "moved")]
    [InlineData(Verdict.Moved, "turned-away")]
    [InlineData(Verdict.Glare, "glare")]
    [InlineData(Verdict.FrozenPicture, null)]
    public async Task Three_looks_tell(Verdict verdict, string? clip)
    {
        using var cameras = await Cameras.Serve();
        var rooms = new Dictionary<string, Clip> { ["room"] = await RoomClip.Load(ClipCache.Shared, "room", Ct) };
        if (clip is not null) rooms[clip] = await RoomClip.Load(ClipCache.Shared, clip, Ct);
        using var server = LoadServer.Start(new() { Clips = rooms, Auth = AuthSchemes.None, Parts = 1 });
        using var decoder = new Decoder(new(), TimeProvider.System);
        var (outlet, pictures, judged) = (Cameras.Outlet(), new PictureHistory(new()), new JudgedPictures());
        await using var feed = await cameras.Open(new(server.Url("room/1"), null, null, FeedTransport.Tcp), outlet, null, Ct);
        pictures.Approve();
        for (var i = 0; i < 8; i++) await Look();
        Assert.Empty(judged.Verdicts);
        await server.Inject("room/1", clip is null ? new() { Frozen = true } : new() { Clip = clip });
        await Until(told: 1);
        Assert.Equal([verdict], judged.Verdicts);
        Assert.True(Detail.Read(judged.Detail)![0].Reason.IsEvidence(), judged.Detail);
        await server.Inject("room/1", Faults.None);
        await Until(told: 2);
        Assert.Equal([verdict, Verdict.Online], judged.Verdicts);

        async Task Look()
        {
            var keyframe = await outlet.Fanout.NextKeyframe(Ct).WaitAsync(Cameras.Patience, Ct);
            judged.Look(pictures, Assert.Single(await decoder.Gray([keyframe], Ct))!);
        }

        // Pictures of before may still be on the way; three have to agree.
        async Task Until(int told)
        {
            for (var looks = 0; looks < 30 && judged.Verdicts.Count() < told; looks++) await Look();
        }
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
