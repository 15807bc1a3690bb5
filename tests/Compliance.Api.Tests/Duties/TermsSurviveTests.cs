using Compliance.Api.Cases;
using Compliance.Api.Duties;
using Compliance.Api.EventLog;
using Compliance.Api.Views;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Duties;

/// <summary>
/// Terms are asked, not scheduled (docs/decisions/terms-are-asked.md): whenever the process is killed, what is due afterwards is said once,
/// with the instant at which it was due. Log and views are real files, opened anew after each death.
/// </summary>
public sealed class TermsSurviveTests
{
    const int Duties = 3;
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 6, 0, 0, TimeSpan.Zero);
    static readonly Guid Club = EventIds.From(Guid.Empty, "club");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Guid Duty(int n) => EventIds.From(Guid.Empty, $"duty {n}");

    static DateTimeOffset Due(int n) => Noon.AddDays(10).AddSeconds(n);

    /// <summary>Before any of its appends, or after it had reached the disk and before anybody heard of it.</summary>
    public static TheoryData<int, bool> Deaths => [.. from at in Enumerable.Range(0, (3 * Duties) + 1) from durable in (bool[])[false, true] select (at, durable)];

    [Theory, MemberData(nameof(Deaths))]
    public async Task Killed_in_the_middle_nothing_is_lost_and_nothing_doubled(int at, bool durable)
    {
        using var folder = new TempFolder();
        var clock = new FakeTimeProvider(Noon);
        await Live(folder, clock, async (log, _) =>
        {
            await log.Append(new("venue", Club), -1, [new VenueEvent.Registered(Club, new("Ж", "З", "123456789012", "Абай 1", "Алмалы", new(43, 77), true), 9, [])], new(Guid.NewGuid(), "user:test"), Ct);
            for (var n = 0; n < Duties; n++)
                await log.Append(new("duty", Duty(n)), -1,
                [
                    new DutyEvent.Arose(Duty(n), Club, new DutySource.OfRule("kz", "1"), new("KZ.FIRE.007", Severity.Critical, Wording.Violation, false, "KOAP-410"), Noon, Noon),
                    new DutyEvent.DueSet(Duty(n), Club, Due(n), DutyTerms.Of(Severity.Critical)),
                ], new(Guid.NewGuid(), "user:test"), Ct);
        });

        clock.Advance(TimeSpan.FromDays(10) + TimeSpan.FromHours(7)); // nobody was there when they were due
        await Live(folder, clock, async (log, store) =>
        {
            var dying = new DyingLog(log, at, durable);
            try
            {
                for (var tick = 0; tick < 3; tick++) await Tick(dying, log, store, clock);
            }
            catch (IOException)
            {
                // the process is gone
            }
        });

        await Live(folder, clock, async (log, store) =>
        {
            for (var tick = 0; tick < 3; tick++) await Tick(log, log, store, clock);
            for (var n = 0; n < Duties; n++)
            {
                var told = await log.Read(new("duty", Duty(n)), Ct).Where(f => EventCatalog.Decode(f) is DutyEvent.Overstayed).ToListAsync(Ct);
                Assert.Equal(Due(n), ((DutyEvent.Overstayed)EventCatalog.Decode(Assert.Single(told))!).DueAt);
            }

            var cases = await store.All(CaseRow.View, [Club], Ct);
            Assert.Equal([.. Enumerable.Range(0, Duties).Select(Due)], cases.Select(row => row.OffenceAt).Order());
        });
    }

    static async Task Tick(IEventLog log, IEventLog behind, IViewStore store, TimeProvider clock)
    {
        await Project(behind, store);
        await new Deadlines(log, store, clock).Tick(Ct);
        await Project(behind, store);
        await new CaseWatch(log, store, clock).Tick(Ct);
        await new Waits(log, store, clock).Tick(Ct);
        await Project(behind, store);
    }

    static async Task Live(TempFolder folder, TimeProvider clock, Func<IEventLog, IViewStore, Task> life)
    {
        await using var log = new SqliteEventLog(folder["log.db"], clock);
        using var store = new SqliteViewStore(folder["views.db"]);
        await Project(log, store);
        await life(log, store);
    }

    static async Task Project(IEventLog log, IViewStore store)
    {
        await foreach (var step in new Projection(log, store, AllViews.Of, TimeProvider.System, NullLogger<Projection>.Instance).Run(Ct))
            if (step.AtEnd) return;
    }

    /// <summary>A log whose process is killed at one append: before it is durable, or right after.</summary>
    sealed class DyingLog(IEventLog log, int at, bool durable) : IEventLog
    {
        int _appends;

        public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => log.Read(stream, ct);

        public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) => log.Follow(after, ct);

        public async Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
        {
            var dies = _appends++ == at;
            if (dies && !durable) throw new IOException("killed");
            var appended = await log.Append(stream, expectedRevision, facts, origin, ct);
            return dies ? throw new IOException("killed") : appended;
        }
    }
}
