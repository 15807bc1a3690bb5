using Compliance.Api.Alerts;
using Compliance.Api.EventLog;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Alerts;

/// <summary>A venue that tells more than anybody can look at: nothing of it is lost, and what is critical does not wait behind it.</summary>
public sealed class FloodTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_flood_is_accounted_for_to_the_last_alert()
    {
        await using var house = new House();
        var (scene, most) = (await AlertScene.In(house), new AlertRules().PerIncident);
        AlertTold[] flood = [.. Enumerable.Range(0, most + 30).Select(_ => scene.Fight())];
        foreach (var part in flood.Chunk(100)) Assert.All(await scene.Tell(part), Assert.Null);
        await Asking.Until(async () => (await scene.AsOfficer.Get<DeskCounts>("/alerts/counts")).Hours.Sum(h => h.Opened + h.Joined + h.HeldBack) == flood.Length);
        var line = default(IncidentLine)!;
        await Asking.Until(async () => (line = (await scene.AsOfficer.Get<Page<IncidentLine>>("/incidents?open=true")).Items.Single()).Card.Alerts.Count == most);
        Assert.Equal((IncidentLine.Newest, most - IncidentLine.Newest), (line.Alerts.Count, line.More));
        var whole = await scene.AsOfficer.Get<IncidentLine>($"/incidents/{line.Card.IncidentId}");
        Assert.Equal((most, 0), (whole.Alerts.Count, whole.More));
        var counts = await scene.AsOfficer.Get<DeskCounts>("/alerts/counts");
        Assert.Equal((1, 30, 30), (counts.Untaken, counts.HeldBack, counts.Hours.Sum(h => h.Full)));
        var held = (await scene.AsOfficer.Get<Page<HeldBackAlert>>("/alerts/held-back?limit=200")).Items;
        Assert.All(held, one => Assert.Equal((Suppression.Full, most, most), (one.Alert.Row.Suppressed!.Because, one.Alert.Row.Suppressed.Shown, one.Alert.Row.Suppressed.Budget)));
        Assert.Equal(flood.Select(f => f.AlertId).Order(), whole.Alerts.Select(a => a.Row.AlertId).Concat(held.Select(one => one.Alert.Row.AlertId)).Order());
    }

    [Fact]
    public async Task A_fire_that_is_raised_behind_a_flood_goes_before_it()
    {
        const int Before = 3, Flood = 60;
        await using var house = new House { Also = services => services.Remove(services.Single(s => s.ImplementationType == typeof(SwitchboardBell))) }; // this test rings itself
        var (flooded, burning) = (await AlertScene.In(house), await AlertScene.In(house));
        var (log, progress) = (house.Services.GetRequiredService<IEventLog>(), house.Services.GetRequiredService<ViewProgress>());
        Assert.All(await flooded.Tell([.. Enumerable.Range(0, Flood).Select(_ => flooded.Fight())]), Assert.Null);
        Assert.True(await progress.WaitFor(house.Services.GetRequiredService<Written>().Position, TimeSpan.FromSeconds(60), Ct));

        var fire = Guid.NewGuid();
        var raise = new AlertCommand.Raise(fire, burning.Venue.Venue, null, AlertKind.Fire, burning.Now, new(Guid.NewGuid(), Guid.NewGuid(), Zone: 1));
        var watched = new Watched(log, Before, () => log.Execute(Alert.Decider, fire, raise, new(Guid.NewGuid(), "reaction:test"), Ct));
        using var switchboard = new Switchboard(watched, house.Services.GetRequiredService<IViewStore>(), progress, new(), house.Clock);
        await switchboard.PlaceAll(Ct);
        Assert.Equal(Flood + 1, watched.Placed.Count);
        Assert.InRange(watched.Placed.IndexOf(fire), Before, Before + Switchboard.AtOnce);
        Assert.Equal(Urgency.Critical, (await burning.IncidentOf(fire)).Card.Urgency);
    }

    /// <summary>A log that says in which order alerts were placed, and before one of them does something.</summary>
    sealed class Watched(IEventLog log, int before, Func<Task> act) : IEventLog
    {
        public List<Guid> Placed { get; } = [];

        public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => log.Read(stream, ct);

        public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) => log.Follow(after, ct);

        public async Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
        {
            if (Placed.Count == before) await act();
            var done = await log.Append(stream, expectedRevision, facts, origin, ct);
            if (done is not null && facts is [AlertEvent.Placed or AlertEvent.Suppressed]) Placed.Add(stream.Id);
            return done;
        }
    }
}
