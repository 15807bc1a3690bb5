using System.Diagnostics;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A clip of an alert is on no screen without who sees it: not while it plays, not paused, not in full.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class ClipTests : IDisposable
{
    readonly string _clip = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.mp4");

    public void Dispose() => File.Delete(_clip);

    /// <summary>How many of its pixels are not dark.</summary>
    const string Bright = """
        source => {
          const own = Object.assign(document.createElement('canvas'), { width: 640, height: 360 }), brush = own.getContext('2d');
          brush.drawImage(source, 0, 0, 640, 360);
          return brush.getImageData(0, 0, 640, 360).data.filter((v, i) => i % 4 === 0 && v > 60).length;
        }
        """;

    [Fact]
    public async Task Who_sees_a_clip_is_drawn_into_every_picture_of_it()
    {
        Installed.OrSkip("ffmpeg");
        using (var made = Process.Start("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "color=c=black:size=640x360:rate=10:duration=4", "-pix_fmt", "yuv420p", _clip])) await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var portal = await PortalAlone.Start();
        (portal.Api.Role, portal.Api.Clip) = ("operator", await File.ReadAllBytesAsync(_clip, TestContext.Current.CancellationToken));
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, ViewportSize = new() { Width = 1280, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?back=/");
        await page.GotoAsync($"/alerts/{Incidents.Id(2)}");
        await page.Connected();
        await page.Locator("[data-key=KeyP]").ClickAsync();
        await page.Locator(".clip-screen[data-drawn=true]").WaitForAsync();
        await IsSigned("playing");
        if (Environment.GetEnvironmentVariable("SHOTS") is { } folder) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, "clip.png") });
        await page.Locator(".clip-play").ClickAsync();
        await page.Locator(".clip-screen[data-state=paused]").WaitForAsync();
        await IsSigned("paused");
        await page.Locator(".clip-full").ClickAsync();
        await page.WaitForFunctionAsync("() => document.fullscreenElement?.classList.contains('clip-screen')");
        await IsSigned("full");
        Assert.False(await page.Locator(".clip-screen video").EvaluateAsync<bool>("v => v.controls || v.getBoundingClientRect().width > 1"));

        async Task IsSigned(string when)
        {
            Assert.True(await page.Locator(".clip-screen canvas").EvaluateAsync<int>(Bright) > 500, when);
            Assert.Equal(0, await page.Locator(".clip-screen video").EvaluateAsync<int>(Bright)); // the clip itself is black: what is bright is the mark
        }
    }
}
