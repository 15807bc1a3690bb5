using System.Diagnostics.Metrics;
using Compliance.Api.Probes;
using Compliance.Api.Views;

namespace Compliance.Api.Measures;

/// <summary>What stands now and is read when somebody asks.</summary>
sealed class Gauges : IHostedService
{
    public Gauges(IMeterFactory meters, Presence presence, ProbeRules rules, ViewProgress views)
    {
        var meter = meters.Create(ApiMeasures.Name);
        meter.CreateObservableGauge("compliance.probes", () => presence.Count(rules.Patience).Select(of => new Measurement<int>(of.Count, ApiMeasures.Tag("state", of.State))), "{probe}", "Probes that were ever heard, by whether they are heard now and see");
        meter.CreateObservableGauge("compliance.views.ready", () => views.CaughtUp ? 1 : 0, "1", "1 since the views have seen the whole log");
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
