using System.Net;
using System.Text;
using Compliance.Domain.Panels;
using Compliance.Probe.Watch.Panels;
using VenueSimulator.Panels;

namespace Compliance.Probe.Tests.Panels;

/// <summary>ACK for what is kept, NAK for what is out of time, DUH for what cannot be worked with, silence for what is broken.</summary>
public sealed class PanelReceptionTests : IDisposable
{
    readonly Reception _reception = new();
    readonly SimulatedPanel _plain, _encrypted;

    public PanelReceptionTests() => (_plain, _encrypted) = (new("1234", null, _reception.Clock), new("AAB1", Reception.Key, _reception.Clock));

    [Fact]
    public void An_alarm_is_kept_and_acknowledged_with_its_number()
    {
        Assert.Equal("\"ACK\"0001L0#1234[]", Ask(_plain.Sia("FA01")));
        var (device, message) = Assert.Single(_reception.Kept);
        Assert.Equal((Reception.Plain.DeviceId, _reception.Clock.GetUtcNow()), (device, message.ReceivedAt));
        Assert.Equal([new PanelSaid(PanelSignal.Fire, true, 1)], message.Said);
        Assert.Equal(_reception.Clock.GetUtcNow(), message.SentAt);
    }

    [Fact]
    public void An_encrypted_alarm_is_acknowledged_encrypted_with_our_time()
    {
        var answer = Ask(_encrypted.Sia("FA01"))!;
        Assert.StartsWith("\"*ACK\"0001L0#AAB1[", answer, StringComparison.Ordinal);
        Assert.Equal("]_12:00:00,06-01-2026", _encrypted.Opened(answer));
        Assert.Equal([new PanelSaid(PanelSignal.Fire, true, 1)], _reception.Said);
    }

    [Fact]
    public void A_poll_is_acknowledged_and_says_nothing()
    {
        Assert.Equal("\"ACK\"0000L0#1234[]", Ask(_plain.Poll()));
        Assert.Empty(_reception.Said);
        Assert.Single(_reception.Kept);
    }

    [Fact]
    public void A_wrong_sum_gets_no_answer_and_is_counted()
    {
        Assert.Null(Ask(_plain.Spoiled("FA01")));
        Assert.Empty(_reception.Kept);
        Assert.Equal(1, _reception.Counts[FrameFate.Unreadable]);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    [InlineData(-40, true)]
    [InlineData(-41, false)]
    public void A_clock_may_be_twenty_seconds_ahead_and_forty_behind(int seconds, bool isTaken)
    {
        foreach (var panel in (SimulatedPanel[])[_plain, _encrypted])
        {
            panel.ClockAhead = TimeSpan.FromSeconds(seconds);
            var answer = Ask(panel.Sia("FA01"))!;
            if (isTaken) Assert.Contains("ACK\"", answer, StringComparison.Ordinal);
            else Assert.Equal("\"NAK\"0000R0L0A0[]_12:00:00,06-01-2026", answer);
        }

        Assert.Equal(isTaken ? 2 : 0, _reception.Kept.Count);
    }

    [Fact]
    public void An_encrypted_frame_has_to_tell_the_time_and_a_plain_one_need_not()
    {
        _plain.TellsTime = _encrypted.TellsTime = false;
        Assert.StartsWith("\"ACK\"", Ask(_plain.Sia("FA01")), StringComparison.Ordinal);
        Assert.StartsWith("\"NAK\"", Ask(_encrypted.Sia("FA01")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_frame_again_is_acknowledged_again_and_says_nothing_more()
    {
        var frame = _plain.Sia("FA01");
        Assert.Equal(Ask(frame), Ask(frame));
        Assert.Single(_reception.Said);
        Assert.Equal(1, _reception.Counts[FrameFate.Repeated]);
    }

    [Fact]
    public void The_same_frame_after_another_one_has_the_same_id_so_that_it_counts_once_further_on()
    {
        var frame = _plain.Sia("FA01");
        Ask(frame);
        Ask(_plain.Sia("FA02"));
        Ask(frame);
        Assert.Equal(_reception.Kept[0].Message.Id, _reception.Kept[2].Message.Id);
        Assert.NotEqual(_reception.Kept[0].Message.Id, _reception.Kept[1].Message.Id);
    }

    [Fact]
    public void Without_a_time_stamp_only_the_last_message_soon_after_is_the_same_again()
    {
        var first = SimulatedPanel.Framed("\"SIA-DCS\"0001L0#1234[#1234|Nri1/FA01]");
        var over = SimulatedPanel.Framed("\"SIA-DCS\"0001L0#1234[#1234|Nri1/FH01]");
        foreach (var frame in (byte[][])[first, first, over, first]) Ask(frame);
        Assert.Equal([true, false, true], _reception.Said.Select(s => s.On));
        Assert.Equal(3, _reception.Kept.Where(k => k.Message.Said.Count > 0).Select(k => k.Message.Id).Distinct().Count());
        _reception.Clock.Advance(TimeSpan.FromMinutes(6));
        Ask(first);
        Assert.Equal(4, _reception.Said.Count());
    }

    [Fact]
    public void Who_is_not_enrolled_is_refused_and_counted()
    {
        using var stranger = new SimulatedPanel("9999", null, _reception.Clock);
        Assert.Equal("\"DUH\"0001L0#9999[]", Ask(stranger.Sia("FA01")));
        Assert.Empty(_reception.Kept);
        Assert.Equal(1, _reception.Counts[FrameFate.NotEnrolled]);
    }

    [Fact]
    public void A_panel_with_a_key_is_not_believed_in_plain_and_another_key_opens_nothing()
    {
        using var impostor = new SimulatedPanel("AAB1", null, _reception.Clock);
        using var other = new SimulatedPanel("AAB1", new byte[32], _reception.Clock);
        foreach (var panel in (SimulatedPanel[])[impostor, other]) Assert.Equal("\"DUH\"0001L0#AAB1[]", Ask(panel.Sia("FH01")));
        Assert.Empty(_reception.Kept);
        Assert.Equal(2, _reception.Counts[FrameFate.NotOpened]);
    }

    [Fact]
    public void A_panel_is_heard_from_where_it_stands_only()
    {
        Assert.Equal("\"DUH\"0001L0#1234[]", Ask(_plain.Sia("FA01"), IPAddress.Parse("203.0.113.7")));
        Assert.StartsWith("\"ACK\"", Ask(_plain.Sia("FA01"), IPAddress.Parse("::ffff:127.0.0.1")), StringComparison.Ordinal);
        Assert.Equal(1, _reception.Counts[FrameFate.WrongSource]);
    }

    [Fact]
    public void What_cannot_be_kept_gets_no_answer_and_is_taken_when_it_is_said_again()
    {
        _reception.IsFull = true;
        var frame = _plain.Sia("FA01");
        Assert.Null(Ask(frame));
        _reception.IsFull = false;
        Assert.StartsWith("\"ACK\"", Ask(frame), StringComparison.Ordinal);
        Assert.Single(_reception.Said);
    }

    [Fact]
    public void Bytes_beyond_ascii_in_the_extended_data_count_as_bytes()
    {
        var frame = SimulatedPanel.Framed("\"SIA-DCS\"0007L0#1234[#1234|Nri1/FA01][Zu\u00fcrich \u0080]");
        Assert.Equal("\"ACK\"0007L0#1234[]", Ask(frame));
    }

    public void Dispose()
    {
        _plain.Dispose();
        _encrypted.Dispose();
        _reception.Dispose();
    }

    string? Ask(byte[] frame, IPAddress? from = null) =>
        _reception.It.Answer(frame.AsSpan()[1..^1], from ?? IPAddress.Loopback) is { } answer ? Encoding.Latin1.GetString(answer)[9..^1] : null;
}
