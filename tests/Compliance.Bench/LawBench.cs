using System.Diagnostics;
using Compliance.Api.EventLog;
using Compliance.Api.Venues;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Bench;

/// <summary>
/// How fast the rules are asked: of a whole city whose facts are at hand, and of one venue at an arbitrary instant, from the
/// log on disk to the answer.
/// </summary>
static class LawBench
{
    const int Rounds = 5, Venues = 5_000, Failures = 50_000, HistoryFailures = 2_500, Instants = 20, Cores = 2;

    static readonly Rulebook Book = RulebookShelf.All["kz-nightclub-2025-2026"];
    static readonly string Hash = RulebookShelf.Hash(Book.Id);
    static readonly OpeningHours[] Hours = [.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningHours(day, new(22, 0), new(6, 0)))];
    static readonly DateTimeOffset Now = new(2026, 11, 29, 20, 0, 0, TimeSpan.Zero);

    public static async Task Run(string[] args)
    {
        WholeCity();
        await OneHistory();
    }

    static void WholeCity()
    {
        var city = Facts(Venues, Failures).Select((x, i) => (x.Venue, Recorded: Record(x.Stream, x.Fact, i))).ToLookup(x => x.Venue, x => x.Recorded);
        VenueFacts[] warm = [.. city.Select(venue => FactSheet.Of(venue.Key, Now, [.. venue])!)];
        var (rounds, busy) = (new List<(double, double?)>(), new List<(double, double?)>());
        for (var n = 0; n <= Rounds; n++)
        {
            GC.Collect();
            var (before, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var results = 0;
            Parallel.ForEach(warm, new ParallelOptions { MaxDegreeOfParallelism = Cores }, facts => Interlocked.Add(ref results, Book.Evaluate(facts).Count));
            if (results != Venues * Book.Rules.Count) throw new UnreachableException();
            if (n == 0) continue; // warming up
            rounds.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds, null));
            busy.Add(((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Cores, null));
        }

        var figure = $"law: {Venues} venues x {Book.Rules.Count} rules from facts at hand, {Cores} cores";
        Figure.Print(figure, "ms", rounds, target: 2_000, atMost: true);
        Figure.Print(figure, "ms of processor time a core", busy, target: 2_000, atMost: true);
    }

    static async Task OneHistory()
    {
        using var scratch = new Scratch();
        var clock = new SetClock { Now = Now.AddDays(-90) };
        await using var log = new SqliteEventLog(scratch.New("log.db"), clock);
        var (heads, devices, count, venue) = (new Dictionary<StreamId, long>(), new HashSet<Guid>(), 0, Guid.Empty);
        foreach (var day in Facts(1, HistoryFailures).Chunk(HistoryFailures * 4 / 90))
        {
            clock.Now += TimeSpan.FromDays(1);
            foreach (var stream in day.GroupBy(x => x.Stream))
            {
                object[] facts = [.. stream.Select(x => x.Fact)];
                var head = heads.GetValueOrDefault(stream.Key, -1);
                await log.Append(stream.Key, head, facts, new(Guid.NewGuid(), "probe:bench"), default);
                heads[stream.Key] = head + facts.Length;
                count += facts.Length;
                if (stream.Key.Category == "device") devices.Add(stream.Key.Id);
            }

            venue = day[0].Venue;
        }

        var streams = new VenueStreams(log, (_, _) => Task.FromResult<VenueRoll?>(new(venue, [.. devices], [])), TimeProvider.System);
        var (chance, whole, busy, read, fold) = (new Random(1), Empty(), Empty(), Empty(), Empty());
        for (var n = -3; n < Instants; n++)
        {
            var at = Now.AddDays(-85 * chance.NextDouble());
            var (before, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var facts = await streams.Of(venue, default, at);
            var toRead = Stopwatch.GetElapsedTime(began);
            var sheet = FactSheet.Of(venue, at, facts)!;
            var toFold = Stopwatch.GetElapsedTime(began) - toRead;
            if (VenueCompliance.Of(sheet, Book, Hash).Rules.Count == 0) throw new UnreachableException();
            if (n < 0) continue; // warming up
            whole.Add((Stopwatch.GetElapsedTime(began).TotalMilliseconds, null));
            busy.Add(((Environment.CpuUsage.TotalTime - before).TotalMilliseconds, null));
            read.Add((toRead.TotalMilliseconds, null));
            fold.Add((toFold.TotalMilliseconds, null));
        }

        var figure = $"law: one venue, {count} events of {heads.Count} streams on disk, at an arbitrary instant";
        Figure.Print(figure, "ms", whole, target: 200, atMost: true);
        Figure.Print(figure, "ms of processor time", busy, target: 200, atMost: true);
        Figure.Print($"{figure}: reading", "ms", read);
        Figure.Print($"{figure}: folding", "ms", fold);

        static List<(double, double?)> Empty() => [];
    }

    /// <summary>The bench's city without its notices; every venue is open at night and has exits and a fire alarm.</summary>
    static IEnumerable<(Guid Venue, StreamId Stream, object Fact)> Facts(int venues, int failures)
    {
        foreach (var (stream, facts) in City.Appends(venues, failures).Where(append => append.Stream.Category != "notice"))
        {
            foreach (var fact in facts)
            {
                if (fact is VenueEvent.Registered venue)
                {
                    yield return (stream.Id, stream, venue with { OpeningHours = Hours });
                    foreach (var (device, spec) in Doors(venue.VenueId)) yield return (stream.Id, new("device", device), new DeviceEvent.Registered(device, stream.Id, spec));
                }
                else yield return (VenueOf(fact), stream, fact);
            }
        }
    }

    static IEnumerable<(Guid, DeviceSpec)> Doors(Guid venue) =>
    [
        (EventIds.From(venue, "1"), new ExitSpec("Артқы есік", "Чёрный ход", 900, 2_000, OpeningDirection.Outward, LockType.PanicBar)),
        (EventIds.From(venue, "2"), new ExitSpec("Негізгі есік", "Главный вход", 1_200, 2_000, OpeningDirection.Outward, LockType.None)),
    ];

    static Guid VenueOf(object fact) => fact switch
    {
        VenueEvent f => f.VenueId,
        DeviceEvent f => f.VenueId,
        Domain.Outages.OutageEvent f => f.VenueId,
        _ => throw new UnreachableException(),
    };

    static Recorded Record(StreamId stream, object fact, int n) => new(
        stream, 0, new((ulong)n, (ulong)n), EventIds.From(stream.Id, $"{n}"), EventCatalog.NameOf(fact), EventCatalog.Encode(fact),
        Now.AddDays(-90), new(Guid.Empty, "probe:bench"));

    sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
