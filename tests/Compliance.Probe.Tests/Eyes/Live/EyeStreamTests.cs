using System.Collections.Concurrent;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Look;
using Compliance.Probe.Tests.EndToEnd;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Probe.Tests.Eyes.Live;

/// <summary>Which of a camera's two streams its detectors look at, while both go on; only clock and decoder are made up.</summary>
public sealed class EyeStreamTests : IAsyncLifetime
{
    readonly FakeTimeProvider _clock = new(new(2026, 6, 1, 22, 0, 0, TimeSpan.Zero));
    readonly Fanout _main = new();
    static readonly FeedTarget Target = new(new("rtsp://10.0.0.1/sub"), "police", "secret", FeedTransport.Tcp);

    CancellationTokenSource _stop = new();
    readonly ConcurrentQueue<int> _opened = [];
    EyeStream _stream = null!;
    EyesMeans _means = null!;
    FeedOutlet? _sub;
    Task _choosing = Task.CompletedTask, _looking = Task.CompletedTask;
    int _n, _shown = 1;
    bool _subPlays = true, _mainPlays = true, _refuses, _keyframes = true;
    volatile int _lastWidth;
    VideoCodec _subCodec = VideoCodec.H264;

    public ValueTask InitializeAsync()
    {
        _means = new([], Decode, (_, _) => true, new(), "", _clock);
        _stream = new(Guid.Empty, _main, Open, _means);
        (_choosing, _looking) = (_stream.Run(_stop.Token), Look());
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_choosing, _looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stream.Dispose();
        _means.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task The_smaller_stream_is_looked_at_once_it_was_seen_to_show_the_same()
    {
        await Until(() => _stream.IsOnSub && _lastWidth == 160);
        await Until(() => _n > 1000); // and is still, after further comparisons
        Assert.True(_stream.IsOnSub);
        Assert.Single(_opened);
    }

    [Fact]
    public async Task A_film_of_another_evening_is_never_looked_at_and_tried_again_later()
    {
        _shown = 2;
        await Until(() => !_opened.IsEmpty && _sub is null);
        Assert.False(_stream.IsOnSub);
        var then = _n;
        _shown = 1;
        await Until(() => _opened.Count == 2);
        Assert.True(_n - then > 5000, $"{_n - then} tenths of a second"); // ten minutes
        await Until(() => _stream.IsOnSub);
    }

    [Fact]
    public async Task One_that_becomes_another_film_is_left_within_two_minutes()
    {
        await Until(() => _stream.IsOnSub);
        var then = _n;
        _shown = 2;
        await Until(() => !_stream.IsOnSub && _lastWidth == 256);
        Assert.InRange(_n - then, 0, 1200);
    }

    [Fact]
    public async Task One_that_breaks_off_is_left_at_once()
    {
        await Until(() => _stream.IsOnSub);
        var then = _n;
        _subPlays = false;
        await Until(() => !_stream.IsOnSub && _lastWidth == 256);
        Assert.InRange(_n - then, 0, 100);
    }

    [Fact]
    public async Task When_the_stream_that_police_see_falters_the_session_is_given_back_at_once()
    {
        await Until(() => _stream.IsOnSub);
        var then = _n;
        _mainPlays = false;
        await Until(() => !_stream.IsOnSub && _sub is null);
        Assert.InRange(_n - then, 0, 100);
    }

    [Fact]
    public async Task A_camera_that_refuses_our_password_is_not_asked_with_it_again()
    {
        _refuses = true;
        await Until(() => _n > 7000);
        Assert.Single(_opened);
        Assert.False(_stream.IsOnSub);
    }

    [Fact]
    public async Task One_that_cannot_be_compared_any_more_is_left()
    {
        await Until(() => _stream.IsOnSub);
        _keyframes = false;
        await Until(() => !_stream.IsOnSub && _lastWidth == 256);
    }

    [Fact]
    public async Task When_the_camera_is_let_go_nobody_looks_any_more()
    {
        await Until(() => _stream.IsOnSub);
        _main.End();
        await Until(() => _looking.IsCompleted && _choosing.IsCompleted && _sub is null);
    }

    [Theory, InlineData(VideoCodec.H264, true), InlineData(VideoCodec.H265, false)]
    public async Task Screens_that_decode_one_codec_get_no_smaller_stream_of_another(VideoCodec codec, bool isUsed)
    {
        await DisposeAsync();
        (_stop, _subCodec, _means) = (new(), codec, new([], Decode, (_, _) => throw new InvalidOperationException(), new(), "", _clock));
        _opened.Clear();
        _stream = new(Guid.Empty, _main, Open, _means, forScreens: VideoCodec.H264);
        (_choosing, _looking) = (_stream.Run(_stop.Token), Look());
        await Until(() => isUsed ? _stream.IsOnSub : !_opened.IsEmpty && _sub is null);
        Assert.Equal(isUsed, _stream.IsOnSub);
    }

    SubStream? Open(FeedTarget? refused)
    {
        if (refused == Target) return null;
        _opened.Enqueue(_n);
        var (outlet, stop) = (new FeedOutlet(new StreamMeter(), new Fanout()), new CancellationTokenSource());
        _sub = outlet;
        return new(Target, outlet, Play(stop.Token), stop);
    }

    async Task<FeedLost> Play(CancellationToken ct)
    {
        if (_refuses) return new(Verdict.AuthFailed, "401");
        await Task.Delay(Timeout.Infinite, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sub = null;
        return new(Verdict.Unreachable, "");
    }

    /// <summary>One unit, one frame: its bytes say of which size, and of which evening.</summary>
    async Task Decode(IAsyncEnumerable<AccessUnit> units, Action<LiveFrame> seen, CancellationToken ct)
    {
        await foreach (var unit in units.WithCancellation(ct))
        {
            var (small, moving) = (unit.AnnexB.Span[0] == 1, unit.AnnexB.Span[1]);
            seen(new(unit.Timestamp, small ? Scene.At(1, moving, (int)unit.Timestamp, 160, 120) : Scene.At(1, moving, (int)unit.Timestamp)));
        }
    }

    async Task Look()
    {
        while (_stream.Next(_stop.Token) is { } units) await Decode(units, frame => _lastWidth = frame.Frame.Width, _stop.Token);
    }

    async Task Until(Func<bool> isSo) => await Cameras.Until(() =>
    {
        for (var tenth = 0; tenth < 20 && !isSo(); tenth++)
        {
            _clock.Advance(TimeSpan.FromSeconds(0.1));
            if (_mainPlays) Publish(_main, 0, 1);
            if (_subPlays && _sub is { } sub)
            {
                Publish(sub.Fanout, 1, (byte)_shown);
                sub.Meter.OnAccessUnit(_clock.GetUtcNow(), 100, true);
            }

            _n++;
        }

        return Task.FromResult(isSo());
    });

    void Publish(Fanout to, byte small, byte moving) => to.Publish(new(small == 0 ? VideoCodec.H264 : _subCodec, _n % 10 == 0 && (_keyframes || small == 0), (uint)_n, _clock.GetUtcNow(), new byte[] { small, moving }));
}
