using Compliance.Api.Probes;
using Compliance.Api.Tests.Views;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Probes;

/// <summary>A tick costs what turned since the last one, not what there is: rows are counted, never time.</summary>
public sealed class WatchfulnessTests : IDisposable
{
    const int Clubs = 300;
    static readonly Guid Box = EventIds.From(Guid.Empty, "probe");
    static readonly Feed Feed = new(new("rtsp://camera.example/main"), null, FeedTransport.Tcp);

    readonly TempFolder _folder = new();
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 6, 0, 0, TimeSpan.Zero));
    readonly SqliteViewStore _store;
    readonly CountingStore _counting;
    readonly ViewChanges _changes = new();
    readonly MemoryEventLog _log;
    readonly Presence _presence;
    readonly Leases _leases;
    readonly Watchfulness _watch;

    public WatchfulnessTests()
    {
        _store = new(_folder["views.db"]);
        _counting = new(_store);
        _log = new(_clock);
        _presence = new(_clock, new(new ConfigurationBuilder().AddInMemoryCollection([new("Data", _folder["data"])]).Build()), NullLogger<Presence>.Instance);
        _leases = new(_log, _counting, _presence, _clock, new());
        _watch = new(_log, _counting, _changes, _presence, _leases, _clock, new(), NullLogger<Watchfulness>.Instance);
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _watch.Dispose();
        _leases.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_tick_reads_what_turned_and_not_the_nation()
    {
        await TheNation();
        Assert.InRange(await RowsOfATick(), Clubs, (2 * Clubs) + 10);
        Assert.Equal(1, await RowsOfATick()); // the probe

        await Say("venue", Club(7), new VenueEvent.Closed(Club(7), "sold"));
        Assert.InRange(await RowsOfATick(), 2, 5);
        Assert.Equal(Verdict.VenueClosed, (await _store.Find(DeviceCard.View, Camera(7), Ct))!.Verdict);
        await RowsOfATick(); // what it changed itself
        Assert.Equal(1, await RowsOfATick());
    }

    [Fact]
    public async Task Outages_end_at_the_midnight_after_the_last_day_of_a_basis_however_late_the_tick()
    {
        await TheNation();
        await RowsOfATick();
        _clock.Advance(TimeSpan.FromDays(10));
        _presence.Heard(new(Box, 0, 1, false, 0, 0, "1.0"));
        Assert.InRange(await RowsOfATick(), 2, 5);

        var card = await _store.Find(DeviceCard.View, Camera(3), Ct);
        Assert.Equal((Verdict.NoLegalBasis, VenueZone.Midnight(new(2026, 6, 5))), (card!.Verdict, card.Since));
    }

    [Fact]
    public async Task When_a_probe_falls_silent_its_venues_are_looked_at_once()
    {
        await TheNation();
        await RowsOfATick();
        _clock.Advance(TimeSpan.FromMinutes(5));
        await RowsOfATick(); // notices the silence
        Assert.InRange(await RowsOfATick(), Clubs, (2 * Clubs) + 10);
        Assert.Equal(Verdict.Unknown, (await _store.Find(DeviceCard.View, Camera(9), Ct))!.Verdict);
        await RowsOfATick(); // what it changed itself
        Assert.Equal(1, await RowsOfATick());
    }

    [Fact]
    public async Task What_could_not_be_read_is_looked_at_by_the_next_tick_and_holds_up_no_other_venue()
    {
        await TheNation();
        await Project();
        _counting.Fails = view => view == VenueCard.View.Name;
        await Assert.ThrowsAsync<IOException>(() => _watch.Tick(Ct));
        _counting.Fails = _ => false;
        Assert.InRange(await RowsOfATick(), Clubs, (2 * Clubs) + 10);

        for (var n = 0; n < 2; n++) await Say("venue", Club(n), new VenueEvent.Closed(Club(n), "sold"));
        await Project();
        var first = true;
        _counting.Fails = view => view == DeviceCard.View.Name && first && !(first = false);
        await RowsOfATick();
        Assert.Equal(1, await Closed());
        await RowsOfATick();
        Assert.Equal(2, await Closed());

        async Task<int> Closed() => await Enumerable.Range(0, 2).ToAsyncEnumerable()
            .CountAsync(async (n, ct) => (await _store.Find(DeviceCard.View, Camera(n), ct))!.Verdict == Verdict.VenueClosed, Ct);
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_holds_up_no_verdict()
    {
        await TheNation();
        await RowsOfATick();
        Directory.CreateDirectory(_folder["data/presence.json.new"]);
        await Say("venue", Club(7), new VenueEvent.Closed(Club(7), "sold"));
        await Project();
        await Assert.ThrowsAnyAsync<Exception>(() => _watch.Tick(Ct));
        await Project();
        Assert.Equal(Verdict.VenueClosed, (await _store.Find(DeviceCard.View, Camera(7), Ct))!.Verdict);
    }

    static Guid Club(int n) => EventIds.From(Guid.Empty, $"club {n}");

    static Guid Camera(int n) => EventIds.From(Guid.Empty, $"camera {n}");

    /// <summary>Each club has one camera that is well, watched by one probe; the basis of the third ends on 4 June.</summary>
    async Task TheNation()
    {
        await Say("probe", Box, [new ProbeEvent.Enrolled(Box, "north"), .. Enumerable.Range(0, Clubs).Select(n => new ProbeEvent.Assigned(Box, Club(n)))]);
        for (var n = 0; n < Clubs; n++)
        {
            LegalBasis basis = new(Club(n), LegalBasisKind.Consent, "№ 1", "all", new(2026, 1, 1), n == 3 ? new(2026, 6, 4) : null);
            await Say("venue", Club(n), new VenueEvent.Registered(Club(n), new("Ж", "З", "123456789012", "Абай 1", "Алмалы", new(43, 77), true), 9, []), new VenueEvent.LegalBasisGranted(Club(n), basis));
            await Say("device", Camera(n), new DeviceEvent.Registered(Camera(n), Club(n), new CameraSpec("Е", "В", CameraPurpose.Entrance, [], [], Feed)),
                new DeviceEvent.VerdictChanged(Camera(n), Club(n), DeviceKind.Camera, Verdict.Unknown, Verdict.Online, _clock.GetUtcNow(), _clock.GetUtcNow(), null, "", null));
        }

        _presence.Heard(new(Box, 0, 1, false, 0, 0, "1.0"));
    }

    async Task Say(string category, Guid id, params object[] facts)
    {
        var stream = new StreamId(category, id);
        await _log.Append(stream, await _log.Read(stream, Ct).CountAsync(Ct) - 1, facts, new(Guid.NewGuid(), "user:test"), Ct);
    }

    /// <summary>Brings the views up to the log, ticks, and brings them up again.</summary>
    async Task<int> RowsOfATick()
    {
        await Project();
        var before = _counting.Rows;
        await _watch.Tick(Ct);
        var rows = _counting.Rows - before;
        await Project();
        return rows;
    }

    async Task Project()
    {
        await foreach (var step in new Projection(_log, _store, AllViews.Of, TimeProvider.System, NullLogger<Projection>.Instance).Run(Ct))
        {
            _changes.Publish(step.Position, step.Changes);
            if (step.AtEnd) return;
        }
    }
}
