using System.Text;
using Microsoft.Playwright;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>Whoever followed the code on a sheet hands its file in, without script, and reads the answer first.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class PrintedPageTests
{
    [Fact]
    public async Task A_file_is_checked_and_the_answer_stands_first_in_the_readers_language()
    {
        await using var portal = await PortalAlone.Start();
        var browser = await portal.Open();
        await using var context = await browser.NewContextAsync(new() { BaseURL = portal.Url, JavaScriptEnabled = false, ViewportSize = new() { Width = 390, Height = 844 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/language/ru?back=/d");

        await HandIn(page, "%PDF-1.7 …");
        Assert.Equal("Подлинный", await page.Locator("#result.good .word").InnerTextAsync());
        Assert.EndsWith("/d#result", page.Url, StringComparison.Ordinal);
        Assert.Equal(["После подписания ничего не изменено.", "Чья это печать, нужно сверить самому.", "Каждый факт стоит в журнале без изменений."],
            await page.Locator(".steps .words:not([lang])").AllInnerTextsAsync());

        // The fake knows the file as another document than the one this code stands on.
        await page.GotoAsync("/d/00000000-0000-0000-0000-0000000000d1");
        await HandIn(page, "%PDF-1.7 …");
        Assert.Equal("Это не тот документ, на котором этот код", await page.Locator("#result.bad .word").InnerTextAsync());
        Assert.Equal(0, await page.Locator(".sign.good").CountAsync());

        await HandIn(page, "");
        Assert.Equal("Файл пустой: выберите другой.", await page.Locator("#result").InnerTextAsync());
    }

    static async Task HandIn(IPage page, string file)
    {
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "sheet.pdf", MimeType = "application/pdf", Buffer = Encoding.UTF8.GetBytes(file) });
        await page.Locator("form[enctype] button").ClickAsync();
        await page.Locator("#result").WaitForAsync();
    }
}
