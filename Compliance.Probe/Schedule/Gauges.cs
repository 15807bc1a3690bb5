using System.Diagnostics.Metrics;
using Compliance.Domain.Devices;
using Compliance.Probe.Tell;
using Microsoft.Extensions.Hosting;

namespace Compliance.Probe.Schedule;

/// <summary>What stands now and is read when somebody asks.</summary>
internal sealed class Gauges : IHostedService
{
    public Gauges(IMeterFactory meters, WatchedCameras watched, JudgeRounds judge, EyesRounds eyes, Spool spool, MinuteSpool minutes)
    {
        var meter = meters.Create(ProbeMeasures.Name);
        meter.CreateObservableGauge("compliance.probe.cameras", () => Verdicts(watched).CountBy(verdict => verdict).Select(of => new Measurement<int>(of.Value, ProbeMeasures.Tag("verdict", $"{of.Key}"))), "{camera}", "Cameras this probe watches, by what it holds true of them");
        meter.CreateObservableGauge("compliance.probe.blind", () => judge.IsBlind ? 1 : 0, "1", "1 while the fault is on the probe's own side");
        meter.CreateObservableGauge("compliance.probe.eyes", () => (Measurement<int>[])[new(eyes.Health.Watched, ProbeMeasures.Tag("state", "runs")), new(eyes.Health.LeftOut, ProbeMeasures.Tag("state", "shed"))], "{camera}", "Cameras that detectors watch, and those left out because the machine cannot keep up");
        meter.CreateObservableGauge("compliance.probe.spool.waiting", () => spool.Depth, "{observation}", "Observations that wait for the API on disk");
        meter.CreateObservableGauge("compliance.probe.minutes.waiting", () => minutes.Depth, "{minute}", "Minutes of cameras that wait for the API on disk");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static IEnumerable<Verdict> Verdicts(WatchedCameras watched) => watched.Cameras.Select(camera => camera.State.Told.Verdict).Concat(watched.Swept.Cameras.Select(camera => camera.Told.Verdict));
}
