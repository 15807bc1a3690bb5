using Bunit;
using Compliance.Domain.Alerts;
using Compliance.Domain.Drills;
using Compliance.Domain.Kernel;
using Compliance.Web.Desks.Police;
using Compliance.Web.Parts.Alerts;
using Compliance.Web.Shell;
using Compliance.Web.Tests.Fakes;

namespace Compliance.Web.Tests.Pages;

/// <summary>What an officer reads of a drill once it is over, and what those who answer for desks read of all of them.</summary>
public sealed class DrillPagesTests() : Desk(Roles.Operator)
{
    readonly City city = City.Of(DateTimeOffset.UtcNow);

    [Theory]
    [InlineData(true, DrillAnswer.Confirmed, true, "good", "The clip shows a fight, and you saw it. Until taken: 4 s, until decided: 21 s.")]
    [InlineData(true, DrillAnswer.Rejected, false, "bad", "The clip shows a fight, and you rejected it. Until taken: 4 s, until decided: 21 s.")]
    [InlineData(false, DrillAnswer.AskedForMore, null, "", "The clip shows no fight. To ask for more is neither right nor wrong. Until taken: 4 s, until decided: 21 s.")]
    public void Who_decided_reads_what_it_showed_and_whether_that_was_right(bool shows, DrillAnswer answer, bool? isRight, string tone, string said)
    {
        var note = Render<DrillEndNote>(p => p.Add(n => n.Test, new(shows, null, answer, isRight, 4.2, 21))).Find(".drill-end");
        Assert.Equal(tone, string.Join(' ', note.ClassList.Except(["note", "drill-end"])));
        Assert.Equal($"This was a test, a drill: nobody is sent.{said}", note.TextContent.Trim());
    }

    [Fact]
    public void Another_reads_no_more_than_that_it_was_one() =>
        Assert.Equal("This was a test, a drill: nobody is sent.Somebody else decided it.", Render<DrillEndNote>(p => p.Add(n => n.Test, new(null, null, null, null, null, null))).Find(".drill-end").TextContent.Trim());

    [Fact]
    public void Where_one_stood_nothing_is_left_to_be_done()
    {
        var line = Incidents.Drill(city, new(null, DrillEnd.RealWork, null, null, null, null));
        Api.On("GET /incidents", new Page<IncidentLine>([], null)).On($"GET /incidents/{line.Card.IncidentId}", line).On("GET /alerts/counts", Incidents.Counts(city.Now))
            .On("GET /drills/mine", new DrillShift(3, 2, [new(line.Card.IncidentId, "Жұлдыз", "Звезда", DrillEnd.RealWork, city.Now), new(Guid.NewGuid(), "Айдын", "Айдын", DrillEnd.LookedInto, city.Now)]));
        var page = Render<AlertsPage>(p => p.Add(a => a.IncidentId, line.Card.IncidentId));
        Assert.Contains("something real came", page.WaitForElement(".drill-end").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".desk-actions, .alert-card, .desk-side, .incident-look"));
        Assert.Contains("A test at “Звезда” was withdrawn", page.FindAll(".drill-withdrawn")[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("is looked at for another reason", page.FindAll(".drill-withdrawn")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("Your drills of this shift: 3, right: 2", page.Find(".own-drills").TextContent);
    }

    [Fact]
    public void Desks_are_counted_with_the_interval_of_few()
    {
        Api.On("GET /drills", Incidents.Drills);
        var row = Render<DrillMonths>().WaitForElement(".drill-months tbody tr");
        Assert.Equal(["14", "12", "7\u00a0/\u00a08 · 52–98\u00a0%", "1\u00a0/\u00a03 · 6–80\u00a0%"], row.QuerySelectorAll("td").Skip(2).Take(4).Select(cell => cell.TextContent));
    }
}
