using System.Text.RegularExpressions;
using Compliance.Api.Reports;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Venues;

namespace Compliance.Api.Tests.Reports;

public sealed class AvailabilityBarTests
{
    /// <summary>Ninety days asked for of a venue whose only camera was registered at the end of them.</summary>
    static VenueAudit Young(TimeSpan age)
    {
        var asked = Period.Days(new(2026, 8, 1), new(2026, 10, 29));
        var (born, id) = (asked.To - age, Guid.CreateVersion7());
        var camera = new CameraSpec("Бар", "Бар", CameraPurpose.Bar, [], [], new(new("rtsp://10.0.0.1/"), null, FeedTransport.Tcp));
        var card = new DeviceCard(id, id, camera, 1, false, Verdict.Online, "", null, null, null, null, null);
        Stretch[] stretches = [new(Verdict.Unknown, born, born + (age / 2), id), new(Verdict.Online, born + (age / 2), asked.To, id)];
        var device = new DeviceAudit(new(card, [id]), born, null, new(born, asked.To), stretches, new(new(age / 2, default, age / 2), [id]));
        return new(id, asked, default, new([], [], [], [], [], null), [device], [], []);
    }

    [Fact]
    public void It_begins_where_there_is_something_to_speak_of()
    {
        var audit = Young(TimeSpan.FromDays(2));
        var bar = new AvailabilityBar(audit);
        Assert.Equal((audit.Period.To.AddDays(-2), audit.Period.To, true), (bar.Axis.From, bar.Axis.To, bar.IsShorter));
        Assert.Equal("M500 0h500v10h-500z", bar.Path(audit.Devices[0], Availability.Up));
        Assert.Equal("M0 0h500v10h-500z", bar.Path(audit.Devices[0], Availability.Unknown));
    }

    [Theory, InlineData(0.5, 0), InlineData(10, 9), InlineData(50, 8), InlineData(240, 9), InlineData(2000, 11)]
    public void Its_lines_can_be_told_apart(double hours, int lines) =>
        Assert.Equal(lines, Regex.Count(new AvailabilityBar(Young(TimeSpan.FromHours(hours))).Lines(), "M"));

    [Fact]
    public async Task An_audit_of_an_older_venue_begins_with_its_period()
    {
        var bar = new AvailabilityBar((await ANight.Report("en")).Audit);
        Assert.Equal((ANight.November, false), (bar.Axis, bar.IsShorter));
    }
}
