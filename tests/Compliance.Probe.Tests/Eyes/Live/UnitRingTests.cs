using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Eyes.Live;

public sealed class UnitRingTests
{
    static readonly DateTimeOffset Begin = new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero);

    static AccessUnit Unit(double second, int bytes = 1000, VideoCodec codec = VideoCodec.H264) => new(codec, second % 2 == 0, (uint)(second * 90_000), Begin.AddSeconds(second), new byte[bytes]);

    static UnitRing Filled(int seconds, TimeSpan length, long bytes = 1 << 20)
    {
        var ring = new UnitRing(length, bytes);
        for (var tenth = 0; tenth < seconds * 10; tenth++) ring.Add(Unit(tenth / 10.0));
        return ring;
    }

    [Fact]
    public void A_cut_begins_with_the_keyframe_before_and_ends_where_it_was_told()
    {
        var cut = Filled(40, TimeSpan.FromSeconds(42)).Cut(Begin.AddSeconds(11), Begin.AddSeconds(25));
        Assert.Equal((10.0, 25.0), ((cut[0].At - Begin).TotalSeconds, (cut[^1].At - Begin).TotalSeconds));
        Assert.True(cut[0].Keyframe);
    }

    [Fact]
    public void What_is_older_than_its_length_is_gone_and_a_cut_begins_with_what_there_is()
    {
        var cut = Filled(60, TimeSpan.FromSeconds(20)).Cut(Begin, Begin.AddSeconds(50));
        Assert.Equal(40, (cut[0].At - Begin).TotalSeconds);
    }

    [Fact]
    public void Its_bytes_are_bounded()
    {
        var cut = Filled(60, TimeSpan.FromSeconds(60), 100_000).Cut(Begin, Begin.AddSeconds(60));
        Assert.InRange(cut.Sum(unit => unit.AnnexB.Length), 80_000, 100_000);
    }

    [Fact]
    public void Two_codecs_are_not_mixed_and_nothing_is_nothing()
    {
        var ring = new UnitRing(TimeSpan.FromSeconds(20), 1 << 20);
        Assert.Empty(ring.Cut(Begin, Begin.AddSeconds(9)));
        foreach (var second in (double[])[0, 1, 2]) ring.Add(Unit(second));
        ring.Add(Unit(4, codec: VideoCodec.H265));
        Assert.All(ring.Cut(Begin, Begin.AddSeconds(9)), unit => Assert.Equal(VideoCodec.H264, unit.Codec));
    }
}
