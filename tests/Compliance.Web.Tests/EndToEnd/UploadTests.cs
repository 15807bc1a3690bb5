using System.Security.Cryptography;
using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A recording leaves a real browser in pieces, and goes on where the line broke.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class UploadTests
{
    [Fact]
    public async Task A_recording_arrives_whole_over_a_line_that_breaks()
    {
        await using var portal = await PortalAlone.Start();
        portal.Api.Role = "owner";
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url });
        var page = await context.NewPageAsync();
        var broken = 0;
        await page.RouteAsync("**/footage/*/files/*/bytes", route => Interlocked.Increment(ref broken) == 2 ? route.AbortAsync() : route.ContinueAsync());
        await page.GotoAsync("/language/en?back=/sign-in");
        await page.GotoAsync($"/venues/{portal.Api.City.Venues[0].VenueId}/footage");
        await page.Connected();
        var bytes = RandomNumberGenerator.GetBytes((17 << 20) + 321);
        var field = page.Locator(".file-field").First;
        await field.Locator("input").SetInputFilesAsync(new FilePayload { Name = "hall.mp4", MimeType = "video/mp4", Buffer = bytes });
        await Assertions.Expect(field.Locator("output")).ToHaveTextAsync("It came", new() { Timeout = 60_000 });
        var came = Assert.Single(Handing.Files).Value.Came.ToArray();
        Assert.Equal(SHA256.HashData(bytes), SHA256.HashData(came));
        Assert.True(broken >= 4, $"{broken} pieces were sent"); // three, and one of them twice
    }
}
