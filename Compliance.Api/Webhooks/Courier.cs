using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Compliance.Api.EventLog;
using Compliance.Domain.Kernel;
using Compliance.Domain.Webhooks;

namespace Compliance.Api.Webhooks;

/// <summary>
/// Sends what is due, to each receiver in its order and to many at once: one that hangs holds up nobody else. What does not arrive is due again later,
/// and that stands in the outbox, so a restart changes nothing. A receiver that fails again and again is left alone for longer and longer, so that its own messages
/// do not spend their attempts, nor we our lines, on somebody who is not there. Rung when something new is there, and by the metronome.
/// </summary>
sealed partial class Courier(
    Outbox outbox, WebhookKey key, WebhookRules rules, HttpMessageInvoker line, IEventLog log, TimeProvider clock, ILogger<Courier> logger) : BackgroundService
{
    const string Actor = "reaction:switch-off-receiver";

    /// <summary>So many messages of each receiver in one go.</summary>
    const int AtOnce = 50;

    /// <summary>So many failures in a row, and the receiver rests; seconds of its first rest, doubled each time, and of its longest.</summary>
    const int Patience = 3, FirstRest = 10, LongestRest = 300;

    /// <summary>The longest that a receiver's Retry-After is taken at its word.</summary>
    static readonly TimeSpan LongestWish = TimeSpan.FromHours(1);

    readonly SemaphoreSlim _bell = new(0, 1);

    /// <summary>Receivers that something is being sent to, and whether somebody asked for more meanwhile.</summary>
    readonly ConcurrentDictionary<Guid, bool> _going = [];
    readonly Repeated _trouble = new(clock);

    /// <summary>Receivers that failed in a row: how often, and until when they rest. Forgotten with the process: then each is tried once.</summary>
    readonly ConcurrentDictionary<Guid, (int Failures, DateTimeOffset Until)> _resting = [];

    public void Ring()
    {
        try
        {
            _bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // It has been rung already, and will be answered.
        }
    }

    /// <summary>What the metronome asks; it does not wait for those who answer late.</summary>
    public Task Tick()
    {
        Ring();
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _bell.WaitAsync(stoppingToken);
            _ = SendAll(stoppingToken); // who hangs is not waited for
        }
    }

    async Task SendAll(CancellationToken ct)
    {
        try
        {
            await SendDue(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            _trouble.Tell(times => Failed(logger, e, times));
        }
        catch (OperationCanceledException)
        {
            // The house shuts down; what was not sent is due when it opens again.
        }
    }

    /// <summary>
    /// All that is due now, once: a receiver that fails is left alone for this round, and one that is being sent to goes on by itself. Who waits for the task waits for those it began.
    /// </summary>
    public Task SendDue(CancellationToken ct) =>
        Task.WhenAll(outbox.Waiting(clock.GetUtcNow()).Where(IsAwake).Where(Begins).Select(receiver => SendTo(receiver, ct)).ToArray());

    /// <summary>A person wants it tried now.</summary>
    public void Wake(Guid receiver)
    {
        _resting.TryRemove(receiver, out _);
        Ring();
    }

    bool IsAwake(Guid receiver) => !_resting.TryGetValue(receiver, out var rest) || clock.GetUtcNow() >= rest.Until;

    /// <summary>Shorter than the time after which the message itself is due again, so a single message is not held back by it.</summary>
    void Rest(Guid receiver) => _resting.AddOrUpdate(receiver, _ => (1, default), (_, before) =>
        (before.Failures + 1, before.Failures + 1 < Patience ? default : clock.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(LongestRest, FirstRest << Math.Min(before.Failures + 1 - Patience, 10)))));

    /// <summary>False where something is on its way there: then it is asked again as soon as that has ended.</summary>
    bool Begins(Guid receiver)
    {
        while (true)
        {
            if (_going.TryAdd(receiver, false)) return true;
            if (_going.TryUpdate(receiver, true, false) || (_going.TryGetValue(receiver, out var again) && again)) return false;
        }
    }

    /// <summary>What is due is asked once nobody else sends there: what has arrived by now is not among it.</summary>
    async Task SendTo(Guid receiver, CancellationToken ct)
    {
        var (arrived, again) = (true, false);
        try
        {
            foreach (var message in outbox.Due(receiver, clock.GetUtcNow(), AtOnce))
            {
                arrived = await Send(message, ct);
                if (arrived) _resting.TryRemove(receiver, out _);
                else Rest(receiver);
                if (!arrived) break;
            }
        }
        finally
        {
            _going.TryRemove(receiver, out again);
        }

        if (arrived || again) Ring(); // what was put in meanwhile, or is due by now, was passed over
    }

    async Task<bool> Send(DueMessage message, CancellationToken ct)
    {
        var (trouble, status, wish) = await Try(message, ct);
        var now = clock.GetUtcNow();
        if (trouble is not { } why)
        {
            outbox.Arrived(message.Id, status!.Value, now);
            return true;
        }

        var wait = status == (int)HttpStatusCode.Gone ? null : WebhookRetry.After(message.Attempts + 1, Random.Shared.NextDouble());
        outbox.Failed(message.Id, why, status, now, now + (wish > wait ? wish : wait));
        if (status == (int)HttpStatusCode.Gone)
            await log.Execute(Receiver.Decider, message.Receiver, new ReceiverCommand.SwitchOff(ReceiverOff.Gone, now), new(Guid.CreateVersion7(now), Actor), ct);
        return false;
    }

    async Task<(DeliveryTrouble? Trouble, int? Status, TimeSpan? Wish)> Try(DueMessage message, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(rules.TimeoutSeconds), clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            using var request = Request(message);
            using var answer = await line.SendAsync(request, either.Token); // the body is not read: a status is all that counts
            var status = (int)answer.StatusCode;
            return status switch
            {
                >= 200 and < 300 => (null, status, null),
                >= 300 and < 400 => (DeliveryTrouble.Redirect, status, null),
                _ => (DeliveryTrouble.Status, status, Wish(answer.Headers.RetryAfter)),
            };
        }
        catch (Exception e) when (!ct.IsCancellationRequested && TroubleOf(e) is { } trouble)
        {
            return (trouble, null, null);
        }
    }

    HttpRequestMessage Request(DueMessage message)
    {
        var (name, at) = (WebhookMessage.NameOf(message.Id), clock.GetUtcNow().ToUnixTimeSeconds());
        var request = new HttpRequestMessage(HttpMethod.Post, message.Url) { Content = new ByteArrayContent(message.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", name);
        request.Headers.Add("webhook-timestamp", at.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", key.Sign(name, at, message.Body));
        request.Headers.UserAgent.Add(new("compliance-webhooks", "1"));
        return request;
    }

    TimeSpan? Wish(RetryConditionHeaderValue? header) => (header?.Delta ?? header?.Date - clock.GetUtcNow()) is { } asked && asked > TimeSpan.Zero ? asked < LongestWish ? asked : LongestWish : null;

    static DeliveryTrouble? TroubleOf(Exception e) => e switch
    {
        OperationCanceledException => DeliveryTrouble.Timeout,
        InsideException or HttpRequestException { InnerException: InsideException } => DeliveryTrouble.Inside,
        HttpRequestException { InnerException: AuthenticationException } or AuthenticationException => DeliveryTrouble.Tls,
        HttpRequestException or IOException => DeliveryTrouble.Unreachable,
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "What is due to receivers could not be sent ({Times} times); the next tick tries again")]
    static partial void Failed(ILogger logger, Exception e, int times);
}
