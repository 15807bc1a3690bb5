using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tests.Judge;
using Compliance.Probe.Watch;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Probe.Tests.EndToEnd;

/// <summary>
/// The contract "verdict X under fault Y", against the fault injector and against GStreamer's server: each fault gives its verdict and no other, with its
/// evidence, and healing it ends it. What a picture shows is <see cref="PictureVerdictTests"/>, what a camera has to prove <see cref="Onvif.ProofTests"/>.
/// </summary>
public sealed class VerdictTests
{
    static readonly WatchSettings Hasty = new() { Patience = TimeSpan.FromSeconds(2), FirstPictureWithin = TimeSpan.FromSeconds(3), BetweenAttemptsPerHost = TimeSpan.Zero };
    static readonly DeclaredParameters Declared = new(15, 640, 360, VideoCodec.H264);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Served, Verdict, Faults, string> AtOneLook() => StruckCamera.Each(
        (Verdict.Online, Faults.None, "HealthyMedia"),
        (Verdict.Unreachable, new() { Cut = true }, "ClosedByCamera"),
        (Verdict.AuthFailed, new() { Password = "another" }, "PasswordRefused"),
        (Verdict.SessionLimit, new() { SessionLimit = 1, SessionLimitStatus = 453 }, "RequestRefused SETUP 453"),
        (Verdict.SessionLimit, new() { SessionLimit = 1, SessionLimitStatus = 503 }, "RequestRefused SETUP 503"),
        (Verdict.NoStream, new() { Missing = true }, "RequestRefused DESCRIBE 404"),
        (Verdict.NoStream, new() { Starved = true }, "NoKeyframe"),
        (Verdict.Stalled, new() { Stalled = true }, "NoMedia"),
        (Verdict.ParameterViolation, new() { Clip = "h265" }, "FormatDiffers H265/640×360 H264/640×360"),
        (Verdict.ParameterViolation, new() { Clip = "small" }, "FormatDiffers H264/320×180 H264/640×360"));

    /// <summary>The fault strikes while somebody else looks: what a camera had sent before excuses nothing.</summary>
    [Theory, MemberData(nameof(AtOneLook))]
    public async Task One_look_tells(Served by, Verdict verdict, Faults faults, string evidence)
    {
        await using var camera = await Hall(by);
        var check = new QuickCheck(camera.Open, Hasty, new(), TimeProvider.System);
        var outlet = Cameras.Outlet();
        await using (await camera.Open(camera.Target, outlet, null, Ct))
        {
            await Cameras.Until(() => outlet.Meter.LastAccessUnitAt is not null);
            await camera.Suffer(faults);
            if (faults.Stalled) await Cameras.Until(() => TimeProvider.System.GetUtcNow() - outlet.Meter.LastAccessUnitAt > TimeSpan.FromSeconds(1)); // what was on its way has come
            var found = await check.Run(camera.Target, Declared, Ct);
            Assert.Equal((verdict, evidence), (found.Verdict, found.Detail));
            Assert.Equal(verdict is Verdict.Online or Verdict.ParameterViolation, found.Measured is not null);
            await camera.Suffer(Faults.None);
            Assert.Equal((Verdict.Online, "HealthyMedia"), await check.Run(camera.Target, Declared, Ct) is var healed ? (healed.Verdict, healed.Detail) : default);
        }

        await Cameras.Until(async () => await camera.Viewers() == 0);
    }

    public static TheoryData<Served, Verdict, Faults, string> InAMinute() => StruckCamera.Each(
        (Verdict.ParameterViolation, new() { Fps = 8 }, "FramesLow 8 15"),
        (Verdict.ClockSkew, new() { ClockSkew = TimeSpan.FromSeconds(7) }, "ClockOff 7"),
        (Verdict.ClockSkew, new() { ClockSkew = TimeSpan.FromSeconds(-7) }, "ClockOff -7"));

    /// <summary>Measured over some real seconds, before the judge as if over minutes.</summary>
    [Theory, MemberData(nameof(InAMinute))]
    public async Task Windows_tell(Served by, Verdict verdict, Faults faults, string evidence)
    {
        await using var camera = await Hall(by);
        var judged = new JudgedMeasures();
        await camera.Suffer(faults);
        judged.Hear(await Measured());
        Assert.Equal([verdict], judged.Verdicts);
        var (expected, found) = (Detail.Read(evidence)![0], Assert.Single(Detail.Read(judged.Detail)!));
        Assert.Equal(expected.Reason, found.Reason);
        Assert.All(expected.Figures.Zip(found.Figures), pair => Assert.Equal(Number(pair.First), Number(pair.Second), 1.1));
        await camera.Suffer(Faults.None);
        judged.Hear(await Measured());
        Assert.Equal([verdict, Verdict.Online], judged.Verdicts);

        async Task<Measurement> Measured()
        {
            var outlet = Cameras.Outlet();
            await using var feed = await camera.Open(camera.Target, outlet, null, Ct);
            Measurement? measured = null;
            await Cameras.Until(() => (measured = outlet.Meter.Measure(2, TimeProvider.System.GetUtcNow())) is { WindowSeconds: >= 2, Codec: not null, ClockOffsetMs: not null });
            return measured!;
        }
    }

    /// <summary>Real silence and a real canary, before the judge as if seconds lay between; one camera only, of which numbers could tell nothing.</summary>
    [Theory, InlineData(Served.ByInjector), InlineData(Served.ByGStreamer)]
    public async Task A_canary_that_is_silent_too_tells_that_the_probe_is_blind_and_one_that_sings_that_the_camera_is_away(Served by)
    {
        await using var camera = await Hall(by);
        using var gateway = new TcpListener(IPAddress.Loopback, 0);
        using var http = new HttpClient();
        gateway.Start();
        var place = (IPEndPoint)gateway.LocalEndpoint;
        var canary = new Canary(new($"tcp://{place}"), camera.Open, http, TimeSpan.FromSeconds(2), TimeProvider.System);
        var judged = new JudgedSilence();
        await using (var feed = await camera.Open(camera.Target, Cameras.Outlet(), null, Ct))
        {
            Assert.True(await canary.Sings(Ct));
            gateway.Stop();
            await camera.Suffer(new() { Cut = true });
            await Cameras.Until(() => feed.Lost is not null);
        }

        await Attempts(8);
        Assert.Equal((Verdict.ProbeBlind, "TooManySilent"), (judged.Told.Verdict, judged.Told.Detail));
        using var again = new TcpListener(place);
        again.Start();
        await Attempts(8);
        Assert.Equal([Verdict.ProbeBlind, Verdict.Unreachable], judged.Verdicts);
        Assert.Equal("ClosedByCamera", judged.Told.Detail);
        await camera.Suffer(Faults.None);
        await using (await camera.Open(camera.Target, Cameras.Outlet(), null, Ct)) judged.See();
        Assert.Equal([Verdict.ProbeBlind, Verdict.Unreachable, Verdict.Online], judged.Verdicts);

        async Task Attempts(int count)
        {
            for (; count > 0; count--)
            {
                var lost = await Assert.ThrowsAsync<FeedLost>(() => camera.Open(camera.Target, Cameras.Outlet(), null, Ct));
                judged.Miss(lost, await canary.Sings(Ct) ? Canaries.Alive : Canaries.Dead);
            }
        }
    }

    static double Number(string figure) => double.Parse(figure, CultureInfo.InvariantCulture);

    static async Task<StruckCamera> Hall(Served by)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        var brisk = ClipRecipe.Small with { GopSeconds = 0.4 };
        return await StruckCamera.Serve(by, brisk.Fps, new()
        {
            ["main"] = await ClipCache.Shared.Make(brisk, Ct),
            ["h265"] = await ClipCache.Shared.Make(brisk with { Codec = Codec.H265 }, Ct),
            ["small"] = await ClipCache.Shared.Make(brisk with { Width = 320, Height = 180 }, Ct),
        });
    }

    /// <summary>What some seconds measured, as if three minutes had.</summary>
    sealed class JudgedMeasures : JudgedCamera
    {
        public JudgedMeasures()
        {
            Declared = VerdictTests.Declared;
            Online();
        }

        public new IEnumerable<Verdict> Verdicts => base.Verdicts;

        public string Detail => Told[^1].Detail;

        public void Hear(Measurement measured)
        {
            for (var window = 0; window < 3; window++)
            {
                Pictures(60);
                Hear(new Sign.Windowed(Now, measured with { WindowSeconds = 60 }));
            }
        }
    }

    /// <summary>Attempts that failed in milliseconds, as if five seconds lay between them, and what the guard makes of the canary.</summary>
    sealed class JudgedSilence : JudgedCamera
    {
        public JudgedSilence() => Online();

        public new IEnumerable<Verdict> Verdicts => base.Verdicts;

        public new Held Told => base.Told[^1];

        public void Miss(FeedLost lost, Canaries canaries)
        {
            var silent = new Sight(Guid.Empty, LastPicture);
            var blind = Blindness.IsBlind([silent], canaries, delivers: false, TimeSpan.Zero, new());
            Hear(new Sign.Failed(Now, lost.Cause, lost.Message));
            for (var second = 0; second < 5; second++) Second(null, blind);
        }

        public void See() => Pictures(90);
    }
}
