using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Tests.Soak;

/// <summary>Something that happens to a camera: what an attempt to open it meets, or that it plays along and shows nothing.</summary>
sealed record Mishap(TimeSpan From, TimeSpan To, Verdict Kind);

/// <summary>
/// A camera of the soak. It lives by the simulated clock and its script, and keeps its own record of when pictures flowed:
/// the truth that the probe's record is held against.
/// </summary>
sealed class ScriptedCamera(DateTimeOffset begun, IReadOnlyList<Mishap> script, TimeProvider clock)
{
    const double Fps = 25, SlowFps = 12;
    static readonly VideoFormat Format = new(VideoCodec.H264, "High", "4.0", 1920, 1080, Fps);
    readonly List<(DateTimeOffset Last, DateTimeOffset First)> _gaps = [];
    FeedOutlet? _open;
    Connection? _connection;
    DateTimeOffset? _last;
    double _owed;
    int _picture;

    public IReadOnlyList<Mishap> Script => script;

    /// <summary>Between which two pictures nothing came for five seconds and more.</summary>
    public IReadOnlyList<(DateTimeOffset Last, DateTimeOffset First)> Gaps => _gaps;

    public DateTimeOffset? First { get; private set; }

    public Verdict? Now => script.FirstOrDefault(m => m.From <= Since && Since < m.To)?.Kind;

    TimeSpan Since => clock.GetUtcNow() - begun;

    public Task<IFeed> Open(FeedOutlet outlet)
    {
        if (Now is Verdict.Unreachable or Verdict.AuthFailed or Verdict.SessionLimit or Verdict.NoStream) throw new FeedLost(Now.Value, Reason.NotConnected);
        outlet.Meter.OnConnected();
        outlet.Meter.OnFormat(Format);
        (_open, _connection) = (outlet, new(this));
        return Task.FromResult<IFeed>(_connection);
    }

    /// <summary>A slice of time passed: what is due is delivered, or the connection breaks.</summary>
    public void Pass(TimeSpan slice)
    {
        if (_open is null) return;
        if (Now is Verdict.Unreachable or Verdict.NoStream or Verdict.AuthFailed or Verdict.SessionLimit) Break(Now.Value);
        else if (Now != Verdict.Stalled) Deliver(slice);
    }

    void Break(Verdict cause)
    {
        _connection!.Lost = new(cause, Reason.ConnectionBroken);
        _open = null;
    }

    void Deliver(TimeSpan slice)
    {
        var at = clock.GetUtcNow();
        if (_last is { } last && at - last >= TimeSpan.FromSeconds(5)) _gaps.Add((last, at));
        for (_owed += slice.TotalSeconds * (Now == Verdict.ParameterViolation ? SlowFps : Fps); _owed >= 1; _owed--)
        {
            _open!.Meter.OnAccessUnit(at, 20_000, _picture++ % 50 == 0);
            (_last, First) = (at, First ?? at);
        }
    }

    sealed class Connection(ScriptedCamera camera) : IFeed
    {
        public TimeSpan KeepAliveEvery => TimeSpan.FromSeconds(30);

        public FeedLost? Lost { get; set; }

        public Task KeepAlive(CancellationToken ct) => Task.CompletedTask;

        public ValueTask DisposeAsync()
        {
            if (camera._connection == this) camera._open = null;
            return default;
        }
    }
}
