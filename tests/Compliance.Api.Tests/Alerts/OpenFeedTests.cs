using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Alerts;

/// <summary>What stands open, as GeoJSON (RFC 7946) and as Atom (RFC 4287) that leads to CAP; sent once to whoever has it.</summary>
public sealed class OpenFeedTests : IAsyncDisposable
{
    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom", GeoRss = "http://www.georss.org/georss";

    readonly House _house = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task An_incident_stands_in_both_feeds_where_its_venue_is_until_it_is_over()
    {
        var scene = await AlertScene.In(_house);
        var id = await Fight(scene);
        using var geo = await scene.AsOfficer.Ask("GET", "/incidents/open.geojson");
        Assert.Equal("application/geo+json", geo.Content.Headers.ContentType!.MediaType);
        var collection = await geo.Json();
        Assert.Equal("FeatureCollection", collection.GetProperty("type").GetString());
        var feature = Assert.Single(collection.GetProperty("features").EnumerateArray());
        Assert.Equal(("Feature", $"{id}", "Point"), (feature.GetProperty("type").GetString(), feature.GetProperty("id").GetString(), feature.GetProperty("geometry").GetProperty("type").GetString()));
        Assert.Equal([76.91, 43.24], feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(c => c.GetDouble())); // longitude first (RFC 7946, 3.1.1)
        Assert.Equal(("Fight", "New"), (feature.GetProperty("properties").GetProperty("kind").GetString(), feature.GetProperty("properties").GetProperty("stage").GetString()));

        var feed = await Feed(scene);
        var entry = Assert.Single(feed.Elements(Atom + "entry"));
        Assert.All((string[])["id", "title", "updated"], needed => { Assert.Single(feed.Elements(Atom + needed)); Assert.Single(entry.Elements(Atom + needed)); });
        Assert.NotEmpty(feed.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.Equal(("43.24 76.91", $"urn:uuid:{id}"), (entry.Element(GeoRss + "point")!.Value, entry.Element(Atom + "id")!.Value));
        var cap = new Uri(entry.Element(Atom + "content")!.Attribute("src")!.Value);
        using var message = await scene.AsOfficer.Ask("GET", cap.PathAndQuery);
        Assert.Equal(("application/cap+xml", "application/cap+xml"), (entry.Element(Atom + "content")!.Attribute("type")!.Value, message.Content.Headers.ContentType!.MediaType));

        await scene.Do(id, "taken");
        await scene.Do(id, "rejected", new IncidentRejection(RejectReason.Test, null));
        Assert.Empty((await Feed(scene)).Elements(Atom + "entry"));
        using var none = await scene.AsOfficer.Ask("GET", "/incidents/open.geojson");
        Assert.Empty((await none.Json()).GetProperty("features").EnumerateArray());
    }

    [Theory, InlineData("/incidents/open.geojson"), InlineData("/incidents/open.atom")]
    public async Task Who_has_it_is_told_so_until_something_changes(string path)
    {
        var scene = await AlertScene.In(_house);
        var id = await Fight(scene);
        using var first = await scene.AsOfficer.Ask("GET", path);
        var tag = first.Headers.ETag!.ToString();
        using var same = await scene.AsOfficer.Ask("GET", path, null, ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.NotModified, 0), (same.StatusCode, (await same.Content.ReadAsByteArrayAsync(Ct)).Length));
        Assert.Equal(tag, same.Headers.ETag!.ToString());
        await scene.Do(id, "taken");
        using var changed = await scene.AsOfficer.Ask("GET", path, null, ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task A_district_is_told_of_its_own()
    {
        var scene = await AlertScene.In(_house);
        await Fight(scene);
        foreach (var (district, count) in new[] { (Scene.Details.District, 1), ("Алатау", 0) })
        {
            using var geo = await scene.AsOfficer.Ask("GET", $"/incidents/open.geojson?district={Uri.EscapeDataString(district)}");
            Assert.Equal(count, (await geo.Json()).GetProperty("features").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_match_that_joins_an_incident_hides_neither_itself_from_police_nor_the_incident_from_other_offices()
    {
        var scene = await AlertScene.In(_house);
        var (id, match, alone, log) = (await Fight(scene), Guid.NewGuid(), Guid.NewGuid(), _house.Services.GetRequiredService<IEventLog>());
        var raise = new AlertCommand.Raise(match, scene.Venue.Venue, scene.Venue.Camera, AlertKind.WatchListMatch, scene.Now, new(Guid.NewGuid(), Guid.NewGuid()));
        await log.Execute(Alert.Decider, match, raise, new(Guid.NewGuid(), "reaction:test"), Ct);
        Assert.Equal(id, (await scene.IncidentOf(match)).Card.IncidentId);
        var gather = new IncidentCommand.Gather(alone, scene.Venue.Venue, Scene.Details.District, new(Guid.NewGuid(), AlertKind.WatchListMatch, scene.Venue.Camera, scene.Now), scene.Now);
        var done = await log.Execute(Incident.Decider, alone, gather, new(Guid.NewGuid(), "reaction:test"), Ct);
        await _house.Services.GetRequiredService<ViewProgress>().WaitFor(done.Position, TimeSpan.FromSeconds(20), Ct);
        foreach (var (who, count, kinds) in new[] { (scene.AsOfficer, 2, (string[])["Fight", "WatchListMatch"]), (_house.AsCentre(Guid.NewGuid()), 1, ["Fight"]) })
        {
            using var geo = await who.Ask("GET", "/incidents/open.geojson");
            var features = (await geo.Json()).GetProperty("features").EnumerateArray().Select(f => (Kind: f.GetProperty("properties").GetProperty("kind").GetString()!, Alerts: f.GetProperty("properties").GetProperty("alerts").GetInt32())).ToArray();
            Assert.Equal(kinds, features.Select(f => f.Kind).Order(StringComparer.Ordinal));
            Assert.Equal(count, features.Single(f => f.Kind == "Fight").Alerts);
            using var cap = await who.Ask("GET", $"/incidents/{id}/cap.xml");
            Assert.Equal(count == 2, (await cap.Content.ReadAsStringAsync(Ct)).Contains($"{match}", StringComparison.Ordinal));
            using var other = await who.Ask("GET", $"/incidents/{alone}/cap.xml");
            Assert.Equal(count == 2 ? HttpStatusCode.OK : HttpStatusCode.NotFound, other.StatusCode);
        }
    }

    static async Task<Guid> Fight(AlertScene scene)
    {
        var told = scene.Fight();
        await scene.Tell(told);
        return (await scene.IncidentOf(told.AlertId)).Card.IncidentId;
    }

    static async Task<XElement> Feed(AlertScene scene)
    {
        using var answer = await scene.AsOfficer.Ask("GET", "/incidents/open.atom");
        Assert.Equal("application/atom+xml", answer.Content.Headers.ContentType!.MediaType);
        return XDocument.Parse(await answer.Content.ReadAsStringAsync(Ct)).Root!;
    }
}
