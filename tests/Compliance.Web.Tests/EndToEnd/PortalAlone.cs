using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>The portal as a process before an API that tells what a test made up, and a browser to open it with.</summary>
sealed class PortalAlone : IAsyncDisposable
{
    readonly HouseProcess _portal;
    (IPlaywright Playwright, IBrowser Browser)? _opened;

    PortalAlone(FakeApi api, string url)
    {
        (Api, Url) = (api, url);
        _portal = HouseProcess.Start("Compliance.Web", new Dictionary<string, string> { ["Urls"] = url, ["Api__Url"] = api.Url });
    }

    public FakeApi Api { get; }

    public string Url { get; }

    public static async Task<PortalAlone> Start()
    {
        var portal = new PortalAlone(await FakeApi.Start(), $"http://127.0.0.1:{HouseProcess.FreePort()}");
        try
        {
            await portal._portal.Answers(portal.Url + "/health/live");
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closed with the portal; a machine without one skips, visibly.</summary>
    public async Task<IBrowser> Open() => (_opened = await Browser.Launch()).Value.Browser;

    public async ValueTask DisposeAsync()
    {
        if (_opened is var (playwright, browser))
        {
            await browser.DisposeAsync();
            playwright.Dispose();
        }

        await _portal.DisposeAsync();
        await Api.DisposeAsync();
    }
}
