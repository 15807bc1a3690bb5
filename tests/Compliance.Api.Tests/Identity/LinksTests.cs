using Compliance.Api.Identity;

namespace Compliance.Api.Tests.Identity;

public sealed class LinksTests
{
    [Theory]
    [InlineData("/connect/authorize?state=1", "/connect/authorize?state=1"), InlineData("//evil.example", Links.Account), InlineData("/\\evil.example", Links.Account), InlineData(null, Links.Account)]
    [InlineData("/account\r\nx: y", Links.Account), InlineData("/\t/evil.example", Links.Account), InlineData("/account?q=клуб%20x", "/account?q=%D0%BA%D0%BB%D1%83%D0%B1%20x")]
    public void A_way_back_stays_on_this_host(string? asked, string given) => Assert.Equal(given, Links.Local(asked));
}
