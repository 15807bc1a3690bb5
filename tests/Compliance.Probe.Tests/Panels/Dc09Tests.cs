using System.Text;
using Compliance.Domain.Panels;
using Compliance.Probe.Watch.Panels;
using VenueSimulator.Panels;

namespace Compliance.Probe.Tests.Panels;

/// <summary>Frames that were captured from others, and our own: check sum, length, head, cipher and codes, exactly as the standard has them.</summary>
public sealed class Dc09Tests
{
    [Theory]
    [InlineData("BB86002C\"NULL\"0001L#7303658550[]_15:39:38,06-07-2019")]
    [InlineData("9337003A\"SIA-DCS\"1706L0#0000[#0000|Nri1/NP501]_13:36:04,12-22-2021")]
    [InlineData("3C3B0025\"NAK\"0000R0L0A0[]_15:39:35,05-07-2019")]
    [InlineData("980F0025\"SIA-DCS\"0001L0#1234[#1234|Nri1/FA01]")]
    [InlineData("D34B0027\"ADM-CID\"0002L0#1234[#1234|1110 01 003]")]
    [InlineData("1EF20013\"NULL\"0000L0#1234[]")]
    [InlineData("1BC10012\"ACK\"0001L0#1234[]")]
    public void The_check_sum_is_that_of_captured_frames(string frame)
    {
        var body = Encoding.Latin1.GetBytes(frame[8..]);
        Assert.Equal(frame[..8], $"{Dc09.Crc(body):X4}{body.Length:X4}");
        Assert.Equal(Dc09.Crc(body), SimulatedPanel.Crc(body));
    }

    [Fact]
    public void The_head_and_the_time_of_a_captured_frame_are_read()
    {
        var head = Dc09.Read("9337003A\"SIA-DCS\"1706L0#0000[#0000|Nri1/NP501]_13:36:04,12-22-2021"u8)!;
        Assert.Equal(new Dc09("SIA-DCS", false, "1706", "", "L0", "0000", "#0000|Nri1/NP501]_13:36:04,12-22-2021"), head);
        Assert.Equal(new Dc09Content("#0000|Nri1/NP501", new(2021, 12, 22, 13, 36, 4, TimeSpan.Zero)), head.Open(null));
    }

    [Fact]
    public void A_poll_of_a_panel_whose_line_has_no_digits_is_read_as_it_was_captured() =>
        Assert.Equal(("7303658550", "L"), Dc09.Read("BB86002C\"NULL\"0001L#7303658550[]_15:39:38,06-07-2019"u8) is { } head ? (head.Account, head.Line) : default);

    [Theory]
    [InlineData(16)]
    [InlineData(24)]
    [InlineData(32)]
    public void What_is_encrypted_with_each_length_of_key_opens_with_it_and_with_no_other(int length)
    {
        byte[] key = [.. Enumerable.Range(1, length).Select(n => (byte)n)];
        using var panel = new SimulatedPanel("AAB1", key, TimeProvider.System);
        var head = Dc09.Read(panel.Sia("FA07").AsSpan()[1..^1])!;
        Assert.True(head.IsEncrypted);
        Assert.Equal("#AAB1|Nri1/FA07", head.Open(key)!.Data);
        key[0] ^= 1;
        Assert.Null(head.Open(key) is { } opened && PanelCodes.Read(head.Id, opened.Data, head.Account) is { } said ? said : null);
    }

    [Theory]
    [InlineData("3A1F6B8C9D4E7F20123456789ABCDEF0", "37c659dd2c2622aaa9a92152aea25bf1603b7132a46bac1cffaa5aa00d9490c0740c97627172cb040c6ab70def800c0a")]
    [InlineData("3A1F6B8C9D4E7F20123456789ABCDEF000112233445566778899AABBCCDDEEFF", "cb20fb25265bff4d78be10a5ac7326dcc3020a212a19ab9e6f907c690565e9feddc3af5cae72adb3529965a30d01f33d")]
    public void What_openssl_encrypted_opens(string key, string cipher)
    {
        var head = new Dc09("SIA-DCS", true, "0001", "", "L0", "1234", cipher);
        Assert.Equal(new Dc09Content("#1234|Nri1/FA01", new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero)), head.Open(Convert.FromHexString(key)));
    }

    [Theory]
    [InlineData("980E0025\"SIA-DCS\"0001L0#1234[#1234|Nri1/FA01]")]
    [InlineData("980F0024\"SIA-DCS\"0001L0#1234[#1234|Nri1/FA01]")]
    [InlineData("980F\"SIA-DCS\"0001L0#1234[#1234|Nri1/FA01]")]
    [InlineData("")]
    public void A_wrong_sum_or_length_is_no_frame(string frame) => Assert.Null(Dc09.Read(Encoding.Latin1.GetBytes(frame)));

    [Theory]
    [InlineData("SIA-DCS", "#1234|Nri1/FA01", PanelSignal.Fire, true, 1)]
    [InlineData("SIA-DCS", "#1234|Nri1/FH0012", PanelSignal.Fire, false, 12)]
    [InlineData("SIA-DCS", "Nri1/FT3^ground floor^", PanelSignal.Fault, true, 3)]
    [InlineData("SIA-DCS", "#1234|NAT", PanelSignal.Mains, true, 0)]
    [InlineData("SIA-DCS", "#1234|Nri1/YR00", PanelSignal.Battery, false, 0)]
    [InlineData("SIA-DCS", "#1234|Nti12:31/FB02", PanelSignal.Bypass, true, 2)]
    [InlineData("SIA-DCS", "#1234|NRP0000", PanelSignal.AutomaticTest, true, 0)]
    [InlineData("SIA-DCS", "#1234|NFI", PanelSignal.TestMode, true, 0)]
    [InlineData("SIA-DCS", "#1234|NFX04", PanelSignal.ZoneTest, true, 4)]
    [InlineData("ADM-CID", "#1234|1110 01 003", PanelSignal.Fire, true, 3)]
    [InlineData("ADM-CID", "#1234|3115 01 004", PanelSignal.Fire, false, 4)]
    [InlineData("ADM-CID", "#1234|6373 01 002", PanelSignal.Fault, true, 2)]
    [InlineData("ADM-CID", "#1234|1301 00 000", PanelSignal.Mains, true, 0)]
    [InlineData("ADM-CID", "#1234|1302 00 001", PanelSignal.Battery, true, 0)]
    [InlineData("ADM-CID", "#1234|1200 01 009", PanelSignal.Supervisory, true, 9)]
    [InlineData("ADM-CID", "#1234|1571 01 003", PanelSignal.Bypass, true, 3)]
    [InlineData("ADM-CID", "#1234|1602 00 000", PanelSignal.AutomaticTest, true, 0)]
    [InlineData("ADM-CID", "#1234|3607 01 000", PanelSignal.TestMode, false, 0)]
    [InlineData("SIA-DCS", "#1234|Nri1/PA07", PanelSignal.Panic, true, 7)]
    [InlineData("SIA-DCS", "#1234|Nri1/HA002", PanelSignal.Panic, true, 2)]
    [InlineData("SIA-DCS", "#1234|Nri1/PR07", PanelSignal.Panic, false, 7)]
    [InlineData("SIA-DCS", "#1234|Nri1/HH02", PanelSignal.Panic, false, 2)]
    [InlineData("ADM-CID", "#1234|1120 01 007", PanelSignal.Panic, true, 7)]
    [InlineData("ADM-CID", "#1234|1121 01 003", PanelSignal.Panic, true, 3)]
    [InlineData("ADM-CID", "#1234|1122 01 007", PanelSignal.Panic, true, 7)]
    [InlineData("ADM-CID", "#1234|3123 01 007", PanelSignal.Panic, false, 7)]
    public void Codes_of_both_payloads_read_in_our_words(string id, string data, PanelSignal signal, bool on, int zone) =>
        Assert.Equal([new PanelSaid(signal, on, zone)], PanelCodes.Read(id, data, "1234")!);

    [Fact]
    public void Several_events_in_one_frame_are_several() => Assert.Equal(
        [new PanelSaid(PanelSignal.Fire, true, 1), new(PanelSignal.Fault, true, 2)], PanelCodes.Read("SIA-DCS", "#1234|Nri1/FA01/ri2/FT02", "1234")!);

    [Theory]
    [InlineData("SIA-DCS", "#9999|Nri1/FA01")]
    [InlineData("SIA-DCS", "xyz")]
    [InlineData("ADM-CID", "#1234|110 01 003")]
    [InlineData("ADM-CID", "#1234|5110 01 003")]
    public void Another_account_inside_or_what_is_no_payload_is_refused(string id, string data) => Assert.Null(PanelCodes.Read(id, data, "1234"));

    [Theory]
    [InlineData("SIA-DCS", "#1234|Nri1/BA01")]
    [InlineData("ADM-CID", "#1234|1401 01 003")]
    [InlineData("NULL", "")]
    public void Burglary_access_and_polls_say_nothing_of_fire_or_danger(string id, string data) => Assert.Empty(PanelCodes.Read(id, data, "1234")!);

    [Fact]
    public void Frames_come_whole_however_they_are_cut()
    {
        using var panel = new SimulatedPanel("1234");
        byte[] stream = [.. "noise"u8, .. panel.Sia("FA01"), .. panel.Sia("FH01"), .. panel.Poll()[..9], .. panel.Poll()];
        for (var cut = 1; cut < stream.Length; cut++)
        {
            var (splitter, found) = (new Dc09Splitter(), 0);
            foreach (var chunk in stream.Chunk(cut))
                for (ReadOnlySpan<byte> left = chunk; splitter.Next(ref left, out var frame);)
                    if (Dc09.Read(frame) is not null) found++;
            Assert.Equal(3, found);
        }
    }
}
