using System.Globalization;
using System.Security.Cryptography;
using Compliance.Web.Tests.Fakes;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A photo is hashed on the device that takes it, and travels with its time, place and device.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class PhotoTests
{
    const string Rule = "KZ.CAM.017";

    [Fact]
    public async Task A_photo_is_hashed_where_it_is_taken_and_one_that_did_not_arrive_says_so()
    {
        await using var portal = await PortalAlone.Start();
        portal.Api.Role = "inspector";
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new()
        {
            BaseURL = portal.Url, ViewportSize = new() { Width = 820, Height = 1180 }, Geolocation = new() { Latitude = 43.25f, Longitude = 76.875f }, Permissions = ["geolocation"],
        });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in?back=/");
        await page.GotoAsync($"/inspections/{Walks.Id}");
        await page.Connected();
        var label = page.Locator($"#item-{Rule.Replace(".", "\\.", StringComparison.Ordinal)} .photo-button");
        var input = label.Locator("input[type=file]");
        Assert.Equal(("environment", "image/*"), (await input.GetAttributeAsync("capture"), await input.GetAttributeAsync("accept")));
        Assert.True((await label.BoundingBoxAsync())!.Height >= 44);

        byte[] picture = [0xFF, 0xD8, 0xFF, 0xE0, .. RandomNumberGenerator.GetBytes(200_000), 0xFF, 0xD9];
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        await Choose(picture);
        await Assertions.Expect(label).ToHaveAttributeAsync("data-state", "sent");
        var (said, arrived) = Assert.Single(portal.Api.Photos);
        Assert.Equal(picture, arrived);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(picture)), $"{said["sha256"]}");
        Assert.Equal((Rule, "43.25", "76.875"), ($"{said["ruleId"]}", $"{said["latitude"]}", $"{said["longitude"]}"));
        Assert.InRange(DateTimeOffset.Parse(said["takenAt"]!, CultureInfo.InvariantCulture), before, DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Contains("Chrom", $"{said["device"]}", StringComparison.Ordinal);
        Assert.Empty(await input.InputValueAsync()); // the same picture can be chosen again

        portal.Api.RefusesPhotos = true;
        await Choose(picture);
        await Assertions.Expect(label).ToHaveAttributeAsync("data-state", "failed");
        await Assertions.Expect(label.Locator(".failed")).ToBeVisibleAsync();
        Assert.Single(portal.Api.Photos);

        Task Choose(byte[] bytes) => input.SetInputFilesAsync(new FilePayload { Name = "IMG_0001.jpg", MimeType = "image/jpeg", Buffer = bytes });
    }
}
