using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Compliance.Domain.Contacts;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Schedule;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;

namespace Compliance.Probe.Watch.Contacts;

/// <summary>What is done with a reading.</summary>
internal delegate void HearContact(ContactSeen seen);

/// <summary>Listens at a broker for the contacts of exits; it publishes nothing. The broker may send nothing longer than a message of a contact.</summary>
internal sealed partial class MqttContacts(AssignedContacts assigned, HearContact hear, MqttSettings settings, ProbeOptions options, TimeProvider clock, ILogger<MqttContacts> log) : BackgroundService
{
    static readonly TimeSpan Beat = TimeSpan.FromSeconds(1), ShortestPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30), AnswerWithin = TimeSpan.FromSeconds(10);

    readonly ConcurrentDictionary<Guid, ContactEar> _ears = [];
    readonly Mishaps _mishaps = new(log);
    volatile Dictionary<string, Guid> _topics = [];

    /// <summary>Messages of a contact that could not be read.</summary>
    public int Unreadable => _unreadable;

    /// <summary>Attempts in a row that came to nothing.</summary>
    public int Failures { get; private set; }

    /// <summary>Topics it listens to now.</summary>
    public int Listening { get; private set; }

    int _unreadable;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Host is null) return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var client = new MqttClientFactory().CreateMqttClient();
                client.ApplicationMessageReceivedAsync += e => Take(e.ApplicationMessage);
                await client.ConnectAsync(Means(), stoppingToken);
                (Failures, Listening) = (0, 0);
                Connected(log, settings.Host);
                await Follow(client, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (e is not (MqttCommunicationException or MqttProtocolViolationException or TimeoutException or OperationCanceledException or IOException)) _mishaps.Met(e, "Listening for contacts");
                Listening = 0;
                if (Failures++ == 0) Away(log, settings.Host, e.Message);
                var pause = ShortestPause * Math.Pow(2, Math.Min(Failures - 1, 5));
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Until the connection ends: whoever is newly assigned is listened to, whoever is not is let go.</summary>
    async Task Follow(IMqttClient client, CancellationToken ct)
    {
        Dictionary<string, Guid> heard = [];
        using var timer = new PeriodicTimer(Beat, clock);
        do
        {
            var wanted = assigned.Of(ContactSource.Mqtt).DistinctBy(c => c.Address).ToDictionary(c => c.Address, c => c.DeviceId);
            _topics = wanted;
            foreach (var topic in heard.Keys.Except(wanted.Keys)) await client.UnsubscribeAsync(topic, ct);
            foreach (var topic in wanted.Keys.Except(heard.Keys)) await client.SubscribeAsync(topic, MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce, ct);
            heard = wanted;
            Listening = heard.Count;
            if (!client.IsConnected) throw new MqttCommunicationException("the broker went away");
        }
        while (await timer.WaitForNextTickAsync(ct));
    }

    Task Take(MqttApplicationMessage message)
    {
        if (!_topics.TryGetValue(message.Topic, out var device)) return Task.CompletedTask;
        var now = clock.GetUtcNow();
        if (message.Payload.Length > ContactMessage.Longest || ContactMessage.Read(message.Payload.ToArray()) is not { } said)
        {
            var count = Interlocked.Increment(ref _unreadable);
            if (int.IsPow2(count)) CannotRead(log, device, count);
        }
        else if (_ears.GetOrAdd(device, _ => new()).Hear(said, message.Retain, now) is { } state)
        {
            hear(new(device, state, now));
        }

        return Task.CompletedTask;
    }

    MqttClientOptions Means()
    {
        var means = new MqttClientOptionsBuilder().WithProtocolVersion(MqttProtocolVersion.V500).WithClientId(options.SignsInAs).WithCleanStart()
            .WithTcpServer(settings.Host!, settings.Port ?? (settings.Tls ? 8_883 : 1_883)).WithKeepAlivePeriod(TimeSpan.FromSeconds(15)).WithTimeout(AnswerWithin)
            .WithMaximumPacketSize(2 * ContactMessage.Longest);
        if (settings.UserName is { } user) means.WithCredentials(user, settings.Secret ?? "");
        if (settings.Tls)
        {
            means.WithTlsOptions(tls =>
            {
                tls.UseTls();
                if (settings.CaFile is not { } file) return;
                var trusted = new X509Certificate2Collection();
                trusted.ImportFromPemFile(file);
                tls.WithTrustChain(trusted);
            });
        }

        return means.Build();
    }

    [LoggerMessage(LogLevel.Information, "Listening for contacts at {Host}")]
    static partial void Connected(ILogger log, string host);

    [LoggerMessage(LogLevel.Warning, "The broker {Host} cannot be listened at ({Why}); tried again")]
    static partial void Away(ILogger log, string host, string why);

    [LoggerMessage(LogLevel.Warning, "What the contact of {DeviceId} says cannot be read ({Count} so far)")]
    static partial void CannotRead(ILogger log, Guid deviceId, int count);
}
