using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;

namespace Compliance.Probe.Tests.Judge;

/// <summary>A camera before the judge, second by second of a simulated clock, with the patience of the regulation.</summary>
public abstract class JudgedCamera
{
    readonly SettableClock _clock = new(new(2026, 6, 1, 20, 0, 0, TimeSpan.Zero));
    readonly JudgeSettings _settings = new();
    private protected DeclaredParameters Declared { get; set; } = new(25, 1920, 1080, VideoCodec.H264);
    private protected List<Held> Told { get; } = [];
    private protected CameraState State { get; set; }
    private protected DateTimeOffset? LastPicture { get; private set; }

    private protected JudgedCamera() => State = CameraState.Begin(Now);

    private protected DateTimeOffset Now => _clock.GetUtcNow();

    private protected IEnumerable<Verdict> Verdicts => Told.Select(t => t.Verdict);

    private protected void Online()
    {
        Pictures(30);
        Told.Clear();
    }

    private protected void Pictures(int seconds)
    {
        while (seconds-- > 0)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            LastPicture = Now;
            Hear(new Sign.Glanced(Now, LastPicture));
        }
    }

    /// <summary>Somebody sets the clock on the wall back; the pictures that came keep their times.</summary>
    private protected void SetBack(TimeSpan step) => _clock.SetBack(step);

    private protected void Silence(int seconds, Verdict cause)
    {
        while (seconds-- > 0) Second(cause);
    }

    /// <summary>One second without a picture; every fifth an attempt fails.</summary>
    private protected void Second(Verdict? cause, bool blind = false)
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        if (cause is { } met && Now.Second % 5 == 0) Hear(new Sign.Failed(Now, met, "in vain"));
        Hear(new Sign.Glanced(Now, LastPicture, blind));
    }

    private protected void Window(double fps, int width = 1920, VideoCodec codec = VideoCodec.H264, double offsetMs = 0, double kbps = 4000)
    {
        Pictures(60);
        Hear(new Sign.Windowed(Now, new(60, fps, kbps, 2, codec, "High", "4.1", width, 1080, offsetMs, 0, Now)));
    }

    /// <summary>One look a second.</summary>
    private protected void Look(params Verdict?[] faults)
    {
        foreach (var fault in faults)
        {
            Pictures(1);
            Hear(new Sign.Looked(Now, fault));
        }
    }

    private protected void Hear(Sign sign)
    {
        var before = State.Told;
        State = CameraJudge.Hear(State, sign, Declared, _settings);
        if (State.Told != before) Told.Add(State.Told);
    }
}
