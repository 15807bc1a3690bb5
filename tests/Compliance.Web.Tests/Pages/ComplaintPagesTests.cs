using Bunit;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks.Public;
using Compliance.Web.Desks.Authority;
using Compliance.Web.Parts.Complaints;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Web.Tests.Pages;

public sealed class ComplainPageTests : Desk
{
    static readonly Guid Venue = Guid.NewGuid(), Complaint = Guid.NewGuid();

    public ComplainPageTests()
    {
        Api.On($"GET /public/venues/{Venue}/sign", new VenueSign(Venue, "Алма", "Алма клубы", "Панфилов 99", "Алмалы"))
            .On($"GET /public/complaints/{Complaint}", new ComplaintStatus(Complaint, "ABCDE-FGHJK", ComplaintState.Answered, ComplaintOutcome.MeasuresTaken, new DateOnly(2026, 11, 20)));
    }

    [Fact]
    public void The_form_is_plain_sealed_and_needs_no_sign_in()
    {
        var page = Render<ComplainPage>(p => p.Add(v => v.Venue, Venue));
        var form = page.WaitForElement("form.complaint-form", TimeSpan.FromSeconds(10));
        Assert.Equal("post", form.GetAttribute("method"));
        Assert.NotEmpty(page.Find("input[name='Form.Seal']").GetAttribute("value")!);
        Assert.Equal("-1", page.Find("input[name='Form.Website']").GetAttribute("tabindex"));
        Assert.Equal(Enum.GetValues<ComplaintCategory>().Length + 1, page.FindAll("select[name='Form.Category'] option").Count);
    }

    [Fact]
    public void What_came_of_it_is_shown_under_its_number()
    {
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo($"/complain/{Venue}?done={Complaint}");
        var page = Render<ComplainPage>(p => p.Add(v => v.Venue, Venue));
        var status = page.WaitForElement(".complaint-status", TimeSpan.FromSeconds(10)).TextContent;
        Assert.Contains("ABCDE-FGHJK", status, StringComparison.Ordinal);
        Assert.Contains("Measures have been taken", status, StringComparison.Ordinal);
    }

    [Theory, InlineData("0001-01-01T00:00"), InlineData("9999-12-31T23:59"), InlineData("2000-01-01T00:00"), InlineData("yesterday")]
    public void A_time_nobody_may_complain_of_is_none(string field)
    {
        var clock = new FakeTimeProvider(new(2026, 6, 1, 7, 0, 0, TimeSpan.Zero));
        var post = new ComplaintPost(new EphemeralDataProtectionProvider(), clock);
        Assert.Null(post.Happened(field));
        Assert.Equal(clock.GetUtcNow().AddMinutes(-5), post.Happened("2026-06-01T11:55"));
        Assert.Null(post.Happened("2026-06-01T12:05"));
    }

    [Theory, InlineData("/v/1", true), InlineData("/complain/1", true), InlineData("/register-of-venues", true), InlineData("/venues", false)]
    public void Pages_for_everybody_are_counted(string path, bool counted) => Assert.Equal(counted, PublicLimits.IsPublic(path));

    [Fact]
    public void Machines_are_told_by_haste_by_the_hidden_field_and_by_number()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var post = new ComplaintPost(new EphemeralDataProtectionProvider(), clock);
        var (id, other) = (Guid.NewGuid(), Guid.NewGuid());
        var seal = post.Seal(id);
        Assert.Equal("complaint.not-taken", post.Fault(id, seal, "", "1.2.3.4"));
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("complaint.not-taken", post.Fault(id, seal, "http://spam", "1.2.3.4"));
        Assert.Equal("complaint.not-taken", post.Fault(other, seal, "", "1.2.3.4"));
        Assert.Equal("complaint.not-taken", post.Fault(id, "forged", "", "1.2.3.4"));
        clock.Advance(ComplaintPost.Latest);
        Assert.Equal("complaint.form-old", post.Fault(id, seal, "", "1.2.3.5"));
    }

    [Fact]
    public void Only_complaints_that_were_taken_use_up_what_an_address_may_send_and_the_wait_told_is_the_wait()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var post = new ComplaintPost(new EphemeralDataProtectionProvider(), clock);
        var id = Guid.NewGuid();
        var seal = post.Seal(id);
        clock.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < 2 * ComplaintPost.Most; i++) Assert.Null(post.Fault(id, seal, "", "1.2.3.4"));
        for (var i = 0; i < ComplaintPost.Most; i++) post.Taken("1.2.3.4");
        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal("request.too-many", post.Fault(id, seal, "", "1.2.3.4"));
        Assert.Equal(ComplaintPost.Window - TimeSpan.FromMinutes(4), post.Wait("1.2.3.4"));
        Assert.Null(post.Fault(id, seal, "", "1.2.3.5"));
        clock.Advance(post.Wait("1.2.3.4")!.Value);
        Assert.Null(post.Fault(id, seal, "", "1.2.3.4"));
    }

    [Fact]
    public void One_that_only_tries_is_stopped_too()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var post = new ComplaintPost(new EphemeralDataProtectionProvider(), clock);
        var id = Guid.NewGuid();
        var seal = post.Seal(id);
        clock.Advance(TimeSpan.FromSeconds(5));
        for (var i = 0; i < ComplaintPost.MostTries; i++) Assert.Null(post.Fault(id, seal, "", "1.2.3.4"));
        Assert.Equal("request.too-many", post.Fault(id, seal, "", "1.2.3.4"));
    }

    [Fact]
    public void A_text_that_is_too_long_is_named_and_its_line_breaks_count_once()
    {
        ComplaintFields Fields(string words, string contact = "") => new() { Words = words, Contact = contact };
        Assert.Equal(["words"], ComplaintPost.TooLong(Fields(new('a', ComplaintPost.LongestWords + 1)))!.Fields);
        Assert.Equal(["contact"], ComplaintPost.TooLong(Fields("", new('7', ComplaintPost.LongestContact + 1)))!.Fields);
        Assert.Null(ComplaintPost.TooLong(Fields(string.Concat(Enumerable.Repeat("a\r\n", ComplaintPost.LongestWords / 2)))));
    }
}

public sealed class ComplainTooOftenTests : Desk
{
    static readonly FakeTimeProvider Time = new(new(2026, 6, 1, 7, 0, 0, TimeSpan.Zero));

    public ComplainTooOftenTests() : base(clock: Time)
    {
    }

    [Fact]
    public void Whoever_sent_too_many_is_told_for_how_long_to_wait_as_a_person_and_as_a_machine()
    {
        var venue = Guid.NewGuid();
        Api.On($"GET /public/venues/{venue}/sign", new VenueSign(venue, "Алма", "Алма клубы", "Панфилов 99", "Алмалы"));
        DefaultHttpContext http = new();
        var page = Render<CascadingValue<HttpContext>>(p => p.Add(c => c.Value, http).AddChildContent<ComplainPage>(c => c.Add(v => v.Venue, venue)));
        var form = page.WaitForElement("form.complaint-form", TimeSpan.FromSeconds(10));
        for (var i = 0; i < ComplaintPost.Most; i++) Services.GetRequiredService<ComplaintPost>().Taken("");
        Time.Advance(TimeSpan.FromMinutes(3));
        form.Submit();
        page.WaitForAssertion(() => Assert.Contains("in 7 min", page.Find("[role=alert]").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(10));
        Assert.Equal((429, "420"), (http.Response.StatusCode, $"{http.Response.Headers.RetryAfter}"));
    }
}

public sealed class ComplaintsPageTests() : Desk(Roles.Authority)
{
    [Fact]
    public void Own_counts_and_published_ones_stand_apart_with_their_sources()
    {
        var row = new ComplaintRow(Guid.NewGuid(), "ABCDE-FGHJK", ComplaintChannel.Line102, ComplaintCategory.Noise, null, "Алмалы", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow, false, [Guid.NewGuid()], null, null, false);
        Api.On("GET /complaints", new Page<ComplaintRow>([row], null))
            .On("GET /complaints/figures", new ComplaintFigures([new("Алмалы", ComplaintCategory.Noise, 3, 2, 1)], PublishedCount.All));
        var page = Render<ComplaintsPage>();
        page.WaitForElement(".complaints .row", TimeSpan.FromSeconds(10));
        Assert.NotNull(page.Find(".complaints .answer"));
        Assert.Contains("1 outage", page.Find(".complaints .row").TextContent, StringComparison.Ordinal);
        var published = page.Find(".published").TextContent;
        Assert.Contains("45,992", published, StringComparison.Ordinal);
        Assert.Contains("zakon.kz", published, StringComparison.Ordinal);
        Assert.Contains("as the country’s: kursiv.media", published, StringComparison.Ordinal);
        Assert.DoesNotContain("45,992", page.Find(".own-counts").TextContent, StringComparison.Ordinal);
    }
}
