using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>While a document is printed the page says so and prints it once, however often its button is pressed; a period that cannot be is told before a tab opens.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class PrintTests
{
    [Fact]
    public async Task A_second_press_prints_no_second_document_and_a_wrong_period_none()
    {
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, ViewportSize = new() { Width = 390, Height = 844 } });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/language/ru?back=/sign-in");
        await page.GotoAsync($"/venues/{portal.Api.City.Venues[0].VenueId}");
        await page.Connected();
        var form = page.Locator("form[action$='/audit.pdf']");
        var (from, to, press) = (form.Locator("[name=from]"), form.Locator("[name=to]"), form.Locator("button[type=submit]"));

        var (first, last) = (await from.InputValueAsync(), await to.InputValueAsync());
        await from.FillAsync(last);
        await to.FillAsync(first);
        await press.ClickAsync();
        Assert.Equal("Последний день раньше первого.", await to.EvaluateAsync<string>("field => field.validationMessage"));
        await from.FillAsync("2999-01-01");
        Assert.False(await from.EvaluateAsync<bool>("field => field.validity.valid"));
        Assert.Empty(portal.Api.Printed);

        await from.FillAsync(first);
        await to.FillAsync(last);
        await press.ClickAsync();
        await Assertions.Expect(page.Locator("#preparing")).ToHaveTextAsync("Документ готовится. Это займёт несколько секунд.");
        for (var again = 0; again < 2; again++) await press.EvaluateAsync("button => button.click()");
        portal.Api.Press.SetResult();
        await Assertions.Expect(page.Locator("#preparing")).ToHaveTextAsync("");
        await Assertions.Expect(form).Not.ToHaveAttributeAsync("aria-disabled", "true");
        Assert.Equal([first], portal.Api.Printed);
    }
}
