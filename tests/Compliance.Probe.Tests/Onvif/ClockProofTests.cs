using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Look;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch;
using VenueSimulator.Load;
using VenueSimulator.Media;
using VenueSimulator.Pictures;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>A camera that speaks no ONVIF shows a clock in its picture, seen by RTSP: rounds of proving, and the judge who hears of them.</summary>
public sealed class ClockProofTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_burnt_in_clock_that_stands_or_jumps_in_two_rounds_is_looped_or_replayed_and_one_that_runs_is_a_proof()
    {
        await using var scene = await Scene.Make();
        await scene.Play("runs");
        await scene.Until(() => scene.Live.State == ProofState.Given, most: 8);
        Assert.Equal((Verdict.Online, ProofState.Given, ProofStrength.Weak), (scene.Told, scene.Live.State, scene.Live.Strength));
        Assert.Equal([Reason.NoOnvif, Reason.ClockRuns], scene.Why.Take(2));

        await scene.Play("stands");
        await scene.Until(() => scene.InDoubt, most: 10);
        Assert.Equal((Verdict.Online, true), (scene.Told, scene.InDoubt));
        await scene.Until(() => scene.Told != Verdict.Online && scene.Why[1] == Reason.ClockStands, most: 10);
        Assert.Equal((Verdict.LoopedOrReplayed, ProofState.Broken, Reason.ClockStands), (scene.Told, scene.Live.State, scene.Why[1]));

        await scene.Play("ahead");
        await scene.Until(() => scene.Why[1] == Reason.ClockJumps, most: 10);
        Assert.Equal((Verdict.LoopedOrReplayed, Reason.ClockJumps), (scene.Told, scene.Why[1]));
        await scene.Until(() => scene.Told == Verdict.Online, most: 12);
        Assert.Equal((Verdict.Online, ProofState.Given), (scene.Told, scene.Live.State));
    }

    sealed class Scene : IAsyncDisposable
    {
        static readonly ProofSettings Settings = new() { Clock = new() { Lesson = TimeSpan.FromSeconds(22), AtLeast = TimeSpan.FromSeconds(6), LessonAgainAfter = TimeSpan.Zero } };

        readonly Drain _drain = new(TimeProvider.System);
        readonly Decoder _decoder = new(new(), TimeProvider.System);
        readonly FeedOutlet _outlet = Cameras.Outlet();
        readonly JudgedClock _judge = new();
        readonly LoadServer _server;
        readonly ProofRound _round;
        readonly ClockProof _clock;
        readonly AssignedCamera _assigned;
        CameraRecord _record;
        IFeed _feed = null!;

        Scene(LoadServer server)
        {
            _server = server;
            _clock = new(_decoder, Settings.Clock, TimeProvider.System);
            _assigned = new(Guid.NewGuid(), Guid.Empty, server.Url("runs/1"), null, null, new(0, 0, 0, null), Onvif: new("http://127.0.0.1:1/onvif"));
            _record = new(_assigned.MainStream, null);
            _round = new(Device.Means(), new(_decoder, Settings, TimeProvider.System), _clock, new(new(Cameras.Opener(_drain), TimeProvider.System), Settings.Archive, TimeProvider.System), Settings, TimeProvider.System, new Random(1));
        }

        public bool InDoubt { get; private set; }
        public Verdict Told => _judge.Held;
        public Proven Live => _record.Proofs!.Live;
        public Reason[] Why => [.. Detail.Read(Live.Detail)!.Select(d => d.Reason)];

        public static async Task<Scene> Make()
        {
            Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
            var runs = new RunningClock(11, Dark: false, "dots", 21, Boxed: true);
            async Task<Clip> Of(RunningClock clock) => Clip.Load(await clock.Make(ClipCache.Shared, Ct), Codec.H264, RunningClock.PicturesASecond);
            var clips = new Dictionary<string, Clip> { ["runs"] = await Of(runs), ["stands"] = await Of(runs with { Stands = true }), ["ahead"] = await Of(runs with { Begins = runs.Begins + 400 }) };
            var scene = new Scene(LoadServer.Start(new() { Clips = clips, Auth = AuthSchemes.None, Parts = 1 }));
            scene._feed = await Cameras.Opener(scene._drain)(new(scene._assigned.MainStream, null, null, FeedTransport.Tcp), scene._outlet, null, Ct);
            return scene;
        }

        /// <summary>Returns when nothing of the film before is on its way any more: a round that saw both might take a lesson of the change, and learn nonsense.</summary>
        public async Task Play(string clip)
        {
            await _server.Inject("runs/1", new() { Clip = clip });
            for (var keyframe = 0; keyframe < 2; keyframe++) await _outlet.Fanout.NextKeyframe(Ct); // the first may have been sent before
        }

        public async Task Until(Func<bool> isSo, int most)
        {
            do
            {
                var nothing = new Proven(ProofState.Unverifiable, Detail.Of(Reason.NothingRepeated, 0, 0), null);
                var found = await _round.Run(_assigned, _record, _outlet, nothing, new(0, 0, 560, 80), record => _record = record, Ct);
                (_record, InDoubt) = (found.Record, found.InDoubt);
                foreach (var sign in found.Signs) _judge.Hear(sign);
            }
            while (--most > 0 && !isSo());
        }

        public async ValueTask DisposeAsync()
        {
            await _feed.DisposeAsync();
            _server.Dispose();
            _clock.Dispose();
            _drain.Dispose();
            _decoder.Dispose();
        }
    }

    sealed class JudgedClock : Judge.JudgedCamera
    {
        public JudgedClock() => Online();

        public Verdict Held => State.Told.Verdict;

        public new void Hear(Sign sign)
        {
            Pictures(1);
            base.Hear(sign);
        }
    }
}
