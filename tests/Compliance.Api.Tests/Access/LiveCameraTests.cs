using Compliance.Api.Live;
using Compliance.Domain.Probes;

namespace Compliance.Api.Tests.Access;

/// <summary>Hundreds of screens may sit before one camera, and the slowest of them holds nobody up.</summary>
public sealed class LiveCameraTests
{
    readonly LiveCamera _camera = new(new(Guid.NewGuid(), Guid.NewGuid()), TimeSpan.FromSeconds(10), TimeProvider.System);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static byte[] Unit(byte content, bool isKeyframe = false) => LiveMessage.Make(isKeyframe ? LiveMessage.Keyframe : (byte)0, DateTimeOffset.UnixEpoch, [content]);

    static async Task<byte[]> Read(LiveSeat seat, int count) => [.. await seat.Messages(Ct).Take(count).Select(message => message[LiveMessage.Header]).ToListAsync(Ct)];

    [Fact]
    public async Task Whoever_comes_second_begins_at_the_newest_keyframe()
    {
        using var first = _camera.Sit();
        _camera.Publish(Unit(1));
        _camera.Publish(Unit(2, isKeyframe: true));
        _camera.Publish(Unit(3));
        _camera.Publish(Unit(4, isKeyframe: true));
        _camera.Publish(Unit(5));
        using var second = _camera.Sit();
        Assert.Equal([2, 3, 4, 5], await Read(first, 4));
        Assert.Equal([4, 5], await Read(second, 2));
    }

    [Fact]
    public async Task A_slow_line_loses_what_is_late_and_goes_on_with_the_next_keyframe()
    {
        using var slow = _camera.Sit();
        using var quick = _camera.Sit();
        var reading = Read(quick, 100);
        _camera.Publish(Unit(0, isKeyframe: true));
        for (byte n = 1; n < 100; n++) _camera.Publish(Unit(n));
        Assert.Equal(100, (await reading).Length);
        _camera.Publish(Unit(100)); // one too many
        _camera.Publish(Unit(101)); // nobody can begin with it
        _camera.Publish(Unit(102, isKeyframe: true));
        _camera.Publish(Unit(103));
        Assert.Equal([102, 103], await Read(slow, 2));
        Assert.Equal((1, 0), (slow.Skipped, quick.Skipped));
    }

    [Fact]
    public async Task A_line_with_no_speed_to_spare_is_never_later_than_a_group_of_pictures_and_a_little()
    {
        const int group = 25;
        using var slow = _camera.Sit();
        await using var taking = slow.Messages(Ct).GetAsyncEnumerator(Ct);
        var behind = new List<int>();
        for (var n = 0; n < 10 * group; n++)
        {
            _camera.Publish(Unit((byte)n, isKeyframe: n % group == 0));
            if (n % 3 == 2) continue; // it carries two of three
            Assert.True(await taking.MoveNextAsync());
            behind.Add(n - taking.Current[LiveMessage.Header]);
        }

        Assert.True(behind.Max() <= LiveSeat.Late + (group / 3) + 1, $"{behind.Max()} pictures late");
        Assert.InRange(slow.Skipped, 1, 9);
    }

    [Fact]
    public async Task A_keyframe_is_begun_with_while_more_than_a_few_pictures_wait_and_not_before()
    {
        using var seat = _camera.Sit();
        _camera.Publish(Unit(0, isKeyframe: true));
        for (byte n = 1; n < LiveSeat.Late; n++) _camera.Publish(Unit(n));
        _camera.Publish(Unit(50, isKeyframe: true)); // ten wait: that is caught up with
        Assert.Equal(0, seat.Skipped);
        _camera.Publish(Unit(60, isKeyframe: true));
        Assert.Equal([60], await Read(seat, 1));
        Assert.Equal(1, seat.Skipped);
    }

    [Fact]
    public async Task Two_hundred_screens_cost_one_call_and_each_sees_every_picture()
    {
        var calls = 0;
        var seats = Enumerable.Range(0, 200).Select(_ =>
        {
            calls += _camera.Ask() ? 1 : 0;
            return _camera.Sit();
        }).ToList();
        for (byte n = 0; n < 50; n++)
        {
            _camera.Publish(Unit(n, isKeyframe: n % 25 == 0));
            foreach (var seat in seats) Assert.Equal([n], await Read(seat, 1));
        }

        Assert.Equal(1, calls);
        foreach (var seat in seats) seat.Dispose();
        Assert.True(_camera.IsOver);
    }

    [Fact]
    public async Task The_last_who_leaves_switches_it_off()
    {
        var (first, second) = (_camera.Sit(), _camera.Sit());
        first.Dispose();
        Assert.False(_camera.Emptied.IsCompleted || _camera.IsOver);
        second.Dispose();
        await _camera.Emptied;
        Assert.True(_camera.IsOver);
    }

    [Fact]
    public async Task A_group_without_end_is_not_kept()
    {
        using var first = _camera.Sit();
        _camera.Publish(Unit(1, isKeyframe: true));
        for (var n = 0; n < 9; n++) _camera.Publish(LiveMessage.Make(0, default, new byte[1 << 20]));
        using var second = _camera.Sit();
        _camera.Publish(Unit(2, isKeyframe: true));
        Assert.Equal([2], await Read(second, 1));
    }
}
