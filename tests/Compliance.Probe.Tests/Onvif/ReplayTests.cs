using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Media;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>Seconds of a recording, asked of the simulated recorder over RTSP and believed by the times in their packets.</summary>
public sealed class ReplayTests : IDisposable
{
    static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    readonly Drain _drain = new(TimeProvider.System);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Served.ByInjector), InlineData(Served.ByGStreamer)]
    public async Task A_second_counts_when_its_own_pictures_come(Served by)
    {
        await using var recorder = await Recorders.Start(by, new(TimeSpan.FromDays(30), (Now.AddDays(-5.5), Now.AddDays(-4.5))));
        Assert.Equal(Replayed.Shown, await Show(recorder, 2));
        Assert.Equal(Replayed.Shown, await Show(recorder, 29.9));
        Assert.Equal(Replayed.Absent, await Show(recorder, 40));
        Assert.Equal(Replayed.Absent, await Show(recorder, 5));
    }

    [Fact]
    public async Task Pictures_without_a_time_or_of_now_prove_nothing()
    {
        using var recorder = await Recorder(new(TimeSpan.FromDays(30)));
        recorder.WithoutTime = true;
        Assert.Equal(Replayed.Undated, await Show(recorder, 3));
        (recorder.WithoutTime, recorder.SendsNow) = (false, true);
        Assert.Equal(Replayed.Absent, await Show(recorder, 3));
    }

    [Theory]
    [InlineData(0, 30, ProofState.Given)]
    [InlineData(0, 9, ProofState.Broken)]
    [InlineData(-3 * 3600, 30, ProofState.Given)]
    public async Task Random_seconds_decide_whatever_the_summary_claims(int ahead, int days, ProofState decided)
    {
        using var recorder = await Recorder(new(TimeSpan.FromDays(days)));
        await using var device = await Device.Start(replay: recorder.Url);
        (device.Faults, recorder.ClockSkew) = (new() { ClaimedDays = 30, ClockSkew = TimeSpan.FromSeconds(ahead) }, TimeSpan.FromSeconds(ahead));
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        var profile = await camera.ProfileOf(Device.Stream, Ct);
        var proof = new ArchiveProof(new(Cameras.Opener(_drain), TimeProvider.System), new() { FalseAlarm = 0.01, Overlooked = 0.2 }, TimeProvider.System);
        var (tally, proven) = (ArchiveTally.None, Proven.Unasked);
        for (var asked = 0; asked < 60 && tally.Last == ProofState.Unasked; asked++)
            (tally, proven) = await proof.Ask(camera, profile, Live, Now.AddDays(-60), tally, Ct);
        Assert.True(tally.Last == decided, $"{tally} {proven}");
        Assert.Equal(decided, proven.State);
        Assert.NotNull(Detail.Read(proven.Detail));
    }

    [Fact]
    public async Task What_cannot_be_asked_online_is_said_to_be_so()
    {
        await using var device = await Device.Start();
        var camera = await OnvifCamera.Meet(device.Target(), Device.Means(), Ct);
        var proof = new ArchiveProof(new(Cameras.Opener(_drain), TimeProvider.System), new(), TimeProvider.System);
        var (tally, proven) = await proof.Ask(camera, null, Live, Now.AddDays(-60), ArchiveTally.None, Ct);
        Assert.Equal((ArchiveTally.None, ProofState.Unverifiable, "ArchiveUnproven no-Profile-G"), (tally, proven.State, proven.Detail));
    }

    public void Dispose() => _drain.Dispose();

    static FeedTarget Live => new(Device.Stream, Device.Police.User, Device.Police.Password, FeedTransport.Tcp);

    static async Task<ReplayServer> Recorder(Recorded recorded)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        return new(await ClipCache.Shared.Load(ClipRecipe.Small, Ct), recorded, Device.Police);
    }

    Task<Replayed> Show(IRecorder recorder, double daysAgo) => new Replay(Cameras.Opener(_drain), TimeProvider.System)
        .Show(Live with { Stream = recorder.Url }, DateTimeOffset.FromUnixTimeSeconds(Now.AddDays(-daysAgo).ToUnixTimeSeconds()), Ct);
}
