using System.Collections.Concurrent;
using Compliance.Api.Access;
using Compliance.Api.Views;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Live;

/// <summary>
/// Sessions that have pictures running. Each second every one of them is asked whether it may go on; one that may not is dark at once, on every screen.
/// </summary>
sealed class LiveSessions(IEventLog log, AccessWatch watch, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly ConcurrentDictionary<Guid, Running> _running = [];

    /// <summary>A screen of the session is on; it goes dark with <see cref="Running.Ended"/>.</summary>
    public Running Enter(Guid sessionId)
    {
        lock (_running)
        {
            var running = _running.GetOrAdd(sessionId, id => new(id));
            running.Screens++;
            return running;
        }
    }

    public void Leave(Running running)
    {
        lock (_running)
            if (--running.Screens == 0) _running.TryRemove(running.SessionId, out _);
    }

    /// <summary>Asks now, not at the next second.</summary>
    public async Task Look(Guid sessionId, CancellationToken ct)
    {
        if (_running.TryGetValue(sessionId, out var running) && await WhyNot(sessionId, ct) is { } why) running.End(why);
    }

    /// <summary>What stands against this session now; null where nothing does.</summary>
    public async Task<AccessEnd?> WhyNot(Guid sessionId, CancellationToken ct)
    {
        var (state, _, _) = await log.Load(AccessSession.Decider, new("access", sessionId), ct);
        return state switch
        {
            AccessSession.Over over => over.As.Because,
            AccessSession.Running r when clock.GetUtcNow() >= r.Until => AccessEnd.TimeEnded,
            AccessSession.Running r => await watch.Gone(r.Card.VenueId, r.Card.OfficerId, ct),
            _ => AccessEnd.ByOfficer,
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var second = new PeriodicTimer(Every, clock);
        while (await second.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var id in _running.Keys)
            {
                try
                {
                    await Look(id, stoppingToken);
                }
                catch (Exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // Whether it may go on cannot be told: then it may not, and the screen asks again.
                    if (_running.TryGetValue(id, out var unsure)) unsure.End(null);
                }
            }
        }
    }

    /// <summary>A session with pictures on at least one screen.</summary>
    public sealed class Running(Guid sessionId)
    {
        readonly TaskCompletionSource<AccessEnd?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Guid SessionId => sessionId;

        /// <summary>Why every screen of it is to go dark now; null where nobody could tell whether it may go on.</summary>
        public Task<AccessEnd?> Ended => _ended.Task;

        internal int Screens { get; set; }

        public void End(AccessEnd? because) => _ended.TrySetResult(because);
    }
}
