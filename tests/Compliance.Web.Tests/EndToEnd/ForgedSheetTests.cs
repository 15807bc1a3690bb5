using System.Net;

namespace Compliance.Web.Tests.EndToEnd;

/// <summary>Who scans the code of a sheet that nobody issued is told so, by the portal itself.</summary>
[Collection(typeof(OneHouseAtATime))]
public sealed class ForgedSheetTests
{
    [Theory]
    [InlineData("nonsense")]
    [InlineData("2026-0000000-00")]
    public async Task A_number_nobody_gave_is_not_found_and_the_page_says_so(string number)
    {
        await using var portal = await PortalAlone.Start();
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"{portal.Url}/v/{number}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
