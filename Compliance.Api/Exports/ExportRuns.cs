using System.Collections.Concurrent;
using Compliance.Api.Identity;
using Compliance.Domain.Exports;

namespace Compliance.Api.Exports;

/// <summary>The exports that are on their way now, for whoever waits for his own: how far each has come, and a way to stop it.</summary>
sealed class ExportRuns
{
    readonly ConcurrentDictionary<Guid, Run> _runs = [];

    public Run Begin(Guid exportId, Guid venueId, string actor, CancellationToken ct) => _runs[exportId] = new(this, exportId, venueId, actor, ct);

    public IReadOnlyList<VenueFileProgress> Of(Guid venueId, Caller caller) =>
        [.. _runs.Values.Where(run => run.VenueId == venueId && run.Actor == caller.Actor).Select(run => run.Progress).OrderBy(p => p.ExportId)];

    /// <summary>False when he has none of that id on its way.</summary>
    public bool Stop(Guid exportId, Caller caller)
    {
        if (!_runs.TryGetValue(exportId, out var run) || run.Actor != caller.Actor) return false;
        run.Stop();
        return true;
    }

    public sealed class Run(ExportRuns runs, Guid exportId, Guid venueId, string actor, CancellationToken ct) : IDisposable
    {
        readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);

        public Guid VenueId => venueId;
        public string Actor => actor;
        public CancellationToken Stopping => _stopping.Token;
        public VenueFileProgress Progress { get; set; } = new(exportId, 0, 0, 0, 0, 0);

        public void Stop()
        {
            try
            {
                _stopping.Cancel();
            }
            catch (ObjectDisposedException)
            {
                return; // it ended a moment ago
            }
        }

        public void Dispose()
        {
            runs._runs.TryRemove(exportId, out _);
            _stopping.Dispose();
        }
    }
}
