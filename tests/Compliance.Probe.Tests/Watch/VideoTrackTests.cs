using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Watch;

public sealed class VideoTrackTests
{
    static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    static readonly byte[] Sps = Convert.FromHexString("67640029acd940780227e5c044000003000400000300c83c60c658");
    static readonly byte[] Pps = [0x68, 0xEB, 0xEC];
    static readonly byte[] Inter = [0x61, .. new byte[1200]];

    readonly StreamMeter _meter = new();
    readonly Fanout _fanout = new();
    ushort _sequence = 65530;

    [Fact]
    public async Task Fragments_aggregates_and_single_units_make_one_access_unit()
    {
        var track = Track(VideoCodec.H264);
        var keyframe = _fanout.NextKeyframe(TestContext.Current.CancellationToken);
        Send(track, 1, false, [0x78, 0, (byte)Sps.Length, .. Sps, 0, (byte)Pps.Length, .. Pps]);
        Send(track, 1, false, [0x7C, 0x85, 1, 2]);
        Send(track, 1, false, [0x7C, 0x05, 3]);
        Send(track, 1, true, [0x7C, 0x45, 4, 5]);
        Assert.Equal([0, 0, 0, 1, .. Sps, 0, 0, 0, 1, .. Pps, 0, 0, 0, 1, 0x65, 1, 2, 3, 4, 5], (await keyframe).AnnexB.ToArray());
        Assert.True(_meter.HasFormat);
    }

    [Fact]
    public async Task Whoever_waits_for_a_keyframe_costs_no_copy_of_what_comes_before_it_and_gets_no_more_than_it()
    {
        var track = Track(VideoCodec.H264);
        track.Announce([Sps, Pps]);
        var keyframe = _fanout.NextKeyframe(TestContext.Current.CancellationToken);
        byte[][] packets = [.. Enumerable.Range(1, 99).Select(i => Rtp.Packet(_sequence++, (uint)i, true, Inter))];
        track.OnRtp(packets[0], Noon);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var packet in packets[1..]) track.OnRtp(packet, Noon);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Inter.Length * packets.Length / 2);
        Send(track, 100, false, [0x06, 5]);
        Send(track, 100, true, [0x65, 3]);
        Assert.Equal([0, 0, 0, 1, .. Sps, 0, 0, 0, 1, .. Pps, 0, 0, 0, 1, 0x65, 3], (await keyframe).AnnexB.ToArray());
    }

    [Fact]
    public async Task Whoever_wants_all_gets_all_while_another_waits_for_a_keyframe()
    {
        var track = Track(VideoCodec.H264);
        track.Announce([Sps, Pps]);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var units = _fanout.Subscribe(stop.Token).GetAsyncEnumerator(stop.Token);
        var first = units.MoveNextAsync();
        var keyframe = _fanout.NextKeyframe(TestContext.Current.CancellationToken);
        Send(track, 1, true, [0x61, 7]);
        Send(track, 2, true, [0x65, 3]);
        Assert.True(await first);
        Assert.Equal([0, 0, 0, 1, 0x61, 7], units.Current.AnnexB.ToArray());
        Assert.True(await units.MoveNextAsync());
        Assert.Same(await keyframe, units.Current);
    }

    [Fact]
    public async Task H265_fragments_get_their_two_byte_header_back()
    {
        var track = Track(VideoCodec.H265);
        track.Announce([[0x40, 1, 9], [0x42, 1, 9], [0x44, 1, 9]]);
        var keyframe = _fanout.NextKeyframe(TestContext.Current.CancellationToken);
        Send(track, 1, false, [49 << 1, 1, 0x80 | 19, 7]);
        Send(track, 1, true, [49 << 1, 1, 0x40 | 19, 8]);
        Assert.EndsWith(Convert.ToHexString([0, 0, 0, 1, 19 << 1, 1, 7, 8]), Convert.ToHexString((await keyframe).AnnexB.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyframe_with_a_hole_is_nobodys_picture_but_still_counts_as_media()
    {
        var track = Track(VideoCodec.H264);
        track.Announce([Sps, Pps]);
        var keyframe = _fanout.NextKeyframe(TestContext.Current.CancellationToken);
        Send(track, 1, false, [0x7C, 0x85, 1]);
        _sequence++;
        Send(track, 1, true, [0x7C, 0x45, 2]);
        Assert.Equal(Noon, _meter.LastAccessUnitAt);
        Send(track, 2, true, [0x65, 3]);
        Assert.Equal(3, (await keyframe).AnnexB.Span[^1]);
    }

    [Fact]
    public void Losses_are_counted_across_the_turn_of_the_sequence_and_latecomers_are_not()
    {
        var track = Track(VideoCodec.H264);
        Send(track, 0, true, [0x61, 0]);
        for (var i = 1; i < 20; i++)
        {
            if (i is 7 or 8) _sequence++;
            Send(track, (uint)i, true, [0x61, 0], Noon.AddSeconds(1));
        }

        track.OnRtp(Rtp.Packet(65533, 3, true, [0x61, 0]), Noon.AddSeconds(1));
        Assert.Equal((2, 19), (_meter.Measure(1, Noon.AddSeconds(2)).PacketsLost, _meter.Measure(1, Noon.AddSeconds(2)).Fps));
    }

    [Fact]
    public void A_camera_that_sets_no_marker_is_counted_by_its_timestamps()
    {
        var track = Track(VideoCodec.H264);
        for (var i = 0; i < 75; i++) Send(track, (uint)(i * 3600), false, [0x61, 0], at: Noon.AddMilliseconds(40 * i));
        Assert.Equal(25, _meter.Measure(1, Noon.AddSeconds(2)).Fps);
    }

    [Fact]
    public async Task A_picture_whose_every_packet_bears_the_marker_is_one_picture_and_whole()
    {
        var track = Track(VideoCodec.H264);
        track.Announce([Sps, Pps]);
        for (var i = 0; i < 15; i++)
            for (var slice = 0; slice < 5; slice++)
                Send(track, (uint)(i * 18000), true, [0x61, 0, 1], at: Noon.AddMilliseconds(200 * i));
        var second = _meter.Measure(1, Noon.AddSeconds(2));
        Assert.Equal((5, 0.6), (second.Fps, second.BitrateKbps));
        var keyframe = _fanout.NextKeyframe(TestContext.Current.CancellationToken);
        Send(track, 1_000_000, true, [0x65, 1]);
        Send(track, 1_000_000, true, [0x65, 2]);
        Send(track, 1_000_001, true, [0x61, 0]);
        Assert.Equal([0, 0, 0, 1, .. Sps, 0, 0, 0, 1, .. Pps, 0, 0, 0, 1, 0x65, 1, 0, 0, 0, 1, 0x65, 2], (await keyframe).AnnexB.ToArray());
    }

    [Fact]
    public async Task An_I_picture_at_a_recovery_point_is_a_keyframe_and_a_P_picture_is_not_whatever_is_said_of_it()
    {
        var track = Track(VideoCodec.H264);
        track.Announce([Sps, Pps]);
        var keyframe = _fanout.NextKeyframe(TestContext.Current.CancellationToken);
        Send(track, 1, false, [0x06, 6, 1, 0xC0, 0x80]);
        Send(track, 1, true, [0x61, 0x98, 9]);
        Send(track, 2, false, [0x06, 6, 1, 0x40, 0x80]);
        Send(track, 2, true, [0x61, 0x88, 9]);
        Send(track, 3, true, [0x61, 0x88, 9]);
        Assert.False(keyframe.IsCompleted);
        Send(track, 4, false, [0x06, 5, 2, 1, 2, 6, 1, 0xC0, 0x80]);
        Send(track, 4, false, [0x7C, 0x81, 0x88, 1]);
        Send(track, 4, true, [0x7C, 0x41, 2]);
        Assert.Equal([0, 0, 0, 1, .. Sps, 0, 0, 0, 1, .. Pps, 0, 0, 0, 1, 0x61, 0x88, 1, 2], (await keyframe).AnnexB.ToArray());
        Assert.Equal(1, _meter.Came(Noon).Keyframes);
    }

    [Theory]
    [InlineData("06")]
    [InlineData("0606")]
    [InlineData("0606FF")]
    [InlineData("06FFFFFFFF")]
    [InlineData("0606010080")]
    [InlineData("060600")]
    public void A_message_that_is_cut_off_or_says_nothing_is_no_recovery_point(string message) => Assert.False(Nal.IsRecoveryPoint(Convert.FromHexString(message)));

    [Fact]
    public void A_format_that_becomes_absurd_is_not_the_one_before()
    {
        var track = Track(VideoCodec.H264);
        Send(track, 1, true, Sps);
        Assert.Equal((true, false), (_meter.HasFormat, _meter.IsUnreadable));
        Send(track, 2, true, [0x67, 0x64, 0, 0x29]);
        Assert.Equal((false, true), (_meter.HasFormat, _meter.IsUnreadable));
        Send(track, 3, true, Sps);
        Assert.Equal((true, false), (_meter.HasFormat, _meter.IsUnreadable));
    }

    [Fact]
    public void The_cameras_clock_is_the_least_delayed_report_of_the_window()
    {
        var track = Track(VideoCodec.H264);
        const long ntpOffset = 2208988800;
        Send(track, 1, true, [0x61, 0]);
        foreach (var (second, delay) in new[] { (1, 0.240), (2, 0.010), (3, 0.120) })
            track.OnRtcp(Rtp.SenderReport((uint)(Noon.ToUnixTimeSeconds() + ntpOffset + second + 7), 0), Noon.AddSeconds(second + delay));
        Assert.Equal(6990, _meter.Measure(60, Noon.AddSeconds(5)).ClockOffsetMs);
    }

    VideoTrack Track(VideoCodec codec) => new(codec, 96, _meter, _fanout);

    void Send(VideoTrack track, uint timestamp, bool marker, byte[] payload, DateTimeOffset? at = null) =>
        track.OnRtp(Rtp.Packet(_sequence++, timestamp, marker, payload), at ?? Noon);
}
