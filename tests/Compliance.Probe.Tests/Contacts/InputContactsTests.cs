using System.Threading.Channels;
using Compliance.Domain.Contacts;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Tests.Onvif;
using Compliance.Probe.Watch.Contacts;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Contacts;

/// <summary>A door contact that is wired to a camera, before our simulated device.</summary>
public sealed class InputContactsTests
{
    static readonly Guid Camera = new(9, 0, 0, new byte[8]), Exit = new(1, 0, 0, new byte[8]);

    readonly Channel<ContactSeen> _seen = Channel.CreateUnbounded<ContactSeen>();
    readonly AssignedContacts _assigned = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_known_at_once_turns_with_the_wire_and_lives_while_nothing_happens()
    {
        await using var device = await Device.Start();
        using var contacts = await Listen(device, $"{Camera}/di0");
        Assert.Equal(new(Exit, ContactState.Free, default), await Next());
        device.Trigger(active: true);
        while ((await Next()).State == ContactState.Free) continue;
        Assert.Equal(ContactState.Locked, (await Next()).State); // nothing happened, and it was heard again
        device.Trigger(active: false);
        while ((await Next()).State == ContactState.Locked) continue;
        await contacts.StopAsync(Ct);
    }

    [Fact]
    public async Task A_camera_that_refuses_us_for_a_while_is_listened_at_as_soon_as_it_does_not()
    {
        await using var device = await Device.Start();
        device.Faults = new() { Password = "other" };
        using var contacts = await Listen(device, $"{Camera}/di0");
        while (!device.Asked.Contains("CreatePullPointSubscription") && !device.Asked.Contains("GetServices")) await Task.Yield();
        device.Faults = OnvifFaults.None;
        Assert.Equal(ContactState.Free, (await Next()).State);
        await contacts.StopAsync(Ct);
    }

    [Theory]
    [InlineData("00000008-0000-0000-0000-000000000000/di0")]
    [InlineData("no camera/di0")]
    public async Task Of_a_camera_that_is_not_ours_nothing_is_asked(string address)
    {
        await using var device = await Device.Start();
        using var contacts = await Listen(device, address);
        _assigned.Follow([new(Exit, Guid.Empty, ContactSource.DigitalInput, address), new(Exit, Guid.Empty, ContactSource.DigitalInput, $"{Camera}/di0")]);
        Assert.Equal(ContactState.Free, (await Next()).State); // by now the first would have been asked too
        Assert.Single(device.Asked, "CreatePullPointSubscription");
        await contacts.StopAsync(Ct);
    }

    async Task<InputContacts> Listen(SimulatedDevice device, string address)
    {
        _assigned.Follow([new(Exit, Guid.Empty, ContactSource.DigitalInput, address)]);
        var camera = new AssignedCamera(Camera, Guid.Empty, Device.Stream, Device.Police.User, Device.Police.Password, new(0, 0, 0, null), Onvif: device.Address);
        var contacts = new InputContacts(_assigned, () => [camera], seen => _seen.Writer.TryWrite(seen), Device.Means(), TimeProvider.System, NullLogger<InputContacts>.Instance) { Wait = TimeSpan.FromSeconds(1) };
        await contacts.StartAsync(Ct);
        return contacts;
    }

    async Task<ContactSeen> Next() => (await _seen.Reader.ReadAsync(Ct).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Ct)) with { At = default };
}
