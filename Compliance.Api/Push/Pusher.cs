using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Compliance.Api.Entrance;
using Compliance.Api.EventLog;
using Compliance.Api.Identity;
using Compliance.Api.Views;
using Compliance.Api.Webhooks;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Api.Push;

/// <summary>
/// Rings the devices of a desk when an incident is new there, once each. An alarm does not depend on it: what a push service loses or a restart
/// interrupts stands on the desk all the same, so nothing of it is kept.
/// </summary>
sealed partial class Pusher(PushDevices devices, PushSigner signer, PushRules rules, PushLine line, Bearers bearers, IViewStore views, ViewChanges changes, TimeProvider clock, ILogger<Pusher> logger) : BackgroundService
{
    const int AtOnce = 16, Attempts = 3;

    /// <summary>What a push service could not hand over by then is worth nothing; nor is an incident that began longer ago.</summary>
    static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3), Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromSeconds(2);

    readonly Dictionary<Guid, (DateTimeOffset Since, HashSet<string> Devices)> _rung = [];
    readonly Repeated _trouble = new(clock);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!rules.IsOn) return;
        await foreach (var change in changes.Since(null, stoppingToken))
        {
            if (change.View != IncidentCard.View.Name) continue;
            try
            {
                await Ring(change.Key, stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                _trouble.Tell(times => Failed(logger, e, times));
            }
        }
    }

    async Task Ring(Guid incident, CancellationToken ct)
    {
        if (await views.Find(IncidentCard.View, incident, ct) is not { Stage: IncidentStage.New } card || clock.GetUtcNow() - card.Since > Fresh)
        {
            _rung.Remove(incident);
            return;
        }

        // What was taken and is new again rings anew, also where the change in between was not seen in time.
        if (!_rung.TryGetValue(incident, out var known) || known.Since != card.StageAt) _rung[incident] = known = (card.StageAt, []);
        var rung = known.Devices;
        var wanted = devices.Now().Where(device => device.Has(card) && rung.Add(device.Id)).ToArray();
        if (wanted.Length == 0 || await views.Find(VenueCard.View, card.VenueId, ct) is not { Details: var d }) return;
        var text = JsonSerializer.SerializeToUtf8Bytes(new PushedIncident(incident, card.Alerts.MaxBy(a => a.Kind.Urgency())!.Kind, card.Urgency, d.NameKk, d.NameRu), EventCatalog.Json);
        // One push service that hangs does not hold up the next incident.
        _ = Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (device, stop) => await TellOne(device, text, card.Urgency, stop))
            .ContinueWith(failed => _trouble.Tell(times => Failed(logger, failed.Exception!, times)), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>One device in trouble costs no other its ring.</summary>
    async Task TellOne(KnownDevice device, byte[] text, Urgency urgency, CancellationToken ct)
    {
        try
        {
            await Tell(device, text, urgency, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            _trouble.Tell(times => Failed(logger, e, times));
        }
    }

    async Task Tell(KnownDevice device, byte[] text, Urgency urgency, CancellationToken ct)
    {
        if (!await bearers.IsOfficer(device.Officer, ct))
        {
            devices.Forget(device.Id);
            return;
        }

        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            switch (await Send(device.Device, text, urgency, ct))
            {
                case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                    devices.Forget(device.Id); // the browser let it go
                    return;
                case null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError when attempt < Attempts:
                    await Task.Delay(Pause * attempt, clock, ct);
                    continue;
                default:
                    return;
            }
        }
    }

    /// <summary>The status of the answer, whose body is not read; null when none came.</summary>
    async Task<HttpStatusCode?> Send(PushDevice device, byte[] text, Urgency urgency, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            var endpoint = new Uri(device.Endpoint);
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(PushEncryption.Encrypt(text, Devices.Decoded(device.P256dh), Devices.Decoded(device.Auth))) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentEncoding.Add("aes128gcm");
            request.Headers.TryAddWithoutValidation("Authorization", signer.Authorization(endpoint));
            request.Headers.Add("TTL", $"{(int)Fresh.TotalSeconds}");
            request.Headers.Add("Urgency", urgency == Urgency.Minor ? "normal" : "high");
            using var answer = await line.Invoker.SendAsync(request, either.Token);
            return answer.StatusCode;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is HttpRequestException or IOException or OperationCanceledException or InsideException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Error, "A device could not be rung ({Times} times)")]
    static partial void Failed(ILogger logger, Exception e, int times);
}

/// <summary>The way to push services, which leads to nowhere inside but where an own one is named.</summary>
sealed class PushLine(PushRules rules) : IDisposable
{
    public HttpMessageInvoker Invoker { get; } = OutsideOnly.Line(rules.Inside);

    public void Dispose() => Invoker.Dispose();
}
