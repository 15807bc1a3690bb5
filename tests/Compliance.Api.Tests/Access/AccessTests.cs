using Compliance.Api.Access;
using Compliance.Api.Tests.Alerts;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Access;

/// <summary>Who reads which sessions, who reviews them, and what the clock does with them.</summary>
public sealed class AccessTests : IAsyncLifetime
{
    readonly House _house = new();
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    Guid Officer { get; } = Guid.NewGuid();

    public async ValueTask InitializeAsync() => _scene = await Scene.In(_house);

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    async Task<(Guid Id, CommandAnswer Answer)> Open(Guid officer, bool urgent = false)
    {
        var id = Guid.NewGuid();
        return (id, await _house.As(officer, "operator").Do("PUT", $"/access/{id}",
            new AccessCommand.Open(id, _scene.Venue, "ЦОУ-2", AccessPurpose.CallTo102, urgent ? null : "102-4711", null, urgent, [_scene.Camera])));
    }

    [Fact]
    public async Task An_officer_reads_his_own_sessions_supervisor_and_oversight_all()
    {
        var ((mine, _), (theirs, after)) = (await Open(Officer), await Open(Guid.NewGuid()));
        Assert.Equal([mine], (await _house.As(Officer, "operator").Get<Page<AccessRow>>("/access", after)).Items.Select(row => row.SessionId));
        foreach (var role in (string[])["supervisor", "oversight"])
            Assert.Equal(2, (await _house.As(Guid.NewGuid(), role).Get<Page<AccessRow>>("/access", after)).Items.Count);
        using var foreign = await _house.As(Officer, "operator").Ask("GET", $"/access/{theirs}");
        Assert.Equal("404 request.unknown", await foreign.Refusal());
    }

    [Fact]
    public async Task Only_cameras_of_that_venue_are_looked_at()
    {
        var other = await Scene.In(_house);
        foreach (var device in (Guid[])[_scene.Exit, other.Camera, Guid.NewGuid()])
        {
            var id = Guid.NewGuid();
            using var refused = await _house.As(Officer, "operator").Ask("PUT", $"/access/{id}", new AccessCommand.Open(id, _scene.Venue, "ЦОУ-2", AccessPurpose.CallTo102, "102-4711", null, false, [_scene.Camera, device]));
            Assert.Equal("400 access.camera-elsewhere cameras", await refused.Refusal());
        }
    }

    [Fact]
    public async Task Nobody_looks_without_a_purpose_of_the_list()
    {
        var id = Guid.NewGuid();
        Dictionary<string, object?> Body(params (string Key, object? Value)[] purpose) => new(
            [new("sessionId", id), new("venueId", _scene.Venue), new("unit", "ЦОУ-2"), new("caseNumber", "102-4711"), new("incidentId", null), new("urgent", true), new("cameras", new[] { _scene.Camera }),
                .. purpose.Select(p => KeyValuePair.Create(p.Key, p.Value))]);
        foreach (var body in (Dictionary<string, object?>[])[Body(), Body(("purpose", null)), Body(("purpose", "Curiosity")), Body(("purpose", 0)), Body(("purpose", ""))])
        {
            using var refused = await _house.As(Officer, "operator").Ask("PUT", $"/access/{id}", body);
            Assert.Equal("400 request.malformed purpose", await refused.Refusal());
        }

        await _house.As(Officer, "operator").Do("PUT", $"/access/{id}", Body(("purpose", "CallTo102"))); // it was the purpose, and nothing else
    }

    [Fact]
    public async Task An_urgent_session_waits_for_a_supervisor_who_is_not_its_officer()
    {
        var ((id, _), (_, after)) = (await Open(Officer, urgent: true), await Open(Officer));
        var supervisor = _house.As(Guid.NewGuid(), "supervisor");
        Assert.Equal([id], (await supervisor.Get<Page<AccessRow>>("/access?review=true", after)).Items.Select(row => row.SessionId));
        using (var own = await _house.As(Officer, "operator", "supervisor").Ask("POST", $"/access/{id}/reviewed", new AccessVerdict(true, "mine"))) Assert.Equal("409 access.own-review", await own.Refusal());
        using (var silent = await supervisor.Ask("POST", $"/access/{id}/reviewed", new AccessVerdict(true, " "))) Assert.Equal("400 access.grounds-missing grounds", await silent.Refusal());
        var done = await supervisor.Do("POST", $"/access/{id}/reviewed", new AccessVerdict(true, "stabbing"));
        Assert.Equal((true, "stabbing"), (await supervisor.Get<AccessRow>($"/access/{id}", done)).Review is { } review ? (review.Justified, review.Grounds) : default);
        await foreach (var recorded in _house.Services.GetRequiredService<IEventLog>().Read(new("access", id), Ct)) Assert.DoesNotContain("stabbing", System.Text.Encoding.UTF8.GetString(recorded.Data.Span), StringComparison.Ordinal);
        Assert.Empty((await supervisor.Get<Page<AccessRow>>("/access?review=true", done)).Items);
    }

    [Fact]
    public async Task The_clock_ends_what_is_over_and_says_what_was_not_reviewed()
    {
        var (id, after) = await Open(Officer, urgent: true);
        var oversight = _house.As(Guid.NewGuid(), "oversight");
        await oversight.Get<Page<AccessRow>>("/access", after);
        var watch = _house.Services.GetRequiredService<AccessWatch>();
        using var changes = await oversight.Listen();
        _house.Clock.Advance(TimeSpan.FromMinutes(16));
        await watch.Tick(Ct);
        await changes.Until("access-list");
        var row = await oversight.Get<AccessRow>($"/access/{id}");
        Assert.Equal((AccessEnd.TimeEnded, row.Until, false), (row.ClosedBecause, row.ClosedAt, row.ReviewOverdue));
        _house.Clock.Advance(TimeSpan.FromHours(24));
        await watch.Tick(Ct);
        await changes.Until("access-list");
        var sample = await oversight.Get<AccessSample>("/access/sample");
        Assert.Equal((1, id, OddityKind.ReviewMissing), (sample.OutOf, Assert.Single(sample.Drawn).SessionId, Assert.Single(sample.Oddities).Kind));
    }

    [Fact]
    public async Task A_look_for_a_call_that_nobody_made_is_shown_to_oversight()
    {
        var oversight = _house.As(Guid.NewGuid(), "oversight");
        var (uncalled, _) = await Open(Officer);
        _house.Clock.Advance(TimeSpan.FromHours(5));
        var (called, _) = await Open(Officer);
        using var told = await _house.As(Officer, "operator").Ask("PUT", $"/complaints/{Guid.NewGuid()}",
            new ComplaintForm(ComplaintChannel.Line102, ComplaintCategory.Noise, _scene.Venue, null, _house.Clock.GetUtcNow(), "Шумят", null));
        Assert.True(told.IsSuccessStatusCode);
        _house.Clock.Advance(TimeSpan.FromHours(5));
        await Asking.Until(async () => (await oversight.Get<AccessSample>("/access/sample")).Oddities.Where(odd => odd.Kind == OddityKind.NoCallBehind).Select(odd => odd.Row.SessionId).ToArray() is [var only] && only == uncalled && only != called);
    }

    [Fact]
    public async Task An_open_incident_of_that_venue_is_reason_enough_and_one_elsewhere_or_over_is_none()
    {
        var desk = await AlertScene.In(_house);
        var told = desk.Fight();
        Assert.Equal([null], await desk.Tell(told));
        var incident = (await desk.IncidentOf(told.AlertId)).Card.IncidentId;
        AccessCommand.Open For(Guid venue, Guid camera) => new(Guid.NewGuid(), venue, "ЦОУ-2", AccessPurpose.AlertUnderWay, null, incident, false, [camera]);
        var (here, elsewhere) = (For(desk.Venue.Venue, desk.Venue.Camera), For(_scene.Venue, _scene.Camera));
        await desk.AsOfficer.Do("PUT", $"/access/{here.SessionId}", here);
        using (var refused = await desk.AsOfficer.Ask("PUT", $"/access/{elsewhere.SessionId}", elsewhere)) Assert.Equal("400 access.incident-elsewhere incidentId", await refused.Refusal());
        await desk.Do(incident, "taken");
        await desk.Do(incident, "rejected", new IncidentRejection(RejectReason.Dance, null));
        var late = For(desk.Venue.Venue, desk.Venue.Camera);
        using var over = await desk.AsOfficer.Ask("PUT", $"/access/{late.SessionId}", late);
        Assert.Equal("400 access.incident-elsewhere incidentId", await over.Refusal());
    }
}
