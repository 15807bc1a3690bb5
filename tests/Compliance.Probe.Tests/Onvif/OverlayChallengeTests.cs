using Compliance.Probe.Judge;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch.Onvif;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>One-time digits go into the simulated camera's picture by ONVIF and come back by RTSP, decoded and read.</summary>
public sealed class OverlayChallengeTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dots")]
    [InlineData("DejaVu Sans")]
    [InlineData("DejaVu Sans Mono")]
    public async Task One_time_digits_are_written_read_and_taken_away(string font)
    {
        await using var shown = await ShownCamera.Serve(Served.ByInjector, "bar", font);
        var kept = new List<BorrowedText?>();
        var answer = await Challenge(shown, kept.Add);
        Assert.True(answer.Answer == Answer.Read, $"{answer}");
        Assert.InRange(answer.Seconds, 0, 20);
        Assert.Equal(["04"], shown.Device.Texts.Values);
        Assert.Equal([null, "osd1"], kept.SkipLast(1).Select(k => k!.Token));
        Assert.Null(kept[^1]);
    }

    [Fact]
    public async Task A_text_that_was_made_though_the_answer_was_lost_is_found_in_the_next_round()
    {
        await using var shown = await ShownCamera.Serve(Served.ByInjector, "bar");
        var kept = new List<BorrowedText?>();
        shown.Device.Faults = new() { TextsUnseen = true, Operations = new Dictionary<string, Failing> { ["CreateOSD"] = Failing.DoneAndLost } };
        var camera = await Meet(shown);
        Assert.Equal(Answer.Failed, (await Challenge(shown, camera, kept.Add)).Answer);
        Assert.NotEqual(["04"], shown.Device.Texts.Values);
        await new OverlayChallenge(shown.Decoder, new(), TimeProvider.System).GiveBack(camera, "vsc0", kept[^1]!, kept.Add);
        Assert.Equal(["04"], shown.Device.Texts.Values);
        Assert.Null(kept[^1]);
    }

    [Fact]
    public async Task A_picture_that_comes_from_elsewhere_does_not_know_them()
    {
        await using var shown = await ShownCamera.Serve(Served.ByInjector, "bar");
        shown.Device.Faults = new() { TextsUnseen = true };
        var answer = await Challenge(shown);
        Assert.True(answer.Answer == Answer.Unseen, $"{answer}");
        Assert.Equal(["04"], shown.Device.Texts.Values);
    }

    [Theory, InlineData(Failing.Refused), InlineData(Failing.DoneAndRefused)]
    public async Task A_camera_that_says_no_and_writes_all_the_same_keeps_nothing_of_ours(Failing failing)
    {
        await using var shown = await ShownCamera.Serve(Served.ByInjector, "bar");
        var kept = new List<BorrowedText?>();
        shown.Device.Faults = new() { TextsUnseen = true, Operations = new Dictionary<string, Failing> { ["CreateOSD"] = failing, ["SetOSD"] = Failing.DoneAndRefused } };
        Assert.Equal(Answer.NoOverlay, (await Challenge(shown, kept.Add)).Answer);
        Assert.Equal(["04"], shown.Device.Texts.Values);
        Assert.Null(kept[^1]);
    }

    static async Task<Challenged> Challenge(ShownCamera shown, Action<BorrowedText?>? keep = null) => await Challenge(shown, await Meet(shown), keep ?? (_ => { }));

    static Task<OnvifCamera> Meet(ShownCamera shown) => OnvifCamera.Meet(shown.Device.Target(StruckCamera.Police.Password), Device.Means(TimeSpan.FromSeconds(30)), Ct);

    static Task<Challenged> Challenge(ShownCamera shown, OnvifCamera camera, Action<BorrowedText?> keep) =>
        new OverlayChallenge(shown.Decoder, new() { OverlayWithin = TimeSpan.FromSeconds(15) }, TimeProvider.System).Run(camera, "vsc0", shown.Outlet.Fanout, keep, Ct);
}
