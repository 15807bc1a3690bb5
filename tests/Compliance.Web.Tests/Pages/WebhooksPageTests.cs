using Bunit;
using Compliance.Domain.Centres;
using Compliance.Domain.Kernel;
using Compliance.Domain.Webhooks;
using Compliance.Web.Desks.Police;
using Compliance.Web.Parts.Webhooks;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace Compliance.Web.Tests.Pages;

public sealed class WebhooksPageTests() : Desk(Roles.Supervisor)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<WebhooksPage> Page()
    {
        var lines = Receiving.Lines(city);
        Api.On("GET /webhooks", new Page<ReceiverLine>(lines, null)).On("GET /webhooks/key", Receiving.Key).On("GET /centres", new Page<CentreRow>(Receiving.Centres, null));
        foreach (var line in lines) Api.On($"GET /webhooks/{line.Row.ReceiverId}/deliveries", new Page<Delivery>(Receiving.Of(city, line.Row.ReceiverId), null));
        var page = Render<WebhooksPage>();
        page.WaitForElement(".receiver", Patience);
        return page;
    }

    [Fact]
    public void A_receiver_shows_what_arrived_and_what_died_stands_on_top()
    {
        var page = Page();
        Assert.Equal(Receiving.Key.Key, page.Find("#webhook-key").TextContent);
        var first = page.FindAll(".receiver")[0];
        Assert.Equal(["Dead", "Waiting", "Delivered"], first.QuerySelectorAll(".deliveries li").Select(li => li.GetAttribute("data-state")));
        Assert.Contains("It did not answer in time. Attempts: 10", first.TextContent, StringComparison.Ordinal);
        Assert.Contains("Off: the receiver answered 410", page.FindAll(".receiver")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_centres_stand_there_and_only_an_administrator_admits_one()
    {
        var page = Page();
        Assert.Equal(["ЦОУ ДП Алматы", "112 Алматы"], page.FindAll(".centres strong").Select(name => name.TextContent));
        Assert.Empty(page.FindAll(".admit-centre, .centre-key, .centre-dismiss"));
    }

    [Fact]
    public void What_died_is_sent_again_only_to_a_receiver_that_is_told()
    {
        var page = Page();
        var again = Assert.Single(page.FindAll(".again"));
        var dead = Receiving.Of(city, Receiving.Lines(city)[0].Row.ReceiverId).Single(d => d.State == DeliveryState.Dead);
        var path = $"POST /webhooks/{Receiving.Lines(city)[0].Row.ReceiverId}/sent-again/{dead.MessageId}";
        Api.On(path, new { });
        again.Click();
        page.WaitForAssertion(() => Assert.Contains(Api.Asked, a => a.Door == path), Patience);
    }

    [Fact]
    public async Task One_is_added_with_what_it_is_told_of_and_where()
    {
        var dialogs = await Opened<ReceiverDialog>();
        Assert.True(dialogs.Find(".receiver-save").HasAttribute("disabled"));
        dialogs.Find("#receiver-url").Input("https://centre.example.kz/hooks");
        Assert.False(dialogs.Find(".receiver-save").HasAttribute("disabled"));
    }
}
