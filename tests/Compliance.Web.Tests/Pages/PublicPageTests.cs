using Bunit;
using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Reports;
using Compliance.Web.Desks.Public;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

public sealed class PublicPageTests : Desk
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    IRenderedComponent<AtTheDoorPage> Door(DoorPage door)
    {
        Api.On($"GET /public/venues/{door.Number ?? door.VenueId.ToString()}", door);
        return Render<AtTheDoorPage>(p => p.Add(d => d.Key, door.Number ?? door.VenueId.ToString()));
    }

    [Theory]
    [InlineData(0, "In force", "good"), InlineData(2, "Suspended", "bad"), InlineData(3, "No certificate", "unclear")]
    public void The_state_is_one_word_a_sign_and_a_colour(int venue, string word, string tone)
    {
        var sign = Door(Certificates.Door(city, venue)).Find(".sign");
        Assert.Contains(tone, sign.ClassList);
        Assert.Equal(word, sign.QuerySelector(".word")!.TextContent);
        Assert.NotNull(sign.QuerySelector("svg"));
    }

    [Fact]
    public void What_is_not_verified_now_is_said_not_to_be()
    {
        Assert.StartsWith("not verified now; last at", Door(Certificates.Door(city, 0, isVerified: false)).Find("dd.unclear").TextContent, StringComparison.Ordinal);
        Assert.Equal("not verified now", Door(Certificates.Door(city, 0) with { VerifiedAt = null, IsVerifiedNow = false }).Find("dd.unclear").TextContent);
        Assert.StartsWith("now, at", Door(Certificates.Door(city, 0)).Find("dd.good").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Orders_conditions_and_the_owners_reply_are_there()
    {
        var page = Door(Certificates.Door(city, 2) with { OpenOrders = 2 });
        Assert.Contains("2 orders", page.Markup, StringComparison.Ordinal);
        Assert.Contains(Certificates.Quiet.Ru, page.Find(".conditions").TextContent, StringComparison.Ordinal);
        Assert.Contains("Дверь заменена", page.Find("blockquote").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_printed_document_shows_its_state_and_hashes()
    {
        var id = Guid.NewGuid();
        var page = new DocumentPage(id, DocumentState.Replaced, "liability-record.v2", city.Now.AddDays(-9), city.Now.AddDays(-2), 3, [new(new('b', 64), ["kk"], city.Now.AddDays(-9), 12)], "records.example/log+01020304+AQ==", 48_233, "root", null);
        Api.On($"GET /public/documents/{id}", page);
        var shown = Render<PrintedPage>(p => p.Add(d => d.Id, id));
        Assert.Equal("Liability record", shown.Find("h1").TextContent);
        Assert.Equal("Replaced by a newer one", shown.Find(".sign.unclear .word").TextContent);
        Assert.Contains(new string('b', 64), shown.Find(".entries").TextContent, StringComparison.Ordinal);
        Assert.Contains("--key 'records.example/log+01020304+AQ=='", shown.Find("pre").TextContent, StringComparison.Ordinal);
        Api.On($"GET /public/documents/{id}", page with { State = DocumentState.Issued, ReplacedAt = null, Formula = "inspection-act.v3" });
        var issued = Render<PrintedPage>(p => p.Add(d => d.Id, id));
        Assert.Equal(("Inspection act", "Issued"), (issued.Find("h1").TextContent, issued.Find(".sign.good .word").TextContent));
    }

    [Fact]
    public void A_document_that_was_never_issued_is_told_so()
    {
        var id = Guid.NewGuid();
        Api.On($"GET /public/documents/{id}", new { code = "document.unknown" }, System.Net.HttpStatusCode.NotFound);
        Assert.Contains("No such document was issued", Render<PrintedPage>(p => p.Add(d => d.Id, id)).Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_sheet_is_named() =>
        Assert.Contains("2025-0000001-11", Door(Certificates.Door(city, 0) with { AskedNumber = "2025-0000001-11" }).Find(".note.bad").TextContent, StringComparison.Ordinal);

    [Fact]
    public void A_number_that_is_none_is_told()
    {
        Api.On("GET /public/venues/1", new { code = "licence.number-unknown" }, System.Net.HttpStatusCode.NotFound);
        Assert.Contains("No certificate has this number", Render<AtTheDoorPage>(p => p.Add(d => d.Key, "1")).Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_register_leads_to_each_door_and_to_the_open_data()
    {
        Api.On("GET /public/register", Certificates.Register(city) with { Next = "50" });
        var page = Render<RegisterPage>();
        Assert.Equal(2, page.FindAll(".entries li").Count);
        Assert.All(page.FindAll(".entries a"), link => Assert.StartsWith("/v/", link.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Contains("https://api.example.kz/public/register.csv", page.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.NotNull(page.Find("a.more"));
    }

    [Fact]
    public void Nothing_found_is_said()
    {
        Api.On("GET /public/register", new Page<RegisterEntry>([], null));
        Assert.NotEmpty(Render<RegisterPage>().FindAll(".note"));
    }
}
