using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using VenueSimulator.Cities;

namespace VenueSimulator.Stories;

/// <summary>The demo's probe in the past: it tells at its own doors what it would have seen.</summary>
internal sealed class Eyes(Past past)
{
    private static readonly Measured Good = new("H264", 640, 360, 25, 600, 1, 40);

    public Task Online(Guid camera, CancellationToken stop) => Tell(camera, Verdict.Online, "", stop);

    public async Task Tell(Guid camera, Verdict verdict, string detail, CancellationToken stop)
    {
        var seen = new VerdictObserved(
            EventIds.From(camera, $"story/{verdict}/{past.Now:O}"), camera, past.Now, new(true, 0, past.Now), verdict, past.Now,
            verdict == Verdict.Online ? Good : null, detail);
        var probe = await past.AsProbe(stop);
        await Past.Eventually($"{verdict} of {camera}", async () =>
            (await probe.Ask<Observation[], ObservationAnswer[]>(HttpMethod.Post, "probe/observations", [seen], stop)) is [{ Refused: null }] taken ? taken : null, stop);
    }

    public async Task Beat(CancellationToken stop)
    {
        var probe = await past.AsProbe(stop);
        await probe.Post("probe/heartbeat", new Heartbeat(City.ProbeId, 0, 4, false, 0, 0, "demo"), about: EventIds.From(City.ProbeId, $"{past.Now:O}"), stop);
    }
}
