using Compliance.Probe.Judge;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch.Onvif;

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
        Assert.Equal([false, true], kept.Select(k => k is null));
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

    static async Task<Challenged> Challenge(ShownCamera shown, Action<BorrowedText?>? keep = null)
    {
        var camera = await OnvifCamera.Meet(shown.Device.Target(StruckCamera.Police.Password), Device.Means(TimeSpan.FromSeconds(30)), Ct);
        return await new OverlayChallenge(shown.Decoder, new() { OverlayWithin = TimeSpan.FromSeconds(15) }, TimeProvider.System).Run(camera, "vsc0", shown.Outlet.Fanout, keep ?? (_ => { }), Ct);
    }
}
