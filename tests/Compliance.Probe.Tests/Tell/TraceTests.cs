using System.Diagnostics;
using Compliance.Domain.Probes;
using Compliance.Probe.Tell;

namespace Compliance.Probe.Tests.Tell;

public sealed class TraceTests : IDisposable
{
    readonly Folder _folder = new();

    [Fact]
    public void What_turned_carries_its_trace_over_the_spool_and_a_restart_and_nothing_where_nobody_traces()
    {
        using (var file = new ProbeFile(_folder["spool.db"]))
        {
            using var outbox = new Outbox(new(file));
            using (var listener = new ActivityListener { ShouldListenTo = source => source.Name == ProbeMeasures.Name, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded })
            {
                ActivitySource.AddActivityListener(listener);
                outbox.Tell([Some.Verdict(1)]);
            }

            outbox.Tell([Some.Verdict(2)]);
        }

        using var again = new ProbeFile(_folder["spool.db"]);
        var waiting = new Spool(again).Oldest(10);
        Assert.True(ActivityContext.TryParse(waiting[0].Trace, null, isRemote: true, out var context) && context.TraceFlags == ActivityTraceFlags.Recorded);
        Assert.Null(waiting[1].Trace);
        Assert.Equal(Some.Verdict(1), ((VerdictObserved)waiting[0]) with { Trace = null });
    }

    public void Dispose() => _folder.Dispose();
}
