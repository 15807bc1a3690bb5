using Compliance.Domain.Complaints;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>A person at the door complains with a telephone that runs no script; what was written survives a refusal.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class ComplainTests
{
    [Fact]
    public async Task A_form_that_is_refused_comes_back_as_it_was_filled_in_and_can_be_sent_again()
    {
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, JavaScriptEnabled = false, Locale = "ru-RU" });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/complain/{portal.Api.City.Venues[0].VenueId}?via=door");
        await page.Locator("select").SelectOptionAsync($"{ComplaintCategory.Other}");
        await page.Locator("input[name='Form.Contact']").FillAsync("+7 701 000 00 00");
        await page.Locator("button[type=submit]").ClickAsync(); // sooner than a person fills it in
        await Assertions.Expect(page.Locator("[role=alert]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("select")).ToHaveValueAsync($"{ComplaintCategory.Other}");
        await Assertions.Expect(page.Locator("input[name='Form.Contact']")).ToHaveValueAsync("+7 701 000 00 00");
        await page.Locator("textarea").EvaluateAsync("field => { field.removeAttribute('maxlength'); field.value = 'м'.repeat(1600); }");
        do await page.Locator("button[type=submit]").ClickAsync(); while (await page.Locator("textarea[aria-invalid]").CountAsync() == 0);
        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("1500");
        await page.Locator("textarea").FillAsync("Музыка после трёх ночи, двери открыты.");
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync("Музыка после трёх ночи, двери открыты.");
        do await page.Locator("button[type=submit]").ClickAsync(); while (await page.Locator("textarea").CountAsync() > 0);
        await Assertions.Expect(page.Locator(".complaint-status .number")).ToBeVisibleAsync();
        var told = Assert.Single(portal.Api.Complaints);
        Assert.Equal((ComplaintCategory.Other, ComplaintChannel.DoorQr, "Музыка после трёх ночи, двери открыты."), (told.Category, told.Channel, told.Words));
    }
}
