using Compliance.Probe.Tests.EndToEnd;
using VenueSimulator.Cities;
using VenueSimulator.Media;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>A recorder on loopback: our simulated one, or GStreamer's own ONVIF replay.</summary>
static class Recorders
{
    public static async Task<IRecorder> Start(Served by, Recorded recorded)
    {
        Assert.SkipUnless(Ffmpeg.IsInstalled, "ffmpeg is not installed");
        var (recipe, ct) = (ClipRecipe.Small with { GopSeconds = 1 }, TestContext.Current.CancellationToken);
        if (by == Served.ByInjector) return new ReplayServer(await ClipCache.Shared.Load(recipe, ct), recorded, StruckCamera.Police);
        Assert.SkipUnless(GstServer.IsInstalled, StruckCamera.NoGStreamer);
        var recorder = await GstRecorder.Start(await ClipCache.Shared.Make(recipe, ct), recipe.Fps, StruckCamera.Police);
        await recorder.Hold(recorded);
        return recorder;
    }
}
