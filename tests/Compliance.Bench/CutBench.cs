using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Compliance.Web.Tests.EndToEnd;
using VenueSimulator.Load;
using VenueSimulator.Media;

namespace Compliance.Bench;

/// <summary>
/// From a cut cable to the owner's screen: the whole house as processes, the judge as patient as in earnest, a real browser.
/// The first figure holds the judge's patience (30 s of <c>JudgeSettings.OfflineAfter</c>), the second is the house alone: from
/// the fact in the log to the picture on the screen.
/// </summary>
static class CutBench
{
    const int Rounds = 5;
    const string Owner = "owner@demo";
    static readonly Login Login = new("police", "se\"cret");

    public static async Task Run(string[] args)
    {
        await using var house = await House.Open(patient: true);
        using var cameras = LoadServer.Start(new()
        {
            Clips = new Dictionary<string, Clip> { ["clip"] = await ClipCache.Shared.Load(ClipRecipe.Small) }, Login = Login,
        });
        var (playwright, browser) = await Browser.Launch();
        using var _ = playwright;
        await using var __ = browser;
        var venue = await Register(house, cameras);
        var page = await browser.SignIn(house, Owner);
        page.SetDefaultTimeout(180_000);
        await page.GotoAsync($"/venues/{venue}");
        for (var n = 0; n < Rounds; n++) await page.Locator("[data-verdict=Online]").Nth(n).WaitForAsync();

        var (whole, own) = (new List<(double, double?)>(), new List<(double, double?)>());
        for (var n = 0; n < Rounds; n++)
        {
            var cut = TimeProvider.System.GetUtcNow();
            await cameras.Inject(Path(n), new Faults { Cut = true });
            await page.Locator("[data-verdict=Unreachable]").Nth(n).WaitForAsync();
            var seen = TimeProvider.System.GetUtcNow();
            whole.Add(((seen - cut).TotalSeconds, null));
            own.Add(((seen - await Recorded(house, venue, cut)).TotalMilliseconds, null));
        }

        Figure.Print("cut: from a cut cable to the owner's screen", "s", whole, target: 35, atMost: true);
        Figure.Print("cut: from the outage in the log to the owner's screen", "ms", own, target: 1000, atMost: true);
    }

    static string Path(int n) => $"clip/{n}";

    static async Task<Guid> Register(House house, LoadServer cameras)
    {
        var venue = Guid.CreateVersion7();
        var today = VenueZone.Day(TimeProvider.System.GetUtcNow());
        await house.Send(HttpMethod.Put, $"/venues/{venue}", new VenueCommand.Register(
            venue, new("Өлшем", "Замер", "990040001230", "Абай, 1", "Алмалы", new(43.24, 76.9), false), 300, []), Owner);
        await house.Send(HttpMethod.Post, $"/venues/{venue}/legal-bases", new VenueCommand.GrantLegalBasis(
            new(Guid.CreateVersion7(), LegalBasisKind.Consent, "1", "all", today, null)), Owner);
        for (var n = 0; n < Rounds; n++)
        {
            var camera = Guid.CreateVersion7();
            await house.Send(HttpMethod.Put, $"/devices/{camera}", new DeviceCommand.Register(camera, venue, new CameraSpec(
                $"Камера {n}", $"Камера {n}", CameraPurpose.Hall, [], [], new(cameras.Url(Path(n)), null, FeedTransport.Tcp))), Owner);
            await house.Send(HttpMethod.Put, $"/devices/{camera}/feed-credentials", new FeedCredentials(Login.User, Login.Password), Owner);
        }

        return venue;
    }

    /// <summary>When the log learned of the outage that began last.</summary>
    static async Task<DateTimeOffset> Recorded(House house, Guid venue, DateTimeOffset cut)
    {
        var page = await house.Get<Page<OutageRow>>($"/venues/{venue}/outages", Owner);
        return page.Items.Where(o => o.DetectedAt > cut).Max(o => o.DetectedAt);
    }
}
