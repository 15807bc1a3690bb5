using Compliance.Domain.Devices;

namespace Compliance.Probe.Tests.Soak;

/// <summary>What happens in one night: to each camera by itself, and twice to all of them at once, when the probe's own way out is cut.</summary>
sealed class ScriptedNight
{
    static readonly Verdict[] Kinds =
        [Verdict.Unreachable, Verdict.Stalled, Verdict.NoStream, Verdict.SessionLimit, Verdict.AuthFailed, Verdict.ParameterViolation];

    /// <summary>Before and after the cut of the way out nothing else happens: what is whose would be anybody's guess.</summary>
    static readonly TimeSpan Before = TimeSpan.FromMinutes(25), After = TimeSpan.FromMinutes(20);

    readonly Random _random;
    readonly TimeSpan _length;

    public ScriptedNight(Random random, TimeSpan length)
    {
        (_random, _length) = (random, length);
        Uplink = [.. new[] { 0.3, 0.7 }.Select(share => share * length).Select(from => new Mishap(from, from + Minutes(1, 4), Verdict.Unreachable))];
    }

    public IReadOnlyList<Mishap> Uplink { get; }

    /// <summary>The gap that began there is the probe's own.</summary>
    public bool IsOurs(TimeSpan at) => Uplink.Any(u => at > u.From - TimeSpan.FromSeconds(2) && at < u.To);

    /// <summary>Hiccups, outages of every kind and slow streams, twenty minutes and more apart.</summary>
    public IReadOnlyList<Mishap> Camera()
    {
        var script = new List<Mishap>(Uplink);
        for (var at = Minutes(2, 20); at < _length - Minutes(40, 41);)
        {
            var mishap = Next(at);
            if (!Uplink.Any(u => at < u.To + After && mishap.To > u.From - Before)) script.Add(mishap);
            at = mishap.To + Minutes(20, 40);
        }

        return [.. script.OrderBy(m => m.From)];
    }

    Mishap Next(TimeSpan at)
    {
        if (_random.Next(3) == 0) return new(at, at + TimeSpan.FromSeconds(_random.Next(2, 20)), _random.Next(2) == 0 ? Verdict.Unreachable : Verdict.Stalled);
        var kind = Kinds[_random.Next(Kinds.Length)];
        return new(at, at + (kind is Verdict.AuthFailed or Verdict.ParameterViolation ? Minutes(6, 15) : Minutes(2, 15)), kind);
    }

    TimeSpan Minutes(double least, double most) => TimeSpan.FromMinutes(least + (_random.NextDouble() * (most - least)));
}
