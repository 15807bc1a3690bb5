using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Compliance.Api.Rulebooks;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Inspections;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Rulebooks;

/// <summary>The authority drafts, tries and publishes a version through the doors; what was answered before stays answered.</summary>
public sealed class VersionTests : IAsyncDisposable
{
    const string Id = "uk-premises-licence";

    readonly House _house = new();

    static string Delivered => RulebookShelf.All[Id].Version;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    DateOnly Today => VenueZone.Day(_house.Clock.GetUtcNow());

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_version_published_later_changes_no_older_answer()
    {
        var scene = await Scene.In(_house);
        var asOf = Uri.EscapeDataString($"{_house.Clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.FFFFFFF}Z");
        var asked = $"/venues/{scene.Venue}/compliance?rulebook={Id}&asOf={asOf}";
        var then = await scene.AsOwner.Get<VenueCompliance>(asked);

        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        var draft = await Draft(scene, Text());
        var published = await scene.AsAuthority.Do("POST", $"/rulebooks/{Id}/published", new { draft.Version, draft.Hash });
        _house.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(JsonSerializer.Serialize(then), JsonSerializer.Serialize(await scene.AsOwner.Get<VenueCompliance>(asked)));
        var now = await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance?rulebook={Id}", published);
        Assert.Equal(("0.2.0", draft.Hash), (now.Version, now.RulebookHash));
        var under = await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance?rulebook={Id}&version={Delivered}");
        Assert.Equal(then.RulebookHash, under.RulebookHash);
        var card = (await scene.AsOwner.Get<RulebookCard[]>("/rulebooks")).Single(book => book.Id == Id);
        Assert.Equal("0.2.0", card.Version);
    }

    [Fact]
    public async Task A_visit_walks_the_version_in_force_when_it_began()
    {
        var scene = await Scene.In(_house);
        var before = await Begun(scene);
        var draft = await Draft(scene, Text());
        var published = await scene.AsAuthority.Do("POST", $"/rulebooks/{Id}/published", new { draft.Version, draft.Hash });
        await scene.AsOwner.Get<RulebookCard[]>("/rulebooks", published);
        var after = await Begun(scene);

        Assert.Equal((Delivered, RulebookShelf.Hash(Id)), (before.Version, before.Hash));
        Assert.Equal(("0.2.0", draft.Hash), (after.Version, after.Hash));
        Assert.Equal(Delivered, (await scene.AsOwner.Get<InspectionSheet>($"/inspections/{before.Id}")).List!.Version);
    }

    async Task<(Guid Id, string Version, string Hash)> Begun(Scene scene)
    {
        var (subject, id) = (Guid.NewGuid(), Guid.NewGuid());
        var officer = _house.As(subject, "inspector");
        await officer.Do("PUT", $"/venues/{scene.Venue}/inspections/{id}", new InspectionCommand.Schedule(
            id, scene.Venue, InspectionKind.Scheduled, Today, Id, "Fire department", "Plan, line 7", [subject]));
        await officer.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-17"));
        await officer.Do("POST", $"/inspections/{id}/started");
        var list = (await officer.Get<InspectionSheet>($"/inspections/{id}")).List!;
        return (id, list.Version, list.Hash);
    }

    [Fact]
    public async Task A_draft_with_a_fault_is_refused_with_its_reasons_and_the_version_before_stays_in_force()
    {
        var scene = await Scene.In(_house);
        using var refused = await scene.AsAuthority.Ask("PUT", $"/rulebooks/{Id}/draft", new { text = Text(book => book["rules"]![0]!["check"]!["check"] = "guess") });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.Json();
        Assert.Equal("rulebook.faulty", problem.GetProperty("code").GetString());
        var reason = Assert.Single(problem.GetProperty("errors").GetProperty("text").EnumerateArray()).GetString()!;
        Assert.StartsWith($"{Id}.json, {RulebookShelf.All[Id].Rules[0].Id}: ", reason, StringComparison.Ordinal);
        Assert.Equal(Delivered, (await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance?rulebook={Id}")).Version);
    }

    [Fact]
    public async Task A_draft_is_compared_and_tried_over_the_fleet_before_anybody_is_bound_by_it()
    {
        var scene = await Scene.In(_house);
        await Draft(scene, Text(book =>
        {
            var rule = book["rules"]!.AsArray()[0]!.DeepClone();
            rule["id"] = "UK.NEW.001";
            rule["check"] = JsonNode.Parse("""{ "check": "count", "of": "exit", "min": 9 }""");
            rule.AsObject().Remove("params");
            rule.AsObject().Remove("scope");
            rule["standings"] = JsonNode.Parse("""[{ "basis": "Proposed", "confidence": "Read" }]""");
            book["rules"]!.AsArray().Add(rule);
        }));
        var diff = await scene.AsAuthority.Get<RulebookDiff>($"/rulebooks/{Id}/diff?from={Delivered}&to=draft");
        Assert.Equal("UK.NEW.001", Assert.Single(diff.Added).RuleId);
        Assert.Empty(diff.Removed.Concat(diff.Changed));

        var views = await scene.AsAuthority.Get<RulebookRow>($"/rulebooks/{Id}/versions", scene.Ready);
        Assert.Equal((VersionState.Draft, VersionState.Published), (views.Versions[0].State, views.Versions[1].State));

        foreach (var reader in (HttpClient[])[_house.CreateClient(), scene.AsOwner, _house.As(Guid.NewGuid(), "inspector")])
            Assert.DoesNotContain((await reader.Get<RulebookRow>($"/rulebooks/{Id}/versions", scene.Ready)).Versions, line => line.State == VersionState.Draft);
        using (var refused = await _house.As(Guid.NewGuid(), "inspector").Ask("GET", $"/rulebooks/{Id}/diff?from={Delivered}&to=draft")) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using (var started = await scene.AsAuthority.Ask("POST", $"/rulebooks/{Id}/what-if")) Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        await _house.Services.GetRequiredService<WhatIfRuns>().Ended(Id).WaitAsync(Ct);
        var tried = await scene.AsAuthority.Get<WhatIfState>($"/rulebooks/{Id}/what-if");
        Assert.Equal((1, 1, false, false), (tried.Done, tried.Venues, tried.Running, tried.Stopped));
        Assert.Equal(scene.Venue, Assert.Single(Assert.Single(tried.Rules).NewlyFail));
        Assert.Equal(Delivered, (await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance?rulebook={Id}")).Version);
    }

    [Fact]
    public async Task A_trial_can_be_stopped_and_without_a_draft_there_is_none()
    {
        var scene = await Scene.In(_house);
        using (var none = await scene.AsAuthority.Ask("POST", $"/rulebooks/{Id}/what-if")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        await Draft(scene, Text());
        using (var started = await scene.AsAuthority.Ask("POST", $"/rulebooks/{Id}/what-if")) Assert.Equal(HttpStatusCode.OK, started.StatusCode);
        using (var stopped = await scene.AsAuthority.Ask("POST", $"/rulebooks/{Id}/what-if/stopped")) Assert.Equal(HttpStatusCode.OK, stopped.StatusCode);
        await _house.Services.GetRequiredService<WhatIfRuns>().Ended(Id).WaitAsync(Ct);
        var state = await scene.AsAuthority.Get<WhatIfState>($"/rulebooks/{Id}/what-if");
        Assert.False(state.Running);
        Assert.Equal(state.Done < state.Venues, state.Stopped);
    }

    static async Task<VersionLine> Draft(Scene scene, string text)
    {
        var done = await scene.AsAuthority.Do("PUT", $"/rulebooks/{Id}/draft", new { text });
        return (await scene.AsAuthority.Get<RulebookRow>($"/rulebooks/{Id}/versions", done)).Versions[0];
    }

    string Text(Action<JsonNode>? change = null)
    {
        var book = JsonNode.Parse(RulebookShelf.Text(Id))!;
        (book["version"], book["validFrom"]) = ("0.2.0", $"{Today:yyyy-MM-dd}");
        change?.Invoke(book);
        return book.ToJsonString();
    }
}
