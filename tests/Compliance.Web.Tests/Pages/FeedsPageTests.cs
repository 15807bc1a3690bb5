using Bunit;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Web.Desks.Police;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class FeedsPageTests() : Desk(Roles.Operator)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    readonly City city = City.Of(DateTimeOffset.UtcNow);

    FeedRow Feed(DateTimeOffset? measuredAt) => new(city.Devices[0], "Түнгі қала", "Ночной город", "Бостандык",
        new(5, 24.9, 3_900, 2, VideoCodec.H264, null, null, 1920, 1080, null, 0, null), measuredAt, "№ 1");

    IRenderedComponent<FeedsPage> Open(Page<FeedRow> feeds)
    {
        Api.On("GET /feeds", feeds).On("GET /feeds/tally", new FeedTally[] { new("Бостандык", 700, 40, 2), new("Медеу", 5, 0, 0) });
        var page = Render<FeedsPage>();
        page.WaitForElement(".feed", Patience);
        return page;
    }

    [Fact]
    public void What_was_measured_hours_ago_is_not_shown_as_current()
    {
        var old = Open(new([Feed(DateTimeOffset.UtcNow.AddHours(-3).AddSeconds(-5))], null)).Find(".measured");
        Assert.Equal("last measured 3 h 0 min ago", old.TextContent);
        Assert.Contains("stale", old.ClassList);
    }

    [Fact]
    public void What_was_measured_just_now_is() =>
        Assert.Equal("1920 × 1080 · 24.9 fps", Open(new([Feed(DateTimeOffset.UtcNow)], null)).Find(".measured").TextContent);

    [Fact]
    public void A_phone_is_told_as_much_as_a_desk()
    {
        var row = Open(new([Feed(DateTimeOffset.UtcNow)], null)).Find(".feed");
        Assert.Equal("№ 1", row.QuerySelector(".basis span")!.TextContent);
        var sheet = File.ReadAllText(Path.Combine(Repo.Root, "Compliance.Web/wwwroot/portal.css"));
        Assert.DoesNotMatch(@"\.feed [^{}]*(measured|basis)[^{}]*\{[^}]*display: none", sheet);
    }

    [Fact]
    public void Counts_are_of_all_feeds_and_not_of_the_page() =>
        Assert.Equal(["747", "40", "2", "705"], Open(new([Feed(null)], "next")).FindAll(".filter .number").Select(n => n.TextContent));
}
