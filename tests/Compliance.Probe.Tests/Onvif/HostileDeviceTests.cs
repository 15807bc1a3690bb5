using System.Diagnostics;
using Compliance.Probe.Watch.Onvif;
using CsCheck;
using VenueSimulator.Onvif;

namespace Compliance.Probe.Tests.Onvif;

/// <summary>Whatever a device answers, the question ends: in bounded time and memory, with a trouble that is named.</summary>
public sealed class HostileDeviceTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Nonsense, string> Answers() => new()
    {
        { Nonsense.BillionLaughs, nameof(Trouble.Unreadable) },
        { Nonsense.ExternalEntity, nameof(Trouble.Unreadable) },
        { Nonsense.Deep, nameof(Trouble.TooLarge) },
        { Nonsense.NotXml, nameof(Trouble.Unreadable) },
        { Nonsense.Endless, nameof(Trouble.TooLarge) },
        { Nonsense.Drip, nameof(Trouble.TooSlow) },
        { Nonsense.Silence, nameof(Trouble.TooSlow) },
        { Nonsense.RedirectLoop, nameof(Trouble.SentElsewhere) },
        { Nonsense.RedirectElsewhere, nameof(Trouble.SentElsewhere) },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task A_hostile_answer_ends_in_a_named_trouble(Nonsense nonsense, string trouble)
    {
        await using var device = await Device.Start();
        device.Faults = new() { Nonsense = nonsense };
        var begun = Stopwatch.GetTimestamp();
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var fault = await Assert.ThrowsAsync<OnvifFault>(() => OnvifCamera.Meet(device.Target(), Device.Means(Patience), Ct));
        Assert.True($"{fault.Trouble}" == trouble, fault.Message);
        Assert.DoesNotContain(Device.Police.Password, fault.ToString(), StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(begun) < Patience * 4, $"{Stopwatch.GetElapsedTime(begun)}");
        Assert.True(GC.GetTotalMemory(forceFullCollection: true) - memory < 32 << 20);
    }

    [Fact]
    public async Task A_device_on_this_machine_or_beside_it_is_asked_in_a_demo_only()
    {
        await using var device = await Device.Start();
        var strict = OnvifMeans.Make(TimeProvider.System, new Random(1), Patience, allowLoopback: false);
        Assert.Equal(Trouble.Unreachable, (await Assert.ThrowsAsync<OnvifFault>(() => OnvifCamera.Meet(device.Target(), strict, Ct))).Trouble);
        Assert.Empty(device.Asked);
    }

    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused() => Gen.Byte.Array[0, 400].Sample(bytes =>
    {
        try
        {
            Soap.Unwrap(bytes);
        }
        catch (OnvifFault)
        {
            // Refused by name; any other exception fails the test.
        }
    });
}
