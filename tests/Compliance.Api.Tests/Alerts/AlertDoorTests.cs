using System.Net;
using Compliance.Api.Alerts;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Complaints;
using Compliance.Domain.Detectors;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Alerts;

/// <summary>From the box's word to a closed incident, through the doors.</summary>
public sealed class AlertDoorTests : IAsyncDisposable
{
    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task What_a_box_tells_stands_on_the_desk_is_taken_confirmed_dispatched_and_closed()
    {
        var scene = await AlertScene.In(_house);
        var told = scene.Fight();
        Assert.Equal([null], await scene.Tell(told));
        Assert.Equal([null], await scene.Tell(told)); // told twice, it is one alert
        var line = await scene.IncidentOf(told.AlertId);
        var id = line.Card.IncidentId;
        Assert.Equal((IncidentStage.New, Scene.Details.District, 1), (line.Card.Stage, line.District, line.Alerts.Count));
        Assert.Equal((0.82, AlertScene.Model, 60, 3), (line.Alerts[0].Row.Seen!.Score, line.Alerts[0].Row.Seen!.Model, line.Alerts[0].Row.Seen!.FramesAnalysed, line.Alerts[0].Row.Seen!.FramesSkipped));

        Assert.Equal("409 policeincident.unconfirmed", await scene.Refused(id, "dispatched"));
        Assert.Equal((IncidentStage.Taken, scene.Officer), ((await scene.Do(id, "taken")).Card.Stage, (await scene.Do(id, "taken")).Card.By));
        Assert.Equal("409 policeincident.unconfirmed", await scene.Refused(id, "dispatched"));
        Assert.Equal("409 policeincident.taken", await scene.Refused(id, "confirmed", by: _house.As(Guid.NewGuid(), "operator")));
        Assert.Equal(IncidentStage.Confirmed, (await scene.Do(id, "confirmed")).Card.Stage);
        Assert.Equal(IncidentStage.Dispatched, (await scene.Do(id, "dispatched")).Card.Stage);
        Assert.Equal("409 policeincident.dispatched", await scene.Refused(id, "undone", new IncidentCommand.Undo(IncidentStep.Confirmed)));
        Assert.Equal(IncidentStage.Arrived, (await scene.Do(id, "arrived")).Card.Stage);
        Assert.Equal((IncidentStage.Dispatched, null), await scene.Do(id, "undone", new IncidentCommand.Undo(IncidentStep.Arrived)) is { Card: var sent } ? (sent.Stage, sent.There) : default);
        Assert.Equal(IncidentStage.Arrived, (await scene.Do(id, "arrived")).Card.Stage);
        var closed = await scene.Do(id, "closed", new IncidentEnd(IncidentOutcome.SettledOnSite, null));
        Assert.Equal((IncidentStage.Closed, IncidentOutcome.SettledOnSite), (closed.Card.Stage, closed.Card.Outcome));
        Assert.DoesNotContain((await scene.AsOfficer.Get<Page<IncidentLine>>("/incidents?open=true")).Items, l => l.Card.IncidentId == id);
    }

    [Fact]
    public async Task Police_read_how_much_a_detector_told_in_this_hour_and_nobody_of_the_venue_does()
    {
        var scene = await AlertScene.In(_house);
        Assert.Equal([null], await scene.Venue.Tell(new DetectorObserved(Guid.NewGuid(), scene.Venue.Camera, scene.Now, new(true, 0), Detector.Fight, scene.Basis, AlertScene.Model, null)));
        AlertTold first = scene.Fight(secondsAgo: 30), again = scene.Fight();
        Assert.Equal([null, null], await scene.Tell(first, again));
        await scene.Placed(first.AlertId);
        await scene.Placed(again.AlertId);
        var seen = await Asking.Until(() => scene.AsOfficer.Get<VenueDetectors>($"/venues/{scene.Venue.Venue}/detectors"), // views: they follow the log
            seen => seen.Told?.Hour?.Tallies is [{ Told: 2 }] && seen.Runs.Count > 0 && seen.Told.Last.Count > 0);
        Assert.Equal((scene.Venue.Camera, Detector.Fight), (seen.Told!.Hour!.Tallies[0].DeviceId, seen.Told.Hour.Tallies[0].Detector));
        Assert.Equal((1, 12), (seen.Told.Opened, seen.Told.Budget));
        Assert.Equal(again.SeenFrom, Assert.Single(seen.Told.Last).SeenFrom);
        foreach (var (who, role) in new[] { (scene.Venue.Owner, "owner"), (scene.Venue.Manager, "manager"), (scene.Venue.Installer, "installer"), (Guid.NewGuid(), "inspector"), (Guid.NewGuid(), "administrator") })
            Assert.Null((await _house.As(who, role).Get<VenueDetectors>($"/venues/{scene.Venue.Venue}/detectors")).Told);
    }

    [Fact]
    public async Task A_box_speaks_only_of_cameras_it_holds_and_only_of_what_boxes_see()
    {
        var (scene, other) = (await AlertScene.In(_house), await AlertScene.In(_house));
        Assert.Equal(["probe.not-assigned", "device.unknown", "alert.kind-not-told", "device.not-a-camera"], await scene.Tell(
            scene.Fight() with { DeviceId = other.Venue.Camera }, scene.Fight() with { DeviceId = Guid.NewGuid() }, scene.Fight() with { Kind = AlertKind.Fire }, scene.Fight() with { DeviceId = scene.Venue.Exit }));
    }

    [Fact]
    public async Task What_a_detector_saw_without_a_basis_is_not_taken()
    {
        var scene = await AlertScene.In(_house);
        var before = scene.Fight();
        Assert.Equal([null], await scene.Tell(before));
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        var withdrawn = await scene.Venue.AsAuthority.Do("POST", $"/venues/{scene.Venue.Venue}/detector-bases/{scene.Basis}/withdrawn", new Domain.Detectors.DetectorBasisCommand.Withdraw("A complaint"));
        await _house.Services.GetRequiredService<ViewProgress>().WaitFor(withdrawn.Position, TimeSpan.FromSeconds(20), Ct);
        _house.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["alert.no-basis"], await scene.Tell(scene.Fight()));
        Assert.Equal([null], await scene.Tell(before with { SeenUntil = before.SeenFrom.AddSeconds(20), ObservedAt = scene.Now })); // what was seen before it was withdrawn stands
    }

    [Fact]
    public async Task What_belongs_together_is_one_incident_and_the_same_camera_does_not_call_again()
    {
        var scene = await AlertScene.In(_house);
        var (first, second, third) = (scene.Fight(), scene.Fight(), scene.Fight());
        await scene.Tell(first);
        var id = (await scene.IncidentOf(first.AlertId)).Card.IncidentId;
        await scene.Tell(second);
        Assert.Equal(id, (await scene.IncidentOf(second.AlertId)).Card.IncidentId);

        await scene.Do(id, "taken");
        await scene.Do(id, "rejected", new IncidentRejection(RejectReason.Dance, null));
        await scene.Tell(third);
        Assert.Equal(Suppression.CoolDown, (await scene.Placed(third.AlertId)).Suppressed!.Because);
        var held = Assert.Single((await scene.AsOfficer.Get<Page<HeldBackAlert>>("/alerts/held-back")).Items);
        Assert.Equal(third.AlertId, held.Alert.Row.AlertId);
        Assert.Equal(1, (await scene.AsOfficer.Get<DeskCounts>("/alerts/counts")).HeldBack);

        await scene.AsOfficer.Do("POST", $"/alerts/{third.AlertId}/shown");
        Assert.Equal(IncidentStage.New, (await scene.IncidentOf(third.AlertId)).Card.Stage);
        Assert.Empty((await scene.AsOfficer.Get<Page<HeldBackAlert>>("/alerts/held-back")).Items);
    }

    [Fact]
    public async Task Every_rejection_is_counted_for_the_version_of_the_model_and_told_to_oversight()
    {
        var scene = await AlertScene.In(_house);
        var told = scene.Fight();
        await scene.Tell(told);
        var id = (await scene.IncidentOf(told.AlertId)).Card.IncidentId;
        await scene.Do(id, "taken");
        await scene.Do(id, "rejected", new IncidentRejection(RejectReason.LightShow, null));
        var week = await Asking.Until(Week, w => w is { RejectedCount: 1 });
        Assert.Equal((AlertScene.Model.Sha256, 0.6, 1, 0), (week!.ModelSha256, week.Threshold, week.Raised, week.Confirmed));
        await scene.Do(id, "undone", new IncidentCommand.Undo(IncidentStep.Rejected));
        await Asking.Until(Week, w => w is { RejectedCount: 0 });

        async Task<AlertWeek?> Week() => (await _house.As(Guid.NewGuid(), "oversight").Get<IReadOnlyList<AlertWeek>>($"/alerts/weeks?venue={scene.Venue.Venue}")).SingleOrDefault();
    }

    [Fact]
    public async Task Nobody_took_it_so_it_goes_to_the_neighbour_and_to_the_lead_who_takes_it_over()
    {
        var scene = await AlertScene.In(_house);
        var told = scene.Fight();
        await scene.Tell(told);
        var id = (await scene.IncidentOf(told.AlertId)).Card.IncidentId;
        var switchboard = _house.Services.GetRequiredService<Switchboard>();
        _house.Clock.Advance(TimeSpan.FromSeconds(31));
        await switchboard.Tick(Ct);
        await switchboard.Tick(Ct);
        var card = (await Asking.Until(() => Card(), c => c.Desks.Count == 2))!;
        Assert.Equal(["Бостандық", "Алмалы"], card.Desks);
        Assert.False(card.WithLead);
        Assert.Contains((await scene.AsOfficer.Get<Page<IncidentLine>>($"/incidents?open=true&district={Uri.EscapeDataString("Алмалы")}")).Items, l => l.Card.IncidentId == id);
        _house.Clock.Advance(TimeSpan.FromSeconds(60));
        await switchboard.Tick(Ct);
        Assert.True((await Asking.Until(() => Card(), c => c.WithLead))!.WithLead);
        foreach (var (who, count) in new[] { (scene.AsOfficer, 0), (scene.AsLead, 1) }) // it stands before the lead whatever district he looks at
        {
            Assert.Equal(count, (await who.Get<Page<IncidentLine>>($"/incidents?open=true&district={Uri.EscapeDataString("Түрксіб")}")).Items.Count);
            Assert.Equal(count, (await who.Get<DeskCounts>($"/alerts/counts?district={Uri.EscapeDataString("Түрксіб")}")).Untaken);
        }

        await scene.Do(id, "taken");
        Assert.Equal(scene.Lead, (await scene.Do(id, "taken", by: scene.AsLead)).Card.By);

        async Task<IncidentCard> Card() => (await scene.AsOfficer.Get<IncidentLine>($"/incidents/{id}")).Card;
    }

    [Fact]
    public async Task What_nobody_took_before_a_restart_goes_to_the_neighbour_and_to_the_lead_after_it()
    {
        using var folder = new TempFolder();
        (string, string)[] kept = [("Data", folder["data"]), ("EventLog", $"sqlite:{folder["log.db"]}")];
        var (id, now) = (Guid.Empty, default(DateTimeOffset));
        await using (var before = new House(kept))
        {
            var scene = await AlertScene.In(before);
            var told = scene.Fight();
            await scene.Tell(told);
            (id, now) = ((await scene.IncidentOf(told.AlertId)).Card.IncidentId, scene.Now);
        }

        await using var house = new House(kept);
        var (services, officer) = (house.Services, house.As(Guid.NewGuid(), "operator"));
        house.Clock.Advance(now - house.Clock.GetUtcNow() + TimeSpan.FromSeconds(31));
        Assert.True(await services.GetRequiredService<ViewProgress>().WaitUntilCaughtUp(TimeSpan.FromSeconds(60), Ct));
        await services.GetRequiredService<Switchboard>().Tick(Ct);
        Assert.Equal((2, false), await Card() is { } neighbour ? (neighbour.Desks.Count, neighbour.WithLead) : default);
        house.Clock.Advance(TimeSpan.FromSeconds(60));
        await services.GetRequiredService<Switchboard>().Tick(Ct);
        Assert.Equal((2, true), await Card() is { } lead ? (lead.Desks.Count, lead.WithLead) : default);

        async Task<IncidentCard> Card() => (await officer.Get<IncidentLine>($"/incidents/{id}")).Card;
    }

    [Fact]
    public async Task A_blocked_exit_and_a_complaint_of_violence_call_the_desk_and_cite_their_cause()
    {
        var scene = await AlertScene.In(_house);
        await scene.Venue.NoticeOfABlockedExit();
        var complaint = Guid.NewGuid();
        using var sent = await _house.As(Guid.NewGuid(), "operator").Ask("PUT", $"/complaints/{complaint}", new ComplaintForm(ComplaintChannel.Line102, ComplaintCategory.Violence, scene.Venue.Venue, null, scene.Now, "words", null));
        sent.EnsureSuccessStatusCode();
        var line = await scene.IncidentOf(EventIds.From(complaint, "alert"));
        var blocked = await scene.IncidentOf(EventIds.From(scene.Venue.Outage, "alert"));
        Assert.Equal(line.Card.IncidentId, blocked.Card.IncidentId);
        Assert.Equal((Verdict.Blocked, scene.Venue.Outage), (blocked.Alerts.Single(a => a.Row.Kind == AlertKind.BlockedExit).Row.Cause!.Verdict, blocked.Alerts.Single(a => a.Row.Kind == AlertKind.BlockedExit).Row.Cause!.AboutId));
        Assert.Equal(ComplaintCategory.Violence, blocked.Alerts.Single(a => a.Row.Kind == AlertKind.Complaint).Row.Cause!.Category);
    }

    [Fact]
    public async Task Two_incidents_of_a_venue_are_merged()
    {
        var scene = await AlertScene.In(_house);
        var (first, later) = (scene.Fight(), default(AlertTold));
        await scene.Tell(first);
        var one = (await scene.IncidentOf(first.AlertId)).Card.IncidentId;
        _house.Clock.Advance(TimeSpan.FromMinutes(11));
        await scene.Tell(later = scene.Fight());
        var two = (await scene.IncidentOf(later.AlertId)).Card.IncidentId;
        Assert.NotEqual(one, two);
        await scene.Do(one, "taken");
        Assert.Equal("400 policeincident.target-missing into", await scene.Refused(one, "merged", new IncidentCommand.Merge(Guid.NewGuid())));
        Assert.Equal(two, (await scene.Do(one, "merged", new IncidentCommand.Merge(two))).Card.Into);
        var merged = await Asking.Until(() => scene.AsOfficer.Get<IncidentLine>($"/incidents/{two}"), l => l.Alerts.Count == 2);
        Assert.Equal([later.AlertId, first.AlertId], merged!.Alerts.Select(a => a.Row.AlertId));
    }

    [Fact]
    public async Task Those_who_answer_for_a_venue_are_told_only_what_is_over_and_nothing_of_who_did_what()
    {
        var scene = await AlertScene.In(_house);
        var told = scene.Fight();
        await scene.Tell(told);
        var id = (await scene.IncidentOf(told.AlertId)).Card.IncidentId;
        Assert.Empty((await scene.Venue.AsOwner.Get<Page<EndedIncident>>($"/venues/{scene.Venue.Venue}/alerts")).Items);
        using var denied = await scene.Venue.AsOwner.Ask("GET", $"/incidents/{id}");
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);

        await scene.Do(id, "taken");
        await scene.Do(id, "confirmed");
        Assert.Equal("400 policeincident.grounds-long grounds", await scene.Refused(id, "closed", new IncidentEnd(IncidentOutcome.Other, new('x', 1001))));
        Assert.Equal("a long story", (await scene.Do(id, "closed", new IncidentEnd(IncidentOutcome.NothingFound, "a long story"))).Card.Grounds);
        await foreach (var recorded in _house.Services.GetRequiredService<IEventLog>().Read(new("policeincident", id), Ct)) Assert.DoesNotContain("a long story", System.Text.Encoding.UTF8.GetString(recorded.Data.Span), StringComparison.Ordinal);
        Assert.Empty((await scene.Venue.AsOwner.Get<Page<EndedIncident>>($"/venues/{scene.Venue.Venue}/alerts")).Items); // it may be taken up again yet
        _house.Clock.Advance(TimeSpan.FromSeconds(11));
        using var answer = await scene.Venue.AsOwner.Ask("GET", $"/venues/{scene.Venue.Venue}/alerts");
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Contains("NothingFound", text, StringComparison.Ordinal);
        Assert.DoesNotContain("a long story", text, StringComparison.Ordinal);
        Assert.DoesNotContain($"{scene.Officer}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Those_who_answer_for_a_venue_do_not_hear_either_how_it_is_answered()
    {
        var scene = await AlertScene.In(_house);
        using var listener = await scene.Venue.AsOwner.Listen();
        var told = scene.Fight();
        await scene.Tell(told);
        await scene.Do((await scene.IncidentOf(told.AlertId)).Card.IncidentId, "taken");
        await scene.Venue.AsOwner.Do("PUT", $"/venues/{scene.Venue.Venue}/capacity", new Domain.Venues.VenueCommand.SetCapacity(251));
        for (var heard = await listener.Next(); !heard.Data.Contains("venue-card", StringComparison.Ordinal); heard = await listener.Next())
            Assert.DoesNotMatch("policeincident|alert-", heard.Data);
    }

    [Fact]
    public async Task Over_the_budget_the_less_urgent_wait_on_their_list_and_a_fire_does_not()
    {
        await using var house = new House(("Alerts:Budget", "1"), ("Alerts:Reserve", "0"));
        var (first, second) = (await AlertScene.In(house), await AlertScene.In(house));
        var (a, b) = (first.Fight(), second.Fight());
        await first.Tell(a);
        await first.IncidentOf(a.AlertId);
        await second.Tell(b);
        var held = (await second.Placed(b.AlertId)).Suppressed!;
        Assert.Equal((Suppression.Budget, 1, 1), (held.Because, held.Shown, held.Budget));

        var fire = Guid.NewGuid();
        await house.Services.GetRequiredService<IEventLog>().Execute(Alert.Decider, fire,
            new AlertCommand.Raise(fire, second.Venue.Venue, null, AlertKind.Fire, second.Now, new(Guid.NewGuid(), Guid.NewGuid(), Zone: 1)), new(Guid.NewGuid(), "reaction:test"), Ct);
        Assert.Equal(Urgency.Critical, (await second.IncidentOf(fire)).Card.Urgency);
    }

    [Fact]
    public async Task Anonymous_complaints_use_up_their_share_and_nobody_elses()
    {
        await using var house = new House(("Alerts:Anonymous", "1"), ("Alerts:Budget", "3"), ("Alerts:Reserve", "0"));
        var (first, second, third) = (await AlertScene.In(house), await AlertScene.In(house), await AlertScene.In(house));
        await first.IncidentOf(await Complain(first, ComplaintChannel.Web));
        var held = (await second.Placed(await Complain(second, ComplaintChannel.DoorQr))).Suppressed!;
        Assert.Equal((Suppression.Budget, 1, 1), (held.Because, held.Shown, held.Budget));
        await second.IncidentOf(await Complain(second, ComplaintChannel.Line102)); // who calls by name is no part of it
        var fight = third.Fight();
        await third.Tell(fight);
        Assert.Equal(Urgency.Serious, (await third.IncidentOf(fight.AlertId)).Card.Urgency);

        async Task<Guid> Complain(AlertScene scene, ComplaintChannel channel)
        {
            var id = Guid.NewGuid();
            var isPublic = channel is ComplaintChannel.Web or ComplaintChannel.DoorQr;
            using var sent = await house.As(Guid.NewGuid(), "operator").Ask("PUT", $"{(isPublic ? "/public" : "")}/complaints/{id}", new ComplaintForm(channel, ComplaintCategory.Violence, scene.Venue.Venue, null, scene.Now, "words", null));
            sent.EnsureSuccessStatusCode();
            return EventIds.From(id, "alert");
        }
    }
}
