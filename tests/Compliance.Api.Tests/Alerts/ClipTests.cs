using System.Net;
using Compliance.Api.Alerts;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Alerts;

/// <summary>The clip of an alert: the one that was told, sealed, seen under a record, and gone when its term is over.</summary>
public sealed class ClipTests : IAsyncDisposable
{
    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    static async Task<string> Refusal(Task<HttpResponseMessage> asked) => await (await asked).Refusal();

    [Fact]
    public async Task Only_the_clip_that_was_told_is_kept_and_only_from_the_box_that_holds_the_venue()
    {
        var (scene, stranger) = (await AlertScene.In(_house), await AlertScene.In(_house));
        var (mp4, told) = (AlertScene.Mp4(), scene.Fight());
        await scene.Tell(told);
        Assert.Equal("409 alert.clip-unnamed", await Refusal(scene.PutClip(told.AlertId, mp4)));
        await scene.Tell(told with { Clip = new(AlertScene.HashOf(mp4), 30) });
        Assert.Equal("400 alert.clip-changed body", await Refusal(scene.PutClip(told.AlertId, AlertScene.Mp4(2))));
        Assert.Equal("400 alert.clip-no-video body", await Refusal(scene.PutClip(told.AlertId, "GIF89a, or something"u8.ToArray())));
        Assert.Equal("404 alert.unknown", await Refusal(scene.PutClip(told.AlertId, mp4, stranger.Venue.AsProbe)));
        Assert.Equal("400 alert.clip-large body", await Refusal(scene.PutClip(told.AlertId, [.. mp4, .. new byte[AlertClip.Largest]])));
        for (var times = 0; times < 2; times++)
        {
            using var kept = await scene.PutClip(told.AlertId, mp4);
            Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        }
    }

    [Fact]
    public async Task That_an_officer_sees_it_is_a_fact_of_the_incident_once_a_day()
    {
        var (scene, incident, alert) = await WithClip();
        for (var times = 0; times < 2; times++)
        {
            using var seen = await scene.AsOfficer.Ask("GET", $"/incidents/{incident}/clips/{alert}");
            Assert.Equal("video/mp4", seen.Content.Headers.ContentType!.MediaType);
            Assert.Equal(AlertScene.Mp4(), await seen.Content.ReadAsByteArrayAsync(Ct));
        }

        using var also = await scene.AsLead.Ask("GET", $"/incidents/{incident}/clips/{alert}");
        var facts = await _house.Services.GetRequiredService<IEventLog>().Read(new(Incident.Decider.Category, incident), Ct).Select(EventCatalog.Decode).OfType<IncidentEvent.ClipViewed>().ToListAsync(Ct);
        Assert.Equal([(alert, scene.Officer), (alert, scene.Lead)], facts.Select(f => (f.AlertId, f.By)));
        using var owner = await scene.Venue.AsOwner.Ask("GET", $"/incidents/{incident}/clips/{alert}");
        Assert.Equal(HttpStatusCode.Forbidden, owner.StatusCode);
        Assert.Equal("400 policeincident.alert-foreign alertId", await Foreign(scene, alert));
    }

    /// <summary>A clip is seen through its own incident, which says why.</summary>
    async Task<string> Foreign(AlertScene scene, Guid alert)
    {
        _house.Clock.Advance(TimeSpan.FromMinutes(11));
        var other = scene.Fight();
        await scene.Tell(other);
        using var answer = await scene.AsOfficer.Ask("GET", $"/incidents/{(await scene.IncidentOf(other.AlertId)).Card.IncidentId}/clips/{alert}");
        return await answer.Refusal();
    }

    [Fact]
    public async Task Unconfirmed_it_goes_after_a_day()
    {
        var (scene, incident, alert) = await WithClip();
        await EraseAfter(TimeSpan.FromHours(23));
        Assert.NotNull(Store.Get(alert));
        await EraseAfter(TimeSpan.FromHours(1.1));
        Assert.Null(Store.Get(alert));
        using var gone = await scene.AsOfficer.Ask("GET", $"/incidents/{incident}/clips/{alert}");
        Assert.Equal("409 policeincident.clip-missing", await gone.Refusal());
    }

    [Fact]
    public async Task Confirmed_it_goes_after_a_month_and_preserved_when_its_day_is_over()
    {
        var (scene, incident, alert) = await WithClip();
        await scene.Do(incident, "taken");
        await scene.Do(incident, "confirmed");
        await Judged(scene, incident);
        await EraseAfter(TimeSpan.FromDays(29));
        Assert.NotNull(Store.Get(alert));

        var until = VenueZone.Day(scene.Now).AddDays(60);
        Assert.Equal("400 policeincident.case-number-missing caseNumber", await scene.Refused(incident, "preserved", new IncidentCommand.Preserve(alert, " ", until)));
        await scene.Do(incident, "preserved", new IncidentCommand.Preserve(alert, "№ 17", until));
        await EraseAfter(TimeSpan.FromDays(59));
        Assert.NotNull(Store.Get(alert));
        await EraseAfter(TimeSpan.FromDays(3));
        Assert.Null(Store.Get(alert));
    }

    ClipStore Store => _house.Services.GetRequiredService<ClipStore>();

    async Task EraseAfter(TimeSpan time)
    {
        _house.Clock.Advance(time);
        await Store.EraseOld(Ct);
    }

    static async Task Judged(AlertScene scene, Guid incident)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(30));
        while ((await scene.AsOfficer.Get<IncidentLine>($"/incidents/{incident}")).Alerts[0].Row.Judgement is null) await again.WaitForNextTickAsync(patience.Token);
    }

    async Task<(AlertScene Scene, Guid Incident, Guid Alert)> WithClip()
    {
        var scene = await AlertScene.In(_house);
        var mp4 = AlertScene.Mp4();
        var told = scene.Fight() with { Clip = new(AlertScene.HashOf(mp4), 30) };
        await scene.Tell(told);
        using var kept = await scene.PutClip(told.AlertId, mp4);
        kept.EnsureSuccessStatusCode();
        return (scene, (await scene.IncidentOf(told.AlertId)).Card.IncidentId, told.AlertId);
    }
}
