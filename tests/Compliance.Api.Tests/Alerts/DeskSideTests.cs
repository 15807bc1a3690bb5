using System.Net;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Guards;
using Compliance.Domain.Alerts;
using Compliance.Domain.Guards;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Alerts;

/// <summary>What stands beside the queue: where the venue is, how it is reached, and how the system itself is.</summary>
public sealed class DeskSideTests : IAsyncDisposable
{
    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task The_telephone_is_told_to_whoever_has_it_in_hand_and_that_is_a_fact()
    {
        var scene = await AlertScene.In(_house);
        var invited = await scene.Venue.AsOwner.Ask("POST", $"/venues/{scene.Venue.Venue}/people/invited", new PersonInvitation("Айгүл Сапарова", "+77010000001", Post.Manager, VenueZone.Day(scene.Now), null, []),
            ("Idempotency-Key", $"{Guid.NewGuid()}"));
        Assert.True(invited.IsSuccessStatusCode, await invited.Content.ReadAsStringAsync(Ct));
        var told = scene.Fight();
        await scene.Tell(told);
        var line = await scene.IncidentOf(told.AlertId);
        Assert.Equal(Scene.Details.Position, line.Position);
        var id = line.Card.IncidentId;

        using (var early = await scene.AsOfficer.Ask("GET", $"/incidents/{id}/contacts")) Assert.Equal("409 policeincident.untaken", await early.Refusal());
        await scene.Do(id, "taken");
        using (var other = await _house.As(Guid.NewGuid(), "operator").Ask("GET", $"/incidents/{id}/contacts")) Assert.Equal("409 policeincident.taken", await other.Refusal());
        for (var i = 0; i < 2; i++)
        {
            var people = (await scene.AsOfficer.Get<VenueContacts>($"/incidents/{id}/contacts")).People;
            Assert.Contains(new VenueContact(Post.Manager, "Айгүл Сапарова", "+77010000001"), people);
        }

        var facts = await _house.Services.GetRequiredService<IEventLog>().Read(new(Incident.Decider.Category, id), Ct).Select(EventCatalog.Decode).OfType<IncidentEvent.ContactsSeen>().ToListAsync(Ct);
        Assert.Equal(new(id, scene.Venue.Venue, scene.Officer, VenueZone.Day(scene.Now)), Assert.Single(facts));

        await scene.Do(id, "rejected", new IncidentRejection(RejectReason.Dance, null));
        using var late = await scene.AsOfficer.Ask("GET", $"/incidents/{id}/contacts");
        Assert.Equal("409 policeincident.over", await late.Refusal());
    }

    [Fact]
    public async Task The_telephone_of_the_guards_is_told_with_the_others_says_who_is_there_and_stands_in_no_fact()
    {
        var scene = await AlertScene.In(_house);
        var guards = await GuardScene.At(_house, scene.Venue);
        var (path, owner) = ($"{guards.Path}/guards/telephone", guards.AsOwner);
        Assert.Equal("400 guarding.telephone-malformed number", await (await owner.Ask("PUT", path, new PostTelephone("Asan, door two"))).Refusal());
        var (first, key) = (new PostTelephone("+7 (727) 300-00-01"), ("Idempotency-Key", $"{Guid.NewGuid()}"));
        using (var answer = await owner.Ask("PUT", path, first, key)) answer.EnsureSuccessStatusCode();
        var named = await owner.Do("PUT", path, new PostTelephone("+7 727 300 00 02"));
        Assert.Equal(named.Revision, (await owner.Do("PUT", path, new PostTelephone("+77273000002"))).Revision); // the same number says nothing new
        using (var late = await owner.Ask("PUT", path, first, key)) late.EnsureSuccessStatusCode(); // it was said before, and says nothing again
        Assert.Equal("+77273000002", (await owner.Get<PostTelephone>(path, named)).Number);
        var page = await owner.Ask("GET", $"{guards.Path}/guards");
        Assert.DoesNotContain("7273000002", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal); // others read that page, too

        var told = scene.Fight();
        await scene.Tell(told);
        var incident = (await scene.IncidentOf(told.AlertId)).Card.IncidentId;
        var officer = scene.AsOfficer;
        using (var early = await officer.Ask("GET", $"/incidents/{incident}/contacts")) Assert.Equal("409 policeincident.untaken", await early.Refusal());
        await scene.Do(incident, "taken");
        Assert.Equal(new GuardsPost("+77273000002", 0), (await officer.Get<VenueContacts>($"/incidents/{incident}/contacts")).Post);
        var guard = await guards.Enter("Ерлан Қасымов");
        await guards.Plan(guard);
        await guards.Come(guard, Guid.NewGuid());
        Assert.Equal(new GuardsPost("+77273000002", 1), (await officer.Get<VenueContacts>($"/incidents/{incident}/contacts")).Post);

        await owner.Do("PUT", path, new PostTelephone(" "));
        Assert.Null((await officer.Get<VenueContacts>($"/incidents/{incident}/contacts")).Post);
        var facts = await _house.Services.GetRequiredService<IEventLog>().Read(new("guarding", scene.Venue.Venue), Ct).ToListAsync(Ct);
        Assert.Equal(3, facts.Count(fact => fact.Name.StartsWith("guarding.post-telephone", StringComparison.Ordinal)));
        Assert.All(facts, fact => Assert.DoesNotContain("300000", System.Text.Encoding.UTF8.GetString(fact.Data.Span), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_box_that_leaves_cameras_out_is_told_on_the_desk()
    {
        var scene = await AlertScene.In(_house);
        await Beat(scene, leftOut: 0);
        Assert.Equal(0, (await scene.AsOfficer.Get<DeskCounts>("/alerts/counts")).SheddingProbes);
        await Beat(scene, leftOut: 2);
        var counts = await scene.AsOfficer.Get<DeskCounts>("/alerts/counts");
        Assert.Equal((1, true, false), (counts.SheddingProbes, counts.IsDegraded, counts.ViewsBehind));
    }

    static async Task Beat(AlertScene scene, int leftOut)
    {
        var health = new BoxHealth(0.5, 0.5, 10_000, 0.5, 50, TimeSpan.FromHours(1), new(true, 0), true, true, new Dictionary<string, int>()) { Eyes = new(3, leftOut, 30, 5) };
        using var answer = await scene.Venue.AsProbe.Ask("POST", "/probe/heartbeat", new Heartbeat(scene.Venue.Probe, 3, 1, false, 0, 0, "1") { Health = health });
        Assert.True(answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.ResetContent, $"{answer.StatusCode}");
    }
}
