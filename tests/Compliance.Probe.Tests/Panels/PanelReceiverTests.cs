using System.Net;
using System.Net.Sockets;
using System.Text;
using Compliance.Probe.Watch.Panels;
using Microsoft.Extensions.Logging.Abstractions;
using VenueSimulator.Panels;

namespace Compliance.Probe.Tests.Panels;

/// <summary>Over real sockets: several frames in a segment, datagrams, and what is endless, slow or too much.</summary>
public sealed class PanelReceiverTests : IDisposable
{
    readonly Reception _reception = new();
    readonly List<IDisposable> _used = [];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_frames_in_one_segment_are_two_and_the_connection_stays()
    {
        var (tcp, _) = await Listening();
        using var panel = new SimulatedPanel("1234", null, _reception.Clock);
        await panel.Connect(tcp, Ct);
        await panel.Write((byte[])[.. panel.Sia("FA01"), .. panel.ContactId("1110", 2)], Ct);
        Assert.Equal("\"ACK\"0001L0#1234[]", await panel.Answer(Ct));
        Assert.Equal("\"ACK\"0002L0#1234[]", await panel.Answer(Ct));
        Assert.Equal("\"ACK\"0003L0#1234[]", await panel.Ask(panel.Sia("FH01"), Ct));
        Assert.Equal([1, 2, 1], _reception.Said.Select(s => s.Zone));
    }

    [Fact]
    public async Task A_datagram_is_answered_as_a_connection_is()
    {
        var (_, udp) = await Listening();
        using var panel = new SimulatedPanel("AAB1", Reception.Key, _reception.Clock);
        Assert.StartsWith("\"*ACK\"0001L0#AAB1[", await SimulatedPanel.AskByDatagram(udp, panel.Sia("FA03"), Ct), StringComparison.Ordinal);
        Assert.Equal(3, Assert.Single(_reception.Said).Zone);
    }

    [Fact]
    public async Task A_spoiled_frame_is_passed_over_and_the_next_one_is_answered()
    {
        var (tcp, _) = await Listening();
        using var panel = new SimulatedPanel("1234", null, _reception.Clock);
        await panel.Connect(tcp, Ct);
        await panel.Write(panel.Spoiled("FA01"), Ct);
        Assert.Equal("\"ACK\"0002L0#1234[]", await panel.Ask(panel.Sia("FA02"), Ct));
    }

    [Fact]
    public async Task Endless_noise_and_endless_frames_are_hung_up_on()
    {
        var (tcp, _) = await Listening();
        foreach (var noise in (byte[])[(byte)'x', (byte)'\n'])
        {
            using var panel = new SimulatedPanel("1234", null, _reception.Clock);
            await panel.Connect(tcp, Ct);
            byte[] flood = [(byte)'\n', .. Enumerable.Repeat((byte)'y', 9_000), .. Enumerable.Repeat(noise, 9_000)];
            await HangsUp(panel, flood);
        }
    }

    [Fact]
    public async Task A_frame_that_drips_is_hung_up_on_in_its_time()
    {
        var (tcp, _) = await Listening();
        using var panel = new SimulatedPanel("1234", null, _reception.Clock);
        await panel.Connect(tcp, Ct);
        Assert.NotNull(await panel.Ask(panel.Poll(), Ct));
        await panel.Write(panel.Sia("FA01").AsMemory(0, 20), Ct);
        var ended = panel.Answer(Ct);
        await Until(() =>
        {
            _reception.Clock.Advance(TimeSpan.FromSeconds(1));
            return ended.IsCompleted;
        });
        Assert.Null(await ended);
        Assert.Empty(_reception.Said);
    }

    [Fact]
    public async Task One_address_holds_a_few_connections_and_leaves_room_for_others()
    {
        var (tcp, _) = await Listening(new() { Port = 0, MostOfOne = 2 });
        var panels = Enumerable.Range(0, 3).Select(_ => new SimulatedPanel("1234", null, _reception.Clock)).ToArray();
        _used.AddRange(panels);
        foreach (var panel in panels[..2])
        {
            await panel.Connect(tcp, Ct);
            Assert.NotNull(await panel.Ask(panel.Poll(), Ct));
        }

        await panels[2].Connect(tcp, Ct);
        await HangsUp(panels[2], panels[2].Poll());
        Assert.Equal(1, _reception.Counts[FrameFate.TooMany]);
        panels[0].Dispose();
        await Until(() => _receiver!.Connections == 1);
        await panels[2].Connect(tcp, Ct);
        Assert.NotNull(await panels[2].Ask(panels[2].Poll(), Ct));
    }

    [Fact]
    public async Task Who_sends_faster_than_a_panel_can_is_hung_up_on_and_answered_again_later()
    {
        var (tcp, _) = await Listening();
        using var panel = new SimulatedPanel("1234", null, _reception.Clock);
        await panel.Connect(tcp, Ct);
        await HangsUp(panel, [.. Enumerable.Range(0, SourceGate.AtOnce + 1).SelectMany(_ => panel.Poll())]);
        Assert.Equal(1, _reception.Counts[FrameFate.TooFast]);
        _reception.Clock.Advance(TimeSpan.FromSeconds(5));
        await panel.Connect(tcp, Ct);
        Assert.NotNull(await panel.Ask(panel.Poll(), Ct));
    }

    [Fact]
    public void Invented_sources_do_not_grow_the_memory_and_a_quiet_one_is_forgotten()
    {
        var gate = new SourceGate(_reception.Clock, most: 100);
        for (var n = 0; n < 1_000; n++) gate.Passes(new IPAddress(n), isConnected: false);
        Assert.Equal(100, gate.Remembered);
        Assert.False(gate.Passes(IPAddress.Loopback, isConnected: true));
        _reception.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(gate.Passes(IPAddress.Loopback, isConnected: true));
    }

    public void Dispose()
    {
        foreach (var used in _used) used.Dispose();
        _receiver?.Dispose();
        _reception.Dispose();
    }

    PanelReceiver? _receiver;

    async Task<(IPEndPoint Tcp, IPEndPoint Udp)> Listening(PanelSettings? settings = null)
    {
        _receiver = new PanelReceiver(_reception.It, settings ?? new() { Port = 0 }, new(_reception.Clock), _reception.Clock, NullLogger<PanelReceiver>.Instance);
        await _receiver.StartAsync(Ct);
        var (tcp, udp) = await _receiver.Listening.WaitAsync(Ct);
        return (new(IPAddress.Loopback, tcp.Port), new(IPAddress.Loopback, udp.Port));
    }

    /// <summary>What was sent is answered, or not, and then the connection ends.</summary>
    static async Task HangsUp(SimulatedPanel panel, byte[] flood)
    {
        try
        {
            await panel.Write(flood, Ct);
            while (await panel.Answer(Ct) is not null) continue;
        }
        catch (SocketException)
        {
            // Hung up on while it still spoke.
        }
    }

    static async Task Until(Func<bool> holds)
    {
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!holds()) await again.WaitForNextTickAsync(Ct);
    }
}
