using Compliance.Domain.Probes;
using Compliance.Probe.Tell;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Tell;

/// <summary>What a line with no speed to spare still shows: pictures of now, each of which can be decoded.</summary>
public sealed class FreshTests
{
    static readonly DateTimeOffset Begin = new(2026, 11, 30, 20, 0, 0, TimeSpan.Zero);

    readonly FakeTimeProvider _clock = new(Begin);

    /// <param name="units">Number, which is the second in which it was received; a keyframe or not; and at which second it is taken.</param>
    async Task<IEnumerable<uint>> Sent(params (uint Second, bool Keyframe, double TakenAt)[] units)
    {
        return await LiveFeeds.Fresh(Taken(), _clock, TestContext.Current.CancellationToken).Select(unit => unit.Timestamp).ToListAsync(TestContext.Current.CancellationToken);

        async IAsyncEnumerable<AccessUnit> Taken()
        {
            foreach (var (second, keyframe, takenAt) in units)
            {
                await Task.Yield();
                _clock.SetUtcNow(Begin.AddSeconds(takenAt));
                yield return new(VideoCodec.H264, keyframe, second, Begin.AddSeconds(second), new byte[10]);
            }
        }
    }

    [Fact]
    public async Task What_waited_too_long_and_all_that_follows_it_is_left_out_until_a_keyframe_of_now() =>
        Assert.Equal([0, 1, 10, 11], await Sent((0, true, 0), (1, false, 1.5), (2, false, 4.5), (3, false, 4.6), (4, true, 7), (5, false, 7), (6, false, 7), (10, true, 10.1), (11, false, 11)));

    [Fact]
    public async Task The_pictures_that_somebody_begins_with_may_be_as_old_as_their_group() =>
        Assert.Equal([0, 1, 8, 9, 10, 11], await Sent((0, true, 9), (1, false, 9), (8, false, 9), (9, false, 9.1), (10, false, 10), (11, false, 11), (12, false, 15), (13, false, 15)));

    [Fact]
    public async Task A_group_of_before_the_connection_broke_is_none_of_now() => Assert.Equal([60, 61], await Sent((0, true, 60), (1, false, 60), (60, true, 60), (61, false, 61)));

    [Fact]
    public async Task Who_cannot_even_take_the_first_group_goes_on_with_the_next() =>
        Assert.Equal([0, 1, 30], await Sent((0, true, 8), (1, false, 13), (2, false, 18), (3, false, 18), (10, true, 18), (11, false, 18), (30, true, 30)));
}
