using System.Diagnostics;
using Compliance.Api.Measures;
using Compliance.Domain.Kernel;

namespace Compliance.Api.EventLog;

/// <summary>The log, with what is written to it counted, timed and put into the trace of who wrote it.</summary>
sealed class MeasuredEventLog(IEventLog log, Traces traces, Written written) : IEventLog, IAsyncDisposable, IDisposable
{
    public IEventLog Log { get; } = log;

    public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => Log.Read(stream, ct);

    public IAsyncEnumerable<Recorded> ReadMany(IReadOnlyCollection<StreamId> streams, CancellationToken ct) => Log.ReadMany(streams, ct);

    public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) => Log.Follow(after, ct);

    public async Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct)
    {
        using var activity = ApiMeasures.Source.StartActivity("append facts");
        if (activity is not null)
        {
            activity.SetTag("compliance.stream.category", stream.Category).SetTag("compliance.facts", string.Join(',', facts.Select(EventCatalog.NameOf)));
            for (var i = 0; i < facts.Count; i++) traces.Remember(EventIds.For(origin, stream, i), activity.Context);
        }

        var began = Stopwatch.GetTimestamp();
        var appended = await Log.Append(stream, expectedRevision, facts, origin, ct);
        if (appended is null) return null;
        written.Reached(appended.Position);
        ApiMeasures.AppendTime.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        foreach (var fact in facts) ApiMeasures.Appended.Add(1, ApiMeasures.Tag("fact", EventCatalog.NameOf(fact)));
        return appended;
    }

    public void Dispose()
    {
        if (Log is IDisposable now) now.Dispose();
        else if (Log is IAsyncDisposable later) later.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        if (Log is IAsyncDisposable later) await later.DisposeAsync();
        else if (Log is IDisposable now) now.Dispose();
    }
}
