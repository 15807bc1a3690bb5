using System.Threading.Channels;
using Compliance.Domain.Probes;
using Compliance.Probe.Watch;

namespace Compliance.Probe.Judge;

/// <summary>How a sweep goes round.</summary>
internal sealed record SweepSettings
{
    /// <summary>After a bad look, sooner: this long, or up to twice as long.</summary>
    public TimeSpan AgainAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Looks at once; most of their time they wait for a keyframe.</summary>
    public int InFlight { get; init; } = 600;

    /// <summary>So many looks in a row have to find the same before something bad is told; one good look ends it.</summary>
    public int Agreeing { get; init; } = 3;

    /// <summary>Whether we are blind is told by the looks of this long: as long as it takes to agree on something bad.</summary>
    public TimeSpan Recent => AgainAfter * 2 * Agreeing;
}

/// <summary>
/// Goes round feeds with one <see cref="QuickCheck"/> at a time each: every feed at its own moment of its period, a tenth earlier or later
/// each time, so that a city that lost power is not called in step; a bounded number at once. Who waits for the turn of his host takes nobody's
/// place meanwhile: a recorder of many channels would hold them all.
/// </summary>
internal sealed class Sweep(Func<AssignedCamera, CancellationToken, Task<Checked>> check, Turnstile turnstile, SweepSettings settings, TimeProvider clock, Random chance)
{
    /// <summary>As many places as looks at once; who finds one free takes it.</summary>
    readonly Channel<bool> _flight = Channel.CreateBounded<bool>(settings.InFlight);

    /// <summary>The fault is on our own side: what looks bad is not held against a camera.</summary>
    public bool IsBlind { get; set; }

    /// <summary>Its first moment lies anywhere within its period.</summary>
    public void Begin(SweptCamera camera) => camera.NextLook = Now + (Every(camera) * chance.NextDouble());

    public bool IsDue(SweptCamera camera) => Now >= camera.NextLook;

    /// <summary>One look, and the moment of the next.</summary>
    public async Task Take(SweptCamera camera, CancellationToken ct)
    {
        camera.NextLook = TimeSpan.MaxValue;
        var (found, every) = (await Look(camera.Assigned, ct), Every(camera));
        var mayWait = camera.Hear(found, clock.GetUtcNow(), settings.Agreeing, IsBlind);
        var soon = settings.AgainAfter < every ? settings.AgainAfter : every / 2;
        camera.NextLook = Now + (mayWait ? every * (0.9 + (0.2 * chance.NextDouble())) : soon * (1 + chance.NextDouble()));
    }

    /// <summary>After a bug met with it.</summary>
    public void PutOff(SweptCamera camera, TimeSpan pause) => camera.NextLook = Now + pause;

    /// <summary>By the clock that only ticks: one on the wall that is set back would hold all looks for as long.</summary>
    TimeSpan Now => clock.GetElapsedTime(0);

    static TimeSpan Every(SweptCamera camera) => TimeSpan.FromSeconds(camera.Assigned.CheckSeconds ?? throw new ArgumentException("This one is held open.", nameof(camera)));

    async Task<Checked> Look(AssignedCamera camera, CancellationToken ct)
    {
        await turnstile.Pass(camera.MainStream.Host, ct);
        var isTurnOver = !_flight.Writer.TryWrite(true);
        if (isTurnOver) await _flight.Writer.WriteAsync(true, ct);
        try
        {
            if (isTurnOver) await turnstile.Pass(camera.MainStream.Host, ct);
            return await check(camera, ct);
        }
        finally
        {
            _flight.Reader.TryRead(out _);
        }
    }
}
