using System.Diagnostics;
using System.Globalization;
using Compliance.Domain.Devices;
using Compliance.Domain.Footage;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Tests.Tell;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Media;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>A period of a recording, pulled from a recorder that sends a few seconds at a time: whole, in its own time, and gone on with where it broke off.</summary>
public sealed class ReplayPullTests : IDisposable
{
    static readonly DateTimeOffset From = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().AddDays(-2).ToUnixTimeSeconds());
    readonly Drain _drain = new(TimeProvider.System);
    readonly Folder _folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    string Path => _folder["pulled.ts"];

    public void Dispose()
    {
        _drain.Dispose();
        _folder.Dispose();
    }

    [Theory, InlineData(Served.ByInjector), InlineData(Served.ByGStreamer)]
    public async Task A_period_comes_whole_however_short_the_recorders_breath(Served by)
    {
        await using var recorder = await Recorders.Start(by, new(TimeSpan.FromDays(30)));
        var pulled = await Pull(recorder, From, From.AddSeconds(10));
        Assert.Equal(0, pulled.Missing);
        Assert.InRange((pulled.First!.Value - From).TotalSeconds, -1.1, 0.1); // from the keyframe before it
        Assert.InRange((From.AddSeconds(10) - pulled.Last!.Value).TotalSeconds, 0, 0.1);
        Assert.Equal((int)Math.Round((pulled.Last - pulled.First).Value.TotalSeconds * ClipRecipe.Small.Fps) + 1, await Videos.Frames(Path));
    }

    [Fact]
    public async Task What_the_recorder_does_not_have_is_counted_and_keeps_its_place()
    {
        await using var recorder = await Recorders.Start(Served.ByInjector, new(TimeSpan.FromDays(30), (From.AddSeconds(6.5), From.AddSeconds(14))));
        var pulled = await Pull(recorder, From, From.AddSeconds(20));
        Assert.InRange(pulled.Missing, 5.5, 6.5);
        Assert.InRange((pulled.Last! - pulled.First!).Value.TotalSeconds, 19.5, 21.2);
    }

    [Fact]
    public async Task What_broke_off_goes_on_and_the_pictures_are_the_same()
    {
        await using var recorder = await Recorders.Start(Served.ByInjector, new(TimeSpan.FromDays(30)));
        using (var broken = CancellationTokenSource.CreateLinkedTokenSource(Ct))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Pull(recorder, From, From.AddSeconds(20), state => { if (state.Last > From.AddSeconds(6)) broken.Cancel(); }, broken.Token));
        await File.AppendAllTextAsync(Path, "half a picture that a crash left", Ct);
        var plays = ((ReplayServer)recorder).Plays;
        var pulled = await Pull(recorder, From, From.AddSeconds(20));
        Assert.InRange(((ReplayServer)recorder).Plays - plays, 1, 3); // not from the beginning
        Assert.Equal(0, pulled.Missing);
        Assert.Equal((int)Math.Round((pulled.Last! - pulled.First!).Value.TotalSeconds * ClipRecipe.Small.Fps) + 1, await Videos.Frames(Path));
    }

    [Fact]
    public async Task Nothing_there_nothing_dated_and_too_much_of_it_are_told_apart()
    {
        var recorder = (ReplayServer)await Recorders.Start(Served.ByInjector, new(TimeSpan.FromDays(1)));
        await using var _ = recorder;
        Assert.Equal(FetchFailure.NothingRecorded, await Fails(recorder));
        (recorder.Recorded, recorder.WithoutTime) = (new(TimeSpan.FromDays(30)), true);
        Assert.Equal(FetchFailure.WithoutTime, await Fails(recorder));
        recorder.WithoutTime = false;
        Assert.Equal(FetchFailure.TooLarge, await Fails(recorder, most: 100_000));
    }

    async Task<FetchFailure> Fails(ReplayServer recorder, long most = 1 << 30) => (await Assert.ThrowsAsync<PullFailed>(() => Pull(recorder, From, From.AddSeconds(10), most: most))).Why;

    Task<Pulled> Pull(IRecorder recorder, DateTimeOffset from, DateTimeOffset until, Action<Pulled>? tell = null, CancellationToken? ct = null, long most = 1 << 30) =>
        new ReplayPull(Cameras.Opener(_drain), TimeProvider.System, TimeSpan.FromSeconds(1), most)
            .Run(new(recorder.Url, StruckCamera.Police.User, StruckCamera.Police.Password, FeedTransport.Tcp), from, until, Path, tell ?? (_ => { }), ct ?? Ct);
}

/// <summary>What ffmpeg says of a video.</summary>
static class Videos
{
    /// <summary>How many pictures decode; one that does not decode cleanly fails the test.</summary>
    public static async Task<int> Frames(string path)
    {
        Assert.Equal("", await Run("ffmpeg", "-v", "error", "-i", path, "-f", "null", "-"));
        return int.Parse(await Run("ffprobe", "-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of", "default=nw=1:nk=1", path), CultureInfo.InvariantCulture);
    }

    static async Task<string> Run(string tool, params string[] arguments)
    {
        using var child = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await Task.WhenAll(child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        return string.Concat(said).Trim().Split('\n')[0];
    }
}
