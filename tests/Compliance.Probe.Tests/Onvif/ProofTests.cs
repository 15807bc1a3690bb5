using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>
/// The contract "verdict X under fault Y" for what a camera has to prove: rounds over ONVIF against a simulated device, its real pictures by RTSP and
/// a recorder, both of our own and of GStreamer's, before the judge; each fault gives its verdict and no other, and healing it ends it.
/// </summary>
public sealed class ProofTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Served.ByInjector), InlineData(Served.ByGStreamer)]
    public async Task A_picture_that_no_longer_takes_the_texts_is_looped_or_replayed_until_it_takes_them_again(Served by)
    {
        await using var scene = await Scene.Make("salon", by: by);
        await scene.Until(() => scene.Proofs.Live.State == ProofState.Given, most: 8);
        Assert.Equal((Verdict.Online, ProofState.Given), (scene.Told, scene.Proofs.Live.State));
        Assert.StartsWith("OverlayRead ", scene.Proofs.Live.Detail, StringComparison.Ordinal);

        scene.Device.Faults = new() { TextsUnseen = true };
        await scene.Rounds(1);
        Assert.Equal((Verdict.Online, true), (scene.Told, scene.InDoubt));
        await scene.Rounds(1);
        Assert.Equal((Verdict.LoopedOrReplayed, "OverlayUnseen 2"), (scene.Told, scene.Why));
        await scene.UntilGivenBack(most: 4);
        Assert.True(scene.Device.Texts.Values.SequenceEqual(["04"]), $"{string.Join(' ', scene.Device.Texts)} after {string.Join(' ', scene.Device.Asked)}; owed {scene.Owed}");

        scene.Device.Faults = OnvifFaults.None;
        await scene.Until(() => scene.Told == Verdict.Online, most: 8);
        Assert.Equal((Verdict.Online, ProofState.Given), (scene.Told, scene.Proofs.Live.State));
    }

    [Fact]
    public async Task While_a_text_is_not_given_back_nothing_more_is_borrowed_and_nothing_held_against_the_camera()
    {
        await using var scene = await Scene.Make("attic");
        await scene.Until(() => scene.Proofs.Live.State == ProofState.Given, most: 8);
        await scene.UntilGivenBack(most: 4);
        scene.Device.Faults = new() { TextsUnseen = true, Operations = new Dictionary<string, Failing> { ["DeleteOSD"] = Failing.Lost } };
        await scene.Rounds(1);
        var (asked, texts) = (Made(scene), scene.Device.Texts.Count);
        await scene.Rounds(3);
        Assert.Equal((Verdict.Online, true, asked, texts), (scene.Told, scene.InDoubt, Made(scene), scene.Device.Texts.Count));
        scene.Device.Faults = OnvifFaults.None;
        await scene.Until(() => scene.Proofs.Live.State == ProofState.Given, most: 8);
        await scene.UntilGivenBack(most: 4);
        Assert.Equal(["04"], scene.Device.Texts.Values);

        static int Made(Scene scene) => scene.Device.Asked.Count(operation => operation == "CreateOSD");
    }

    [Fact]
    public async Task A_camera_that_refuses_a_text_and_shows_it_all_the_same_is_left_as_it_was()
    {
        await using var scene = await Scene.Make("cellar");
        scene.Device.Faults = new() { TextsUnseen = true, Operations = new Dictionary<string, Failing> { ["CreateOSD"] = Failing.DoneAndRefused } };
        await scene.Rounds(1);
        Assert.Contains("SetOSD", scene.Device.Asked);
        await scene.UntilGivenBack(most: 4);
        Assert.Equal(["04"], scene.Device.Texts.Values);
    }

    [Fact]
    public async Task Of_a_camera_whose_overlay_was_never_read_nothing_is_held()
    {
        await using var scene = await Scene.Make("stairs");
        scene.Device.Faults = new() { TextsUnseen = true };
        await scene.Rounds(3);
        Assert.Equal((Verdict.Online, ProofState.Unverifiable), (scene.Told, scene.Proofs.Live.State));
        Assert.StartsWith("OverlayNeverSeen; ", scene.Proofs.Live.Detail, StringComparison.Ordinal);
    }

    [Theory, InlineData(Served.ByInjector), InlineData(Served.ByGStreamer)]
    public async Task An_archive_with_most_of_its_days_missing_is_short_whatever_it_claims_until_they_are_there(Served by)
    {
        await using var scene = await Scene.Make("till", withOverlay: false, recordedBy: by, by: by);
        await scene.Recorder!.Hold(new(TimeSpan.FromDays(6)));
        scene.Device.Faults = new() { ClaimedDays = 30 };
        await scene.Until(() => scene.Told != Verdict.Online, most: 60);
        Assert.Equal(Verdict.ArchiveShort, scene.Told);
        Assert.Equal((Reason.ArchiveMissing, "30"), Detail.Read(scene.Why)![0] is var why ? (why.Reason, why.Figures[1]) : default);
        Assert.Equal(ProofState.Broken, scene.Proofs.Archive.State);

        await scene.Recorder.Hold(new(TimeSpan.FromDays(31)));
        await scene.Until(() => scene.Told == Verdict.Online, most: 120);
        Assert.Equal((Verdict.Online, ProofState.Given), (scene.Told, scene.Proofs.Archive.State));
    }

    [Fact]
    public async Task A_recorder_that_stalls_where_there_is_nothing_is_not_let_off_and_one_without_Profile_G_is_not_accused()
    {
        await using var scene = await Scene.Make("till", withOverlay: false);
        await scene.Rounds(2);
        Assert.Equal((Verdict.Online, ProofState.Unverifiable, "ArchiveUnproven no-Profile-G"), (scene.Told, scene.Proofs.Archive.State, scene.Proofs.Archive.Detail));
    }

    [Fact]
    public async Task Another_device_that_answers_is_told_until_the_view_is_approved_anew()
    {
        await using var scene = await Scene.Make("till", withOverlay: false);
        await scene.Rounds(1);
        scene.Device.Faults = new() { Label = DeviceLabel.Usual with { Serial = "OTHER9" } };
        await scene.Rounds(1);
        Assert.Equal((Verdict.Online, true), (scene.Told, scene.InDoubt));
        await scene.Rounds(1);
        Assert.Equal((Verdict.ParameterViolation, "OtherDevice OTHER9 SIM000417"), (scene.Told, scene.Why));
        scene.Approve();
        await scene.Rounds(1);
        Assert.Equal(Verdict.Online, scene.Told);
    }

    [Fact]
    public async Task What_the_camera_declares_and_its_clock_stand_beside_what_is_measured()
    {
        await using var scene = await Scene.Make("till", withOverlay: false);
        scene.Device.Faults = new() { Declared = new("H265", 1920, 1080, 25, 4000, 50), ClockSkew = TimeSpan.FromSeconds(40) };
        await scene.Rounds(1);
        Assert.Equal(new("H265", 1920, 1080, 25, 4000, 50), scene.Proofs.Declared);
        Assert.InRange(scene.Proofs.ClockOffsetMs!.Value, 38_500, 41_500);
        Assert.Equal(("Simulated SIM-4", "SIM000417"), (scene.Proofs.Device, scene.Proofs.Serial));
    }

    [Fact]
    public async Task A_device_that_does_not_answer_proves_nothing_and_breaks_nothing()
    {
        await using var scene = await Scene.Make("till", withOverlay: false);
        scene.Device.Faults = new() { Nonsense = Nonsense.BillionLaughs };
        await scene.Rounds(2);
        Assert.Equal((Verdict.Online, ProofState.Unverifiable, "NoOnvif Unreadable-xml"), (scene.Told, scene.Proofs.Archive.State, scene.Proofs.Archive.Detail));
    }

    [Fact]
    public async Task A_password_refused_by_the_stream_and_taken_by_Onvif_is_a_full_session_table()
    {
        await using var device = await Device.Start();
        var refused = new Weighed(new(Verdict.AuthFailed, Reason.PasswordRefused));
        var full = await new Vouching(device.Target(), Device.Means()).Weigh(refused, Ct);
        Assert.Equal((Verdict.SessionLimit, "PasswordWorksByOnvif; PasswordRefused"), (full.Lost.Cause, full.Lost.Message));
        Assert.Same(refused, await new Vouching(device.Target("wrong"), Device.Means()).Weigh(refused, Ct));
    }

    /// <summary>One camera with all its sides, and a judge who hears what the rounds find.</summary>
    sealed class Scene : IAsyncDisposable
    {
        readonly ShownCamera _shown;
        readonly JudgedProofs _judge = new();
        readonly ProofRound _round;
        AssignedCamera _assigned;
        CameraRecord _record;

        Scene(ShownCamera shown, IRecorder? recorder)
        {
            (_shown, Recorder) = (shown, recorder);
            var (login, settings) = (StruckCamera.Police, new ProofSettings { OverlayShare = 1, OverlayWithin = TimeSpan.FromSeconds(15), Archive = new() { FalseAlarm = 0.01, Overlooked = 0.2 } });
            _assigned = new(Guid.NewGuid(), Guid.Empty, shown.Target.Stream, login.User, login.Password, new(0, 0, 0, null), Onvif: shown.Device.Address);
            _record = new(_assigned.MainStream, null, TimeProvider.System.GetUtcNow().AddDays(-90));
            _round = new(Onvif.Device.Means(TimeSpan.FromSeconds(30)), new(shown.Decoder, settings, TimeProvider.System), new(shown.Decoder, settings.Clock, TimeProvider.System), new(new(shown.Open, TimeProvider.System), settings.Archive, TimeProvider.System), settings, TimeProvider.System, new Random(1));
        }

        public SimulatedDevice Device => _shown.Device;
        public IRecorder? Recorder { get; }
        public bool InDoubt { get; private set; }
        public Verdict Told => _judge.State.Told.Verdict;
        public string Why => _judge.State.Told.Detail;
        public CameraProofs Proofs => _record.Proofs!;
        public BorrowedText? Owed => _record.Borrowed;

        public static async Task<Scene> Make(string name, bool withOverlay = true, Served? recordedBy = null, Served by = Served.ByInjector)
        {
            var recorder = recordedBy is { } who ? await Recorders.Start(who, new(TimeSpan.FromDays(31))) : null;
            return new(await ShownCamera.Serve(by, name, withOverlay: withOverlay, replay: recorder?.Url), recorder);
        }

        public async Task Rounds(int count)
        {
            for (; count > 0; count--)
            {
                var nothing = new Proven(ProofState.Unverifiable, Detail.Of(Reason.NothingRepeated, 0, 0), null);
                var found = await _round.Run(_assigned, _record, _shown.Outlet, nothing, null, record => _record = record, Ct);
                (_record, InDoubt) = (found.Record, found.InDoubt);
                foreach (var sign in found.Signs) _judge.Hear(sign);
            }
        }

        public async Task Until(Func<bool> isSo, int most)
        {
            do await Rounds(1);
            while (--most > 0 && !isSo());
        }

        /// <summary>A text that could not be given back at once, on a busy machine, is given back in one of the next rounds.</summary>
        public async Task UntilGivenBack(int most)
        {
            while (_record.Borrowed is not null && most-- > 0) await Rounds(1);
        }

        public void Approve()
        {
            _assigned = _assigned with { ViewId = Guid.NewGuid() };
            _judge.Hear(new Sign.Proved(_judge.Now, ProofOf.Identity, null));
        }

        public async ValueTask DisposeAsync()
        {
            await _shown.DisposeAsync();
            if (Recorder is not null) await Recorder.DisposeAsync();
        }
    }

    sealed class JudgedProofs : Judge.JudgedCamera
    {
        public JudgedProofs() => Online();

        public new CameraState State => base.State;

        public new DateTimeOffset Now => base.Now;

        public new void Hear(Sign sign)
        {
            Pictures(1);
            base.Hear(sign);
        }
    }
}
