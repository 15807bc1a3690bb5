using System.Net;
using System.Text.Json;
using Compliance.Api.Drills;
using Compliance.Api.Exports;
using Compliance.Api.Tests.Alerts;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Alerts;
using Compliance.Domain.Drills;
using Compliance.Domain.Exports;
using Compliance.Domain.Kernel;
using Compliance.Domain.KnownClips;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Drills;

/// <summary>A known clip that a box found, before the people of a desk: as a fight would stand there, and never so far that anybody is sent or looked at.</summary>
public sealed class DrillDoorTests : IAsyncDisposable
{
    readonly House _house = new(("Drills:HoursBetween", "0"));

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Before_it_is_decided_no_answer_tells_it_from_a_fight()
    {
        using var scene = await DrillScene.In(_house);
        var (drill, real) = (new List<string>(), new List<string>());
        var heard = scene.Listening;

        var line = await scene.Raised();
        var (id, alert) = (line.Card.IncidentId, line.Alerts[0].Row.AlertId);
        Assert.Contains($"{alert}", (await heard.Until("alert-list")).Data, StringComparison.Ordinal);
        Assert.Contains($"{id}", (await heard.Until("policeincident-card")).Data, StringComparison.Ordinal);
        await Note(drill, id);
        Assert.DoesNotContain(await Fetched(alert), "alert.unknown", StringComparison.Ordinal);
        drill.Add(await Fetched(alert));
        await scene.Pass(31);
        await Note(drill, id);
        drill.Add(await Fetched(alert));
        drill.Add(await Taken(id));
        await Note(drill, id);
        var copy = await Clip(id, alert);
        Assert.Equal("ftyp"u8, copy.AsSpan(4, 4));
        await Note(drill, id);
        Assert.Equal("409 policeincident.clip-blurred", await (await scene.Alerts.AsOfficer.Ask("GET", $"/incidents/{id}/clips/{alert}/original")).Refusal());
        Assert.Equal("409 policeincident.unconfirmed", await scene.Alerts.Refused(id, "dispatched"));
        Assert.Equal("400 policeincident.grounds-missing grounds", await scene.Alerts.Refused(id, "rejected", new IncidentRejection(RejectReason.Other, null)));
        await scene.Alerts.Do(id, "rejected", new IncidentRejection(RejectReason.Dance, null));

        var mp4 = AlertScene.Mp4();
        var told = scene.Alerts.Fight();
        Assert.Equal([null], await scene.Alerts.Tell(told));
        var fight = (await scene.Alerts.IncidentOf(told.AlertId)).Card.IncidentId;
        await Note(real, fight);
        real.Add(await Fetched(told.AlertId));
        _house.Clock.Advance(TimeSpan.FromSeconds(31));
        await _house.Services.GetRequiredService<Compliance.Api.Alerts.Switchboard>().Tick(Ct);
        await scene.Alerts.Tell(told with { SeenUntil = told.SeenFrom.AddSeconds(3), Clip = new(AlertScene.HashOf(mp4), 30), Blurred = new(AlertScene.HashOf(mp4), 30, ClipBlur.WholePicture, null) });
        using (await scene.Alerts.PutClip(told.AlertId, mp4))
        using (await scene.Alerts.PutClip(told.AlertId, mp4, copy: "blurred-clip")) await Note(real, fight);
        real.Add(await Fetched(told.AlertId));
        real.Add(await Taken(fight));
        await Note(real, fight);
        await Clip(fight, told.AlertId);
        await Note(real, fight);
        Assert.Equal(real, drill);

        // A shape hides what is the same each time, or follows from what is told beside it.
        var row = Assert.Single((await scene.Alerts.AsOfficer.Get<IncidentLine>($"/incidents/{id}")).Alerts).Row;
        Assert.InRange(row.RaisedAt - row.SeenFrom, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7));
        Assert.True(row.RaisedAt < line.Card.OpenedAt);
        Assert.Equal(50, line.Alerts[0].Row.Seen!.FramesAnalysed); // the clip was found after five seconds
        Assert.Equal((7, 120), ((row.SeenUntil - row.SeenFrom)?.TotalSeconds, row.Seen!.FramesAnalysed));
        Assert.DoesNotContain(row.Clip!.Sha256, (string[])[row.Blurred!.Sha256, new([.. row.Blurred.Sha256.Reverse()])]);

        async Task<string> Fetched(Guid of)
        {
            using var answer = await scene.Alerts.AsOfficer.Ask("POST", $"/alerts/{of}/shown");
            return $"{answer.StatusCode} {answer.Headers.ETag}";
        }

        // On what he decided: the neighbour has it by now, so that no first glance counts any more.
        async Task<string> Taken(Guid incident)
        {
            using var late = await scene.Alerts.AsOfficer.Ask("POST", $"/incidents/{incident}/taken", null, ("If-Match", "\"0\""));
            using var answer = await scene.Alerts.AsOfficer.Ask("POST", $"/incidents/{incident}/taken", null, ("If-Match", "\"1\""));
            var done = JsonSerializer.Deserialize<CommandAnswer>(await answer.Content.ReadAsStringAsync(Ct), EventCatalog.Json)!;
            Assert.Equal(done.Revision, (await scene.Alerts.AsOfficer.Get<IncidentLine>($"/incidents/{incident}", done)).Card.Revision);
            return $"{late.StatusCode} {answer.StatusCode} {answer.Headers.ETag}";
        }

        // As the desk reads it: the list, the incident alone with its ETag, and how the desk stands.
        async Task Note(List<string> shapes, Guid incident)
        {
            shapes.Add(ShapeOf("", Assert.Single((await Json("/incidents?open=true")).GetProperty("items").EnumerateArray())));
            using var one = await scene.Alerts.AsOfficer.Ask("GET", $"/incidents/{incident}");
            shapes.Add($"{one.Headers.ETag} {ShapeOf("", await one.Json())}");
            var counts = await scene.Look(DrillScene.District);
            shapes.Add($"{counts.Untaken} {counts.InHand}");
        }

        async Task<JsonElement> Json(string path)
        {
            using var answer = await scene.Alerts.AsOfficer.Ask("GET", path);
            return await answer.Json();
        }

        async Task<byte[]> Clip(Guid incident, Guid of)
        {
            using var seen = await scene.Alerts.AsOfficer.Ask("GET", $"/incidents/{incident}/clips/{of}");
            Assert.Equal(HttpStatusCode.OK, seen.StatusCode);
            return await seen.Content.ReadAsByteArrayAsync(Ct);
        }
    }

    /// <summary>Names and kinds of all that is in it, and what is not an id, an instant or a figure.</summary>
    static string ShapeOf(string path, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => string.Join('\n', json.EnumerateObject().Select(p => ShapeOf($"{path}.{p.Name}", p.Value))),
        JsonValueKind.Array => string.Join('\n', json.EnumerateArray().Select((item, i) => ShapeOf($"{path}[{i}]", item)).Prepend(path)),
        JsonValueKind.String when !json.TryGetGuid(out _) && !json.TryGetDateTimeOffset(out _) && json.GetString()!.Length != 64 => $"{path} {json.GetString()}",
        JsonValueKind.True or JsonValueKind.False => $"{path} {json.GetBoolean()}",
        _ => $"{path} {json.ValueKind}",
    };

    [Fact]
    public async Task Confirmed_it_is_over_says_what_it_was_to_who_decided_and_nothing_counts_it()
    {
        using var scene = await DrillScene.In(_house);
        var id = (await scene.Raised()).Card.IncidentId;
        using var oversight = _house.As(Guid.NewGuid(), "oversight");
        Assert.Empty((await oversight.Get<Page<IncidentLine>>("/incidents")).Items);
        using (var centre = await oversight.Ask("GET", $"/incidents/{id}/cap.xml")) Assert.Equal(HttpStatusCode.NotFound, centre.StatusCode);

        await scene.Alerts.Do(id, "taken");
        var over = await scene.Alerts.Do(id, "confirmed");
        Assert.True(over is { Test: { Shows: true, Answer: DrillAnswer.Confirmed, IsRight: true, SecondsToTake: >= 0, SecondsToDecide: >= 0 }, Card.IsOver: true });
        foreach (var step in (string[])["dispatched", "arrived", "taken"]) Assert.Equal("409 drill.was-a-test", await scene.Alerts.Refused(id, step));
        Assert.Equal("409 drill.was-a-test", await scene.Alerts.Refused(id, "closed", new IncidentEnd(IncidentOutcome.Detained, null)));
        Assert.Empty((await scene.Alerts.AsOfficer.Get<Page<IncidentLine>>("/incidents")).Items);

        Assert.Equal((1, 1), await scene.Alerts.AsOfficer.Get<DrillShift>("/drills/mine") is var mine ? (mine.Answered, mine.Right) : default);
        Assert.Equal(0, (await scene.Alerts.AsLead.Get<DrillShift>("/drills/mine")).Answered);
        Assert.True((await scene.Alerts.AsLead.Get<IncidentLine>($"/incidents/{id}")) is { Test: { Answer: null, IsRight: null, SecondsToDecide: null }, Card: { By: null, Instants: [] } });
        Assert.True(Assert.Single(await oversight.Get<IReadOnlyList<DrillMonth>>("/drills")) is { Raised: 1, Taken: 1, Shown: 1, Seen: 1 } month && month.District == DrillScene.District);

        // Of a drill there is no alert, no incident and no look, so nothing that is made of these can hold one; nor does what a venue takes along.
        var views = _house.Services.GetRequiredService<IViewStore>();
        Assert.Empty(await views.All(AlertRow.View, null, Ct));
        Assert.Empty(await views.All(IncidentCard.View, null, Ct));
        Assert.Empty(await views.All(AccessRow.View, null, Ct));
        Assert.Empty(await oversight.Get<IReadOnlyList<AnswerDay>>("/incidents/answers"));
        Assert.Empty(await oversight.Get<IReadOnlyList<AlertWeek>>("/alerts/weeks"));
        Assert.Empty((await scene.Alerts.Venue.AsOwner.Get<Page<EndedIncident>>($"/venues/{scene.Alerts.Venue.Venue}/alerts")).Items);
        foreach (var feed in (string[])["open.geojson", "open.atom"])
        {
            using var answer = await oversight.Ask("GET", $"/incidents/{feed}");
            Assert.DoesNotContain($"{id}", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }

        foreach (var reader in Enum.GetValues<FileReader>())
            Assert.DoesNotContain(await _house.Services.GetRequiredService<FileStreams>().Of(scene.Alerts.Venue.Venue, reader, Ct), stream => stream.Category is "drill" or "showing" or "knownclip");
    }

    [Fact]
    public async Task Whoever_asks_for_more_is_told_and_nothing_is_opened()
    {
        using var scene = await DrillScene.In(_house, shows: false);
        var venue = scene.Alerts.Venue;
        await Asks("GET", (id, _) => $"/incidents/{id}/contacts", "409 drill.was-a-test");
        await Asks("POST", (id, alert) => $"/incidents/{id}/clips/{alert}/unblurred", "409 drill.was-a-test", _ => new IncidentCommand.Unblur(UnblurReason.IdentifyOffender, null));
        await Asks("POST", (id, _) => $"/incidents/{id}/preserved", "409 drill.was-a-test", alert => new IncidentCommand.Preserve(alert, "17-26", new(2030, 1, 1)));
        await Asks("GET", (id, _) => $"/incidents/{id}/cap.xml", "409 drill.was-a-test");
        var session = Guid.NewGuid();
        var look = new AccessCommand.Open(session, venue.Venue, "ЦОУ-2", AccessPurpose.CallTo102, "17-26", null, false, [venue.Camera]);
        var line = await scene.Raised();
        using (var asked = await scene.Alerts.AsOfficer.Ask("PUT", $"/access/{session}", look with { IncidentId = line.Card.IncidentId })) Assert.Equal("409 drill.was-a-test", await asked.Refusal());
        Assert.Empty((await scene.Alerts.AsOfficer.Get<Page<AccessRow>>("/access")).Items);
        using (var again = await scene.Alerts.AsOfficer.Ask("PUT", $"/access/{session}", look with { IncidentId = line.Card.IncidentId })) Assert.Equal("409 drill.was-a-test", await again.Refusal());

        var stood = (await scene.Raised()).Card.IncidentId;
        await scene.Alerts.Do(stood, "taken");
        await scene.Alerts.AsOfficer.Do("PUT", $"/access/{session}", look); // there is another reason: nothing holds it up
        await Asking.Until(async () => (await scene.Facts(stood))[^1] is DrillEvent.Ended { Because: DrillEnd.LookedInto });
        Assert.True(await scene.Alerts.AsOfficer.Get<DrillShift>("/drills/mine") is { Answered: 0, Withdrawn: [{ Because: DrillEnd.LookedInto }] });
        Assert.False(await scene.Raise()); // somebody looks into that venue already
        Assert.True(Assert.Single(await scene.AsAuthority.Get<IReadOnlyList<DrillMonth>>("/drills")) is { Raised: 6, Others: 5, FalseAlarms: 0, Withdrawn: 1 });
        Assert.Equal(0, (await scene.Alerts.AsOfficer.Get<DrillShift>("/drills/mine")).Answered); // neither right nor wrong

        async Task Asks(string verb, Func<Guid, Guid, string> path, string refusal, Func<Guid, object>? body = null)
        {
            var raised = await scene.Raised();
            var (id, alert) = (raised.Card.IncidentId, raised.Alerts[0].Row.AlertId);
            await scene.Pass(23);
            await scene.Alerts.Do(id, "taken");
            using var answer = await scene.Alerts.AsOfficer.Ask(verb, path(id, alert), body?.Invoke(alert));
            Assert.Equal(refusal, await answer.Refusal());
            Assert.Equal(DrillAnswer.AskedForMore, Assert.IsType<DrillEvent.Decided>((await scene.Facts(id))[^1]).Answer);
            Assert.Null(scene.Copies.Get(id));
        }
    }

    [Fact]
    public async Task What_is_real_takes_it_off_the_desk()
    {
        using var scene = await DrillScene.In(_house);
        var id = (await scene.Raised()).Card.IncidentId;
        var told = scene.Alerts.Fight();
        Assert.Equal([null], await scene.Alerts.Tell(told));
        var real = await scene.Alerts.IncidentOf(told.AlertId);
        Assert.Equal(real.Card.IncidentId, Assert.Single(await scene.OnDesk(DrillScene.District)).Card.IncidentId);
        await Asking.Until(async () => (await scene.Facts(id))[^1] is DrillEvent.Ended { Because: DrillEnd.RealWork }); // without a tick
        Assert.Equal(id, Assert.Single((await scene.Alerts.AsOfficer.Get<DrillShift>("/drills/mine")).Withdrawn).DrillId);
        Assert.Equal(DrillEnd.RealWork, (await scene.Alerts.AsOfficer.Get<IncidentLine>($"/incidents/{id}")).Test!.Because);
        Assert.Null(scene.Copies.Get(id));
        Assert.False(await scene.Raise()); // while somebody has something real to do
    }

    [Fact]
    public async Task Whoever_looks_at_all_desks_is_tried_while_nothing_real_is_at_any_of_them()
    {
        using var scene = await DrillScene.In(_house);
        var id = (await scene.Raised()).Card.IncidentId;
        await scene.RealAt("Медеу");
        Assert.DoesNotContain((await scene.Alerts.AsOfficer.Get<Page<IncidentLine>>("/incidents?open=true")).Items, line => line.Card.IncidentId == id);
        await Asking.Until(async () => (await scene.Facts(id))[^1] is DrillEvent.Ended { Because: DrillEnd.RealWork });
        Assert.Equal(1, (await scene.Look()).Untaken);
        Assert.False(await scene.Raise());

        _house.Clock.Advance(TimeSpan.FromSeconds(11)); // that page is closed: at the desk itself nothing is real
        await scene.RaisedByHand(DrillScene.District);
        Assert.Single(await scene.OnDesk(DrillScene.District));
        Assert.Equal("Медеу", Assert.Single((await scene.Alerts.AsOfficer.Get<Page<IncidentLine>>("/incidents?open=true")).Items).Card.Desks[0]);
        Assert.Equal(1, (await scene.Look()).Untaken);
        await scene.Pass(1); // and now there is somebody who sees both
        Assert.Empty(await scene.OnDesk(DrillScene.District));
    }

    [Fact]
    public async Task Undecided_it_ends_by_itself_and_goes_to_nobody_else()
    {
        using var scene = await DrillScene.In(_house);
        var id = (await scene.Raised()).Card.IncidentId;
        await scene.Pass(60);
        Assert.Equal("Алмалы", (await scene.Alerts.AsOfficer.Get<IncidentLine>($"/incidents/{id}")).Card.Desks[1]); // as the desk would have it
        Assert.Empty(await scene.OnDesk("Алмалы"));
        Assert.NotNull(scene.Copies.Get(id));
        await scene.Pass(31);
        Assert.Equal(DrillEnd.Untaken, Assert.IsType<DrillEvent.Ended>((await scene.Facts(id))[^1]).Because);
        Assert.Null(scene.Copies.Get(id));
        Assert.Equal(0, (await scene.Look()).Untaken);

        id = (await scene.Raised()).Card.IncidentId;
        await scene.Alerts.Do(id, "taken");
        await scene.Pass(170);
        Assert.Equal(1, (await scene.Look()).InHand);
        await scene.Pass(11);
        Assert.Equal(DrillEnd.Undecided, Assert.IsType<DrillEvent.Ended>((await scene.Facts(id))[^1]).Because);

        id = (await scene.Raised()).Card.IncidentId;
        await scene.AsAuthority.Do("POST", $"/known-clips/{scene.Clip}/deleted", new KnownClipCommand.Delete("Consent taken back"));
        Assert.Equal(DrillEnd.ClipGone, Assert.IsType<DrillEvent.Ended>((await scene.Facts(id))[^1]).Because);
        Assert.Null(scene.Copies.Get(id));
        await scene.Look();
        Assert.False(await scene.Raise());
    }
}

/// <summary>It is raised only where somebody is at that desk, and once a shift.</summary>
public sealed class DrillRaisingTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_is_tried_who_is_not_there_or_was_tried_this_shift()
    {
        await using var house = new House();
        using var scene = await DrillScene.In(house);
        Assert.False(await scene.Raise(secondsAgo: 121)); // a box that was cut off
        house.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.False(await scene.Raise()); // the page was closed
        await scene.Look("Алмалы");
        Assert.False(await scene.Raise()); // somebody is at another desk
        await scene.Look(DrillScene.District);
        scene.Dispose();
        await Asking.Until(() => Task.FromResult(house.Services.GetRequiredService<Compliance.Api.Changes.Listeners>().Officers == 0));
        Assert.False(await scene.Raise()); // and hears nothing
        using var listening = await scene.Alerts.AsOfficer.Listen();
        using (var off = ActivatorUtilities.CreateInstance<DrillBell>(house.Services, new DrillRules(On: false))) Assert.False(await off.Raise(scene.Found(), Ct));
        Assert.Empty(await house.Services.GetRequiredService<IViewStore>().All(DrillRow.View, null, Ct));
        await scene.RaisedByHand();
        Assert.False(await scene.Raise()); // one stands there
        await scene.Pass(91);
        await scene.Look();
        Assert.False(await scene.Raise());
        house.Clock.Advance(TimeSpan.FromHours(8));
        await scene.Look();
        await scene.RaisedByHand();
    }

}
