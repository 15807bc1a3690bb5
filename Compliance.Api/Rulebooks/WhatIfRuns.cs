using System.Collections.Concurrent;
using Compliance.Api.Entrance;
using Compliance.Api.EventLog;
using Compliance.Api.Venues;
using Compliance.Api.Views;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Compliance.Domain.Venues;

namespace Compliance.Api.Rulebooks;

/// <summary>
/// Asks a draft of every venue, next to the version in force, before it is published. One run a rulebook, kept in memory:
/// it is a question, not a fact. A run can be stopped; what it found so far stays until the next.
/// </summary>
sealed partial class WhatIfRuns(Library library, VenueStreams streams, IViewStore views, TimeProvider clock, ILogger<WhatIfRuns> logger, IHostApplicationLifetime life)
{
    readonly ConcurrentDictionary<string, Run> _runs = [];
    readonly Repeated _troubles = new(clock);

    /// <summary>Null when there is no draft; the run that goes on when it tries the very same text.</summary>
    public async Task<WhatIfState?> Start(string rulebook, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (await library.Draft(rulebook, ct) is not { } draft) return null;
        if (_runs.TryGetValue(rulebook, out var running) && running.State.Running && running.State.Hash == draft.Hash) return running.State;
        running?.Stop();
        var against = await library.InForce(rulebook, now, ct) ?? new(draft.Book with { Rules = [] }, "", "");
        Guid[] venues = [.. (await views.All(VenueCard.View, null, ct)).Where(venue => venue.ClosedBecause is null).Select(venue => venue.VenueId)];
        var run = _runs[rulebook] = new(draft, against, now, venues.Length, CancellationTokenSource.CreateLinkedTokenSource(life.ApplicationStopping));
        run.Done = Task.Run(() => Go(run, venues), CancellationToken.None);
        return run.State;
    }

    public WhatIfState? Find(string rulebook) => _runs.GetValueOrDefault(rulebook)?.State;

    public WhatIfState? Stop(string rulebook)
    {
        _runs.GetValueOrDefault(rulebook)?.Stop();
        return Find(rulebook);
    }

    /// <summary>For tests: when the run has ended.</summary>
    public Task Ended(string rulebook) => _runs[rulebook].Done;

    async Task Go(Run run, Guid[] venues)
    {
        var draft = WhatIf.AtOnce(run.Draft.Book);
        foreach (var venue in venues)
        {
            if (run.Stopping.IsCancellationRequested) break;
            try
            {
                if (FactSheet.Of(venue, run.At, await streams.Of(venue, run.Stopping)) is { } facts)
                    run.Add(WhatIf.Turns(VenueCompliance.Of(facts, run.Against.Book, run.Against.Hash), VenueCompliance.Of(facts, draft, run.Draft.Hash)));
                run.Asked();
            }
            catch (OperationCanceledException) when (run.Stopping.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                run.Asked(failed: true);
                _troubles.Tell(times => Failed(logger, e, venue, times));
            }
        }

        run.End();
    }

    [LoggerMessage(LogLevel.Error, "The draft could not be asked of venue {Venue} ({Times} times, all venues counted); it is left out")]
    static partial void Failed(ILogger logger, Exception e, Guid venue, int times);

    sealed class Run(Bound draft, Bound against, DateTimeOffset at, int venues, CancellationTokenSource stopping)
    {
        readonly Lock _gate = new();
        readonly List<Turn> _turns = [];
        int _asked, _failed;
        bool _ended;

        public Bound Draft => draft;
        public Bound Against => against;
        public DateTimeOffset At => at;
        public Task Done { get; set; } = Task.CompletedTask;
        public CancellationToken Stopping { get; } = stopping.Token;

        public WhatIfState State
        {
            get
            {
                lock (_gate)
                {
                    return new(draft.Book.Id, draft.Book.Version, draft.Hash, against.Book.Version, at, _asked, venues, _failed,
                        !_ended, _ended && _asked < venues, WhatIf.Sum(draft.Book, _turns));
                }
            }
        }

        public void Add(IEnumerable<Turn> turns)
        {
            lock (_gate) _turns.AddRange(turns);
        }

        public void Asked(bool failed = false)
        {
            lock (_gate)
            {
                _asked++;
                if (failed) _failed++;
            }
        }

        public void Stop()
        {
            lock (_gate)
                if (!_ended) stopping.Cancel();
        }

        public void End()
        {
            lock (_gate) _ended = true;
            stopping.Dispose();
        }
    }
}

/// <summary>The doors of a run.</summary>
static class TryDraft
{
    public static async Task<Shown<WhatIfState>> Start(string rulebookId, WhatIfRuns runs, CancellationToken ct) => new(await runs.Start(rulebookId, ct));

    public static Shown<WhatIfState> Show(string rulebookId, WhatIfRuns runs) => new(runs.Find(rulebookId));

    public static Shown<WhatIfState> Stop(string rulebookId, WhatIfRuns runs) => new(runs.Stop(rulebookId));
}
