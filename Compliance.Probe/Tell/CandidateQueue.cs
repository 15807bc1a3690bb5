using System.Threading.Channels;
using Compliance.Domain.WatchLists;
using Compliance.Probe.Eyes.Faces;
using Compliance.Probe.Schedule;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>
/// Candidates on their way to the API, in memory only: no picture of a face is written to this box's disk, and a box that is switched off forgets whom it had not told yet. A candidate that
/// could not be told within a day is dropped.
/// </summary>
internal sealed partial class CandidateQueue(ApiConnection api, TimeProvider clock, ILogger<CandidateQueue> log) : BackgroundService
{
    const int Most = 100;
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30), Kept = TimeSpan.FromHours(24);

    readonly Channel<CandidateTold> _waiting = Channel.CreateBounded<CandidateTold>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest }, dropped => Array.Clear(dropped.Picture));

    public void Tell(SeenCandidate seen)
    {
        var (candidate, now) = (seen.Candidate, clock.GetUtcNow());
        _waiting.Writer.TryWrite(new(
            Guid.CreateVersion7(now), seen.OperationId, candidate.Likeness.EntryId, seen.DeviceId, DateTimeOffset.UnixEpoch + candidate.At, now, api.Clock,
            Math.Min(1, candidate.Likeness.Score), candidate.Likeness.Threshold, seen.Model, candidate.Pictures, Math.Round(candidate.Best.InterEye, 1), candidate.Picture, candidate.Analysed, candidate.Skipped));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var told in _waiting.Reader.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await Deliver(told, stoppingToken);
                }
                finally
                {
                    Array.Clear(told.Picture);
                }
            }
        }
        finally
        {
            while (_waiting.Reader.TryRead(out var left)) Array.Clear(left.Picture);
        }
    }

    async Task Deliver(CandidateTold told, CancellationToken ct)
    {
        for (var failures = 0; clock.GetUtcNow() - told.SeenAt < Kept; failures++)
        {
            try
            {
                await api.TellCandidate(told, ct);
                return;
            }
            catch (ApiRefused refused)
            {
                Refused(log, told.CandidateId, refused.Code);
                return;
            }
            catch (ApiAway away)
            {
                if (away.Status == System.Net.HttpStatusCode.NotFound) return;
                var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 5)));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, ct);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The API refused candidate {CandidateId} ({Code})")]
    static partial void Refused(ILogger log, Guid candidateId, string code);
}
