using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>Waits at the API for somebody who types a camera in, tries it out, and answers.</summary>
internal sealed partial class FeedTests(ApiConnection api, FeedCheck check, TimeProvider clock, ILogger<FeedTests> log) : BackgroundService
{
    /// <summary>So many may type at the same time without waiting for each other.</summary>
    const int Together = 3;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Together).Select(_ => AnswerOnAndOn(stoppingToken)));

    async Task AnswerOnAndOn(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await api.NextFeedTest(ct) is { } test) await AnswerOnce(test, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                if (e is ApiRefused) Refused(log, e.Message);
                else if (e is not ApiAway) Broke(log, e);
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    async Task AnswerOnce(FeedTest test, CancellationToken ct)
    {
        var result = await check.Run(new(test.Uri, test.UserName, test.Password, FeedTransport.Tcp), ct, test.WithStill, test.Blurred);
        Tested(log, test.Id, result.Verdict, result.Detail);
        await api.Answer(test, result, ct);
    }

    [LoggerMessage(LogLevel.Warning, "A feed test or its answer was not taken: {Why}")]
    static partial void Refused(ILogger log, string why);

    [LoggerMessage(LogLevel.Critical, "A feed test broke; this is a bug")]
    static partial void Broke(ILogger log, Exception e);

    [LoggerMessage(LogLevel.Information, "Feed test {Id}: {Verdict} {Detail}")]
    static partial void Tested(ILogger log, Guid id, Verdict verdict, string detail);
}
