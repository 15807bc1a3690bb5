using Compliance.Api.Probes;
using Compliance.Api.Tests.Views;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Tests.Probes;

/// <summary>Who watches a new venue is asked of what is new, however many venues there are: rows are counted, never time.</summary>
public sealed class NewVenuesTests : IDisposable
{
    const int Clubs = 2_500;
    static readonly Guid Box = EventIds.From(Guid.Empty, "probe"), Other = EventIds.From(Guid.Empty, "other");

    readonly TempFolder _folder = new();
    readonly SqliteViewStore _store;
    readonly CountingStore _counting;
    readonly ViewChanges _changes = new();
    readonly MemoryEventLog _log = new(TimeProvider.System);
    readonly NewVenues _newVenues;

    public NewVenuesTests()
    {
        _store = new(_folder["views.db"]);
        _counting = new(_store);
        _newVenues = new(_log, _counting, _changes, new(NewVenuesTo: Box), NullLogger<NewVenues>.Instance);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_tick_asks_for_the_probes_and_for_what_turned()
    {
        for (var n = 0; n < Clubs; n++) await Register(n);
        await Say("probe", Other, [new ProbeEvent.Enrolled(Other, "old"), .. Enumerable.Range(1, Clubs - 1).Select(n => new ProbeEvent.Assigned(Other, Club(n)))]);
        await Say("probe", Box, new ProbeEvent.Enrolled(Box, "new"));
        Assert.InRange(await RowsOfATick(), Clubs, Clubs + 10);
        Assert.Equal([Club(0)], await Watched());
        await RowsOfATick(); // what it changed itself
        Assert.Equal(2, await RowsOfATick());

        await Register(Clubs);
        Assert.Equal(3, await RowsOfATick());
        Assert.Equal([Club(0), Club(Clubs)], await Watched());
    }

    [Fact]
    public async Task Who_lost_the_probe_is_given_to_the_new_one_and_who_was_taken_from_it_is_not_given_again()
    {
        await Register(1);
        await Say("probe", Other, new ProbeEvent.Enrolled(Other, "old"), new ProbeEvent.Assigned(Other, Club(1)));
        await RowsOfATick();
        await Say("probe", Other, new ProbeEvent.Revoked(Other, "broken"));
        await RowsOfATick(); // the new one is not there yet
        await Say("probe", Box, new ProbeEvent.Enrolled(Box, "new"));
        await RowsOfATick();
        Assert.Equal([Club(1)], await Watched());
        await Say("probe", Box, new ProbeEvent.Unassigned(Box, Club(1)));
        await RowsOfATick();
        Assert.Empty(await Watched());
    }

    static Guid Club(int n) => EventIds.From(Guid.Empty, $"club {n}");

    Task Register(int n) =>
        Say("venue", Club(n), new VenueEvent.Registered(Club(n), new("Ж", "З", "123456789012", "Абай 1", "Алмалы", new(43, 77), true), 9, []));

    async Task<IReadOnlyList<Guid>> Watched() =>
        Assert.IsType<Probe.Enrolled>((await _log.Load(Probe.Decider, new("probe", Box), Ct)).State).Venues;

    async Task Say(string category, Guid id, params object[] facts)
    {
        var stream = new StreamId(category, id);
        await _log.Append(stream, await _log.Read(stream, Ct).CountAsync(Ct) - 1, facts, new(Guid.NewGuid(), "user:test"), Ct);
    }

    /// <summary>Brings the views up to the log and ticks.</summary>
    async Task<int> RowsOfATick()
    {
        await foreach (var step in new Projection(_log, _store, AllViews.Of, TimeProvider.System, NullLogger<Projection>.Instance).Run(Ct))
        {
            _changes.Publish(step.Position, step.Changes);
            if (step.AtEnd) break;
        }

        var before = _counting.Rows;
        await _newVenues.Tick(Ct);
        return _counting.Rows - before;
    }
}
