using Compliance.Domain.Alerts;
using Compliance.Domain.Complaints;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Outages;
using Compliance.Domain.Panels;
using Compliance.Domain.Tests.Kernel;
using static Compliance.Domain.Tests.Alerts.Sights;
using static Compliance.Domain.Tests.Kernel.Story;

namespace Compliance.Domain.Tests.Alerts;

/// <summary>Which facts call a desk, which do not, and what follows from what a person decided.</summary>
public sealed class AlertPolicySpecs
{
    static readonly OutageEvent.Opened Dark = new(Inc, Camera, Venue, DeviceKind.Camera, Verdict.Unreachable, Noon.AddMinutes(-5), "");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static IReadOnlyList<Reaction> React(Policy policy, object fact) => policy.React(fact, Of((Inc, fact))[0]);

    /// <summary>What the log holds of alerts once the policy has had its way with the last fact.</summary>
    static async Task<IReadOnlyList<AlertEvent>> Alerts(Policy policy, params (StreamId Stream, object Fact)[] facts)
    {
        var log = new MemoryEventLog(TimeProvider.System);
        foreach (var (stream, fact) in facts) await log.Append(stream, -1, [fact], new(Guid.NewGuid(), "user:test"), Ct);
        var last = await log.Read(facts[^1].Stream, Ct).LastAsync(Ct);
        foreach (var reaction in policy.React(facts[^1].Fact, last)) await reaction.Execute(log, new(EventIds.From(last.EventId, "x"), "reaction:test"), Ct);
        var raised = new List<AlertEvent>();
        await foreach (var recorded in log.Read(new("alert", EventIds.From(Inc, "alert")), Ct)) raised.Add((AlertEvent)EventCatalog.Decode(recorded)!);
        return raised;
    }

    static (StreamId, object) CameraFor(CameraPurpose purpose) =>
        (new("device", Camera), new DeviceEvent.Registered(Camera, Venue, new CameraSpec("қ", "р", purpose, [], [], new(new("rtsp://camera.example.kz/main")))));

    [Fact]
    public void A_fire_is_an_alert_at_once()
    {
        PanelEvent.FireRaised fire = new(Camera, Venue, 4, null, Noon);
        var recorded = Of((Camera, fire))[0];
        var id = EventIds.From(recorded.EventId, "alert");
        Assert.Equal([Reaction.Send(Alert.Decider, id, new AlertCommand.Raise(id, Venue, Camera, AlertKind.Fire, Noon, new(recorded.EventId, Camera, Zone: 4)))], RaiseAlertWhenPanelRaisesFire.Policy.React(fire, recorded));
        Assert.Empty(React(RaiseAlertWhenPanelRaisesFire.Policy, new PanelEvent.ZoneAlarmed(Camera, Venue, Id, 4, true, null, Noon)));
    }

    [Theory, InlineData(CameraPurpose.Entrance, 1), InlineData(CameraPurpose.Exit, 1), InlineData(CameraPurpose.Bar, 0)]
    public async Task A_camera_over_a_way_out_that_goes_dark_is_an_alert(CameraPurpose purpose, int alerts) =>
        Assert.Equal(alerts, (await Alerts(RaiseAlertWhenOutageIsDangerous.Policy, CameraFor(purpose), (new("outage", Inc), Dark))).Count);

    [Theory, InlineData(Verdict.Covered, 1), InlineData(Verdict.ClockSkew, 0)]
    public async Task What_still_shows_a_picture_is_none(Verdict verdict, int alerts) =>
        Assert.Equal(alerts, (await Alerts(RaiseAlertWhenOutageIsDangerous.Policy, CameraFor(CameraPurpose.Exit), (new("outage", Inc), Dark with { Verdict = verdict }))).Count);

    [Theory, InlineData(DeviceKind.Exit, AlertKind.BlockedExit), InlineData(DeviceKind.FireAlarm, AlertKind.PanelFault)]
    public async Task Exits_and_alarms_are_alerts_that_cite_their_outage(DeviceKind kind, AlertKind expected)
    {
        var raised = Assert.IsType<AlertEvent.Raised>(Assert.Single(await Alerts(RaiseAlertWhenOutageIsDangerous.Policy, (new("outage", Inc), Dark with { Kind = kind }))));
        Assert.Equal((expected, Inc, Verdict.Unreachable), (raised.Kind, raised.Cause!.AboutId, raised.Cause.Verdict));
    }

    [Fact]
    public void They_end_with_it() => Assert.Equal(
        [Reaction.Send(Alert.Decider, EventIds.From(Inc, "alert"), new AlertCommand.End(Noon))],
        React(RaiseAlertWhenOutageIsDangerous.Policy, new OutageEvent.Closed(Inc, Camera, Venue, Verdict.Blocked, Noon)));

    [Fact]
    public void A_complaint_calls_a_desk_only_of_danger_and_of_now()
    {
        ComplaintEvent.Received violence = new(Inc, "1", ComplaintChannel.Line102, ComplaintCategory.Violence, Venue, District, Noon.AddMinutes(-10), true);
        Assert.Single(React(RaiseAlertWhenComplaintSaysDanger.Policy, violence));
        Assert.Empty(React(RaiseAlertWhenComplaintSaysDanger.Policy, violence with { Category = ComplaintCategory.Noise }));
        Assert.Empty(React(RaiseAlertWhenComplaintSaysDanger.Policy, violence with { HappenedAt = Noon.AddHours(-2) }));
        Assert.Empty(React(RaiseAlertWhenComplaintSaysDanger.Policy, violence with { VenueId = null }));
    }

    [Fact]
    public void A_placed_alert_is_gathered_and_a_merged_incident_absorbed()
    {
        Assert.Equal([Reaction.Send(Incident.Decider, Inc, new IncidentCommand.Gather(Inc, Venue, District, Fight, Noon))],
            React(GatherAlertWhenItIsPlaced.Policy, new AlertEvent.Placed(Id, Venue, Camera, AlertKind.Fight, Noon, District, Inc, true, null, Noon)));
        Assert.Single(React(GatherAlertWhenItIsPlaced.Policy, new IncidentEvent.Merged(Inc, Venue, Other, Inc2, [Fight], Noon)));
    }

    [Fact]
    public void What_is_said_of_an_incident_is_said_of_each_of_its_alerts()
    {
        Assert.Equal([Judge(Id, new(true, null)), Judge(Other, new(true, null))], React(JudgeAlertsWhenIncidentIsDecided.Policy, new IncidentEvent.Confirmed(Inc, Venue, Camera, [Id, Other], Noon)));
        Assert.Equal([Judge(Id, new(false, RejectReason.Staff))], React(JudgeAlertsWhenIncidentIsDecided.Policy, new IncidentEvent.Rejected(Inc, Venue, Camera, RejectReason.Staff, null, [Id], Noon)));
        Assert.Equal([Judge(Id, null)], React(JudgeAlertsWhenIncidentIsDecided.Policy, new IncidentEvent.Undone(Inc, Venue, Camera, IncidentStep.Rejected, [Id], Noon)));
        Assert.Equal([Judge(Id, new(true, null))], React(JudgeAlertsWhenIncidentIsDecided.Policy, new IncidentEvent.Undone(Inc, Venue, Camera, IncidentStep.Closed, [Id], Noon)));
        Assert.Empty(React(JudgeAlertsWhenIncidentIsDecided.Policy, new IncidentEvent.Undone(Inc, Venue, Camera, IncidentStep.Arrived, [Id], Noon)));
        Assert.Empty(React(JudgeAlertsWhenIncidentIsDecided.Policy, new IncidentEvent.Undone(Inc, Venue, Camera, IncidentStep.Taken, [Id], Noon)));
    }

    static Reaction Judge(Guid alert, AlertJudgement? judgement) => Reaction.Send(Alert.Decider, alert, new AlertCommand.Judge(judgement));
}
