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

    readonly Channel<CandidateTold> _waiting = Channel.CreateBounded<CandidateTold>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Tell(SeenCandidate seen)
    {
        var (candidate, now) = (seen.Candidate, clock.GetUtcNow());
        _waiting.Writer.TryWrite(new(
            Guid.CreateVersion7(now), seen.OperationId, candidate.Likeness.EntryId, seen.DeviceId, DateTimeOffset.UnixEpoch + candidate.At, now, api.Clock,
            Math.Min(1, candidate.Likeness.Score), candidate.Likeness.Threshold, seen.Model, candidate.Pictures, Math.Round(candidate.Best.InterEye, 1), candidate.Picture));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var told in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            for (var failures = 0; clock.GetUtcNow() - told.SeenAt < Kept; failures++)
            {
                try
                {
                    await api.TellCandidate(told, stoppingToken);
                    break;
                }
                catch (ApiRefused refused)
                {
                    Refused(log, told.CandidateId, refused.Code);
                    break;
                }
                catch (ApiAway away)
                {
                    if (away.Status == System.Net.HttpStatusCode.NotFound) break;
                    var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures, 5)));
                    await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stoppingToken);
                }
            }

            Array.Clear(told.Picture);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The API refused candidate {CandidateId} ({Code})")]
    static partial void Refused(ILogger log, Guid candidateId, string code);
}
