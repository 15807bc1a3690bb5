using System.Text;
using Compliance.Api.Reports;
using System.Net;
using System.Text.RegularExpressions;
using Compliance.Domain.Devices;

namespace Compliance.Api.Tests.Reports;

public sealed class AuditHtmlTests
{
    [Theory, InlineData("kk"), InlineData("ru"), InlineData("en")]
    public async Task Every_reference_leads_to_a_fact_and_every_fact_is_led_to_by_name(string language)
    {
        var report = await ANight.Report(language);
        var html = await PrintedAudit.Page(report);
        var targets = Regex.Matches(html, "id=\"(fact-\\d+)\"").Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Equal(report.Audit.Facts.Count, targets.Count);
        Assert.All(Regex.Matches(html, "href=\"#(fact-\\d+)\"").Select(m => m.Groups[1].Value), link => Assert.Contains(link, targets));
        Assert.All(report.Audit.Facts, fact => Assert.Contains(fact.EventId.ToString(), html));
    }

    [Fact]
    public async Task Every_outage_and_every_availability_carries_its_references()
    {
        var report = await ANight.Report("en");
        var html = await PrintedAudit.Page(report);
        Assert.All(report.Audit.Outages.SelectMany(o => o.RestsOn).Concat(report.Audit.Devices.Select(d => d.Card.RestsOn[0])),
            id => Assert.Contains(report.Audit.Facts, f => f.EventId == id));
        Assert.True(Regex.Count(html, "class=\"cite\"") >= report.Audit.Outages.Count + 2 * report.Audit.Devices.Count);
    }

    [Fact]
    public async Task Nothing_in_it_is_fetched_and_nothing_said_becomes_markup()
    {
        var html = await PrintedAudit.Page(await ANight.Report("kk"));
        Assert.DoesNotMatch("(src|href)=\"(?!#)|url\\(|@import|<script", html);
        Assert.Contains("&lt;b&gt;&amp;", html);
        Assert.Contains("Орындықтар жиналған <b>&", WebUtility.HtmlDecode(html));
    }

    [Theory]
    [InlineData("kk", "талап етілген 15 орнына секундына 8,1 кадр", "байланыс орнамады (TimedOut)")]
    [InlineData("ru", "8,1 кадр/с вместо 15", "соединение не установлено (TimedOut)")]
    [InlineData("en", "8.1 frames a second instead of 15", "no connection (TimedOut)")]
    public async Task Why_a_verdict_was_held_is_worded_and_a_remark_stands_as_written(string language, params string[] said)
    {
        var html = WebUtility.HtmlDecode(await PrintedAudit.Page(await ANight.Report(language)));
        Assert.All(said.Append("Орындықтар жиналған <b>&"), words => Assert.Contains(words, html));
        Assert.DoesNotContain("FramesLow", html);
    }

    [Fact]
    public async Task A_forgotten_person_has_no_name()
    {
        var report = await ANight.Report("ru");
        Assert.Equal(["Әлия Серікқызы", "имя удалено"], report.Audit.Papers.People.Select(held => report.NameOf(held.Appointment)));
    }

    [Fact]
    public async Task All_languages_are_one_document_and_another_period_is_another()
    {
        var (audits, reports) = await ANight.Tell();
        Assert.Single(reports.Values.Select(r => r.DocumentId).Distinct());
        Assert.Equal(8, reports["kk"].DocumentId.Version);
        var shorter = await audits.Compose(ANight.Club, ANight.November with { To = ANight.November.To.AddDays(-1) }, reports["kk"].Words, _ => true, TestContext.Current.CancellationToken);
        Assert.NotEqual(reports["kk"].DocumentId, shorter!.DocumentId);
    }

    [Fact]
    public async Task Who_may_not_read_addresses_finds_none_in_the_document_nor_among_its_facts()
    {
        var (audits, reports) = await ANight.Tell();
        Assert.Contains("rtsp://10.20.0.", Encoding.UTF8.GetString(reports["en"].Attached.ToJson()), StringComparison.Ordinal);
        Assert.DoesNotContain("rtsp://", await PrintedAudit.Page(reports["en"]), StringComparison.Ordinal);
        Assert.Contains("10.20.0.11", await PrintedAudit.Page(reports["en"]), StringComparison.Ordinal);
        var withheld = (await audits.Compose(ANight.Club, ANight.November, reports["en"].Words, _ => false, TestContext.Current.CancellationToken))!;
        Assert.DoesNotContain("10.20.0.", Encoding.UTF8.GetString(withheld.Attached.ToJson()), StringComparison.Ordinal);
        Assert.All(withheld.Audit.Devices, d => Assert.DoesNotContain("10.20.0.", $"{d.Spec}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_period_that_has_not_ended_yet_ends_now()
    {
        var (audits, reports) = await ANight.Tell();
        var running = (await audits.Compose(ANight.Club, ANight.November with { To = ANight.November.To.AddDays(9) }, reports["en"].Words, _ => true, TestContext.Current.CancellationToken))!;
        Assert.Equal(running.IssuedAt, running.Audit.Period.To);
    }

    [Fact]
    public async Task Shares_are_rounded_down_and_what_is_unknown_has_none()
    {
        var words = (await ANight.Report("ru")).Words;
        Assert.Equal(("99,99\u00A0%", "—"), (words.Percent(0.99999), words.Percent(new AvailabilitySum(default, default, TimeSpan.FromDays(1)).Share)));
        Assert.Equal(("99,999\u00A0%", "99,991\u00A0%", "99,90\u00A0%"), (words.Percent(0.99999, 0.99991), words.Percent(0.99991, 0.99999), words.Percent(0.999, 0.998)));
    }
}
