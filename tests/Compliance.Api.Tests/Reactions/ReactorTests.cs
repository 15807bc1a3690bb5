using Compliance.Api.Reactions;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Notices;
using Compliance.Domain.Outages;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Logging.Abstractions;
using static Compliance.Api.Tests.EventLog.Facts;

namespace Compliance.Api.Tests.Reactions;

/// <summary>Every fact is reacted to, once in effect, whatever breaks in between.</summary>
public sealed class ReactorTests : IDisposable
{
    static readonly Guid Device = EventIds.From(Guid.Empty, "device"), Lost = EventIds.From(Guid.Empty, "outage");

    readonly TempFolder _folder = new();
    readonly SqliteViewStore _store;
    readonly MemoryEventLog _log = new(TimeProvider.System);

    public ReactorTests() => _store = new(_folder["views.db"]);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_blocked_exit_opens_an_outage_and_tells_those_who_answer()
    {
        await ReportBlocked();
        await using var _ = await Reacting(AllPolicies.Of);

        var facts = await Facts(until: "notice.issued.v1");
        var (verdict, opened, issued) = (Named("device.verdict-changed.v2"), Named("outage.opened.v2"), Named("notice.issued.v1"));
        Assert.Equal("reaction:open-outage-when-duty-fails", opened.Origin.Actor);
        Assert.Equal(EventIds.From(verdict.EventId, "open-outage-when-duty-fails/0"), opened.Origin.CommandId);
        Assert.Equal(Lost, opened.Stream.Id);
        Assert.Equal(NoticeKind.OutageOpened, ((NoticeEvent.Issued)EventCatalog.Decode(issued)!).Kind);

        Recorded Named(string name) => Assert.Single(facts, fact => fact.Name == name);
    }

    [Fact]
    public async Task After_a_crash_between_command_and_mark_the_command_is_sent_again_and_writes_nothing()
    {
        await ReportBlocked();
        await using (await Reacting(AllPolicies.Of)) await Facts(until: "notice.issued.v1");

        // The mark as it was before the reactions: what a crash leaves behind.
        await _store.Save([new(new("reactions", 1, LogPosition.Start), [], [])], Ct);
        await Register();
        await using var _ = await Reacting([.. AllPolicies.Of, Ending]);

        var facts = await Facts(until: "venue.capacity-set.v1");
        Assert.Single(facts, recorded => recorded.Stream.Category == "outage");
        Assert.Single(facts, recorded => recorded.Stream.Category == "notice");
    }

    [Fact]
    public async Task It_goes_on_after_the_last_fact_that_was_done()
    {
        var done = await Register();
        await _store.Save([Mark(done)], Ct);
        var next = await Register();
        var seen = new List<LogPosition>();
        Policy seeing = new("seeing", (fact, recorded) =>
        {
            if (fact is VenueEvent.Registered) seen.Add(recorded.Position);
            return [];
        });

        await using (await Reacting([seeing, Ending])) await Facts(until: "venue.capacity-set.v1");
        Assert.Equal([next.Position], seen);
    }

    [Fact]
    public async Task It_goes_over_the_whole_log_again_when_its_place_is_not_of_this_log()
    {
        var (first, second) = (await Register(), await Register());
        await _store.Save([Mark(second with { EventId = Guid.NewGuid() })], Ct);
        var seen = new List<LogPosition>();
        Policy seeing = new("seeing", (fact, recorded) =>
        {
            if (fact is VenueEvent.Registered) seen.Add(recorded.Position);
            return [];
        });

        await using (await Reacting([seeing, Ending])) await Facts(until: "venue.capacity-set.v1");
        Assert.Equal(first.Position, seen[0]);
    }

    [Fact]
    public async Task A_refused_command_is_passed()
    {
        Policy refused = new("refused", (fact, _) => fact is VenueEvent.Registered f
            ? [Reaction.Send(Venue.Decider, f.VenueId, new VenueCommand.SetCapacity(-1))] : []);
        await Register();
        await using var _ = await Reacting([refused, Ending]);

        Assert.Equal(["venue.registered.v1", "venue.capacity-set.v1"], (await Facts(until: "venue.capacity-set.v1")).Select(r => r.Name));
    }

    /// <summary>Reacts to a registration, after all other policies had their say on it, with a fact that tests wait for.</summary>
    static readonly Policy Ending = new("ending", (fact, _) => fact is VenueEvent.Registered f
        ? [Reaction.Send(Venue.Decider, f.VenueId, new VenueCommand.SetCapacity(77))] : []);

    static Origin Someone => new(Guid.NewGuid(), "user:test");

    static ViewSave Mark(Recorded last) => new(new("reactions", 1, last.Position, MarkedFact.Of(last)), [], []);

    async Task<Recorded> Register()
    {
        var venue = NewVenue();
        await _log.Append(venue, -1, [Registered(venue)], Someone, Ct);
        return await _log.Read(venue, Ct).SingleAsync(Ct);
    }

    async Task ReportBlocked()
    {
        var venue = NewVenue();
        await _log.Execute(Domain.Devices.Device.Decider, Device, new DeviceCommand.Register(
            Device, venue.Id, new ExitSpec("Артқы шығу", "Запасной выход", 1_200, 2_000, OpeningDirection.Outward, LockType.PanicBar)), Someone, Ct);
        var reported = await _log.Execute(Domain.Devices.Device.Decider, Device, new DeviceCommand.ReportVerdict(
            Verdict.Blocked, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Lost, "boxes", null), Someone, Ct);
        Assert.Null(reported.Refusal);
    }

    async Task<IAsyncDisposable> Reacting(IReadOnlyList<Policy> policies)
    {
        var reactor = new Reactor(_log, _store, policies, new(), TimeProvider.System, NullLogger<Reactor>.Instance);
        await reactor.StartAsync(Ct);
        return new Stopping(reactor);
    }

    async Task<List<Recorded>> Facts(string until)
    {
        var facts = new List<Recorded>();
        await foreach (var recorded in _log.Follow(LogPosition.Start, Ct))
        {
            facts.Add(recorded);
            if (recorded.Name == until) break;
        }

        return facts;
    }

    sealed class Stopping(Reactor reactor) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await reactor.StopAsync(CancellationToken.None);
            reactor.Dispose();
        }
    }
}
