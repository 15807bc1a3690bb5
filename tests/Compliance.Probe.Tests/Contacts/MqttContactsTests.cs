using System.Collections.Concurrent;
using Compliance.Domain.Contacts;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Watch.Contacts;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using VenueSimulator.Panels;

namespace Compliance.Probe.Tests.Contacts;

/// <summary>Against Debian's mosquitto: state, last will, retained messages, another broker after a restart, passwords and TLS.</summary>
public sealed class MqttContactsTests : IAsyncDisposable
{
    const string Topic = "club/exits/1";
    static readonly AssignedContact Door = new(new(1, 0, 0, new byte[8]), Guid.Empty, ContactSource.Mqtt, Topic);

    readonly ConcurrentQueue<ContactSeen> _seen = [];
    readonly AssignedContacts _assigned = new();
    MqttContacts? _contacts;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_contact_is_heard_and_its_last_will_is_its_silence()
    {
        await using var broker = await Mosquitto.Start();
        await Listen(new() { Host = "localhost", Port = broker.Port });
        await using (var contact = new SimulatedContact(Topic, At(broker)))
        {
            await contact.Connect(Ct);
            await contact.Say("free", Ct);
            await contact.Say("locked", Ct);
            await Seen(2);
        }

        await Seen(3);
        Assert.Equal([ContactState.Free, ContactState.Locked, ContactState.Silent], _seen.Select(s => s.State));
        Assert.All(_seen, s => Assert.Equal(Door.DeviceId, s.DeviceId));
    }

    [Fact]
    public async Task A_message_the_broker_kept_is_believed_only_while_it_is_fresh()
    {
        await using var broker = await Mosquitto.Start();
        await using var contact = new SimulatedContact(Topic, At(broker));
        await contact.Connect(Ct);
        await contact.Say("locked", Ct, TimeProvider.System.GetUtcNow().AddMinutes(-10));
        await Listen(new() { Host = "localhost", Port = broker.Port });
        await contact.Say("free", Ct);
        await Seen(1);
        Assert.Equal(ContactState.Free, Assert.Single(_seen).State);
        await _contacts!.StopAsync(Ct);

        await contact.Say("locked", Ct, TimeProvider.System.GetUtcNow());
        await Listen(new() { Host = "localhost", Port = broker.Port });
        await Seen(2);
        Assert.Equal(ContactState.Locked, _seen.Last().State);
    }

    [Fact]
    public async Task A_broker_that_restarts_is_found_again()
    {
        await using var broker = await Mosquitto.Start();
        await Listen(new() { Host = "localhost", Port = broker.Port });
        await broker.Stop();
        await Until(() => _contacts!.Listening == 0);
        await broker.Run();
        await Until(() => _contacts!.Listening == 1);
        await using var contact = new SimulatedContact(Topic, At(broker));
        await contact.Connect(Ct);
        await contact.Say("blocked", Ct);
        await Seen(1);
        Assert.Equal(ContactState.Blocked, _seen.Single().State);
    }

    [Fact]
    public async Task Over_tls_with_a_name_and_a_password()
    {
        await using var broker = await Mosquitto.Start(tls: true, password: true);
        await Listen(new() { Host = "localhost", Port = broker.Port, Tls = true, CaFile = broker.CaFile, UserName = Mosquitto.User, Password = Mosquitto.Password });
        await using var contact = new SimulatedContact(Topic, means => means.WithTcpServer("localhost", broker.Port).WithCredentials(Mosquitto.User, Mosquitto.Password)
            .WithTlsOptions(tls => tls.UseTls().WithTrustChain([System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(broker.CaFile)])));
        await contact.Connect(Ct);
        await contact.Say("free", Ct);
        await Seen(1);
    }

    [Fact]
    public async Task A_broker_nobody_vouches_for_is_not_believed()
    {
        await using var broker = await Mosquitto.Start(tls: true);
        var contacts = Begin(new() { Host = "localhost", Port = broker.Port, Tls = true });
        await contacts.StartAsync(Ct);
        await Until(() => contacts.Failures > 0);
        Assert.Equal(0, contacts.Listening);
    }

    [Fact]
    public async Task What_is_no_message_is_counted_and_changes_nothing()
    {
        await using var broker = await Mosquitto.Start();
        await Listen(new() { Host = "localhost", Port = broker.Port });
        await using var contact = new SimulatedContact(Topic, At(broker));
        await contact.Connect(Ct);
        foreach (var payload in (string[])["", "free", "{}", "{\"state\":\"free\"}", "[[[[[[[[[", new string('x', 1_500), "{\"state\":\"\\ud800\",\"seq\":1}"]) await contact.Publish(payload, Ct);
        await contact.Publish(new string('x', 100_000), Ct);
        await contact.Say("free", Ct);
        await Seen(1);
        Assert.InRange(_contacts!.Unreadable, 7, 8);
        Assert.Single(_seen);
    }

    public async ValueTask DisposeAsync()
    {
        if (_contacts is not null) await _contacts.StopAsync(CancellationToken.None);
        _contacts?.Dispose();
    }

    static Action<MqttClientOptionsBuilder> At(Mosquitto broker) => means => means.WithTcpServer("localhost", broker.Port);

    MqttContacts Begin(MqttSettings settings)
    {
        _contacts?.Dispose();
        _assigned.Follow([Door]);
        return _contacts = new(_assigned, _seen.Enqueue, settings, new() { ClientId = $"probe-{Guid.NewGuid()}" }, TimeProvider.System, NullLogger<MqttContacts>.Instance);
    }

    async Task Listen(MqttSettings settings)
    {
        await Begin(settings).StartAsync(Ct);
        await Until(() => _contacts!.Listening == 1);
    }

    Task Seen(int count) => Until(() => _seen.Count >= count);

    static async Task Until(Func<bool> holds)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!holds()) await again.WaitForNextTickAsync(Ct);
    }
}
